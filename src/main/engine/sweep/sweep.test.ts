import { expect, it } from 'vitest';
import { milliseconds, monotonicMilliseconds, seconds } from '../../../contract/units.ts';
import type { VirtualClock } from '../../base/clock.ts';
import type { SimulatedDestination } from '../../simulated/simulated-transport.ts';
import { AFTER_20_MS, rangesOf, sweep } from './test-sweep.ts';

it('asks every address once and tells who answered, how fast, and that it is done', () => {
  const { clock, running, sent, answers, finished } = sweep(
    { '192.0.2.3': AFTER_20_MS, '192.0.2.9': { kind: 'answers', delay: milliseconds(45) } },
    {},
  );
  clock.advance(seconds(3));
  expect(sent.map(({ to }) => to)).toEqual(Array.from({ length: 16 }, (_, index) => `192.0.2.${index}`));
  const common = { family: 4, attempt: 0, replyHopLimit: 64 };
  expect(answers).toEqual([
    { index: 3, address: '192.0.2.3', rtt: 20, ...common },
    { index: 9, address: '192.0.2.9', rtt: 45, ...common },
  ]);
  expect(finished).toEqual([true]);
  expect(running.summary()).toMatchObject({ total: 16, probed: 16, answered: 2, unreachable: 0, nextIndex: 16 });
});

it('keeps to the rate that was asked for, from the first request to the last', () => {
  const { clock, sent } = sweep({}, { ranges: rangesOf('192.0.2.0/24'), ratePerSecond: 100 });
  clock.advance(seconds(10));
  expect(sent).toHaveLength(256);
  const busiestSecond = Math.max(
    ...sent.map(({ at }) => sent.filter((other) => other.at >= at && other.at < at + 1_000).length),
  );
  // One request more than the rate may fall into a second, because both of its ends may be met.
  expect(busiestSecond).toBeLessThanOrEqual(101);
  expect(sent.at(-1)?.at).toBeGreaterThanOrEqual(2_540);
  expect(sent.at(-1)?.at).toBeLessThanOrEqual(2_570);
});

it('asks an address again as often as wanted, and no longer once it answered', () => {
  const secondTime: SimulatedDestination = (nth) => (nth === 1 ? AFTER_20_MS : { kind: 'silent' });
  const { clock, running, sent, answers } = sweep(
    { '192.0.2.1': secondTime },
    { ranges: rangesOf('192.0.2.0/31'), retries: 2 },
  );
  clock.advance(seconds(10));
  expect(sent.filter(({ to }) => to === '192.0.2.0')).toHaveLength(3);
  expect(sent.filter(({ to }) => to === '192.0.2.1')).toHaveLength(2);
  expect(answers.map(({ address, attempt }) => [address, attempt])).toEqual([['192.0.2.1', 1]]);
  expect(running.summary()).toMatchObject({ probed: 2, answered: 1 });
});

it('counts an answer that comes after its timeout while the sweep goes on', () => {
  const { clock, running, answers } = sweep(
    { '192.0.2.0': { kind: 'answers', delay: milliseconds(1_500) } },
    { ratePerSecond: 5 },
  );
  clock.advance(seconds(10));
  expect(answers).toMatchObject([{ address: '192.0.2.0', rtt: 1_500 }]);
  expect(running.summary().answered).toBe(1);
});

it('asks nothing where there is no address, gives that no time, and counts only what it passed', () => {
  const ranges = rangesOf('192.0.2.0/29');
  const { clock, running, sent, finished } = sweep(
    {},
    { ranges, unresolved: new Set([0, 2, 3, 6, 7]), fromIndex: 2, ratePerSecond: 1, timeout: milliseconds(100) },
  );
  expect(running.summary()).toMatchObject({ unresolved: 2, nextIndex: 4 });
  clock.advance(milliseconds(1_200));
  expect(sent.map(({ to }) => to)).toEqual(['192.0.2.4', '192.0.2.5']);
  expect(running.summary()).toMatchObject({ total: 8, probed: 2, unresolved: 4, nextIndex: 8 });
  expect(finished).toEqual([true]);
});

it('is done at once where nothing has an address', () => {
  const ranges = rangesOf('192.0.2.0/31');
  const { clock, running, sent, finished } = sweep({}, { ranges, unresolved: new Set([0, 1]) });
  expect(finished).toEqual([]);
  clock.advance(milliseconds(1));
  expect([sent, finished, running.summary().unresolved]).toEqual([[], [true], 2]);
});

it('tells apart what routers refuse and what this machine cannot send', () => {
  const { clock, running } = sweep(
    {
      '192.0.2.1': {
        kind: 'icmp-error',
        error: 'destination-unreachable',
        icmpType: 3,
        icmpCode: 1,
        responder: '198.51.100.1',
        delay: milliseconds(5),
      },
      '192.0.2.2': { kind: 'send-fails', reason: 'no-route', code: 'ENETUNREACH' },
    },
    {},
  );
  clock.advance(seconds(3));
  expect(running.summary()).toMatchObject({ probed: 15, answered: 0, unreachable: 1, sendFailures: 1, nextIndex: 16 });
});

it('tries again what did not fit into the queues of this machine', () => {
  const fullTwice: SimulatedDestination = (nth) =>
    nth < 2 ? { kind: 'send-fails', reason: 'local-queue-full', code: 'ENOBUFS' } : AFTER_20_MS;
  const { clock, running } = sweep({ '192.0.2.5': fullTwice }, {});
  clock.advance(seconds(5));
  expect(running.summary()).toMatchObject({ probed: 16, answered: 1, sendFailures: 0, nextIndex: 16 });
});

/** Addresses whose requests wait for a neighbour that nobody is, in a queue with so many places, for three seconds. */
function fullQueue(places: number, answering: readonly string[] = []) {
  const holders: number[] = [];
  let clock: Pick<VirtualClock, 'now'> = { now: () => monotonicMilliseconds(0) };
  const destination =
    (address: string): SimulatedDestination =>
    () => {
      if (answering.includes(address)) return AFTER_20_MS;
      while (holders.length > 0 && (holders[0] as number) + 3_000 <= clock.now()) holders.shift();
      if (holders.length >= places) return { kind: 'send-fails', reason: 'local-queue-full', code: 'EAGAIN' };
      holders.push(clock.now());
      return { kind: 'silent' };
    };
  const watch = (watched: VirtualClock) => {
    clock = watched;
  };
  return { destination, watch };
}

const hosts = (count: number) => Array.from({ length: count }, (_, index) => `192.0.2.${index}`);

it.each([1_000, null])('waits for room while packets to absent neighbours fill the queue, at a rate of %s', (rate) => {
  const answering = ['192.0.2.200', '192.0.2.255'];
  const queue = fullQueue(50, answering);
  const { clock, running, answers, sent, finished } = sweep(
    Object.fromEntries(hosts(256).map((address) => [address, queue.destination(address)])),
    { ranges: rangesOf('192.0.2.0/24'), ratePerSecond: rate },
  );
  queue.watch(clock);
  clock.advance(seconds(30));
  expect(finished).toEqual([true]);
  expect(running.summary()).toMatchObject({ probed: 256, sendFailures: 0, nextIndex: 256 });
  expect(answers.map(({ address }) => address)).toEqual(answering);
  // 254 packets through 50 places that each take 3 s: every try beside them was refused.
  expect(running.summary().elapsedMs).toBeGreaterThanOrEqual(15_000);
  expect(sent.length - 256).toBeLessThan(2_500);
});

it('gives up what never leaves, and only after nothing has left for ten seconds; a repeat is no failure', () => {
  const neverAgain: SimulatedDestination = (nth) =>
    nth === 0 ? { kind: 'silent' } : { kind: 'send-fails', reason: 'local-queue-full', code: 'ENOBUFS' };
  const never: SimulatedDestination = { kind: 'send-fails', reason: 'local-queue-full', code: 'ENOBUFS' };
  const { clock, running, finished } = sweep(
    { '192.0.2.0': neverAgain, '192.0.2.1': never },
    { ranges: rangesOf('192.0.2.0/31'), retries: 1 },
  );
  clock.advance(seconds(9));
  expect([finished, running.summary().sendFailures]).toEqual([[], 0]);
  clock.advance(seconds(20));
  expect(finished).toEqual([true]);
  expect(running.summary()).toMatchObject({
    probed: 1,
    sendFailures: 1,
    firstSendFailure: { reason: 'local-queue-full', osCode: 'ENOBUFS', family: 4 },
  });
});

it('loses nothing of its pace to requests that did not leave', () => {
  const fullAtFirst: SimulatedDestination = (nth) =>
    nth === 0 ? { kind: 'send-fails', reason: 'local-queue-full', code: 'EAGAIN' } : { kind: 'silent' };
  const { clock, running } = sweep(Object.fromEntries(hosts(256).map((address) => [address, fullAtFirst])), {
    ranges: rangesOf('192.0.2.0/24'),
    ratePerSecond: 100,
  });
  // At 100 a second the last of 256 is due after 2.55 s, and a second later it has its outcome.
  clock.advance(milliseconds(3_700));
  expect(running.summary()).toMatchObject({ probed: 256, nextIndex: 256 });
});

it('stopped while its queue is full, leaves open what did not leave', () => {
  const never: SimulatedDestination = { kind: 'send-fails', reason: 'local-queue-full', code: 'EAGAIN' };
  const { clock, running, finished } = sweep({ '192.0.2.4': never }, {});
  clock.advance(seconds(3));
  running.stop();
  clock.advance(seconds(3));
  expect(finished).toEqual([false]);
  expect(running.summary()).toMatchObject({ sendFailures: 0, nextIndex: 4 });
});

it.each([1_000, null])('held, sends nothing and hears what is under way; then it goes on, at a rate of %s', (rate) => {
  const { clock, running, sent, answers, finished } = sweep(
    { '10.0.0.0': AFTER_20_MS },
    { ranges: rangesOf('10.0.0.0/16'), ratePerSecond: rate },
  );
  clock.advance(milliseconds(0.5));
  running.hold();
  clock.advance(milliseconds(1));
  const sentBefore = sent.length;
  clock.advance(seconds(10));
  expect([sent.length, finished]).toEqual([sentBefore, []]);
  expect(answers.map(({ address }) => address)).toEqual(['10.0.0.0']);
  running.goOn();
  clock.advance(seconds(70));
  expect([sent.length, finished]).toEqual([65_536, [true]]);
});

it('held, can still be stopped', () => {
  const { clock, running, finished } = sweep({}, { ratePerSecond: 10 });
  running.hold();
  clock.advance(seconds(3));
  running.stop();
  clock.advance(seconds(3));
  expect(finished).toEqual([false]);
});

it('stopped, waits for what is under way and says where to go on; the rest of it then finds every address once more', () => {
  const answering = Object.fromEntries(Array.from({ length: 256 }, (_, index) => [`192.0.2.${index}`, AFTER_20_MS]));
  const ranges = rangesOf('192.0.2.0/24');
  const first = sweep(answering, { ranges, ratePerSecond: 100 });
  first.clock.advance(milliseconds(1_000));
  first.running.stop();
  const sentBefore = first.sent.length;
  first.clock.advance(seconds(5));
  expect([first.sent.length, first.finished]).toEqual([sentBefore, [false]]);
  const { nextIndex } = first.running.summary();
  const second = sweep(answering, { ranges, ratePerSecond: 100, fromIndex: nextIndex });
  second.clock.advance(seconds(10));
  const found = new Set([...first.answers, ...second.answers].map(({ index }) => index));
  expect([found.size, second.finished, nextIndex]).toEqual([256, [true], sentBefore]);
});

it('disposed, says and sends nothing more', () => {
  const { clock, running, sent, answers, finished } = sweep({ '192.0.2.0': AFTER_20_MS }, { ratePerSecond: 10 });
  clock.advance(milliseconds(5));
  running[Symbol.dispose]();
  const sentBefore = sent.length;
  clock.advance(seconds(5));
  expect([sent.length - sentBefore, answers, finished]).toEqual([0, [], []]);
});
