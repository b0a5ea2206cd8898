import {
  type EpochMilliseconds,
  epochMilliseconds,
  type Milliseconds,
  type MonotonicMilliseconds,
  milliseconds,
  seconds,
} from '../../../contract/units.ts';
import type { Clock } from '../../base/clock.ts';

/** Shortest time without running that is called sleep. Less is a busy machine or a clock being set. */
const SHORTEST_SLEEP = seconds(5);

/** Steps of wall time below this are not told: its readings are whole milliseconds and may lag a little. */
const LEAST_STEP = milliseconds(100);

/** A clock that is slewed gains or loses at most 500 ppm (adjtimex of Linux); twice that is a step. */
const GREATEST_SLEW = 1 / 1_000;

/** What the clocks show to have happened since the last look. */
export type TimeJump =
  /** The program did not run from one moment of session time to another. */
  | { readonly kind: 'asleep'; readonly from: EpochMilliseconds; readonly to: EpochMilliseconds }
  /** Wall time was set: forward when positive. Session time did not follow. */
  | { readonly kind: 'stepped'; readonly by: Milliseconds };

/**
 * The time axis of a recording: wall time at the beginning plus what has elapsed on the monotonic clock, plus the sleep
 * that the monotonic clock did not notice (Linux and macOS stop theirs in suspend). It never goes back.
 */
export class SessionTime {
  readonly #clock: Clock;
  /** Session time less monotonic time. */
  #offset: number;
  #seenAt: MonotonicMilliseconds;
  #wallSeen: EpochMilliseconds;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#seenAt = clock.now();
    this.#wallSeen = clock.wallNow();
    this.#offset = this.#wallSeen - this.#seenAt;
  }

  now(): EpochMilliseconds {
    return epochMilliseconds(this.#clock.now() + this.#offset);
  }

  /**
   * Looks at both clocks, and says what happened since the last look, if anything. It was sleep when wall time gained
   * more than 5 s on monotonic time, or when what was to happen at `due` is later than both two intervals and 5 s.
   */
  look(due: MonotonicMilliseconds | null, interval: Milliseconds): TimeJump | null {
    const now = this.#clock.now();
    const wallNow = this.#clock.wallNow();
    const elapsed = now - this.#seenAt;
    const gained = wallNow - this.#wallSeen - elapsed;
    const from = epochMilliseconds(this.#seenAt + this.#offset);
    this.#seenAt = now;
    this.#wallSeen = wallNow;
    if (gained > SHORTEST_SLEEP) this.#offset += gained;
    const isLate = due !== null && now - due > Math.max(2 * interval, SHORTEST_SLEEP);
    if (gained > SHORTEST_SLEEP || isLate) return { kind: 'asleep', from, to: this.now() };
    const isStep = Math.abs(gained) > Math.max(LEAST_STEP, elapsed * GREATEST_SLEW);
    return isStep ? { kind: 'stepped', by: milliseconds(gained) } : null;
  }
}
