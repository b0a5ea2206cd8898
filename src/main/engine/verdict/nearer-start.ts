import { twoProportionTest } from '../statistics/two-proportion.ts';
import { binomialUpperTail } from './binomial-tail.ts';
import type { LossWitness } from './everyday-loss.ts';
import { type LossCount, ratioOf, sumOf } from './loss-count.ts';

/** Level at which a hop before the start loses more than a sound path does. */
const SIGNIFICANCE = 1e-3;
/** Level at which it loses more than what lies behind it, and so only by itself: a true start does so once in 700. */
const SIGNIFICANCE_OF_MORE = 3e-3;
/** Least share of the loss behind it that is the same loss seen by fewer probes; less is another one, or none. */
const LEAST_SHARE = 0.25;

/**
 * Moves a start of loss nearer, hop by hop, as long as the hop before it loses too: significantly, and not significantly
 * more than those behind it. Loss rarely is exactly alike at all hops (it comes in bursts, and more is added on the
 * way), and counts that differ must not make a start later than the first hop that shows it. A hop that loses more than
 * those behind it loses answers of its own and is no start. `ratio` is what a sound path loses.
 */
export function nearerStart(witnesses: readonly LossWitness[], start: number, ratio: number): number {
  let index = start;
  for (let before = witnesses[index - 1]; before !== undefined; before = witnesses[index - 1]) {
    const behind = witnesses.slice(index);
    if (!losesToo(before, behind, ratio) || losesMore(before, behind)) break;
    index -= 1;
  }
  return index;
}

function losesToo(witness: LossWitness, behind: readonly LossWitness[], ratio: number): boolean {
  if (ratioOf(witness) < LEAST_SHARE * ratioOf(sumOf(behind))) return false;
  const { lost, probes } = thinned(witness, witness.burstiness);
  return binomialUpperTail(lost, Math.max(lost, probes), ratio) < SIGNIFICANCE;
}

function losesMore(witness: LossWitness, behind: readonly LossWitness[]): boolean {
  if (ratioOf(witness) <= ratioOf(sumOf(behind))) return false;
  const burstiness = Math.max(witness.burstiness, ...behind.map((one) => one.burstiness));
  const own = thinned(witness, burstiness);
  const theirs = thinned(sumOf(behind), burstiness);
  return twoProportionTest(own.lost, own.probes, theirs.lost, theirs.probes).pValue < SIGNIFICANCE_OF_MORE;
}

/** So many independent events say as much as these counts. */
function thinned({ lost, probes }: LossCount, burstiness: number): LossCount {
  const hits = Math.round(lost / burstiness);
  return { lost: hits, probes: Math.max(hits, Math.round(probes / burstiness)) };
}
