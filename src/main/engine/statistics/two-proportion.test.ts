import { describe, expect, it } from 'vitest';
import { twoProportionTest } from './two-proportion.ts';

describe('twoProportionTest', () => {
  it('gives the p-value of the tea-tasting lady, 34 of 70 tables (Fisher, "The Design of Experiments", 1935)', () => {
    expect(twoProportionTest(3, 4, 1, 4).pValue).toBeCloseTo(34 / 70, 12);
  });

  it('gives the p-value of convicted twins, 0.0005367 (Fisher, 1962, in the manual of R)', () => {
    expect(twoProportionTest(10, 13, 2, 17).pValue).toBeCloseTo(0.0005367241191434358, 12);
  });

  // All tables counted in fractions, and scipy.stats.fisher_exact.
  it.each([
    [0, 10, 4, 10, 0.08668730650154799],
    [1, 100, 9, 100, 0.018487679877476366],
    [0, 300, 5, 300, 0.06145921594617495],
    [2, 1000, 9, 60, 1.652471920202987e-10],
  ])('is exact for few: %d of %d against %d of %d', (hitsA, trialsA, hitsB, trialsB, expected) => {
    expect(twoProportionTest(hitsA, trialsA, hitsB, trialsB).pValue / expected).toBeCloseTo(1, 9);
  });

  // z from the definition and erfc of the C library, in Python.
  it.each([
    [30, 500, 10, 500, 0.0012488309880884275],
    [55, 100, 45, 100, 0.15729920705028505],
    [200, 1_000, 100, 1_000, 3.794791883144989e-10],
  ])('uses the pooled z test for many: %d of %d against %d of %d', (hitsA, trialsA, hitsB, trialsB, expected) => {
    expect(twoProportionTest(hitsA, trialsA, hitsB, trialsB).pValue / expected).toBeCloseTo(1, 9);
  });

  it('does not mind which sample comes first, nor whether hits or misses are counted', () => {
    for (const [a, n, b, m] of [
      [1, 20, 7, 30],
      [40, 200, 60, 190],
    ] as const) {
      const { pValue } = twoProportionTest(a, n, b, m);
      expect(twoProportionTest(b, m, a, n).pValue).toBeCloseTo(pValue, 12);
      expect(twoProportionTest(n - a, n, m - b, m).pValue).toBeCloseTo(pValue, 12);
    }
  });

  it('claims no difference where there is none to see: no trials, no hits, nothing but hits', () => {
    expect(twoProportionTest(0, 0, 5, 10).pValue).toBe(1);
    expect(twoProportionTest(0, 10, 0, 500).pValue).toBe(1);
    expect(twoProportionTest(10, 10, 500, 500).pValue).toBe(1);
  });

  it('stays a probability at counts of a long recording', () => {
    const { pValue } = twoProportionTest(3, 8_000_000, 40_000, 80_000_000);
    expect(pValue).toBeGreaterThanOrEqual(0);
    expect(pValue).toBeLessThan(1e-100);
  });
});
