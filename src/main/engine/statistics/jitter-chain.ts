import { smoothJitter } from './jitter.ts';

/** What is left of a difference in the smoothed jitter after one more pair: J += (|D| − J) / 16. */
const FADING = 15 / 16;

/** The last answered probe of a stretch. */
export interface LastAnswer {
  readonly rtt: number;
  /** Session time of its round. */
  readonly at: number;
  /** Number of gaps before its round. */
  readonly segment: number;
}

/**
 * Jitter of a stretch of a series, which joins with the stretch that follows it: the pair across the joint is made of
 * the last answer of the one and the first of the other. `segment` counts the gaps before a round: answers of two
 * segments are not compared, nor are those further apart than the longest gap. Constant work and memory.
 */
export class JitterChain {
  /** Numbers that a packed one takes. */
  static readonly FIELDS = 10;

  readonly #longestGap: number;
  #pairs = 0;
  #sum = 0;
  #max = 0;
  /**
   * Smoothed jitter from 0 before the first pair. It is linear: after a jitter J and n more pairs it is
   * (15/16)^n J plus what it would be from 0, so that stretches join exactly.
   */
  #smoothed = 0;
  #firstRtt = Number.NaN;
  #firstAt = 0;
  #firstSegment = 0;
  /** Not a number before the first answer. */
  #lastRtt = Number.NaN;
  #lastAt = 0;
  #lastSegment = 0;

  /** @param longestGap longest time in milliseconds between two answered probes that are compared */
  constructor(longestGap: number) {
    this.#longestGap = longestGap;
  }

  reset(): void {
    this.#pairs = 0;
    this.#sum = 0;
    this.#max = 0;
    this.#smoothed = 0;
    this.#firstRtt = Number.NaN;
    this.#lastRtt = Number.NaN;
  }

  /** The last answer; null before the first. */
  get lastAnswer(): LastAnswer | null {
    if (Number.isNaN(this.#lastRtt)) return null;
    return { rtt: this.#lastRtt, at: this.#lastAt, segment: this.#lastSegment };
  }

  /** Begins anew after an answer that is none of its own, but the first one's pair. Such a chain is not to be packed. */
  resetAfter({ rtt, at, segment }: LastAnswer): void {
    this.reset();
    this.#lastRtt = rtt;
    this.#lastAt = at;
    this.#lastSegment = segment;
  }

  /** Mean absolute difference of consecutive round trips; null before the first pair. */
  get mean(): number | null {
    return this.#pairs === 0 ? null : this.#sum / this.#pairs;
  }

  /** Greatest absolute difference; null before the first pair. */
  get max(): number | null {
    return this.#pairs === 0 ? null : this.#max;
  }

  /** Smoothed jitter of RFC 3550 §6.4.1 at the end, from 0 at the beginning; null before the first pair. */
  get smoothed(): number | null {
    return this.#pairs === 0 ? null : this.#smoothed;
  }

  /** The last round trip; null before the first. */
  get lastRtt(): number | null {
    return Number.isNaN(this.#lastRtt) ? null : this.#lastRtt;
  }

  add(rtt: number, at: number, segment: number): void {
    if (Number.isNaN(this.#lastRtt)) {
      this.#firstRtt = rtt;
      this.#firstAt = at;
      this.#firstSegment = segment;
    } else {
      this.#compare(rtt, at, segment);
    }
    this.#lastRtt = rtt;
    this.#lastAt = at;
    this.#lastSegment = segment;
  }

  pack(into: Float64Array, at: number): void {
    into[at] = this.#pairs;
    into[at + 1] = this.#sum;
    into[at + 2] = this.#max;
    into[at + 3] = this.#smoothed;
    into[at + 4] = this.#firstRtt;
    into[at + 5] = this.#firstAt;
    into[at + 6] = this.#firstSegment;
    into[at + 7] = this.#lastRtt;
    into[at + 8] = this.#lastAt;
    into[at + 9] = this.#lastSegment;
  }

  /** Adds a packed stretch that follows this one. */
  append(packed: Float64Array, at: number): void {
    const firstRtt = packed[at + 4] as number;
    if (Number.isNaN(firstRtt)) return;
    this.add(firstRtt, packed[at + 5] as number, packed[at + 6] as number);
    const pairs = packed[at] as number;
    this.#pairs += pairs;
    this.#sum += packed[at + 1] as number;
    this.#max = Math.max(this.#max, packed[at + 2] as number);
    this.#smoothed = this.#smoothed * FADING ** pairs + (packed[at + 3] as number);
    this.#lastRtt = packed[at + 7] as number;
    this.#lastAt = packed[at + 8] as number;
    this.#lastSegment = packed[at + 9] as number;
  }

  #compare(rtt: number, at: number, segment: number): void {
    if (segment !== this.#lastSegment || at - this.#lastAt > this.#longestGap) return;
    const difference = Math.abs(rtt - this.#lastRtt);
    this.#pairs += 1;
    this.#sum += difference;
    if (difference > this.#max) this.#max = difference;
    this.#smoothed = smoothJitter(this.#smoothed, difference);
  }
}
