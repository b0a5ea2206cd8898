import { describe, expect, it, vi } from 'vitest';
import { hopLimit, milliseconds } from '../../contract/units.ts';
import { VirtualClock } from '../base/clock.ts';
import { SeededRandom } from '../base/random.ts';
import { FakeNativeSocket } from './fake-native-addon.ts';
import { FLOW_PAYLOAD_BYTES, type ProbeResult } from './probe-transport.ts';
import { SocketTransport } from './socket-transport.ts';

vi.mock('./native-addon.ts', async () => ({ nativeAddon: (await import('./fake-native-addon.ts')).fakeNativeAddon }));

const DESTINATIONS = { 4: '192.0.2.7', 6: '2001:db8::7' };
/** Source 2001:db8::1, destination 2001:db8::7, a length and next header 58: any pseudo-header serves (RFC 8200 section 8.1). */
const PSEUDO_HEADER = {
  4: '',
  6: '20010db8000000000000000000000001 20010db8000000000000000000000007 00000040 0000003a',
};

/** RFC 1071 word by word: what the sender of these bytes writes into the checksum field, which counts as zero. */
function checksumOf(family: 4 | 6, icmp: Uint8Array): number {
  const bytes = Buffer.concat([Buffer.from(PSEUDO_HEADER[family].replaceAll(' ', ''), 'hex'), icmp]);
  bytes.writeUInt16BE(0, bytes.length - icmp.length + 2);
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) {
    sum += (bytes[at] as number) * 256 + (bytes[at + 1] ?? 0);
    if (sum > 0xffff) sum -= 0xffff;
  }
  return 0xffff - sum;
}

function open(family: 4 | 6, kind: 'raw' | 'dgram', seed = 1) {
  const transport = new SocketTransport(
    { clock: new VirtualClock(), random: new SeededRandom(seed) },
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
  const results: ProbeResult[] = [];
  const send = (flow: number, payloadBytes = 56) => {
    const destination = DESTINATIONS[family];
    const timeout = milliseconds(1_000);
    transport.send({ destination, hopLimit: hopLimit(64), payloadBytes, trafficClass: 0, timeout, flow }, (result) =>
      results.push(result),
    );
  };
  return { send, results, socket: FakeNativeSocket.opened.at(-1) as FakeNativeSocket };
}

describe.each([
  { family: 4, kind: 'raw' },
  { family: 4, kind: 'dgram' },
  { family: 6, kind: 'raw' },
  { family: 6, kind: 'dgram' },
] as const)('on a $kind IPv$family socket', ({ family, kind }) => {
  it('all probes of a flow have one checksum and one identifier, and no two messages are the same', async () => {
    for (const [flow, payloadBytes] of [
      [0, FLOW_PAYLOAD_BYTES],
      [1, 56],
      [65_533, 11],
      [65_534, 56],
    ] as const) {
      // A seed gives a secret: the balance must be right whatever that is.
      for (const seed of [1, 2, 3]) {
        const { send, socket } = open(family, kind, seed);
        for (let count = 0; count < 1_000; count++) send(flow, payloadBytes);
        await Promise.resolve();
        const sent = socket.sends.map(({ icmp }) => icmp);
        expect(sent).toHaveLength(1_000);
        expect(new Set(sent.map((icmp) => checksumOf(family, icmp))).size).toBe(1);
        expect(new Set(sent.map((icmp) => Buffer.from(icmp).readUInt16BE(4))).size).toBe(1);
        expect(new Set(sent.map((icmp) => Buffer.from(icmp).toString('hex'))).size).toBe(1_000);
      }
    }
  });

  it('each of the 65,535 flows has a checksum of its own', async () => {
    const { send, socket } = open(family, kind);
    for (let flow = 0; flow < 65_535; flow++) send(flow, FLOW_PAYLOAD_BYTES);
    await Promise.resolve();
    expect(new Set(socket.sends.map(({ icmp }) => checksumOf(family, icmp))).size).toBe(65_535);
  });

  it('the balance stands behind the token, and the counting pattern goes on behind it', async () => {
    const { send, socket } = open(family, kind);
    send(7, 16);
    await Promise.resolve();
    expect([...(socket.sends[0]?.icmp ?? [])].slice(8 + FLOW_PAYLOAD_BYTES)).toEqual([10, 11, 12, 13, 14, 15]);
  });

  it('a flow that the payload has no room for, or that is none, is refused', async () => {
    const { send, results, socket } = open(family, kind);
    send(0, FLOW_PAYLOAD_BYTES - 1);
    send(65_535);
    send(-1);
    send(0.5);
    await Promise.resolve();
    await Promise.resolve();
    expect(results).toEqual(
      Array.from({ length: 4 }, () => expect.objectContaining({ kind: 'send-failed', code: 'EINVAL' })),
    );
    expect(socket.sends).toEqual([]);
  });
});

it('a raw IPv4 socket sends that checksum itself', async () => {
  const { send, socket } = open(4, 'raw');
  for (let flow = 0; flow < 3; flow++) send(flow);
  await Promise.resolve();
  for (const { icmp } of socket.sends) expect(Buffer.from(icmp).readUInt16BE(2)).toBe(checksumOf(4, icmp));
});
