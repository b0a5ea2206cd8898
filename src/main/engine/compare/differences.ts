import type { Difference } from '../../../contract/comparison.ts';
import type { SeriesStatistics } from '../../../contract/path-statistics.ts';
import { mannWhitneyTest } from '../statistics/mann-whitney.ts';
import { twoProportionTest } from '../statistics/two-proportion.ts';

const UNKNOWN: Difference = { value: null, low: null, high: null, pValue: null };

/** Fewest round trips of each side that are tested. */
const LEAST_ROUND_TRIPS = 8;

/** Difference of two loss ratios, after less before, with Newcombe's interval (1998, method 10) and its test. */
export function lossDifference(before: SeriesStatistics | null, after: SeriesStatistics | null): Difference {
  const [a, b] = [lossOf(before), lossOf(after)];
  if (a === null || b === null) return UNKNOWN;
  const value = b.ratio - a.ratio;
  return {
    value,
    low: value - Math.hypot(b.ratio - b.low, a.high - a.ratio),
    high: value + Math.hypot(b.high - b.ratio, a.ratio - a.low),
    pValue: twoProportionTest(a.lost, a.probes, b.lost, b.probes).pValue,
  };
}

/** How far round trips have shifted, in ms, with its interval and test. */
export function rttDifference(before: readonly number[], after: readonly number[]): Difference {
  if (before.length < LEAST_ROUND_TRIPS || after.length < LEAST_ROUND_TRIPS) return UNKNOWN;
  const compared = mannWhitneyTest(before, after);
  if (compared === null) return UNKNOWN;
  const { shift, low, high, pValue } = compared;
  return { value: shift, low, high, pValue };
}

function lossOf(series: SeriesStatistics | null) {
  if (series === null || series.lossRatio === null || series.lossLow === null || series.lossHigh === null) return null;
  const probes = series.sent - series.inFlight;
  return {
    probes,
    lost: probes - series.received,
    ratio: series.lossRatio,
    low: series.lossLow,
    high: series.lossHigh,
  };
}
