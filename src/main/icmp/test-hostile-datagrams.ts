import { SeededRandom } from '../base/random.ts';
import type { FakeRecord } from './fake-native-addon.ts';
import { RECORD_DATAGRAM, RECORD_ICMP_ERROR } from './native-record.ts';
import { type Arrival, PROTOCOLS, packetOf, withChecksum } from './test-hostile-oracle.ts';

/** One datagram as a native socket delivers it, and as the oracle judges it. */
export interface HostileDatagram {
  readonly record: FakeRecord;
  readonly arrival: Arrival;
}

/** Datagrams to a socket that has sent `request`: half are random bytes, half true answers with changes. */
export function* hostileDatagrams(
  family: 4 | 6,
  kind: 'raw' | 'dgram',
  request: Uint8Array,
  count: number,
): Generator<HostileDatagram> {
  const { target, stranger, replyType, exceededType } = PROTOCOLS[family];
  const reply = withChecksum(request.with(0, replyType));
  const exceeded = withChecksum(Uint8Array.of(exceededType, 0, 0, 0, 0, 0, 0, 0, ...packetOf(family, request)));
  const random = new SeededRandom(12);
  const byte = () => random.uint32() & 0xff;
  const wrapped = (icmp: Uint8Array) => (family === 4 && kind === 'raw' ? packetOf(4, icmp) : icmp);

  for (let index = 0; index < count; index++) {
    // On dgram sockets the kernel puts errors into the error queue: a quarter come that way.
    const isQueued = kind === 'dgram' && index % 8 >= 6;
    let data: Uint8Array;
    if (index % 2 === 0) {
      data = Uint8Array.from({ length: random.uint32() % 96 }, byte);
      // Give every second one a believable head, or nearly all would end at the first byte.
      if (index % 4 === 0) data = wrapped(Uint8Array.of(byte() < 128 ? replyType : exceededType, ...data));
    } else {
      const icmp = (isQueued ? request : index % 4 === 1 ? reply : exceeded).slice();
      for (let change = random.uint32() % 3; change > 0; change--) icmp[random.uint32() % icmp.length] = byte();
      // A liar can sum as well as we can: half of the changed ones get a valid checksum.
      const summed = byte() < 128 ? withChecksum(icmp) : icmp;
      const whole = isQueued ? summed : wrapped(summed);
      data = byte() < 32 ? whole.slice(0, random.uint32() % whole.length) : whole;
    }
    const isFromTarget = byte() >= 32;
    const address = isFromTarget ? target : stranger;
    yield {
      arrival: { family, kind, isQueued, isFromTarget, data },
      record: {
        kind: isQueued ? RECORD_ICMP_ERROR : RECORD_DATAGRAM,
        source: isQueued ? stranger : address,
        local: address,
        icmpType: exceededType,
        data,
      },
    };
  }
}
