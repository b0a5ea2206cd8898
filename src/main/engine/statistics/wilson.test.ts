import { describe, expect, it } from 'vitest';
import { wilsonInterval } from './wilson.ts';

const percent = (hits: number, trials: number) => {
  const interval = wilsonInterval(hits, trials);
  return interval === null ? null : [(interval.low * 100).toFixed(2), (interval.high * 100).toFixed(2)];
};

describe('the Wilson interval', () => {
  it('has the published values', () => {
    expect([percent(1, 10), percent(0, 100), percent(10, 500)]).toEqual([
      ['1.79', '40.42'],
      ['0.00', '3.70'],
      ['1.09', '3.64'],
    ]);
  });

  it('holds exactly the ratios that a test with z = 1.96 would not reject', () => {
    // Wilson's definition: the bounds p solve (hits/n − p)² = z² p (1 − p) / n.
    for (const [hits, trials] of [
      [3, 7],
      [1, 2],
      [40, 41],
      [5, 1_000],
    ] as const) {
      const interval = wilsonInterval(hits, trials);
      for (const bound of [interval?.low ?? Number.NaN, interval?.high ?? Number.NaN]) {
        expect((hits / trials - bound) ** 2).toBeCloseTo((1.96 ** 2 * bound * (1 - bound)) / trials, 12);
      }
    }
  });

  it('does not exist without trials and stays within 0 and 1 at the ends', () => {
    expect(wilsonInterval(0, 0)).toBeNull();
    expect(wilsonInterval(0, 3)?.low).toBe(0);
    expect(wilsonInterval(3, 3)?.high).toBe(1);
  });
});
