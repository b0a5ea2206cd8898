/** Standard normal quantile of a two-sided 95 % interval, to the two decimals that statistics tables print. */
const Z = 1.96;

/** A ratio's interval, both ends from 0 to 1. */
export interface RatioInterval {
  readonly low: number;
  readonly high: number;
}

/**
 * The 95 % Wilson score interval of a ratio (E. B. Wilson, 1927): honest for few trials and at the ends, where the
 * textbook interval would claim that 0 losses of 10 prove 0 %.
 * Null without trials. `hits` is from 0 to `trials`.
 */
export function wilsonInterval(hits: number, trials: number): RatioInterval | null {
  if (trials === 0) return null;
  const ratio = hits / trials;
  const scale = 1 + (Z * Z) / trials;
  const centre = (ratio + (Z * Z) / (2 * trials)) / scale;
  const reach = (Z / scale) * Math.sqrt((ratio * (1 - ratio)) / trials + (Z * Z) / (4 * trials * trials));
  // At the ends the exact bound is the end itself; rounding would leave a 1e-17 there.
  return { low: hits === 0 ? 0 : centre - reach, high: hits === trials ? 1 : centre + reach };
}
