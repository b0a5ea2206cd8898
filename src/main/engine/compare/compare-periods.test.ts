import { describe, expect, it } from 'vitest';
import { milliseconds } from '../../../contract/units.ts';
import { SeededRandom, unit } from '../../base/random.ts';
import { createPathRecording } from '../path/path-recording.ts';
import { answerOf, INTERVAL, timeOf } from '../path/test-recorded-rounds.ts';
import { alignHops } from './align-hops.ts';
import { type ComparedPeriod, comparePeriods } from './compare-periods.ts';
import { lossDifference } from './differences.ts';

/** A path with a share of its probes lost to the destination behind some routers, null for a silent one. */
function path(
  seed: number,
  {
    routers = ['192.0.2.1'],
    loss = 0,
    rtt = 20,
    rounds = 1_000,
  }: Partial<{ routers: (string | null)[]; loss: number; rtt: number; rounds: number }>,
): ComparedPeriod {
  const random = new SeededRandom(seed);
  const recording = createPathRecording({ interval: INTERVAL, maxHops: 8 });
  for (let number = 0; number < rounds; number += 1) {
    const round = recording.openRound(timeOf(number));
    for (const [index, address] of [...routers, '198.51.100.1'].entries()) {
      const isDestination = index === routers.length;
      const isLost = address === null || (isDestination && unit(random) < loss);
      const time = milliseconds(rtt * ((index + 1) / (routers.length + 1)) + unit(random) * 2);
      for (const hopLimit of isDestination ? [index + 1, 0] : [index + 1]) {
        recording.recordSent(round, hopLimit);
        if (isLost) recording.recordTimeout(round, hopLimit);
        else recording.recordAnswer(round, hopLimit, answerOf(address, isDestination ? 0 : 11), time);
      }
    }
  }
  return { recording, period: recording.query(timeOf(0), timeOf(rounds)) };
}

describe('hops of two paths', () => {
  it('stand beside each other by who answers, also where one path grew', () => {
    expect(alignHops([['a'], ['b'], ['c']], [['a'], ['x'], ['b'], ['c']])).toEqual([
      { before: 1, after: 1 },
      { before: null, after: 2 },
      { before: 2, after: 3 },
      { before: 3, after: 4 },
    ]);
  });

  it('stand together when one of several responders is common, or both are silent', () => {
    expect(alignHops([['a', 'b'], [], ['d']], [['b'], [], ['d']])).toEqual([
      { before: 1, after: 1 },
      { before: 2, after: 2 },
      { before: 3, after: 3 },
    ]);
  });

  it('stand alone when the responders are others, those of before first', () => {
    expect(alignHops([['a'], ['b']], [['a'], ['x']])).toEqual([
      { before: 1, after: 1 },
      { before: 2, after: null },
      { before: null, after: 2 },
    ]);
    expect(alignHops([], [['a']])).toEqual([{ before: null, after: 1 }]);
  });
});

describe('a difference of loss', () => {
  it('has the interval that Newcombe gives for 56 of 70 and 48 of 80', () => {
    // Newcombe (1998), Statistics in Medicine 17, table II (a), method 10: 0.0524 to 0.3339 for 56/70 − 48/80.
    const series = (lost: number, probes: number) => ({
      sent: probes,
      inFlight: 0,
      received: probes - lost,
      lossRatio: lost / probes,
      ...wilson(lost, probes),
    });
    const { value, low, high } = lossDifference(series(48, 80) as never, series(56, 70) as never);
    expect(value).toBeCloseTo(0.2, 10);
    expect(low).toBeCloseTo(0.0524, 3);
    expect(high).toBeCloseTo(0.3339, 3);
  });
});

/** The score interval of Wilson from its quadratic equation. */
function wilson(hits: number, trials: number): { lossLow: number; lossHigh: number } {
  const z2 = 1.96 ** 2;
  const [a, b, c] = [trials + z2, -(2 * hits + z2), hits ** 2 / trials];
  const root = Math.sqrt(b * b - 4 * a * c);
  return { lossLow: (-b - root) / (2 * a), lossHigh: (-b + root) / (2 * a) };
}

describe('a comparison', () => {
  it('calls fewer losses better, and longer round trips worse, with how sure it is', () => {
    const better = comparePeriods(path(1, { loss: 0.1 }), path(2, { loss: 0.01 }));
    expect(better.outcome).toBe('better');
    expect(better.sentence).toMatch(
      /^Fewer probes are lost \(\S+ % before, \S+ % after; .*round trips take as long as/,
    );
    const worse = comparePeriods(path(3, { rtt: 20 }), path(4, { rtt: 30 }));
    expect(worse.outcome).toBe('worse');
    expect(worse.roundTrip.rtt.value).toBeCloseTo(10, 0);
    expect(worse.roundTrip.rtt.low).toBeLessThan(10.2);
    expect(worse.sentence).toContain('round trips are longer by 10 ms');
    expect(comparePeriods(path(5, { loss: 0.1, rtt: 20 }), path(6, { rtt: 30 })).outcome).toBe('mixed');
  });

  it('calls what has not changed the same, and what cannot be told unclear', () => {
    expect(comparePeriods(path(7, { rounds: 3_000 }), path(8, { rounds: 3_000 }))).toMatchObject({ outcome: 'same' });
    const few = comparePeriods(path(9, { rounds: 5 }), path(10, { rounds: 5 }));
    expect(few).toMatchObject({ outcome: 'unclear', roundTrip: { rtt: { value: null, pValue: null } } });
  });

  it('shows the hops of both, aligned', () => {
    const { hops } = comparePeriods(
      path(11, { routers: ['192.0.2.1', null] }),
      path(12, { routers: ['192.0.2.1', '192.0.2.9', null] }),
    );
    expect(hops.map(({ beforeHopLimit, afterHopLimit }) => [beforeHopLimit, afterHopLimit])).toEqual([
      [1, 1],
      [null, 2],
      [2, 3],
      [3, 4],
    ]);
    expect(hops[1]).toMatchObject({ afterAddresses: ['192.0.2.9'], before: null, loss: { pValue: null } });
  });
});
