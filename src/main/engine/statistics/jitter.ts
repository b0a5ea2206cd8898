import { elapsed, type Milliseconds, type MonotonicMilliseconds, milliseconds } from '../../../contract/units.ts';

/**
 * Longest distance, in intervals, over which two round trips are compared. Across a longer one (an outage, a pause,
 * a machine asleep) their difference says how the path drifted, not how it jitters.
 */
const PAIR_GAP_LIMIT = 5;

/** Longest time between two probes whose round trips are compared; half an interval is allowed for late timers. */
export function longestPairGap(interval: Milliseconds): Milliseconds {
  return milliseconds((PAIR_GAP_LIMIT + 0.5) * interval);
}

/**
 * Both jitters of a series of round trips, told in send order. Lost probes are skipped, so that a difference may
 * span a short gap; across more than five intervals nothing is compared. Constant work and memory.
 */
export class Jitter {
  readonly #longestGap: Milliseconds;
  #previousRtt = milliseconds(0);
  /** Null before the first round trip. */
  #previousSentAt: MonotonicMilliseconds | null = null;
  #pairs = 0;
  #sum = 0;
  #smoothed = 0;

  /** @param interval time between two probes */
  constructor(interval: Milliseconds) {
    this.#longestGap = longestPairGap(interval);
  }

  /** Adds the next answered probe: its round trip and the moment it was sent. */
  add(rtt: Milliseconds, sentAt: MonotonicMilliseconds): void {
    const previousRtt = this.#previousRtt;
    const previousSentAt = this.#previousSentAt;
    this.#previousRtt = rtt;
    this.#previousSentAt = sentAt;
    if (previousSentAt === null || elapsed(previousSentAt, sentAt) > this.#longestGap) return;
    const difference = Math.abs(rtt - previousRtt);
    this.#pairs += 1;
    this.#sum += difference;
    this.#smoothed = smoothJitter(this.#smoothed, difference);
  }

  /** Mean absolute difference of consecutive answered round trips; null before the first pair. */
  get mean(): Milliseconds | null {
    return this.#pairs === 0 ? null : milliseconds(this.#sum / this.#pairs);
  }

  /** Smoothed jitter of RFC 3550; null before the first pair. */
  get smoothed(): Milliseconds | null {
    return this.#pairs === 0 ? null : milliseconds(this.#smoothed);
  }
}

/**
 * Smoothed jitter after one more difference: J += (|D| − J) / 16 (RFC 3550 §6.4.1), in floating point, never in the
 * sixteenfold integer of appendix A.8. The RFC's D is of one-way transit times; with round trips it is an analogue.
 */
export function smoothJitter(jitter: number, absoluteDifference: number): number {
  return jitter + (absoluteDifference - jitter) / 16;
}
