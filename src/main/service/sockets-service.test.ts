import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Failure } from '../../contract/failure.ts';
import type { ExchangeArgs, ExchangeEvent } from '../../contract/sockets.ts';
import { milliseconds } from '../../contract/units.ts';
import { VirtualClock } from '../base/clock.ts';
import { SocketPermissionError } from '../icmp/errors.ts';
import { FakeNativeSocket } from '../icmp/fake-native-addon.ts';
import { ICMPv4Socket, ICMPv6Socket } from '../icmp/icmp-socket.ts';
import { createSocketsService, type OpenIcmpSocket } from './sockets-service.ts';

vi.mock('../icmp/native-addon.ts', async () => {
  const { FakeNativeSocket, fakeNativeAddon } = await import('../icmp/fake-native-addon.ts');
  const readClocks = (into: Float64Array) => into.set([0, 0, FakeNativeSocket.opened.at(-1)?.nowMs ?? 0]);
  return { nativeAddon: { ...fakeNativeAddon, readClocks } };
});

const ARGS: ExchangeArgs = {
  destination: '192.0.2.7',
  id: 0x1234,
  sequence: 7,
  payload: { kind: 'bytes', hex: '6869' },
  ttl: 3,
  trafficClass: 184,
  family: null,
  privileged: true,
  source: null,
  interfaceName: null,
  dontFragment: null,
  broadcast: false,
  timeoutMs: 2_000,
  count: 1,
  intervalMs: 100,
  receive: 'first',
};

const openReally: OpenIcmpSocket = (family, options) =>
  family === 4 ? new ICMPv4Socket(options) : new ICMPv6Socket(options);

const streams = new Set<Disposable>();

afterEach(() => {
  for (const stream of streams) stream[Symbol.dispose]();
  streams.clear();
  FakeNativeSocket.opened.length = 0;
});

/** Begins an exchange on a fake native socket and keeps what it tells. */
async function exchange(more: Partial<ExchangeArgs>, openIcmpSocket: OpenIcmpSocket | null = openReally) {
  const clock = new VirtualClock();
  const events: ExchangeEvent[] = [];
  const ends: (Failure | null)[] = [];
  const service = createSocketsService({
    clock,
    openIcmpSocket,
    lookUp: async () => ({ address: '192.0.2.7', family: 4 }),
    onBug: (error) => {
      throw error;
    },
  });
  let stream: Disposable | null = null;
  stream = service.exchange(
    { ...ARGS, ...more },
    {
      emit: (batch) => void events.push(...batch),
      end: (failure) => {
        ends.push(failure);
        stream?.[Symbol.dispose]();
      },
      isCongested: () => false,
    },
  );
  streams.add(stream);
  const settle = async () => {
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(milliseconds(0));
  };
  const pass = async (durationMs: number) => {
    await settle();
    clock.advance(milliseconds(durationMs));
    await settle();
    clock.advance(milliseconds(100));
    await settle();
  };
  await pass(0);
  const socket = () => FakeNativeSocket.opened.at(-1) as FakeNativeSocket;
  /** A message arrives. */
  const arrive = async (...messages: { source: string; data: Uint8Array }[]) => {
    for (const message of messages) socket().inject(message);
    socket().wake();
    await pass(0);
  };
  return { events, ends, socket, arrive, pass, stream };
}

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
/** An IPv4 packet with an echo reply of `hi` to the request 0x1234/7; its checksum by RFC 1071: ~(1234 + 0007 + 6869). */
const REPLY = bytes('4500001e00000000390100000000000000000000 0000 855b 1234 0007 6869');
const replyFrom = (source: string) => ({ source, data: REPLY });

describe('an exchange', () => {
  it('sends the request of the library with every parameter, and tells its bytes', async () => {
    const { events, socket } = await exchange({ source: '192.0.2.1', dontFragment: true });
    expect(socket().options).toMatchObject({ family: 4, kind: 'raw', address: '192.0.2.1', dontFragment: 'set' });
    expect(socket().sends).toMatchObject([{ hopLimit: 3, trafficClass: 184 }]);
    expect(events).toMatchObject([
      { kind: 'opened', destination: '192.0.2.7', family: 4, transport: 'raw' },
      { kind: 'sent', requestIndex: 0, id: 0x1234, sequence: 7, bytes: 10, message: { hex: '08007d5b123400076869' } },
    ]);
  });

  it('tells the first answer with its bytes and ends', async () => {
    const { events, ends, arrive, socket } = await exchange({});
    await arrive(replyFrom('192.0.2.7'));
    expect(events.slice(2)).toMatchObject([
      {
        kind: 'reply',
        requestIndex: 0,
        source: '192.0.2.7',
        icmpType: 0,
        ttl: 57,
        raised: null,
        message: { hex: '0000855b123400076869', isQuoteOnly: false },
      },
      { kind: 'settled', requestIndex: 0, raised: null },
      { kind: 'finished', repliesNotTold: 0, localDrops: 0 },
    ]);
    expect([ends, socket().isClosed]).toEqual([[null], true]);
  });

  it('tells every answer, repeats included, as long as it listens', async () => {
    const { events, ends, arrive } = await exchange({ receive: 'all' });
    await arrive(replyFrom('192.0.2.7'), replyFrom('192.0.2.7'));
    const replies = events.filter((event) => event.kind === 'reply');
    expect(replies.map(({ isDuplicate }) => isDuplicate)).toEqual([false, true]);
    expect(ends).toEqual([]);
  });

  it('tells what answers none of its requests when everything is to be heard', async () => {
    const { events, arrive, ends, pass } = await exchange({ receive: 'everything' });
    await arrive(replyFrom('192.0.2.99'));
    expect(events.slice(2)).toMatchObject([{ kind: 'reply', requestIndex: null, source: '192.0.2.99', rttMs: null }]);
    await pass(2_000);
    expect(events.slice(3)).toMatchObject([
      {
        kind: 'settled',
        requestIndex: 0,
        raised: { name: 'TimeoutExceeded', message: 'The timeout has been reached (2s)' },
      },
      { kind: 'finished' },
    ]);
    expect(ends).toEqual([null]);
  });

  it('names the error that the library raises for an ICMP error', async () => {
    const { events, arrive } = await exchange({});
    // Time exceeded of a request to 192.0.2.7, its checksum by RFC 1071.
    const quoted = '4500001e0000000001010000c0000201c0000207 0800 7d5b 1234 0007 6869';
    const outer = '4500003a0000000040010000000000000000000 0';
    const error = bytes(`${outer} 0b00 0000 00000000 ${quoted}`);
    const sum = [...error.subarray(20)].reduce((all, byte, at) => all + (at % 2 === 0 ? byte << 8 : byte), 0);
    const folded = ~((sum & 0xffff) + (sum >>> 16)) & 0xffff;
    error.set([folded >> 8, folded & 0xff], 22);
    await arrive({ source: '192.0.2.254', data: error });
    expect(events[2]).toMatchObject({
      kind: 'reply',
      icmpType: 11,
      raised: { name: 'ICMPv4TimeExceeded', message: 'Time to live exceeded' },
    });
  });

  it('counts the sequence up at its interval, and closes the socket when it is ended early', async () => {
    const { events, socket, pass, stream, ends } = await exchange({ count: 100, sequence: 65_535 });
    await pass(100);
    const sent = events.filter((event) => event.kind === 'sent');
    expect(sent.slice(0, 2).map(({ sequence }) => sequence)).toEqual([65_535, 0]);
    stream?.[Symbol.dispose]();
    const before = socket().sends.length;
    await pass(1_000);
    expect([socket().isClosed, socket().sends.length - before, ends]).toEqual([true, 0, []]);
  });

  it('leaves the checksum of a request over IPv6 to the kernel, and says so', async () => {
    const { events } = await exchange({ destination: '2001:db8::7' });
    const sent = events.find((event) => event.kind === 'sent');
    expect(sent?.message?.hex).toBe('80000000123400076869');
    expect(sent?.message?.fields.find(({ name }) => name === 'checksum')?.value).toBeNull();
  });

  it('does not begin where it cannot, and says why', async () => {
    const refused = async (more: Partial<ExchangeArgs>, open?: OpenIcmpSocket | null) =>
      (await exchange(more, open)).ends;
    expect(await refused({}, null)).toEqual([{ code: 'needs-real-network' }]);
    expect(await refused({ source: 'eth0' })).toEqual([{ code: 'address-not-local', address: 'eth0' }]);
    expect(await refused({ source: '::1', family: 4 })).toMatchObject([{ code: 'address-family-mismatch' }]);
    expect(await refused({ destination: '::1', broadcast: true })).toMatchObject([{ code: 'invalid-arguments' }]);
    const notPermitted: OpenIcmpSocket = () => {
      throw new SocketPermissionError(false, '1 0', { errno: 13, code: 'EACCES', syscall: 'socket' });
    };
    expect(await refused({ privileged: false }, notPermitted)).toEqual([
      { code: 'icmp-not-permitted', attempts: [{ transport: 'dgram', osCode: 'EACCES', pingGroupRange: '1 0' }] },
    ]);
  });
});
