import { twoProportionTest } from '../statistics/two-proportion.ts';
import type { LossWitness } from './everyday-loss.ts';
import { type LossCount, ratioOf, sumOf } from './loss-count.ts';

/**
 * Level of one comparison. A path of 30 hops makes up to some 2,000 of them, not independent ones; at this level a
 * path with one true loss calls a hop reluctant by mistake less than once in fifty periods.
 */
const SIGNIFICANCE = 1e-5;
/** Least difference that is worth telling; with very many probes less would be significant. */
const LEAST_DIFFERENCE = 0.03;
/** The later hop loses at most this share of what the hop loses. */
const GREATEST_SHARE = 0.67;

/** A hop whose loss something farther away does not share. */
export interface LonelyLoss {
  readonly witness: LossWitness;
  /** The later hops that lose less, nearest first, and what they lose together. */
  readonly later: readonly LossWitness[];
  readonly laterLoss: LossCount;
}

/**
 * Hops that lose more than hops behind them: what reaches a later hop has passed this one, so its loss is that of its
 * own answers, not of the packets that pass it. One later hop is enough to show it, several in a row show it better.
 */
export function lonelyLosses(witnesses: readonly LossWitness[]): LonelyLoss[] {
  return witnesses.flatMap((witness, index) => {
    const later = witnesses.slice(index + 1);
    const found = groupsOf(later)
      .map((group) => ({ group, loss: sumOf(group) }))
      .filter(({ loss, group }) => losesLess(loss, witness, Math.max(...group.map(({ burstiness }) => burstiness))))
      .sort((a, b) => ratioOf(a.loss) - ratioOf(b.loss) || b.loss.probes - a.loss.probes)[0];
    return found === undefined ? [] : [{ witness, later: found.group, laterLoss: found.loss }];
  });
}

/** Each hop by itself, those from the next up to each, and those from each to the end. */
function groupsOf(later: readonly LossWitness[]): (readonly LossWitness[])[] {
  return later.flatMap((single, index) => [[single], later.slice(0, index + 1), later.slice(index)]);
}

function losesLess(later: LossCount, witness: LossWitness, laterBurstiness: number): boolean {
  const own = ratioOf(witness);
  const theirs = ratioOf(later);
  if (own - theirs < LEAST_DIFFERENCE || theirs > GREATEST_SHARE * own) return false;
  const burstiness = Math.max(witness.burstiness, laterBurstiness);
  const { pValue } = twoProportionTest(
    Math.round(witness.lost / burstiness),
    Math.round(witness.probes / burstiness),
    Math.round(later.lost / burstiness),
    Math.round(later.probes / burstiness),
  );
  return pValue < SIGNIFICANCE;
}
