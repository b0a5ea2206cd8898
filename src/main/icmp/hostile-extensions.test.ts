import { expect, it, vi } from 'vitest';
import { hopLimit, milliseconds } from '../../contract/units.ts';
import { VirtualClock } from '../base/clock.ts';
import { SeededRandom } from '../base/random.ts';
import { FakeNativeSocket } from './fake-native-addon.ts';
import { RECORD_DATAGRAM, RECORD_ICMP_ERROR } from './native-record.ts';
import type { IcmpErrorAnswer, ProbeResult } from './probe-transport.ts';
import { SocketTransport } from './socket-transport.ts';
import { PROTOCOLS, packetOf, withChecksum } from './test-hostile-oracle.ts';

vi.mock('./native-addon.ts', async () => ({ nativeAddon: (await import('./fake-native-addon.ts')).fakeNativeAddon }));

/** Errors with extensions, each about a probe of its own, of each kind of socket. */
const ERRORS = 10_000;

/** A label stack of two, an interface with everything, an object of a class that nobody knows. */
const OBJECTS =
  '000c0101 05dc1a01 000101ff 001c020f 0000021a 00010000 c0000201 08 67652d302f3100 000005dc 00086301 00000000';

/** RFC 4884 section 7 and 8 read slowly: the labels, or null when it is no structure that can be believed. */
function labelsOf(structure: Buffer, needsChecksum: boolean): number[] | null {
  if (structure.length <= 4 || structure.readUInt8(0) >> 4 !== 2) return null;
  const isSummed = structure.readUInt16BE(2) !== 0;
  const padded = Buffer.concat([structure, Buffer.alloc(structure.length % 2)]);
  let sum = 0;
  for (let at = 0; at < padded.length; at += 2) sum += padded.readUInt16BE(at);
  while (sum > 0xffff) sum = (sum % 0x1_0000) + Math.floor(sum / 0x1_0000);
  if (isSummed ? sum !== 0xffff : needsChecksum) return null;
  const labels: number[] = [];
  let rest = structure.subarray(4);
  while (rest.length > 0) {
    const length = rest.length < 4 ? 0 : rest.readUInt16BE(0);
    if (length < 4 || length > rest.length || length % 4 > 0) return null;
    const isStack = rest.readUInt16BE(2) === 0x0101;
    for (let at = 4; isStack && at < length; at += 4) labels.push(rest.readUIntBE(at, 3) >> 4);
    rest = rest.subarray(length);
  }
  return labels;
}

it.each([
  { family: 4, kind: 'raw' },
  { family: 4, kind: 'dgram' },
  { family: 6, kind: 'raw' },
  { family: 6, kind: 'dgram' },
] as const)(
  'on a $kind IPv$family socket 10,000 hostile extensions are read as they should be or not at all',
  async ({ family, kind }) => {
    const { target, stranger, exceededType } = PROTOCOLS[family];
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
    const random = new SeededRandom(12);
    const chance = (count: number) => random.uint32() % count;
    const timeout = milliseconds(60_000);
    let believed = 0;
    for (let index = 0; index < ERRORS; index++) {
      const results: ProbeResult[] = [];
      transport.send(
        { destination: target, hopLimit: hopLimit(1), payloadBytes: 56, trafficClass: 0, timeout },
        (result) => results.push(result),
      );
      await Promise.resolve();
      const structure = withChecksum(Buffer.from(`20000000${OBJECTS}`.replaceAll(' ', ''), 'hex'));
      for (let change = chance(4); change > 0; change--) structure[chance(structure.length)] = chance(256);
      if (chance(2) === 0) withChecksum(structure);
      const shown = structure.subarray(0, chance(3) === 0 ? chance(structure.length + 1) : structure.length);
      // An old router tells no length; there only the sum is proof.
      const isLengthTold = chance(2) === 0;
      const request = socket.sends.at(-1)?.icmp ?? new Uint8Array();
      const packet = packetOf(family, request);
      const quote = Buffer.concat([packet, Buffer.alloc(128 - packet.length), shown]);
      const ipHeader = family === 4 ? 20 : 40;
      if (kind === 'dgram') {
        socket.inject({
          kind: RECORD_ICMP_ERROR,
          source: stranger,
          local: target,
          icmpType: exceededType,
          data: quote.subarray(ipHeader),
          // The kernel says it only when at least a header is there.
          ...(isLengthTold && shown.length >= 4 ? { extensionOffset: 128 - ipHeader } : {}),
        });
      } else {
        const told = isLengthTold ? 128 : 0;
        const head = family === 4 ? [0, told / 4, 0, 0] : [told / 8, 0, 0, 0];
        const icmp = withChecksum(Uint8Array.of(exceededType, 0, 0, 0, ...head, ...quote));
        const data = family === 4 ? packetOf(4, icmp) : icmp;
        socket.inject({ kind: RECORD_DATAGRAM, source: stranger, data });
      }
      socket.wake();
      const [answer] = results as IcmpErrorAnswer[];
      const labels = answer?.extensions?.mpls.map(({ label }) => label) ?? null;
      expect([answer?.kind, labels]).toEqual(['time-exceeded', labelsOf(Buffer.from(shown), !isLengthTold)]);
      if (labels !== null) believed++;
    }
    // The mixture must reach both, or the test would prove little.
    expect(Math.min(believed, ERRORS - believed)).toBeGreaterThan(1_000);
  },
);
