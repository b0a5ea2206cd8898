import type { EpochMilliseconds, Milliseconds, MonotonicMilliseconds } from '../../../contract/units.ts';
import type { Clock } from '../../base/clock.ts';
import { SessionTime, type TimeJump } from './session-time.ts';

/** The one timer of a monitor, by whose lateness sleep is noticed, and the session's time. */
export class SessionTimer {
  readonly #clock: Clock;
  #interval: Milliseconds;
  readonly #time: SessionTime;
  #timer: Disposable | null = null;
  /** When the timer is to fire; null without one and once its lateness was told. */
  #due: MonotonicMilliseconds | null = null;

  constructor(clock: Clock, interval: Milliseconds) {
    this.#clock = clock;
    this.#interval = interval;
    this.#time = new SessionTime(clock);
  }

  get isWaiting(): boolean {
    return this.#timer !== null;
  }

  /** Session time. */
  now(): EpochMilliseconds {
    return this.#time.now();
  }

  /** By which lateness is judged from now on. */
  changeInterval(interval: Milliseconds): void {
    this.#interval = interval;
  }

  /** Calls back after the delay, unless stopped. There must be no timer yet. */
  wait(delay: Milliseconds, callback: () => void): void {
    this.#due = (this.#clock.now() + delay) as MonotonicMilliseconds;
    this.#timer = this.#clock.after(delay, () => {
      this.#timer = null;
      callback();
    });
  }

  stop(): void {
    this.#timer?.[Symbol.dispose]();
    this.#timer = null;
    this.#due = null;
  }

  /** What happened to time since the last look, if anything. */
  look(): TimeJump | null {
    const jump = this.#time.look(this.#due, this.#interval);
    if (jump?.kind === 'asleep' || this.#timer === null) this.#due = null;
    return jump;
  }
}
