import { describe, expect, it } from 'vitest';
import type { AlertMeasure } from '../../../contract/alert-condition.ts';
import { milliseconds, monotonicMilliseconds } from '../../../contract/units.ts';
import { SeededRandom, unit } from '../../base/random.ts';
import { Jitter } from '../statistics/jitter.ts';
import { RoundFigures } from './round-figures.ts';
import { type Fate, round } from './test-rounds.ts';

const SECOND = milliseconds(1_000);

function figuresOf(measure: AlertMeasure, rounds: number, fates: readonly Fate[]): (number | null)[] {
  const figures = new RoundFigures(measure, rounds, SECOND);
  return fates.map((fate, index) => {
    const { roundTrip, atEpochMs } = round(index, fate);
    if (roundTrip === null) throw new Error('a round without a round trip has no figure');
    return figures.take(roundTrip, atEpochMs);
  });
}

describe('a figure of the last rounds', () => {
  it('is the share lost or refused of exactly so many rounds, and unknown before there are so many', () => {
    expect(figuresOf('loss', 4, [10, 'lost', 10, 'refused', 10, 10, 10])).toEqual([null, null, null, 50, 50, 25, 25]);
  });

  it('is the mean of the round trips that were answered, and unknown when none was', () => {
    expect(figuresOf('latency', 2, [10, 20, 'lost', 'lost', 40])).toEqual([null, 15, 20, null, 40]);
  });

  it('is the mean difference of consecutive answers within them, lost rounds skipped', () => {
    // 136, 184, 115, 148, 125: PingPlotter's knowledge base, article 57, with 43.25 for all five.
    const fates: Fate[] = [136, 184, 115, 'lost', 148, 125];
    expect(figuresOf('jitter', 6, fates).at(-1)).toBe(43.25);
    // The last four are 115, lost, 148, 125: differences of 33 and 23.
    expect(figuresOf('jitter', 4, fates).at(-1)).toBe(28);
  });

  it('compares no answers across a gap', () => {
    const figures = new RoundFigures('jitter', 3, SECOND);
    const take = (index: number, rttMs: number) => figures.take({ fate: 'answered', rttMs }, index * 1_000);
    take(0, 10);
    take(1, 12);
    figures.breakPair();
    expect(take(2, 90)).toBe(2);
    expect(take(3, 91)).toBe(1);
  });

  it('is the opinion score of the E-model, and the worst score when nothing was answered', () => {
    // Two rounds of 145 and 155 ms: mean 150, jitter 10, no loss: d = 75 + 20 + 10 = 105, Id = 2.52, R = 90.68;
    // 1 + 0.035 R + 7e-6 R (R − 60) (100 − R) = 4.3553.
    const scores = figuresOf('mos', 2, [145, 155, 'lost', 'lost']);
    expect(scores[1]).toBeCloseTo(4.3553, 3);
    expect(scores[3]).toBe(1);
  });

  it('is the same as when it is computed anew each time, over ten thousand rounds of any kind', () => {
    const random = new SeededRandom(5);
    const size = 20;
    const fates: Fate[] = Array.from({ length: 10_000 }, () => (unit(random) < 0.3 ? 'lost' : 10 + 50 * unit(random)));
    const jitters = figuresOf('jitter', size, fates);
    const means = figuresOf('latency', size, fates);
    let worst = 0;
    for (let last = size - 1; last < fates.length; last += 1) {
      const jitter = new Jitter(SECOND);
      const answered = fates
        .slice(last - size + 1, last + 1)
        .flatMap((fate, index) => (typeof fate === 'number' ? [[fate, index] as const] : []));
      for (const [rtt, index] of answered) jitter.add(milliseconds(rtt), monotonicMilliseconds(index * 1_000));
      const mean = answered.reduce((sum, [rtt]) => sum + rtt, 0) / answered.length;
      worst = Math.max(worst, Math.abs((jitters[last] ?? 0) - (jitter.mean ?? 0)), Math.abs((means[last] ?? 0) - mean));
    }
    expect(worst).toBeLessThan(1e-9);
  });
});
