import { describe, expect, it } from 'vitest';
import { SeededRandom, unit } from '../../base/random.ts';
import { EXACT_LIMIT, Quantiles, RELATIVE_ERROR } from './quantiles.ts';

/** The definition, as slowly as it is written: type 7 of Hyndman and Fan. */
function type7(values: readonly number[], q: number): number {
  const ascending = [...values].sort((a, b) => a - b);
  const h = (ascending.length - 1) * q;
  const lower = ascending[Math.floor(h)] ?? Number.NaN;
  const upper = ascending[Math.ceil(h)] ?? Number.NaN;
  return lower + (h - Math.floor(h)) * (upper - lower);
}

/** Round trips with a long tail: 0.05 ms to some seconds. */
function longTailed(seed: number, count: number): number[] {
  const random = new SeededRandom(seed);
  return Array.from({ length: count }, () => 0.05 * Math.exp(11 * unit(random) ** 2));
}

function quantilesOf(values: readonly number[]): Quantiles {
  const quantiles = new Quantiles();
  for (const value of values) quantiles.add(value);
  return quantiles;
}

const RATIOS = [0, 0.01, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999, 1];

describe('quantiles', () => {
  it('average the two middle values for an even count, and interpolate elsewhere', () => {
    // R: quantile(c(1, 2, 3, 10), c(.5, .95), type = 7) gives 2.5 and 8.95.
    const quantiles = quantilesOf([10, 1, 3, 2]);
    expect([quantiles.quantile(0.5), quantiles.quantile(0.95)]).toEqual([2.5, expect.closeTo(8.95, 12)]);
  });

  it('do not exist without values and are the value itself when there is one', () => {
    expect(new Quantiles().quantile(0.5)).toBeNull();
    expect(quantilesOf([7]).quantile(0.99)).toBe(7);
  });

  it('are exact up to the limit, whatever the order of arrival', () => {
    for (const seed of [1, 2, 3]) {
      const values = longTailed(seed, EXACT_LIMIT);
      const quantiles = quantilesOf(values);
      expect(quantiles.isExact).toBe(true);
      for (const q of RATIOS) expect(quantiles.quantile(q)).toBeCloseTo(type7(values, q), 9);
    }
  });

  it('stay within the stated relative error beyond the limit', () => {
    for (const seed of [4, 5, 6]) {
      const values = longTailed(seed, 20_000);
      const quantiles = quantilesOf(values);
      expect(quantiles.isExact).toBe(false);
      for (const q of RATIOS) {
        const truth = type7(values, q);
        expect(Math.abs((quantiles.quantile(q) ?? Number.NaN) - truth) / truth).toBeLessThanOrEqual(RELATIVE_ERROR);
      }
    }
  });

  it('give the same answer merged as when all values were added to one', () => {
    for (const [few, many] of [
      [100, 200],
      [100, 5_000],
      [5_000, 6_000],
    ] as const) {
      const [a, b] = [longTailed(7, few), longTailed(8, many)];
      const merged = quantilesOf(a);
      merged.merge(quantilesOf(b));
      const together = quantilesOf([...a, ...b]);
      expect(merged.count).toBe(few + many);
      expect(RATIOS.map((q) => merged.quantile(q))).toEqual(RATIOS.map((q) => together.quantile(q)));
    }
  });

  it('know their ends exactly even in the sketch, and take zero', () => {
    const values = [0, ...longTailed(9, 3_000), 123_456.789];
    const quantiles = quantilesOf(values);
    expect([quantiles.quantile(0), quantiles.quantile(1)]).toEqual([expect.closeTo(0, 3), 123_456.789]);
  });
});
