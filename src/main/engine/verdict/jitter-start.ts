import { medianOf } from './latency-levels.ts';
import { lonelyLatencies, rttsOf } from './lonely-latency.ts';
import { timedAnswersOf } from './loss-count.ts';
import type { PathEvidence } from './path-evidence.ts';
import { type SpreadOfRoundTrips, spreadOf } from './round-trip-spread.ts';
import { type Witness, witnessesOf } from './witnesses.ts';

/**
 * Least mean difference of neighbouring round trips that is felt, in ms. A call's buffer holds about twice the jitter:
 * this adds 24 ms to every word, and a game sees others that much out of place.
 */
const LEAST_JITTER = 12;
/** Least distance of the slowest 5 % from the middle, in ms: without it a few single slow answers make up the mean. */
const LEAST_SPREAD = 16;
/** Fewest round trips that have a jitter worth judging. */
const LEAST_ANSWERS = 30;
/** Share of the swing that a hop must have to share it: variances add up, so half of it is a quarter. */
const LEAST_SHARED = 0.5;

/** Swings below this are all alike, in ms. */
const LEAST_SWING = 0.01;

/** Jitter that reaches the destination. */
export interface CarriedJitter {
  readonly jitter: number;
  readonly spread: SpreadOfRoundTrips;
  readonly destination: Witness;
  readonly first: Witness;
  readonly before: Witness | null;
}

/** Jitter of the round trip that people feel, and from where on every hop that can bear witness shows it. */
export function carriedJitter(evidence: PathEvidence): CarriedJitter | null {
  const lonely = new Set(lonelyLatencies(evidence).map(({ witness }) => witness.hopLimit));
  const witnesses = witnessesOf(evidence.report).filter(
    ({ hopLimit, isDestination, statistics }) =>
      (isDestination || !lonely.has(hopLimit)) && timedAnswersOf(statistics) >= LEAST_ANSWERS,
  );
  const destination = witnesses.at(-1);
  if (!destination?.isDestination) return null;
  const jitter = destination.statistics.jitterMs;
  const spread = spreadOf(evidence, destination);
  if (jitter === null || spread === null || jitter < LEAST_JITTER || spread.milliseconds < LEAST_SPREAD) return null;
  const index = startOf(witnesses.map((witness) => swingOf(evidence, witness, spread.milliseconds)));
  const first = witnesses[index] ?? destination;
  return { jitter, spread, destination, first, before: witnesses[index - 1] ?? null };
}

/**
 * How far a hop's round trips lie from their middle one, in the mean. What lies farther than the slowest 5 % of the
 * destination's counts no more than that, so that one very late answer does not make a hop seem to swing.
 */
function swingOf(evidence: PathEvidence, witness: Witness, limit: number): number {
  const rtts = rttsOf(evidence.outcomes(witness.isDestination ? 0 : witness.hopLimit));
  const middle = medianOf(rtts) ?? 0;
  return rtts.reduce((sum, rtt) => sum + Math.min(limit, Math.abs(rtt - middle)), 0) / Math.max(1, rtts.length);
}

/**
 * The start that fits best: those from it on should swing half as much as the destination, or more, those before it
 * less. What does not fit costs by how much it misses, so that one odd hop does not decide alone.
 */
function startOf(swings: readonly number[]): number {
  const limit = Math.max(LEAST_SWING, LEAST_SHARED * (swings.at(-1) ?? 0));
  const costs = swings.map((_, start) =>
    swings.reduce((cost, swing, index) => {
      const excess = Math.log(Math.max(swing, LEAST_SWING) / limit);
      return cost + Math.max(0, index < start ? excess : -excess);
    }, 0),
  );
  return costs.indexOf(Math.min(...costs));
}
