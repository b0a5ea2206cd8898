import { twoSidedNormalTail } from './normal-tail.ts';

/** Samples smaller than this are judged by the exact distribution, as long as no two values are equal. */
const EXACT_BELOW = 50;

/** Standard normal quantile of a two-sided 95 % interval. */
const Z = 1.96;

/** Halvings of the range in which a median difference lies; it is then known to 2⁻⁵⁰ of that range. */
const HALVINGS = 50;

/** What the comparison of two samples says. */
export interface RankComparison {
  /** Pairs in which the value of the first sample is the greater one; equal ones count half. */
  readonly u: number;
  /** Two-sided: how probable such a U or a rarer one is, were both samples of one distribution. */
  readonly pValue: number;
  /** How far the second sample lies above the first: the median of all differences (Hodges and Lehmann, 1963). */
  readonly shift: number;
  /** 95 % interval of the shift: differences at the ranks that U would reach by chance (Lehmann, 1963). */
  readonly low: number;
  readonly high: number;
}

/**
 * Compares two samples by rank (Mann and Whitney, 1947). Exact for small samples without ties, otherwise the normal
 * approximation with the variance corrected for ties and U corrected for continuity. Null when one of them is empty.
 * The work is that of sorting.
 */
export function mannWhitneyTest(first: readonly number[], second: readonly number[]): RankComparison | null {
  if (first.length === 0 || second.length === 0) return null;
  const a = Float64Array.from(first).sort();
  const b = Float64Array.from(second).sort();
  const u = (pairsAtMost(a, b, 0, false) + pairsAtMost(a, b, 0, true)) / 2;
  const tieTerm = tieTermOf(a, b);
  const isExact = tieTerm === 0 && a.length < EXACT_BELOW && b.length < EXACT_BELOW;
  return {
    u,
    pValue: isExact ? exactPValue(a.length, b.length, u) : normalPValue(a.length, b.length, u, tieTerm),
    shift: medianDifference(a, b),
    ...shiftInterval(a, b),
  };
}

/** Sum of t³ − t over the groups of t equal values in both samples together. */
function tieTermOf(a: Float64Array, b: Float64Array): number {
  const all = new Float64Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  all.sort();
  let sum = 0;
  let start = 0;
  for (let end = 1; end <= all.length; end += 1) {
    if (end < all.length && all[end] === all[start]) continue;
    const size = end - start;
    sum += size ** 3 - size;
    start = end;
  }
  return sum;
}

function normalPValue(n: number, m: number, u: number, tieTerm: number): number {
  const all = n + m;
  const variance = ((n * m) / 12) * (all + 1 - tieTerm / (all * (all - 1)));
  if (variance <= 0) return 1;
  const distance = Math.max(0, Math.abs(u - (n * m) / 2) - 0.5);
  return twoSidedNormalTail(distance / Math.sqrt(variance));
}

/** Counts the orders of n and m values with a U this far from the middle: f(n, m, u) = f(n − 1, m, u − m) + f(n, m − 1, u). */
function exactPValue(n: number, m: number, u: number): number {
  const size = n * m + 1;
  // With no value in the first sample there is one order, whatever the size of the second.
  let rows = Array.from({ length: m + 1 }, () => {
    const row = new Float64Array(size);
    row[0] = 1;
    return row;
  });
  for (let i = 1; i <= n; i += 1) {
    const next: Float64Array<ArrayBuffer>[] = [];
    for (const [j, old] of rows.entries()) {
      const row = new Float64Array(size);
      const left = next[j - 1];
      for (let k = 0; k <= i * j; k += 1) {
        const moved = k >= j ? (old[k - j] ?? 0) : 0;
        row[k] = moved + (left?.[k] ?? 0);
      }
      next.push(row);
    }
    rows = next;
  }
  const counts = rows[m] ?? new Float64Array(size);
  const tail = Math.min(u, n * m - u);
  let all = 0;
  let inTail = 0;
  for (const [k, count] of counts.entries()) {
    all += count;
    if (k <= tail) inTail += count;
  }
  return Math.min(1, (2 * inTail) / all);
}

/** Median of all differences b − a, found by halving the range that holds it. Both samples ascend. */
function medianDifference(a: Float64Array, b: Float64Array): number {
  const pairs = a.length * b.length;
  const lower = differenceOfRank(a, b, Math.floor((pairs - 1) / 2));
  return pairs % 2 === 1 ? lower : (lower + differenceOfRank(a, b, pairs / 2)) / 2;
}

/** With the normal approximation of U; the whole range of differences where there are too few for 95 %. */
function shiftInterval(a: Float64Array, b: Float64Array): Pick<RankComparison, 'low' | 'high'> {
  const pairs = a.length * b.length;
  const reach = Z * Math.sqrt((pairs * (a.length + b.length + 1)) / 12);
  const rank = Math.max(0, Math.floor(pairs / 2 - reach) - 1);
  return { low: differenceOfRank(a, b, rank), high: differenceOfRank(a, b, pairs - 1 - rank) };
}

/** The difference b − a at a rank from 0, in ascending order. */
function differenceOfRank(a: Float64Array, b: Float64Array, rank: number): number {
  const least = (b[0] ?? 0) - (a.at(-1) ?? 0);
  let high = (b.at(-1) ?? 0) - (a[0] ?? 0);
  let low = least;
  if (pairsAtMost(a, b, low, true) > rank) return low;
  for (let step = 0; step < HALVINGS; step += 1) {
    const middle = low + (high - low) / 2;
    if (pairsAtMost(a, b, middle, true) > rank) high = middle;
    else low = middle;
  }
  return leastDifferenceAbove(a, b, low);
}

/** How many pairs have b − a at most (or below) a limit. As a grows, so does the first b that is too great. */
function pairsAtMost(a: Float64Array, b: Float64Array, limit: number, included: boolean): number {
  let count = 0;
  let within = 0;
  for (const value of a) {
    for (; within < b.length; within += 1) {
      const difference = (b[within] ?? 0) - value;
      if (included ? difference > limit : difference >= limit) break;
    }
    count += within;
  }
  return count;
}

function leastDifferenceAbove(a: Float64Array, b: Float64Array, limit: number): number {
  let least = Number.POSITIVE_INFINITY;
  let beyond = 0;
  for (const value of a) {
    while (beyond < b.length && (b[beyond] ?? 0) - value <= limit) beyond += 1;
    if (beyond < b.length) least = Math.min(least, (b[beyond] ?? 0) - value);
  }
  return least;
}
