import type { Outcome } from '../path/recording.ts';
import { twoProportionTest } from '../statistics/two-proportion.ts';
import { oncePerEvidence } from './once-per-evidence.ts';
import { type Witness, witnessesOf } from './witnesses.ts';

/** How much longer than nearly all answers from farther away an answer must take to count as slow, in ms. */
const MARGIN = 15;
/** Least share of slow answers. */
const LEAST_SHARE = 0.1;
/** As in the comparison of losses: very many comparisons, few mistakes. */
const SIGNIFICANCE = 1e-5;

/** A hop that answers slowly while hops behind it answer fast. */
export interface LonelyLatency {
  readonly witness: Witness;
  /** The later hop that is fastest. */
  readonly later: Witness;
  /** Time that nearly all answers (95 %) of the later hop stay under, the margin included, in ms. */
  readonly limit: number;
  readonly slow: number;
  readonly answers: number;
}

/**
 * Hops whose answers are slow while those of a later hop are not: what reaches the later hop has passed this one, so
 * only the making of its own answers, or their way home, takes that long.
 */
export const lonelyLatencies = oncePerEvidence((evidence): LonelyLatency[] => {
  const witnesses = witnessesOf(evidence.report);
  const rtts = new Map(
    witnesses.map((witness) => [witness, rttsOf(evidence.outcomes(witness.isDestination ? 0 : witness.hopLimit))]),
  );
  return witnesses.flatMap((witness, index) => {
    const later = fastest(witnesses.slice(index + 1));
    if (later === null) return [];
    const limit = (later.statistics.rttMs.p95 ?? 0) + MARGIN;
    const own = rtts.get(witness) ?? [];
    const theirs = rtts.get(later) ?? [];
    const slow = countAbove(own, limit);
    if (slow < LEAST_SHARE * own.length) return [];
    const { pValue } = twoProportionTest(slow, own.length, countAbove(theirs, limit), theirs.length);
    return pValue < SIGNIFICANCE ? [{ witness, later, limit, slow, answers: own.length }] : [];
  });
});

/** Round trips in order, without the probes that have none. */
export function rttsOf(outcomes: readonly Outcome[]): number[] {
  return outcomes.flatMap(({ rtt }) => (rtt === null ? [] : [rtt]));
}

function fastest(later: readonly Witness[]): Witness | null {
  return later.reduce<Witness | null>(
    (best, witness) => (best === null || slowOf(witness) < slowOf(best) ? witness : best),
    null,
  );
}

function slowOf({ statistics }: Witness): number {
  return statistics.rttMs.p95 ?? Number.POSITIVE_INFINITY;
}

function countAbove(values: readonly number[], limit: number): number {
  return values.filter((value) => value > limit).length;
}
