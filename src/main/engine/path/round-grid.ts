import { type Milliseconds, type MonotonicMilliseconds, milliseconds } from '../../../contract/units.ts';
import type { Clock } from '../../base/clock.ts';

/** Lateness of a timer below which a round is still sent, however short the interval: the system's scheduling. */
const TOLERATED_LATENESS = milliseconds(20);

/** When rounds are due: one per interval, reckoned from the first, so that lateness does not add up. */
export class RoundGrid {
  readonly #clock: Clock;
  #interval: Milliseconds;
  #due: MonotonicMilliseconds;

  constructor(clock: Clock, interval: Milliseconds) {
    this.#clock = clock;
    this.#interval = interval;
    this.#due = clock.now();
  }

  /** How long until the next round is due; 0 or less when it is. */
  get wait(): Milliseconds {
    return milliseconds(this.#due - this.#clock.now());
  }

  /** The first round is due after the wait. */
  begin(wait: Milliseconds): void {
    this.#due = (this.#clock.now() + wait) as MonotonicMilliseconds;
  }

  /** Another interval from now on: the next round is due that long after the last one was, or at once. */
  changeInterval(interval: Milliseconds): void {
    const last = this.#due - this.#interval;
    this.#interval = interval;
    this.#due = Math.max(this.#clock.now(), last + interval) as MonotonicMilliseconds;
  }

  advance(): void {
    this.#due = (this.#due + this.#interval) as MonotonicMilliseconds;
  }

  /**
   * Passes over rounds whose time has passed unseen, by more than an interval; whether there were any. They were not
   * sent and are not made up for, and the grid stays as it was.
   */
  skipMissed(): boolean {
    const lateness = -this.wait;
    if (lateness <= Math.max(this.#interval, TOLERATED_LATENESS)) return false;
    this.#due = (this.#due + Math.ceil(lateness / this.#interval) * this.#interval) as MonotonicMilliseconds;
    return true;
  }
}
