/** Most values kept one by one: 8 KiB, and quantiles are exact for the first quarter of an hour at one a second. */
export const EXACT_LIMIT = 1_024;

/** Values that there is room for at first; many series are short. */
const FIRST_LENGTH = 32;

/** Greatest relative error of a value read from the sketch. */
export const RELATIVE_ERROR = 0.01;

/** Buckets grow by this factor, so that a bucket's middle is within RELATIVE_ERROR of all it holds (Masson and others, DDSketch, 2019). */
const GROWTH = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);
const LOG_GROWTH = Math.log(GROWTH);

/** Smallest and largest value told apart, in the caller's unit; for milliseconds a tenth of a microsecond and 28 hours. */
const SMALLEST = 1e-4;
const LARGEST = 1e8;
const FIRST_BUCKET = Math.ceil(Math.log(SMALLEST) / LOG_GROWTH);

/** Number of buckets of the sketch. */
export const BUCKETS = Math.ceil(Math.log(LARGEST) / LOG_GROWTH) - FIRST_BUCKET + 1;

/**
 * Quantiles of values from 0 up, in bounded memory: exact up to EXACT_LIMIT values, from then on a histogram with
 * logarithmic buckets, whose order statistics are within RELATIVE_ERROR for values from 1e-4 to 1e8 (smaller
 * ones count as 1e-4, greater ones as 1e8). Two of them merge without further loss.
 */
export class Quantiles {
  #count = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;
  /** The values in ascending order, until there are too many. */
  #sorted: Float64Array | null = new Float64Array(FIRST_LENGTH);
  #buckets: Float64Array | null = null;

  get count(): number {
    return this.#count;
  }

  /** Whether quantiles are still exact. */
  get isExact(): boolean {
    return this.#sorted !== null;
  }

  add(value: number): void {
    this.#min = Math.min(this.#min, value);
    this.#max = Math.max(this.#max, value);
    if (this.#sorted !== null && this.#count < EXACT_LIMIT) {
      if (this.#count === this.#sorted.length) this.#sorted = doubled(this.#sorted);
      insertSorted(this.#sorted, this.#count, value);
      this.#count += 1;
      return;
    }
    const buckets = this.#useBuckets();
    this.#count += 1;
    count(buckets, value);
  }

  /** Adds everything that another one has seen; the other stays as it is. */
  merge(other: Quantiles): void {
    if (other.#sorted !== null) {
      for (const value of other.#sorted.subarray(0, other.#count)) this.add(value);
      return;
    }
    const buckets = this.#useBuckets();
    for (const [index, amount] of (other.#buckets ?? []).entries()) buckets[index] = (buckets[index] ?? 0) + amount;
    this.#count += other.#count;
    this.#min = Math.min(this.#min, other.#min);
    this.#max = Math.max(this.#max, other.#max);
  }

  /**
   * The quantile of type 7 (Hyndman and Fan, 1996): linear between the two order statistics beside (n − 1) q.
   * Null when there is no value. `q` is from 0 to 1.
   */
  quantile(q: number): number | null {
    if (this.#count === 0) return null;
    const position = (this.#count - 1) * q;
    const lower = this.#orderStatistic(Math.floor(position));
    const upper = this.#orderStatistic(Math.ceil(position));
    return lower + (upper - lower) * (position - Math.floor(position));
  }

  /** The value at a rank from 0 to n − 1 in ascending order. */
  #orderStatistic(rank: number): number {
    if (this.#sorted !== null) return this.#sorted[rank] ?? Number.NaN;
    let seen = 0;
    for (const [index, amount] of (this.#buckets ?? []).entries()) {
      seen += amount;
      // Both ends are known exactly, and nothing lies beyond them.
      if (seen > rank) return Math.min(this.#max, Math.max(this.#min, middleOf(index)));
    }
    return this.#max;
  }

  /** The histogram, made from the exact values when the first is needed. */
  #useBuckets(): Float64Array {
    if (this.#buckets !== null) return this.#buckets;
    const buckets = new Float64Array(BUCKETS);
    for (const value of this.#sorted?.subarray(0, this.#count) ?? []) count(buckets, value);
    this.#buckets = buckets;
    this.#sorted = null;
    return buckets;
  }
}

function doubled(values: Float64Array): Float64Array {
  const longer = new Float64Array(values.length * 2);
  longer.set(values);
  return longer;
}

/** Puts a value into its place among the first `length` of an ascending array. */
function insertSorted(sorted: Float64Array, length: number, value: number): void {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  sorted.copyWithin(low + 1, low, length);
  sorted[low] = value;
}

function count(buckets: Float64Array, value: number): void {
  const index = bucketOf(value);
  buckets[index] = (buckets[index] ?? 0) + 1;
}

/** Bucket of a value, from 0 to BUCKETS − 1; what is beyond the ends of the scale belongs to the bucket at that end. */
export function bucketOf(value: number): number {
  const within = Math.min(LARGEST, Math.max(SMALLEST, value));
  return Math.min(BUCKETS - 1, Math.max(0, Math.ceil(Math.log(within) / LOG_GROWTH) - FIRST_BUCKET));
}

/** The value whose relative distance to both ends of a bucket is the same. */
export function middleOf(index: number): number {
  return (2 * GROWTH ** (index + FIRST_BUCKET)) / (GROWTH + 1);
}
