import { twoSidedNormalTail } from './normal-tail.ts';

/** Expected count below which the exact test is made: twice the 5 that Cochran (1954) asks for, since it costs little. */
const LEAST_EXPECTED = 10;

/** Two tables this close in probability are equally probable; what is left is rounding. */
const ROUNDING = 1 + 1e-7;

/**
 * Whether two ratios differ: the two-sided p-value of "both samples come from one ratio". The z test with the pooled
 * ratio, or the exact test of Fisher (1935) when one of the four expected counts is below 10; Fisher's sums all tables
 * that are no more probable than the one seen. A sample without trials tells nothing: p is 1.
 * Hits are whole numbers from 0 to the trials.
 */
export function twoProportionTest(
  hitsA: number,
  trialsA: number,
  hitsB: number,
  trialsB: number,
): { readonly pValue: number } {
  const hits = hitsA + hitsB;
  const trials = trialsA + trialsB;
  if (trialsA === 0 || trialsB === 0 || hits === 0 || hits === trials) return { pValue: 1 };
  const leastExpected = (Math.min(trialsA, trialsB) * Math.min(hits, trials - hits)) / trials;
  if (leastExpected < LEAST_EXPECTED) return { pValue: fisherExact(hitsA, trialsA, hits, trials) };
  const pooled = hits / trials;
  const deviation = Math.sqrt(pooled * (1 - pooled) * (1 / trialsA + 1 / trialsB));
  return { pValue: twoSidedNormalTail((hitsA / trialsA - hitsB / trialsB) / deviation) };
}

/**
 * Fisher's exact test. Weights of the hypergeometric distribution are taken relative to its mode and worked out
 * outwards from there, so that no factorial is needed and nothing overflows.
 */
function fisherExact(hitsA: number, trialsA: number, hits: number, trials: number): number {
  const least = Math.max(0, hits - (trials - trialsA));
  const most = Math.min(hits, trialsA);
  const mode = Math.floor(((hits + 1) * (trialsA + 1)) / (trials + 2));
  /** Weight of k + 1 over that of k. */
  const ratio = (k: number) => ((hits - k) * (trialsA - k)) / ((k + 1) * (trials - hits - trialsA + k + 1));
  const weights = new Float64Array(most - least + 1);
  weights[mode - least] = 1;
  for (let k = mode; k < most; k += 1) weights[k + 1 - least] = (weights[k - least] ?? 0) * ratio(k);
  for (let k = mode - 1; k >= least; k -= 1) weights[k - least] = (weights[k + 1 - least] ?? 0) / ratio(k);
  const seen = (weights[hitsA - least] ?? 0) * ROUNDING;
  let all = 0;
  let asRare = 0;
  for (const weight of weights) {
    all += weight;
    if (weight <= seen) asRare += weight;
  }
  return asRare / all;
}
