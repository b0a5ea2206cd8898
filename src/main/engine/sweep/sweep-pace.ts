import { elapsed, type MonotonicMilliseconds, milliseconds } from '../../../contract/units.ts';

/** How often a paced sweep sends: at 1,000 a second ten at a time, which no queue notices. */
export const PACE_BEAT = milliseconds(10);

/** Most beats that are made up for at once when a timer was late. */
const CAUGHT_UP_BEATS = 10;

/**
 * The pace of a sweep, reckoned from its start so that late timers do not slow it; but what was missed for longer (the
 * machine slept, say) is not made up for in one burst.
 */
export class SweepPace {
  readonly #ratePerSecond: number;
  readonly #startedAt: MonotonicMilliseconds;
  readonly #burst: number;
  /** Requests given out or let lapse. */
  #spent = 0;

  /** @param ratePerSecond requests a second, more than 0 */
  constructor(ratePerSecond: number, startedAt: MonotonicMilliseconds) {
    this.#ratePerSecond = ratePerSecond;
    this.#startedAt = startedAt;
    this.#burst = Math.max(1, Math.ceil((ratePerSecond * CAUGHT_UP_BEATS * PACE_BEAT) / 1_000));
  }

  /** Takes the requests that are due, at most `room` of them; those left stay due. */
  take(now: MonotonicMilliseconds, room: number): number {
    const due = Math.floor((elapsed(this.#startedAt, now) * this.#ratePerSecond) / 1_000 + 1);
    this.#spent = Math.max(this.#spent, due - this.#burst);
    const taken = Math.max(0, Math.min(due - this.#spent, room));
    this.#spent += taken;
    return taken;
  }

  /** A request that was taken did not leave: it is due again. */
  giveBack(): void {
    this.#spent -= 1;
  }
}
