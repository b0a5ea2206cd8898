import type { PathEvidence } from './path-evidence.ts';

/** Probes that make one level. Their median forgets a single slow answer; more of them would hide a fast rise. */
const PROBES_PER_LEVEL = 3;
/** The evidence holds so many single probes of a series. */
const KEPT_OUTCOMES = 600;

/** How long round trips took for a short while. */
export interface LatencyLevel {
  readonly fromEpochMs: number;
  readonly toEpochMs: number;
  readonly median: number;
  /** Probes of it that were lost, and all of them. */
  readonly lost: number;
  readonly probes: number;
}

/**
 * The round trip in time: medians of a few probes each while the period is short enough to be known probe by probe,
 * else of its slices. A level without an answer is left out.
 */
export function latencyLevels(
  evidence: PathEvidence,
  perLevel: number = PROBES_PER_LEVEL,
): { readonly levels: LatencyLevel[]; readonly isFine: boolean } {
  const outcomes = evidence.outcomes(0).filter(({ fate }) => fate !== 'send-failed');
  const { sent, inFlight } = evidence.report.roundTrip;
  if (outcomes.length >= Math.min(KEPT_OUTCOMES, sent - inFlight) && sent - inFlight <= KEPT_OUTCOMES) {
    const levels: LatencyLevel[] = [];
    for (let start = 0; start < outcomes.length; start += perLevel) {
      const group = outcomes.slice(start, start + perLevel);
      const median = medianOf(group.flatMap(({ rtt }) => (rtt === null ? [] : [rtt])));
      const fromEpochMs = group[0]?.at;
      const toEpochMs = group.at(-1)?.at;
      if (median === null || fromEpochMs === undefined || toEpochMs === undefined) continue;
      const lost = group.filter(({ fate }) => fate === 'lost').length;
      levels.push({ fromEpochMs, toEpochMs, median, lost, probes: group.length });
    }
    return { levels, isFine: true };
  }
  const levels = evidence.slices.flatMap(({ fromEpochMs, toEpochMs, roundTrip }) => {
    const median = roundTrip.rttMs.p50;
    if (median === null) return [];
    const probes = roundTrip.sent - roundTrip.inFlight;
    return [{ fromEpochMs, toEpochMs, median, lost: probes - roundTrip.received, probes }];
  });
  return { levels, isFine: false };
}

/** Middle value, or the mean of the two middle ones; null of none. */
export function medianOf(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  return upper === undefined || lower === undefined ? null : (upper + lower) / 2;
}

/** Robust standard deviation of a level around its neighbours' middle: 1.4826 × the median distance, for three levels. */
export function noiseOf(levels: readonly LatencyLevel[]): number {
  const distances = levels.slice(1, -1).map(({ median }, index) => {
    const before = levels[index]?.median ?? median;
    const after = levels[index + 2]?.median ?? median;
    return Math.abs(median - (before + after) / 2);
  });
  // The distance from the mean of two neighbours has 1.5 times the variance of a level.
  return (1.4826 / Math.sqrt(1.5)) * (medianOf(distances) ?? 0);
}
