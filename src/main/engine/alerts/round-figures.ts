import type { AlertMeasure } from '../../../contract/alert-condition.ts';
import type { Round } from '../../../contract/path.ts';
import { type Milliseconds, milliseconds } from '../../../contract/units.ts';
import { longestPairGap } from '../statistics/jitter.ts';
import { meanOpinionScore } from '../statistics/mos.ts';

/** The worst score there is: nobody hears anything. */
const WORST_SCORE = 1;

/**
 * One figure over the last rounds that had a round trip, kept up to date at a cost that depends on nothing. The definitions
 * are those of a report over the same rounds, but for the score of rounds of which none was answered: it is the worst,
 * where a report has none.
 */
export class RoundFigures {
  readonly #size: number;
  readonly #measure: AlertMeasure;
  readonly #longestGap: Milliseconds;
  /** By place in the ring: the round trip, or not a number for a round without an answer. */
  readonly #rtts: Float64Array;
  readonly #isLost: Uint8Array;
  /** At the earlier of two consecutive answers, the difference of the two; it is forgotten with that one. */
  readonly #differences: Float64Array;
  #count = 0;
  #lost = 0;
  #answered = 0;
  #sum = 0;
  #pairs = 0;
  #differenceSum = 0;
  /** Number of the last answered round, from 0; -1 when there is none to compare with. */
  #lastAnswered = -1;
  #lastAnsweredAt = 0;

  /** @param interval from one round to the next, for how far apart two round trips are compared */
  constructor(measure: AlertMeasure, rounds: number, interval: Milliseconds) {
    this.#measure = measure;
    this.#size = rounds;
    this.#longestGap = longestPairGap(interval);
    this.#rtts = new Float64Array(rounds).fill(Number.NaN);
    this.#isLost = new Uint8Array(rounds);
    this.#differences = new Float64Array(rounds).fill(Number.NaN);
  }

  /** Takes the next round, one with a round trip. Gives the figure; null while there are too few rounds or answers for one. */
  take(roundTrip: NonNullable<Round['roundTrip']>, atEpochMs: number): number | null {
    const place = this.#count % this.#size;
    if (this.#count >= this.#size) this.#forget(place);
    const isLost = roundTrip.fate === 'lost' || roundTrip.fate === 'refused';
    const rtt = roundTrip.fate === 'answered' && roundTrip.rttMs !== null ? roundTrip.rttMs : Number.NaN;
    this.#isLost[place] = isLost ? 1 : 0;
    if (isLost) this.#lost += 1;
    this.#rtts[place] = rtt;
    if (!Number.isNaN(rtt)) this.#takeAnswer(rtt, atEpochMs);
    this.#count += 1;
    // What rounding has left in the sums does not add up for ever.
    if (place === this.#size - 1) this.#sumUp();
    return this.#count < this.#size ? null : this.#figure();
  }

  /** Time passed in which nothing was measured: no difference reaches across it. */
  breakPair(): void {
    this.#lastAnswered = -1;
  }

  #takeAnswer(rtt: number, atEpochMs: number): void {
    this.#answered += 1;
    this.#sum += rtt;
    const isInRing = this.#lastAnswered >= 0 && this.#count - this.#lastAnswered < this.#size;
    if (isInRing && atEpochMs - this.#lastAnsweredAt <= this.#longestGap) {
      const earlier = this.#lastAnswered % this.#size;
      const difference = Math.abs(rtt - (this.#rtts[earlier] as number));
      this.#differences[earlier] = difference;
      this.#pairs += 1;
      this.#differenceSum += difference;
    }
    this.#lastAnswered = this.#count;
    this.#lastAnsweredAt = atEpochMs;
  }

  #forget(place: number): void {
    if (this.#isLost[place] === 1) this.#lost -= 1;
    const rtt = this.#rtts[place] as number;
    if (!Number.isNaN(rtt)) {
      this.#answered -= 1;
      this.#sum -= rtt;
    }
    const difference = this.#differences[place] as number;
    if (!Number.isNaN(difference)) {
      this.#pairs -= 1;
      this.#differenceSum -= difference;
    }
    this.#differences[place] = Number.NaN;
  }

  #sumUp(): void {
    this.#sum = sumOf(this.#rtts);
    this.#differenceSum = sumOf(this.#differences);
  }

  #figure(): number | null {
    const mean = this.#answered === 0 ? null : this.#sum / this.#answered;
    const jitter = this.#pairs === 0 ? null : this.#differenceSum / this.#pairs;
    const lossRatio = this.#lost / this.#size;
    switch (this.#measure) {
      case 'latency':
        return mean;
      case 'loss':
        return 100 * lossRatio;
      case 'jitter':
        return jitter;
      case 'mos':
        if (lossRatio === 1) return WORST_SCORE;
        if (mean === null || jitter === null) return null;
        return meanOpinionScore({ meanRtt: milliseconds(mean), jitter: milliseconds(jitter), lossRatio });
    }
  }
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) if (!Number.isNaN(value)) sum += value;
  return sum;
}
