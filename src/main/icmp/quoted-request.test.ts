import { expect, it, vi } from 'vitest';
import { hopLimit, milliseconds } from '../../contract/units.ts';
import { VirtualClock } from '../base/clock.ts';
import { SeededRandom } from '../base/random.ts';
import { FakeNativeSocket } from './fake-native-addon.ts';
import { RECORD_ICMP_ERROR } from './native-record.ts';
import type { IcmpErrorAnswer, ProbeRequest, ProbeResult } from './probe-transport.ts';
import { SocketTransport } from './socket-transport.ts';

/** This machine has 192.0.2.1, 2001:db8::1 and one more IPv6 address, whatever machine this is. */
vi.mock('node:os', () => ({
  networkInterfaces: () => ({
    eth0: [
      { address: '192.0.2.1', family: 'IPv4', netmask: '255.255.255.0' },
      { address: 'fe80::1', family: 'IPv6', netmask: 'ffff:ffff:ffff:ffff::' },
      { address: '2001:db8::1', family: 'IPv6', netmask: 'ffff:ffff:ffff:ffff::' },
    ],
  }),
}));
vi.mock('./native-addon.ts', async () => ({ nativeAddon: (await import('./fake-native-addon.ts')).fakeNativeAddon }));

const DESTINATIONS = { 4: '192.0.2.7', 6: '2001:db8::7' };
const ROUTERS = { 4: '198.51.100.1', 6: '2001:db8:1::1' };
/** 192.0.2.7 and 2001:db8::7 again. */
const DESTINATION_BYTES = { 4: 'c0000207', 6: '20010db8000000000000000000000007' };
const OWN = { 4: 'c0000201', 6: '20010db8000000000000000000000001' };
/** 203.0.113.9 and 2001:db8:2::9, which are for documentation only. */
const FOREIGN = { 4: 'cb007109', 6: '20010db8000200000000000000000009' };

/** Label 24001 with TTL 1, behind its checksum. */
const MPLS = '2000c819 00080101 05dc1101';
const LABELS = { mpls: [{ label: 24_001, trafficClass: 0, isBottom: true, ttl: 1 }], interfaces: [], others: [] };

const hex = (text: string) => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');

/** Sets the checksum of these bytes, of which `at` says where it stands (RFC 1071). */
function withChecksum(bytes: Buffer, at: number, before: Uint8Array = new Uint8Array()): Buffer {
  bytes.writeUInt16BE(0, at);
  const all = Buffer.concat([before, bytes]);
  let sum = 0;
  for (let index = 0; index < all.length; index += 2) {
    sum += (all[index] as number) * 256 + (all[index + 1] ?? 0);
    if (sum > 0xffff) sum -= 0xffff;
  }
  bytes.writeUInt16BE(0xffff - sum, at);
  return bytes;
}

function pseudoHeader(source: string, length: number): Buffer {
  return hex(`${source}${DESTINATION_BYTES[6]}${length.toString(16).padStart(8, '0')}0000003a`);
}

/** The packet that a router got, as it left here from this source, or with what a translator made of it. */
function packetOf(family: 4 | 6, source: string, icmp: Buffer): Buffer {
  const length = icmp.length.toString(16).padStart(4, '0');
  if (family === 6) return Buffer.concat([hex(`60000000${length}3a03${source}${DESTINATION_BYTES[6]}`), icmp]);
  const total = (20 + icmp.length).toString(16).padStart(4, '0');
  return Buffer.concat([hex(`4500${total}000040000301 0000${source}${DESTINATION_BYTES[4]}`), icmp]);
}

interface Delivery {
  /** As the request went out from this address. */
  readonly sentFrom?: string;
  /** Source in the quoted IP header, where the socket gets that. */
  readonly quotedFrom?: string;
  readonly change?: (icmp: Buffer) => void;
  readonly extensions?: string;
  /** Bytes to which the quoted packet is padded, and whether the message tells that length. */
  readonly paddedTo?: number;
  readonly isLengthTold?: boolean;
  readonly probe?: Partial<ProbeRequest>;
}

/** Sends a probe and answers it with time exceeded, delivered as this kind of socket gets it. */
async function answerTo(family: 4 | 6, kind: 'raw' | 'dgram', delivery: Delivery): Promise<IcmpErrorAnswer> {
  const {
    sentFrom = OWN[family],
    quotedFrom = sentFrom,
    extensions = '',
    paddedTo = 0,
    isLengthTold = true,
  } = delivery;
  const transport = new SocketTransport(
    { clock: new VirtualClock(), random: new SeededRandom(1) },
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
  const results: ProbeResult[] = [];
  transport.send(
    {
      destination: DESTINATIONS[family],
      hopLimit: hopLimit(3),
      payloadBytes: 56,
      trafficClass: 0,
      timeout: milliseconds(1_000),
      ...delivery.probe,
    },
    (result) => results.push(result),
  );
  await Promise.resolve();
  const sent = Buffer.from(socket.sends[0]?.icmp ?? []);
  const icmp = withChecksum(sent, 2, family === 6 ? pseudoHeader(sentFrom, sent.length) : undefined);
  delivery.change?.(icmp);
  const packet = packetOf(family, quotedFrom, icmp);
  const padding = Buffer.alloc(Math.max(0, paddedTo - packet.length));
  const quote = Buffer.concat([packet, padding, hex(extensions)]);
  if (kind === 'dgram') {
    const header = family === 4 ? 20 : 40;
    socket.inject({
      kind: RECORD_ICMP_ERROR,
      source: ROUTERS[family],
      local: DESTINATIONS[family],
      icmpType: family === 4 ? 11 : 3,
      data: quote.subarray(header),
      ...(extensions !== '' && isLengthTold ? { extensionOffset: paddedTo - header } : {}),
    });
  } else {
    const told = isLengthTold ? paddedTo : 0;
    const head =
      family === 4 ? Buffer.from([11, 0, 0, 0, 0, told / 4, 0, 0]) : Buffer.from([3, 0, 0, 0, told / 8, 0, 0, 0]);
    const message = withChecksum(Buffer.concat([head, quote]), 2);
    const total = (20 + message.length).toString(16).padStart(4, '0');
    const outer = family === 4 ? hex(`4500${total}000000004001 0000c6336401${OWN[4]}`) : Buffer.alloc(0);
    socket.inject({ source: ROUTERS[family], data: Buffer.concat([outer, message]) });
  }
  socket.wake();
  expect(results).toHaveLength(1);
  return results[0] as IcmpErrorAnswer;
}

for (const family of [4, 6] as const) {
  for (const kind of ['raw', 'dgram'] as const) {
    const socketName = `a ${kind} IPv${family} socket`;

    it(`${socketName} tells the quoted hop limit only where the quoted header is handed over`, async () => {
      expect(await answerTo(family, kind, {})).toMatchObject({
        kind: 'time-exceeded',
        responder: ROUTERS[family],
        quotedHopLimit: kind === 'raw' ? 3 : null,
      });
    });

    it(`${socketName} finds a quote unaltered, with every size of payload and with a flow`, async () => {
      for (const probe of [{}, { payloadBytes: 0 }, { payloadBytes: 5 }, { payloadBytes: 8 }, { payloadBytes: 1_001 }])
        expect(await answerTo(family, kind, { probe })).toMatchObject({ isQuoteAltered: false, extensions: null });
      for (const flow of [0, 40_000, 65_534])
        expect(await answerTo(family, kind, { probe: { flow } })).toMatchObject({ isQuoteAltered: false });
    });

    it(`${socketName} sees that a translator has changed the checksum`, async () => {
      const change = (icmp: Buffer) => void icmp.writeUInt16BE((icmp.readUInt16BE(2) + 7) % 0xffff, 2);
      expect(await answerTo(family, kind, { change })).toMatchObject({ isQuoteAltered: true });
      expect(await answerTo(family, kind, { change, probe: { flow: 3 } })).toMatchObject({ isQuoteAltered: true });
    });

    it(`${socketName} sees another source where it is handed over or covered by the checksum`, async () => {
      // IPv4 has no pseudo-header: without the quoted header a changed source leaves no trace.
      const isSeen = kind === 'raw' || family === 6;
      const sentFrom = family === 6 ? FOREIGN[6] : OWN[4];
      expect(await answerTo(family, kind, { sentFrom, quotedFrom: FOREIGN[family] })).toMatchObject({
        isQuoteAltered: isSeen,
      });
    });

    it(`${socketName} gives the label stack behind the quote, also of routers that tell no length`, async () => {
      const padded = { extensions: MPLS, paddedTo: 128 };
      for (const probe of [{}, { payloadBytes: 0 }, { payloadBytes: 5 }]) {
        expect(await answerTo(family, kind, { ...padded, probe })).toMatchObject({
          extensions: LABELS,
          isQuoteAltered: false,
        });
        expect(await answerTo(family, kind, { ...padded, probe, isLengthTold: false })).toMatchObject({
          extensions: LABELS,
        });
      }
      const wrongSum = MPLS.replace('c819', 'c818');
      expect(await answerTo(family, kind, { ...padded, extensions: wrongSum })).toMatchObject({ extensions: null });
    });
  }
}
