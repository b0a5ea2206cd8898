import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeNativeSocket } from './fake-native-addon.ts';
import { multiping } from './multiping.ts';
import { type PingOptions, ping } from './ping.ts';
import { traceroute } from './traceroute.ts';

const refusal = vi.hoisted(() => ({ family: 0 }));
const lookup = vi.hoisted(() => vi.fn());

vi.mock('node:dns/promises', () => ({ lookup }));
vi.mock('./native-addon.ts', async () => {
  const { FakeNativeSocket, fakeNativeAddon } = await import('./fake-native-addon.ts');
  return {
    nativeAddon: {
      ...fakeNativeAddon,
      IcmpSocket: class extends FakeNativeSocket {
        constructor(options: ConstructorParameters<typeof FakeNativeSocket>[0]) {
          if (options.family === refusal.family) {
            throw Object.assign(new Error('socket'), { errno: 97, code: 'EAFNOSUPPORT', syscall: 'socket' });
          }
          super(options);
        }
      },
      readClocks: (into: Float64Array) => into.set([0, 0, performance.now()]),
    },
  };
});

const TARGET = '192.0.2.7';
/** Nobody ever answers. */
const silent = { privileged: false, timeout: 0.1 };

beforeEach(() => {
  vi.useFakeTimers();
  FakeNativeSocket.opened.length = 0;
  refusal.family = 0;
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function sendCount(): number {
  return FakeNativeSocket.opened.reduce((sum, { sends }) => sum + sends.length, 0);
}

/** What a promise rejects with; fails when it does not. It is listened to at once. */
function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => Promise.reject(new Error('It did not reject.')),
    (error: unknown) => error,
  );
}

describe('the options of ping', () => {
  it('wait the interval after each request, and send as many as asked for', async () => {
    const start = performance.now();
    const sentAt: number[] = [];
    const send = FakeNativeSocket.prototype.send;
    vi.spyOn(FakeNativeSocket.prototype, 'send').mockImplementation(function (this: FakeNativeSocket, batch, count) {
      sentAt.push(performance.now() - start);
      return send.call(this, batch, count);
    });
    const running = ping(TARGET, { ...silent, count: 3, interval: 0.5 });
    await vi.runAllTimersAsync();
    expect(await running).toMatchObject({ packetsSent: 3, packetLoss: 1 });
    // A wait of 100 ms for the answer, then a pause of 500.
    expect(sentAt).toEqual([0, 600, 1_200]);
  });

  it('that are undefined count as left out', async () => {
    const nothing = { count: undefined, interval: undefined } as unknown as PingOptions;
    const start = performance.now();
    const running = ping(TARGET, { ...silent, ...nothing });
    await vi.runAllTimersAsync();
    // 4 waits and 3 pauses of a second.
    expect([(await running).packetsSent, performance.now() - start]).toEqual([4, 3_400]);
    const many = multiping([TARGET], { ...silent, ...nothing });
    await vi.runAllTimersAsync();
    expect((await many)[0]?.packetsSent).toBe(2);
  });

  it('carry the size of the payload, the hop limit and the traffic class into each packet', async () => {
    const running = ping(TARGET, { ...silent, count: 1, payloadSize: 100, ttl: 9, trafficClass: 184 });
    await vi.runAllTimersAsync();
    await running;
    const [sent] = FakeNativeSocket.opened[0]?.sends ?? [];
    expect([sent?.icmp.length, sent?.hopLimit, sent?.trafficClass]).toEqual([108, 9, 184]);
  });
});

describe.each([
  ['ping', (address: string, options: PingOptions) => ping(address, options)],
  ['multiping', (address: string, options: PingOptions) => multiping([address], options)],
  ['traceroute', (address: string, options: PingOptions) => traceroute(address, options)],
] as const)('%s', (_name, run) => {
  it.each([
    [{ count: 0 }, 'count must be a whole number of at least 1, not 0'],
    [{ count: 1.5 }, 'count must be a whole number of at least 1, not 1.5'],
    [{ interval: -1 }, 'interval must be 0 seconds or more, and not endless: -1'],
    [{ timeout: Number.POSITIVE_INFINITY }, 'timeout must be 0 seconds or more, and not endless: Infinity'],
    [{ payloadSize: 65_508 }, 'payloadSize over IPv4 must be between 0 and 65507, not 65508'],
    [{ payload: new Uint8Array(65_508) }, 'the size of payload over IPv4 must be between 0 and 65507, not 65508'],
  ])('refuses %o in a sentence, and sends nothing', async (options, message) => {
    const error = await rejectionOf(run(TARGET, { ...silent, ...options }));
    expect(error).toBeInstanceOf(RangeError);
    expect(error).toMatchObject({ message });
    expect(sendCount()).toBe(0);
  });

  it('takes 20 bytes more over IPv6', async () => {
    const error = await rejectionOf(run('2001:db8::7', { ...silent, payloadSize: 65_528 }));
    expect(error).toMatchObject({ message: 'payloadSize over IPv6 must be between 0 and 65527, not 65528' });
    const running = run('2001:db8::7', { ...silent, count: 1, payloadSize: 65_527 });
    await vi.runAllTimersAsync();
    await running;
    expect(sendCount()).toBeGreaterThan(0);
  });

  it('refuses an address that is no string', async () => {
    const error = await rejectionOf(run(7 as unknown as string, silent));
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({ message: 'address must be a string' });
  });

  it.each([
    ['the name is looked up', 'never.example', 0],
    ['an answer is waited for', TARGET, 50],
    ['it pauses between two requests', TARGET, 1_000],
  ])('ends with the reason of an abort while %s', async (_moment, address, afterMs) => {
    lookup.mockReturnValue(new Promise(() => {}));
    const controller = new AbortController();
    const reason = new Error('no longer wanted');
    // The trace has its requests of a hop on their way together: the second one pauses, and the first waits longer.
    const options = { ...silent, count: 2, interval: 100, signal: controller.signal };
    const rejection = rejectionOf(run(address, options));
    await vi.advanceTimersByTimeAsync(afterMs);
    expect(sendCount()).toBe(address === TARGET ? 1 : 0);
    controller.abort(reason);
    await vi.advanceTimersByTimeAsync(0);
    expect(await rejection).toBe(reason);
    expect(FakeNativeSocket.opened.every(({ isClosed }) => isClosed)).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('looks nothing up when it was aborted before', async () => {
    lookup.mockClear();
    const signal = AbortSignal.abort('early');
    expect(await rejectionOf(run('never.example', { ...silent, signal }))).toBe('early');
    expect(lookup).not.toHaveBeenCalled();
  });
});

describe('multiping', () => {
  it('pings as many hosts at the same time as asked for', async () => {
    const hosts = Array.from({ length: 5 }, (_, index) => `192.0.2.${index}`);
    const running = multiping(hosts, { ...silent, count: 1, concurrentTasks: 2 });
    const sent: number[] = [];
    for (let turn = 0; turn < 3; turn++) {
      await vi.advanceTimersByTimeAsync(turn === 0 ? 50 : 100);
      sent.push(sendCount());
    }
    expect(sent).toEqual([2, 4, 5]);
    await vi.runAllTimersAsync();
    expect((await running).map(({ address }) => address)).toEqual(hosts);
  });

  it.each([0, Number.NaN, 0.5])('refuses %d tasks', async (concurrentTasks) => {
    expect(await rejectionOf(multiping([TARGET], { ...silent, concurrentTasks }))).toBeInstanceOf(RangeError);
  });

  it('stops for every host when the socket of one cannot be opened, and leaves no socket open', async () => {
    refusal.family = 6;
    const hosts = [...Array.from({ length: 60 }, (_, index) => `192.0.2.${index}`), '2001:db8::7', '192.0.2.200'];
    // The host of the other family comes when the first hosts are through.
    const rejection = rejectionOf(multiping(hosts, { ...silent, count: 2, interval: 0.1, concurrentTasks: 25 }));
    await vi.advanceTimersByTimeAsync(610);
    expect(await rejection).toMatchObject({ name: 'ICMPSocketError', code: 'EAFNOSUPPORT' });
    // Nobody goes on with a host that was begun.
    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(5_000);
    const [only, ...others] = FakeNativeSocket.opened;
    expect([only?.isClosed, others.length]).toEqual([true, 0]);
    // The 50 hosts of the first two rounds were pinged twice; the last round was begun by those before the failing one.
    expect(sendCount()).toBe(110);
  });
});
