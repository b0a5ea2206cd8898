import { selectRanks } from './order-statistics.ts';
import { BUCKETS, bucketOf, EXACT_LIMIT, middleOf } from './quantiles.ts';

/** A packed bucket is one number: its index above this, its count below. Counts reach 2^32 − 1, far beyond a roll-up's. */
const INDEX_SCALE = 2 ** 32;

/**
 * The round trips of a series as a distribution: moments, ends and quantiles. Two of them join into one without loss
 * beyond floating-point rounding, packed or not. Reused from one series to the next by `reset`, because its buckets are
 * too many to allocate each time.
 */
export class RoundTrips {
  /** Numbers that a packed one begins with; its buckets follow to the end of the array. */
  static readonly FIELDS = 5;

  #count = 0;
  #mean = 0;
  /** Sum of squared distances from the mean (Welford, 1962). */
  #squares = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;
  readonly #buckets = new Float64Array(BUCKETS);
  /** First and last bucket in use. */
  #low = BUCKETS;
  #high = -1;
  /** The values themselves, while quantiles are to be exact. */
  #values: Float64Array | null = null;
  #isExact = false;

  /** Forgets everything. @param isExact keeps values instead of buckets: EXACT_LIMIT of them at most, and none packed */
  reset(isExact: boolean): void {
    this.#count = 0;
    this.#mean = 0;
    this.#squares = 0;
    this.#min = Number.POSITIVE_INFINITY;
    this.#max = Number.NEGATIVE_INFINITY;
    if (this.#high >= 0) this.#buckets.fill(0, this.#low, this.#high + 1);
    this.#low = BUCKETS;
    this.#high = -1;
    this.#isExact = isExact;
    if (isExact) this.#values ??= new Float64Array(EXACT_LIMIT);
  }

  get count(): number {
    return this.#count;
  }

  get isExact(): boolean {
    return this.#isExact;
  }

  get mean(): number | null {
    return this.#count === 0 ? null : this.#mean;
  }

  get min(): number | null {
    return this.#count === 0 ? null : this.#min;
  }

  get max(): number | null {
    return this.#count === 0 ? null : this.#max;
  }

  /** Sample standard deviation (n − 1); null below two values. */
  get stddev(): number | null {
    return this.#count < 2 ? null : Math.sqrt(this.#squares / (this.#count - 1));
  }

  add(rtt: number): void {
    if (this.#isExact && this.#values !== null) {
      this.#values[this.#count] = rtt;
    } else {
      this.#countInto(bucketOf(rtt), 1);
    }
    this.#count += 1;
    const distance = rtt - this.#mean;
    this.#mean += distance / this.#count;
    this.#squares += distance * (rtt - this.#mean);
    if (rtt < this.#min) this.#min = rtt;
    if (rtt > this.#max) this.#max = rtt;
  }

  /** Becomes a copy of another one. */
  copy(other: RoundTrips): void {
    this.reset(other.#isExact);
    this.#joinMoments(other.#count, other.#mean, other.#squares, other.#min, other.#max);
    this.#low = other.#low;
    this.#high = other.#high;
    this.#buckets.set(other.#buckets.subarray(this.#low, this.#high + 1), Math.min(this.#low, BUCKETS));
    if (other.#isExact) this.#values?.set(other.#values?.subarray(0, other.#count) ?? []);
  }

  /** Length of the array that it packs into, when it is put at `at`. */
  packedEnd(at: number): number {
    let used = 0;
    for (let index = this.#low; index <= this.#high; index += 1) if (this.#buckets[index] !== 0) used += 1;
    return at + RoundTrips.FIELDS + used;
  }

  /** Writes the moments and the buckets in use, which reach to the end of the array. */
  pack(into: Float64Array, at: number): void {
    into[at] = this.#count;
    into[at + 1] = this.#mean;
    into[at + 2] = this.#squares;
    into[at + 3] = this.#min;
    into[at + 4] = this.#max;
    let next = at + RoundTrips.FIELDS;
    for (let index = this.#low; index <= this.#high; index += 1) {
      const count = this.#buckets[index] as number;
      if (count !== 0) into[next++] = index * INDEX_SCALE + count;
    }
  }

  /** Adds everything that was packed. */
  append(packed: Float64Array, at: number): void {
    const count = packed[at] as number;
    if (count === 0) return;
    const [mean, squares] = [packed[at + 1] as number, packed[at + 2] as number];
    this.#joinMoments(count, mean, squares, packed[at + 3] as number, packed[at + 4] as number);
    for (let next = at + RoundTrips.FIELDS; next < packed.length; next += 1) {
      const entry = packed[next] as number;
      const index = Math.floor(entry / INDEX_SCALE);
      this.#countInto(index, entry - index * INDEX_SCALE);
    }
  }

  /**
   * Quantiles of type 7 (Hyndman and Fan, 1996), as in `Quantiles`: none without values, else one for each ratio.
   * Ratios are from 0 to 1 and ascending.
   */
  quantiles(ratios: readonly number[]): number[] {
    if (this.#count === 0) return [];
    const positions = ratios.map((ratio) => (this.#count - 1) * ratio);
    const ranks = positions.flatMap((position) => [Math.floor(position), Math.ceil(position)]);
    const found = this.#isExact ? selectRanks(this.#exactValues(), ranks) : this.#valuesAt(ranks);
    return positions.map((position, index) => {
      const lower = found[2 * index] as number;
      return lower + ((found[2 * index + 1] as number) - lower) * (position - Math.floor(position));
    });
  }

  /** How many values are above a limit; a bucket that the limit divides counts with its middle. */
  countAbove(limit: number): number {
    let above = 0;
    if (this.#isExact) {
      const values = this.#exactValues();
      for (let index = 0; index < values.length; index += 1) if ((values[index] as number) > limit) above += 1;
      return above;
    }
    for (let index = this.#high; index >= this.#low && this.#middleOf(index) > limit; index -= 1) {
      above += this.#buckets[index] as number;
    }
    return above;
  }

  /** The values at ascending ranks, from 0 to n − 1 in ascending order, as buckets tell them. */
  #valuesAt(ranks: readonly number[]): number[] {
    let index = this.#low;
    let seen = this.#buckets[index] as number;
    return ranks.map((rank) => {
      while (seen <= rank) {
        index += 1;
        seen += this.#buckets[index] as number;
      }
      return this.#middleOf(index);
    });
  }

  /** A bucket's value: its middle, but both ends are known exactly, and nothing lies beyond them. */
  #middleOf(index: number): number {
    return Math.min(this.#max, Math.max(this.#min, middleOf(index)));
  }

  #exactValues(): Float64Array {
    return (this.#values as Float64Array).subarray(0, this.#count);
  }

  /** Pairwise update of moments (Chan, Golub and LeVeque, 1979). */
  #joinMoments(count: number, mean: number, squares: number, min: number, max: number): void {
    if (count === 0) return;
    const together = this.#count + count;
    const distance = mean - this.#mean;
    this.#mean = this.#count === 0 ? mean : this.#mean + (distance * count) / together;
    this.#squares += squares + (this.#count === 0 ? 0 : (distance * distance * this.#count * count) / together);
    this.#count = together;
    this.#min = Math.min(this.#min, min);
    this.#max = Math.max(this.#max, max);
  }

  #countInto(index: number, amount: number): void {
    this.#buckets[index] = (this.#buckets[index] as number) + amount;
    if (index < this.#low) this.#low = index;
    if (index > this.#high) this.#high = index;
  }
}
