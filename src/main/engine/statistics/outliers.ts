import { type Milliseconds, milliseconds } from '../../../contract/units.ts';

/** Round trips that the next one is compared with: two minutes at one a second. */
const WINDOW = 120;

/** With fewer than this before it no round trip is an outlier: their spread says too little. */
const LEAST_HISTORY = 10;

/** Modified z-score above which Iglewicz and Hoaglin (1993) call a value an outlier. */
const LIMIT = 3.5;

/** Median of the absolute deviations of a normal distribution, in standard deviations: Φ⁻¹(0.75). */
const NORMAL_MEDIAN_DEVIATION = 0.6745;

/** Mean of the absolute deviations of a normal distribution, in standard deviations: √(2/π) = 1 / 1.253314. */
const NORMAL_MEAN_DEVIATION = 0.7979;

/** Kernel timestamps count in nanoseconds, but a difference below a microsecond is this machine's, not the path's. */
const LEAST_DIFFERENCE = milliseconds(0.001);

/**
 * Outliers of a series of round trips, told one after the other: a modified z-score above 3.5 or below −3.5 among the
 * 120 before it (Iglewicz and Hoaglin, "How to Detect and Handle Outliers", 1993). The score is 0.6745 (x − median) /
 * MAD; where more than half of the window is one value and MAD is 0, it is 0.7979 (x − median) / mean absolute
 * deviation from the median, and that deviation is taken to be no less than the timer's resolution.
 * Constant work and memory, nothing allocated per value.
 */
export class OutlierDetector {
  readonly #timerResolution: Milliseconds;
  /** The window in order of arrival, round and round. */
  readonly #ring = new Float64Array(WINDOW);
  /** The same values in ascending order. */
  readonly #sorted = new Float64Array(WINDOW);
  #count = 0;
  #next = 0;

  /** @param timerResolution smallest difference of two round trips that means anything; above 0 */
  constructor(timerResolution: Milliseconds = LEAST_DIFFERENCE) {
    this.#timerResolution = timerResolution;
  }

  /** Judges a round trip by the up to 120 told before it, and adds it. The first ten are never outliers. */
  isOutlier(rtt: number): boolean {
    const isOutlier = this.#count >= LEAST_HISTORY && this.#mayStandOut(rtt) && this.#modifiedScore(rtt) > LIMIT;
    this.#add(rtt);
    return isOutlier;
  }

  /**
   * Whether a score above the limit is possible at all; for most round trips it is not. MAD would have to be below some
   * bound, so that half of the window lies within it of the median, and two searches tell how much does.
   */
  #mayStandOut(rtt: number): boolean {
    const median = this.#median();
    // A hair more, so that rounding decides nothing here.
    const bound = ((NORMAL_MEDIAN_DEVIATION * Math.abs(rtt - median)) / LIMIT) * (1 + 1e-12);
    return this.#placeOf(median + bound) - this.#placeOf(median - bound) >= this.#count >>> 1;
  }

  /** Absolute value of the modified z-score. */
  #modifiedScore(rtt: number): number {
    const median = this.#median();
    const distance = Math.abs(rtt - median);
    const medianDeviation = this.#medianDeviation(median);
    if (medianDeviation > 0) return (NORMAL_MEDIAN_DEVIATION * distance) / medianDeviation;
    return (NORMAL_MEAN_DEVIATION * distance) / Math.max(this.#meanDeviation(median), this.#timerResolution);
  }

  #median(): number {
    const upper = this.#count >>> 1;
    if (this.#count % 2 === 1) return this.#at(upper);
    return (this.#at(upper - 1) + this.#at(upper)) / 2;
  }

  /** Median of the absolute deviations: two fingers walk outwards from the median and take the nearer value each time. */
  #medianDeviation(median: number): number {
    const wanted = this.#count >>> 1;
    let above = wanted;
    let below = wanted - 1;
    let nearest = 0;
    let previous = 0;
    for (let taken = 0; taken <= wanted; taken += 1) {
      const up = above < this.#count ? this.#at(above) - median : Number.POSITIVE_INFINITY;
      const down = below >= 0 ? median - this.#at(below) : Number.POSITIVE_INFINITY;
      previous = nearest;
      nearest = Math.min(up, down);
      if (up <= down) above += 1;
      else below -= 1;
    }
    return this.#count % 2 === 1 ? nearest : (previous + nearest) / 2;
  }

  #meanDeviation(median: number): number {
    let sum = 0;
    for (let index = 0; index < this.#count; index += 1) sum += Math.abs(this.#at(index) - median);
    return sum / this.#count;
  }

  #add(rtt: number): void {
    if (this.#count === WINDOW) {
      const leaving = this.#placeOf(this.#ring[this.#next] ?? 0);
      this.#sorted.copyWithin(leaving, leaving + 1, this.#count);
      this.#count -= 1;
    }
    const place = this.#placeOf(rtt);
    this.#sorted.copyWithin(place + 1, place, this.#count);
    this.#sorted[place] = rtt;
    this.#count += 1;
    this.#ring[this.#next] = rtt;
    this.#next = (this.#next + 1) % WINDOW;
  }

  /** First place in ascending order that holds no less than a value. */
  #placeOf(value: number): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#at(middle) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #at(index: number): number {
    return this.#sorted[index] ?? 0;
  }
}
