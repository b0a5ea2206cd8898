/** Chance to stop although there is one more next hop, at 95 % confidence. */
const MISS_CHANCE = 0.05;

/**
 * How many flows are to be tried at one hop before it is taken to have no more responders than the `found` ones, with
 * 95 % confidence: the least n for which n balls in found + 1 boxes leave one empty with a chance of at most 5 %
 * (Augustin, Friedman and Teixeira, "Multipath tracing with Paris traceroute", 2007): 6, 11, 16, 21, 27, 33, …
 * Load is taken to be balanced evenly over flows. `found` is a whole number from 1 up.
 */
export function flowsToRuleOutAnother(found: number): number {
  const boxes = found + 1;
  /** Chance that so many boxes, by index, hold a ball. It equals the inclusion and exclusion of the paper, without its cancellation. */
  let chances = new Float64Array(boxes + 1);
  chances[0] = 1;
  let flows = 0;
  while (1 - (chances[boxes] ?? 0) > MISS_CHANCE) {
    const next = new Float64Array(boxes + 1);
    for (const [filled, chance] of chances.entries()) {
      next[filled] = (next[filled] ?? 0) + (chance * filled) / boxes;
      if (filled < boxes) next[filled + 1] = (next[filled + 1] ?? 0) + (chance * (boxes - filled)) / boxes;
    }
    chances = next;
    flows += 1;
  }
  return flows;
}
