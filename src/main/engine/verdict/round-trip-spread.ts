import { rttsOf } from './lonely-latency.ts';
import type { PathEvidence } from './path-evidence.ts';
import type { Witness } from './witnesses.ts';

/** Percentiles that are not exact are within this share of the true ones (contract/path-statistics.ts). */
const PERCENTILE_ERROR = 0.01;

/** How far the slowest 5 % of the round trips lie above the middle one. */
export interface SpreadOfRoundTrips {
  readonly milliseconds: number;
  /** Whether it may be more: only what is beyond the error of the percentiles is told. */
  readonly isAtLeast: boolean;
}

/**
 * The 95th percentile above the median. Each of the two may be off by 1 % of itself where they are not exact: of long
 * round trips that is more than the spread. Then it is what is left when both err the worst way, or the spread of the
 * last probes, which are known one by one, where that is more. Null without round trips.
 */
export function spreadOf(
  evidence: PathEvidence,
  { hopLimit, isDestination, statistics }: Witness,
): SpreadOfRoundTrips | null {
  const { p50, p95 } = statistics.rttMs;
  if (p50 === null || p95 === null) return null;
  if (statistics.percentilesAreExact) return { milliseconds: p95 - p50, isAtLeast: false };
  const certain = p95 / (1 + PERCENTILE_ERROR) - p50 / (1 - PERCENTILE_ERROR);
  const recent = rttsOf(evidence.outcomes(isDestination ? 0 : hopLimit)).sort((a, b) => a - b);
  const ofRecent = (recent[rank(recent, 0.95)] ?? 0) - (recent[rank(recent, 0.5)] ?? 0);
  return { milliseconds: Math.max(0, certain, ofRecent), isAtLeast: true };
}

function rank(values: readonly number[], share: number): number {
  return Math.floor(share * (values.length - 1));
}
