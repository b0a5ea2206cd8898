import { describe, expect, it } from 'vitest';
import { SeededRandom, unit } from '../../base/random.ts';
import { mannWhitneyTest } from './mann-whitney.ts';

describe('mannWhitneyTest', () => {
  it('gives W = 35, p = 0.2544 and a shift of 0.305 for the membranes of Hollander and Wolfe (1973, in the manual of R)', () => {
    const atTerm = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
    const early = [1.15, 0.88, 0.9, 0.74, 1.21];
    const result = mannWhitneyTest(atTerm, early);
    expect(result?.u).toBe(35);
    expect(result?.pValue).toBeCloseTo(0.2544122544122544, 12);
    expect(result?.shift).toBeCloseTo(-0.305, 12);
  });

  // The three below: scipy.stats.mannwhitneyu and the median of numpy.subtract.outer.
  it('corrects the variance for ties', () => {
    const first = [20, 20, 21, 21, 22, 23, 23, 23, 25, 30];
    const second = [21, 22, 23, 23, 24, 24, 25, 26, 26, 31, 40, 23];
    const result = mannWhitneyTest(first, second);
    expect(result?.u).toBe(30.5);
    expect(result?.pValue).toBeCloseTo(0.05281757392853756, 12);
    expect(result?.shift).toBe(2);
  });

  it('goes by the normal distribution for large samples', () => {
    const first = Array.from({ length: 400 }, (_, index) => 10 + ((index * 37) % 101) / 10);
    const second = Array.from({ length: 300 }, (_, index) => 10.5 + ((index * 53) % 97) / 10);
    const result = mannWhitneyTest(first, second);
    expect(result?.u).toBe(56_633);
    expect(result?.pValue).toBeCloseTo(0.20352531513643235, 12);
    expect(result?.shift).toBeCloseTo(0.3, 12);
  });

  it('is exact for samples below fifty without ties', () => {
    const first = Array.from({ length: 40 }, (_, index) => 10 + ((index * 37) % 101) / 10 + index * 1e-6);
    const second = Array.from({ length: 30 }, (_, index) => 12 + ((index * 53) % 97) / 10 + index * 1e-5);
    const result = mannWhitneyTest(first, second);
    expect(result?.u).toBe(433);
    expect(result?.pValue).toBeCloseTo(0.04769396156658704, 12);
    expect(result?.shift).toBeCloseTo(1.4002305, 12);
  });

  it('gives 2 of 20 orders to two samples of three that do not overlap', () => {
    expect(mannWhitneyTest([1, 2, 3], [4, 5, 6])).toMatchObject({ u: 0, pValue: 2 / 20, shift: 3 });
  });

  it('finds no difference between equal values, and says nothing without any', () => {
    expect(mannWhitneyTest([5, 5, 5], [5, 5])).toMatchObject({ u: 3, pValue: 1, shift: 0 });
    expect(mannWhitneyTest([], [1])).toBeNull();
    expect(mannWhitneyTest([1], [])).toBeNull();
  });

  it('finds the median of all differences by halving, as sorting all of them does', () => {
    const random = new SeededRandom(11);
    for (let run = 0; run < 40; run += 1) {
      const sample = () =>
        Array.from({ length: 1 + Math.floor(40 * unit(random)) }, () =>
          run % 2 === 0 ? unit(random) : Math.floor(6 * unit(random)),
        );
      const first = sample();
      const second = sample();
      const all = second.flatMap((b) => first.map((a) => b - a)).sort((x, y) => x - y);
      const median = ((all[Math.floor((all.length - 1) / 2)] ?? 0) + (all[Math.floor(all.length / 2)] ?? 0)) / 2;
      expect(mannWhitneyTest(first, second)?.shift).toBeCloseTo(median, 12);
    }
  });

  it('gives the shift an interval whose ends are differences as many from each end as U reaches by chance', () => {
    const a = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    const b = a.map((value) => 1.5 * value + 3);
    const differences = a.flatMap((low) => b.map((high) => high - low)).sort((x, y) => x - y);
    // 100 / 2 − 1.96 × √(100 × 21 / 12) = 24.07: the 24th from each end (Hollander and Wolfe, 1973, §4.3).
    const compared = mannWhitneyTest(a, b);
    expect(compared?.low).toBeCloseTo(differences[23] ?? Number.NaN, 9);
    expect(compared?.high).toBeCloseTo(differences[76] ?? Number.NaN, 9);
    // Three of each are too few for 95 %: the interval is all there is.
    expect(mannWhitneyTest([1, 2, 3], [4, 5, 6])).toMatchObject({ low: 1, high: 5 });
  });
});
