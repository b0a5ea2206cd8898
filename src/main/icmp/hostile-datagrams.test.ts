import { expect, it, vi } from 'vitest';
import { hopLimit, milliseconds } from '../../contract/units.ts';
import { VirtualClock } from '../base/clock.ts';
import { SeededRandom } from '../base/random.ts';
import { FakeNativeSocket } from './fake-native-addon.ts';
import { RECORD_DATAGRAM, RECORD_ICMP_ERROR } from './native-record.ts';
import { SocketTransport } from './socket-transport.ts';
import { isTrueAnswer, PROTOCOLS, packetOf, withChecksum } from './test-hostile-oracle.ts';

vi.mock('./native-addon.ts', async () => ({ nativeAddon: (await import('./fake-native-addon.ts')).fakeNativeAddon }));

/** Of each kind of socket; four kinds make the million that is asked for. Half are random bytes, half true answers with changes. */
const DATAGRAMS = 250_000;

it.each([
  { family: 4, kind: 'raw' },
  { family: 4, kind: 'dgram' },
  { family: 6, kind: 'raw' },
  { family: 6, kind: 'dgram' },
] as const)(
  'survives 250,000 hostile datagrams on a $kind IPv$family socket, and takes as an answer exactly what is one',
  async ({ family, kind }) => {
    const { target, stranger, replyType, exceededType } = PROTOCOLS[family];
    const transport = new SocketTransport(
      { clock: new VirtualClock(), random: new SeededRandom(11) },
      {
        family,
        kind,
        address: null,
        interfaceName: null,
        receiveBufferBytes: 1,
        queueBytes: 1,
        transmitTimestamps: false,
        dontFragment: 'default',
        onlyIdentifier: null,
      },
    );
    const socket = FakeNativeSocket.opened.at(-1) as FakeNativeSocket;
    let answers = 0;
    transport.send(
      { destination: target, hopLimit: hopLimit(64), payloadBytes: 56, trafficClass: 0, timeout: milliseconds(60_000) },
      () => answers++,
      () => answers++,
    );
    await Promise.resolve();
    const request = socket.sends[0]?.icmp ?? new Uint8Array();
    const reply = withChecksum(request.with(0, replyType));
    const exceeded = withChecksum(Uint8Array.of(exceededType, 0, 0, 0, 0, 0, 0, 0, ...packetOf(family, request)));
    const random = new SeededRandom(12);
    const byte = () => random.uint32() & 0xff;
    const wrapped = (icmp: Uint8Array) => (family === 4 && kind === 'raw' ? packetOf(4, icmp) : icmp);

    let expected = 0;
    for (let count = 0; count < DATAGRAMS; count++) {
      // On dgram sockets the kernel puts errors into the error queue: a quarter come that way.
      const isQueued = kind === 'dgram' && count % 8 >= 6;
      let data: Uint8Array;
      if (count % 2 === 0) {
        data = Uint8Array.from({ length: random.uint32() % 96 }, byte);
        // Give every second one a believable head, or nearly all would end at the first byte.
        if (count % 4 === 0) data = wrapped(Uint8Array.of(byte() < 128 ? replyType : exceededType, ...data));
      } else {
        const icmp = (isQueued ? request : count % 4 === 1 ? reply : exceeded).slice();
        for (let change = random.uint32() % 3; change > 0; change--) icmp[random.uint32() % icmp.length] = byte();
        // A liar can sum as well as we can: half of the changed ones get a valid checksum.
        const summed = byte() < 128 ? withChecksum(icmp) : icmp;
        const whole = isQueued ? summed : wrapped(summed);
        data = byte() < 32 ? whole.slice(0, random.uint32() % whole.length) : whole;
      }
      const isFromTarget = byte() >= 32;
      const address = isFromTarget ? target : stranger;
      if (isTrueAnswer({ family, kind, isQueued, isFromTarget, data }, request)) expected++;
      socket.inject({
        kind: isQueued ? RECORD_ICMP_ERROR : RECORD_DATAGRAM,
        source: isQueued ? stranger : address,
        local: address,
        icmpType: exceededType,
        data,
      });
      if (count % 256 === 255) socket.wake();
    }
    socket.wake();
    const { unmatched, malformed, forged } = transport.counters();
    expect(answers).toBe(expected);
    expect(answers + unmatched + malformed + forged).toBe(DATAGRAMS);
    // The mixture must reach every branch, or the test would prove little.
    expect(Math.min(answers, unmatched, malformed, forged)).toBeGreaterThan(1_000);
  },
  120_000,
);
