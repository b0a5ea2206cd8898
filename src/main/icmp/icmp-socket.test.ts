import { inspect } from 'node:util';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AsyncSocket } from './async-socket.ts';
import { FakeNativeSocket } from './fake-native-addon.ts';
import { ICMPRequest } from './icmp-request.ts';
import { ICMPv4Socket, ICMPv6Socket } from './icmp-socket.ts';

const platform = vi.hoisted(() => ({ name: 'linux' }));

vi.mock('./native-addon.ts', async () => {
  const { FakeNativeSocket, fakeNativeAddon } = await import('./fake-native-addon.ts');
  return {
    nativeAddon: {
      ...fakeNativeAddon,
      get platform() {
        return platform.name;
      },
      readClocks: (into: Float64Array) => into.set([0, 0, FakeNativeSocket.opened.at(-1)?.nowMs ?? 0]),
    },
  };
});

const TARGET = '192.0.2.7';
const HOUR_MS = 3_600_000;
const EAGAIN = 11;
const ECHO_REPLY = 0;

beforeEach(() => {
  platform.name = 'linux';
});

function native(): FakeNativeSocket {
  return FakeNativeSocket.opened.at(-1) as FakeNativeSocket;
}

function request(sequence = 1): ICMPRequest {
  return new ICMPRequest(TARGET, 1, sequence);
}

/** An echo reply without payload to a request of the last socket. */
function replyTo(sequence: number): { source: string; data: Uint8Array } {
  const identifier = native().properties.identifier;
  return { source: TARGET, data: Uint8Array.of(ECHO_REPLY, 0, 0, 0, identifier >> 8, identifier & 255, 0, sequence) };
}

describe('a wall clock that is set between send and receive', () => {
  it.each([HOUR_MS, -HOUR_MS])('54. by %i ms does not change the round trip', (stepMs) => {
    using socket = new ICMPv4Socket({ privileged: false });
    const sent = request();
    socket.send(sent);
    native().wallStepMs = stepMs;
    native().nowMs = 12.5;
    native().inject(replyTo(1));
    const reply = socket.receive(sent);
    expect([reply.rtt?.toFixed(6), reply.timestampSource]).toEqual(['12.500000', 'kernel']);
    expect((reply.time - sent.time) * 1_000).toBeCloseTo(12.5, 2);
  });

  it.each([HOUR_MS, -HOUR_MS])('54. by %i ms does not change the timeout', (stepMs) => {
    using socket = new ICMPv4Socket({ privileged: false });
    native().wallStepMs = stepMs;
    const wallClock = vi.spyOn(Date, 'now').mockImplementation(() => stepMs);
    expect(() => socket.receive()).toThrow('The timeout has been reached (2s)');
    wallClock.mockRestore();
    expect(native().nowMs).toBe(2_000);
  });
});

describe('the kernel moment of departure', () => {
  it('is what a round trip is measured from, and the time of the request', () => {
    using socket = new ICMPv4Socket({ privileged: false });
    native().departsAfterMs = 0.25;
    const sent = request();
    socket.send(sent);
    native().nowMs = 12.5;
    native().inject(replyTo(1));
    const reply = socket.receive(sent);
    expect([reply.rtt?.toFixed(6), reply.timestampSource]).toEqual(['12.250000', 'kernel-transmit']);
    expect((reply.time - sent.time) * 1_000).toBeCloseTo(12.25, 2);
  });
});

describe('receive', () => {
  it('55. counts a reply as in time by its arrival, and keeps a late one for the next receive', () => {
    using socket = new ICMPv4Socket({ privileged: false });
    const [early, late] = [request(1), request(2)];
    socket.send(early);
    socket.send(late);
    // Both are read at 3 s, when the time of this receive is over.
    vi.spyOn(native(), 'drainBlocking').mockImplementationOnce(() => {
      native().nowMs = 3_000;
      native().inject({ ...replyTo(1), arrivedMs: 1_999 });
      native().inject({ ...replyTo(2), arrivedMs: 2_001 });
      return 0;
    });
    expect(socket.receive(early).rtt).toBeCloseTo(1_999, 6);
    native().nowMs = 3_000;
    expect(socket.receive(late).rtt).toBeCloseTo(2_001, 6);
  });

  it('drops the oldest message that nobody asked for when 4,096 wait, and counts it when it is for this socket', () => {
    using socket = new ICMPv4Socket({ privileged: false });
    socket.send(request(0));
    for (let index = 0; index < 4_097; index++) native().inject(replyTo(0));
    expect(socket.receive(null, 0).isDuplicate).toBe(true);
    expect(socket.localDrops).toBe(1);
    // A request that was never sent: nothing of ours is lost, and the answers that are ours stay.
    for (let index = 0; index < 50; index++) native().inject(replyTo(9));
    expect(socket.receive(null, 0).sequence).toBe(0);
    expect(socket.localDrops).toBe(1);
  });

  it('64. counts among the local drops those of the kernel and of the queue', () => {
    using socket = new ICMPv4Socket({ privileged: false });
    vi.spyOn(native(), 'drops').mockReturnValue(23);
    expect(socket.localDrops).toBe(23);
  });

  it.each([
    [4, 8, '192.0.2.7'],
    [6, 128, '2001:db8::7'],
    [6, 130, '2001:db8::7'],
    [6, 135, '2001:db8::7'],
  ] as const)(
    '59. does not take an ICMPv%i message of type %i for an answer, whatever it names',
    (family, type, host) => {
      using socket = family === 4 ? new ICMPv4Socket({ privileged: false }) : new ICMPv6Socket({ privileged: false });
      const sent = new ICMPRequest(host, 1, 5);
      socket.send(sent);
      const message = (first: number) => Uint8Array.of(first, 0, 0, 0, sent.id >> 8, sent.id & 255, 0, 5);
      native().inject({ source: host, data: message(type) });
      expect(() => socket.receive(sent, 0)).toThrow('The timeout has been reached (0s)');
      // The same bytes as an echo reply are one.
      native().inject({ source: host, data: message(family === 4 ? 0 : 129) });
      expect(socket.receive(sent, 0).sequence).toBe(5);
    },
  );

  it('55. of an AsyncSocket reads once more when its time is over, before it gives up', async () => {
    vi.useFakeTimers();
    using socket = new AsyncSocket(new ICMPv4Socket({ privileged: false }));
    const sent = request();
    socket.send(sent);
    const pending = socket.receive(sent, 0.1);
    // Nobody was woken: the event loop was blocked.
    native().nowMs = 300;
    native().inject({ ...replyTo(1), arrivedMs: 50 });
    vi.advanceTimersByTime(100);
    vi.useRealTimers();
    expect((await pending).rtt).toBeCloseTo(50, 6);
  });

  it('56. does not return an echo request, our own on the loopback say', () => {
    using socket = new ICMPv4Socket({ privileged: false });
    const { source, data } = replyTo(1);
    const ECHO_REQUEST = 8;
    native().inject({ source, data: Uint8Array.of(ECHO_REQUEST, ...data.subarray(1)) });
    expect(() => socket.receive(null, 0)).toThrow('The timeout has been reached (0s)');
  });

  it('makes the errno of a failing read an ICMPSocketError', () => {
    using socket = new ICMPv4Socket();
    vi.spyOn(native(), 'drain').mockImplementationOnce(() => {
      throw Object.assign(new Error('recvmmsg'), { errno: 100, code: 'ENETDOWN', syscall: 'recvmmsg' });
    });
    expect(() => socket.receive()).toThrow(
      expect.objectContaining({ name: 'ICMPSocketError', message: '[Errno 100] Network is down', code: 'ENETDOWN' }),
    );
  });

  it('of an AsyncSocket rejects when the read that was to serve it fails', async () => {
    using socket = new AsyncSocket(new ICMPv4Socket());
    const pending = socket.receive();
    vi.spyOn(native(), 'drain').mockImplementation(() => {
      throw Object.assign(new Error('recvmmsg'), { errno: 100, code: 'ENETDOWN', syscall: 'recvmmsg' });
    });
    native().wake();
    await expect(pending).rejects.toMatchObject({ name: 'ICMPSocketError', code: 'ENETDOWN' });
  });
});

describe('send', () => {
  it('21. waits for room in the send buffer when blocking, and says EAGAIN when not', () => {
    using socket = new ICMPv4Socket();
    native().sendErrnos.push(EAGAIN);
    expect(() => socket.send(request())).toThrow(expect.objectContaining({ code: 'EAGAIN', errno: EAGAIN }));
    socket.blocking = true;
    native().sendErrnos.push(EAGAIN, EAGAIN);
    socket.send(request());
    expect(native().sends.length).toBe(1);
  });

  it('39. refuses a destination that is no numeric address before anything is handed to the kernel', () => {
    using socket = new ICMPv4Socket();
    expect(() => socket.send(new ICMPRequest('example.com', 1, 1))).toThrow('[Errno -2] Name or service not known');
    expect(native().sends.length).toBe(0);
  });
});

describe('opening', () => {
  it('18. on Windows, which has no ICMP sockets, refuses with a sentence whatever is asked for', () => {
    platform.name = 'win32';
    for (const privileged of [true, false]) {
      expect(() => new ICMPv6Socket({ privileged })).toThrow(/need ICMP sockets, which Windows does not have/);
    }
  });

  it('takes a raw socket on Linux when it is asked for, and on macOS, which has none for it, a datagram socket', () => {
    const opened = (name: string, privileged: boolean) => {
      platform.name = name;
      using socket = new ICMPv4Socket({ privileged });
      return [socket.isPrivileged, native().options.kind];
    };
    expect([opened('linux', true), opened('linux', false)]).toEqual([
      [true, 'raw'],
      [false, 'dgram'],
    ]);
    expect([opened('darwin', true), opened('darwin', false)]).toEqual([
      [false, 'dgram'],
      [false, 'dgram'],
    ]);
  });

  it('asks for the interface and the fragmentation that were named', () => {
    using socket = new ICMPv4Socket({ interfaceName: 'eth7', dontFragment: true });
    expect(socket.isClosed).toBe(false);
    expect(native().options).toMatchObject({ interfaceName: 'eth7', dontFragment: 'set', transmitTimestamps: false });
  });

  it('17. an empty address means none', () => {
    using socket = new ICMPv4Socket({ address: '' });
    expect([socket.address, native().options.address]).toEqual([null, null]);
  });

  it('says in a sentence that the platform has no native sockets', () => {
    platform.name = 'unsupported';
    expect(() => new ICMPv4Socket()).toThrow(
      expect.objectContaining({
        name: 'ICMPSocketError',
        code: 'ENOTSUP',
        message: expect.stringContaining('cannot send ICMP on this system'),
      }),
    );
  });
});

it('shows its kind and address to console.log', () => {
  using socket = new ICMPv4Socket({ address: '192.0.2.1' });
  expect(inspect(socket)).toBe('<ICMPv4Socket [192.0.2.1]>');
  const other = new ICMPv6Socket();
  other.close();
  expect(inspect(other)).toBe('<ICMPv6Socket, closed>');
});
