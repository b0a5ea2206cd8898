import type { PathMonitorInfo, PathReport, Round } from '../../../contract/path.ts';
import type { SeriesStatistics } from '../../../contract/path-statistics.ts';
import type { Timeline } from '../../../contract/timeline.ts';

/** What a test engine tells of a path: as little as the contract allows, but for what is given. */

/** Statistics of a series without a probe. */
export const NO_STATISTICS: SeriesStatistics = {
  sent: 0,
  received: 0,
  inFlight: 0,
  icmpErrors: 0,
  timedOut: 0,
  sendFailures: 0,
  duplicates: 0,
  late: 0,
  lossRatio: null,
  lossLow: null,
  lossHigh: null,
  rttMs: { last: null, min: null, mean: null, max: null, stddev: null, p50: null, p95: null, p99: null },
  jitterMs: null,
  reordered: 0,
  smoothedJitterMs: null,
  maxJitterMs: null,
  pdvP95Ms: null,
  slowRatio: null,
  outliers: 0,
  lossRuns: { count: 0, meanLength: null, maxLength: null, meanDistance: null },
  mos: null,
  mosPingPlotter: null,
  percentilesAreExact: true,
};

/** A report in which nothing was measured. */
export function reportWith(
  { target, destination, intervalMs }: Pick<PathMonitorInfo, 'target' | 'destination' | 'intervalMs'>,
  more: Partial<PathReport> = {},
): PathReport {
  return {
    target,
    destination: destination ?? '192.0.2.1',
    family: 4,
    reached: true,
    destinationHopLimit: null,
    fromEpochMs: 0,
    toEpochMs: 0,
    intervalMs,
    rounds: 0,
    hops: [],
    roundTrip: NO_STATISTICS,
    gaps: [],
    routeChanges: [],
    outages: [],
    localDrops: 0,
    simulated: null,
    verdicts: [],
    ...more,
  };
}

export function timelineWith(hopLimit: number, more: Partial<Timeline> = {}): Timeline {
  return { hopLimit, fromEpochMs: 0, toEpochMs: 0, columns: [], ...more };
}

/** A round a second whose round trip was answered in so many milliseconds, or (null) was lost. */
export function roundOf(round: number, rttMs: number | null): Round {
  return {
    round,
    atEpochMs: 1_700_000_000_000 + round * 1_000,
    hops: [],
    roundTrip: { fate: rttMs === null ? 'lost' : 'answered', rttMs },
  };
}
