/**
 * The values at some ranks, from 0 to n − 1 in ascending order, without sorting all of them: quickselect (Hoare, 1961),
 * each time only among what is above the rank before. Puts the values into another order. Ranks are ascending, and may
 * repeat.
 */
export function selectRanks(values: Float64Array, ranks: readonly number[]): number[] {
  let low = 0;
  return ranks.map((rank) => {
    if (rank >= low) {
      select(values, low, values.length - 1, rank);
      low = rank + 1;
    }
    return values[rank] as number;
  });
}

/** Puts the value of a rank into its place among those from `low` to `high`: none before it is greater, none after less. */
function select(values: Float64Array, low: number, high: number, rank: number): void {
  let [left, right] = [low, high];
  while (left < right) {
    const pivot = middleOfThree(
      values[left] as number,
      values[(left + right) >>> 1] as number,
      values[right] as number,
    );
    let up = left;
    let down = right;
    while (up <= down) {
      while ((values[up] as number) < pivot) up += 1;
      while ((values[down] as number) > pivot) down -= 1;
      if (up > down) break;
      const value = values[up] as number;
      values[up] = values[down] as number;
      values[down] = value;
      up += 1;
      down -= 1;
    }
    if (rank <= down) right = down;
    else if (rank >= up) left = up;
    else return;
  }
}

function middleOfThree(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
