import { describe, expect, it } from 'vitest';
import { milliseconds } from '../../../contract/units.ts';
import { SeededRandom, unit } from '../../base/random.ts';
import { OutlierDetector } from './outliers.ts';

/** Which of the values are outliers, by index. */
function outliersOf(values: readonly number[], detector = new OutlierDetector()): number[] {
  return values.flatMap((value, index) => (detector.isOutlier(value) ? [index] : []));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** The definition written down: every value against all of its window, sorted anew. */
function slowOutliersOf(values: readonly number[], resolution: number): number[] {
  return values.flatMap((value, index) => {
    const window = values.slice(Math.max(0, index - 120), index);
    if (window.length < 10) return [];
    const middle = median(window);
    const deviations = window.map((other) => Math.abs(other - middle));
    const mad = median(deviations);
    const mean = deviations.reduce((sum, deviation) => sum + deviation, 0) / deviations.length;
    const score =
      mad === 0 ? (0.7979 * (value - middle)) / Math.max(mean, resolution) : (0.6745 * (value - middle)) / mad;
    return Math.abs(score) > 3.5 ? [index] : [];
  });
}

describe('OutlierDetector', () => {
  // 1 to 11: median 6, deviations 0,1,1,2,2,3,3,4,4,5,5, MAD 3. The limit is 6 ± 3.5 × 3 / 0.6745 = 6 ± 15.567.
  const oneToEleven = Array.from({ length: 11 }, (_, index) => index + 1);

  it('calls a value with a modified z-score above 3.5 an outlier, and one just below it not', () => {
    expect(outliersOf([...oneToEleven, 21.56])).toEqual([]);
    expect(outliersOf([...oneToEleven, 21.57])).toEqual([11]);
  });

  it('calls a value far below the others an outlier too', () => {
    expect(outliersOf([...oneToEleven.map((value) => value + 100), 100 - 9.57])).toEqual([11]);
  });

  it('takes the mean of the two middle values and deviations of an even window', () => {
    // 1 to 10: median 5.5, deviations 0.5,0.5,1.5,1.5,2.5,2.5,…, MAD 2.5: 5.5 + 3.5 × 2.5 / 0.6745 = 18.4729.
    const oneToTen = oneToEleven.slice(0, 10);
    expect(outliersOf([...oneToTen, 18.47])).toEqual([]);
    expect(outliersOf([...oneToTen, 18.48])).toEqual([10]);
  });

  it('judges nothing by fewer than ten values', () => {
    expect(outliersOf([...Array<number>(9).fill(1), 1_000])).toEqual([]);
    expect(outliersOf([...Array<number>(10).fill(1), 1_000])).toEqual([10]);
  });

  it('goes by the mean deviation where more than half of the window is one value', () => {
    // Twelve values, nine of them 10 and three 14: MAD 0, mean deviation 1. The limit is 10 + 3.5 / 0.7979 = 14.3865.
    const twoValued = [10, 10, 10, 14, 10, 10, 14, 10, 10, 14, 10, 10];
    const detector = new OutlierDetector();
    for (const value of twoValued) detector.isOutlier(value);
    expect(detector.isOutlier(14.39)).toBe(true);
    const other = new OutlierDetector();
    for (const value of twoValued) other.isOutlier(value);
    expect(other.isOutlier(14.38)).toBe(false);
  });

  it('does not call one step of a coarse timer an outlier among equal values', () => {
    const wholeMilliseconds = [...Array<number>(20).fill(5), 6, 10];
    expect(outliersOf(wholeMilliseconds, new OutlierDetector(milliseconds(1)))).toEqual([21]);
  });

  it('forgets all but the 120 before', () => {
    // A hundred of another level are out of the window after 120 more.
    const values = [...Array<number>(100).fill(500), ...Array.from({ length: 125 }, (_, index) => 10 + (index % 5))];
    expect(outliersOf([...values, 500]).at(-1)).toBe(225);
    expect(outliersOf([...values.slice(0, 150), 500]).at(-1)).not.toBe(150);
  });

  it('finds what the definition finds in random series, ties and steps included', () => {
    const random = new SeededRandom(7);
    for (let run = 0; run < 20; run += 1) {
      const grain = [0, 0.001, 0.5, 1][run % 4] ?? 0;
      const values = Array.from({ length: 400 }, (_, index) => {
        const spike = unit(random) < 0.03 ? 60 * unit(random) : 0;
        const raw = 20 + (index > 250 ? 15 : 0) + 2 * unit(random) + spike;
        return grain === 0 ? raw : Math.round(raw / grain) * grain;
      });
      const found = outliersOf(values, new OutlierDetector(milliseconds(0.01)));
      expect(found.length).toBeGreaterThan(0);
      expect(found).toEqual(slowOutliersOf(values, 0.01));
    }
  });
});
