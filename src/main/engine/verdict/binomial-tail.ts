/**
 * How probable it is that at least `hits` of `trials` come about when each does with probability `ratio`: the upper tail
 * of the binomial distribution. Exact but for rounding. `ratio` is above 0 and below 1, `hits` a whole number.
 */
export function binomialUpperTail(hits: number, trials: number, ratio: number): number {
  if (hits <= 0) return 1;
  if (hits > trials) return 0;
  const odds = ratio / (1 - ratio);
  // Terms are taken relative to the one at `hits`, so that nothing underflows before the end.
  let term = 1;
  let sum = 1;
  for (let k = hits; k < trials; k += 1) {
    term *= ((trials - k) / (k + 1)) * odds;
    sum += term;
    if (term < sum * 1e-15) break;
  }
  return Math.min(1, Math.exp(logTermOf(hits, trials, ratio)) * sum);
}

/** Logarithm of the probability of exactly that many hits. */
function logTermOf(hits: number, trials: number, ratio: number): number {
  let log = hits * Math.log(ratio) + (trials - hits) * Math.log1p(-ratio);
  for (let k = 1; k <= Math.min(hits, trials - hits); k += 1) log += Math.log((trials - k + 1) / k);
  return log;
}
