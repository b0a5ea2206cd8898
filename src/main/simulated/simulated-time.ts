import {
  type EpochMilliseconds,
  elapsed,
  epochMilliseconds,
  type Milliseconds,
  type MonotonicMilliseconds,
  milliseconds,
} from '../../contract/units.ts';
import { type Clock, VirtualClock } from '../base/clock.ts';

/** How often time moves on. A screen is drawn ten times a second; shorter steps would only cost wakes. */
const STEP = milliseconds(20);

/** Longest stretch of real time that one step makes up for: after a long pause it catches up bit by bit, so that nothing else waits. */
const LONGEST_STEP = milliseconds(500);

/** How fast time catches up that has fallen behind although it was to be live. */
const CATCHING_UP = 60;

export interface SimulatedTimeOptions {
  /** How long ago this time begins. */
  readonly lead: Milliseconds;
  /** How many times as fast as real time it goes until it has caught up; 1 or more. */
  readonly speed: number;
}

/**
 * The time of one simulated internet. Its timers fire at exactly their due time, whatever this machine is busy with,
 * so that round trips are those of the scenario. It may begin in the past: then it goes faster than real time until
 * its wall clock shows what the real one does, which it never overtakes. Disposed, it stands still.
 */
export class SimulatedTime implements Clock, Disposable {
  /** When it has caught up; null when it begins now. */
  readonly liveFrom: EpochMilliseconds | null;
  readonly #real: Clock;
  readonly #speed: number;
  readonly #virtual: VirtualClock;
  #movedAt: MonotonicMilliseconds;
  #timer: Disposable;

  constructor(deps: { readonly clock: Clock }, { lead, speed }: SimulatedTimeOptions) {
    this.#real = deps.clock;
    this.#speed = speed > 1 ? speed : CATCHING_UP;
    const wallNow = deps.clock.wallNow();
    this.#virtual = new VirtualClock(epochMilliseconds(wallNow - lead));
    this.liveFrom = lead > 0 ? epochMilliseconds(wallNow + lead / (this.#speed - 1)) : null;
    this.#movedAt = deps.clock.now();
    this.#timer = this.#wait();
  }

  now(): MonotonicMilliseconds {
    return this.#virtual.now();
  }

  wallNow(): EpochMilliseconds {
    return this.#virtual.wallNow();
  }

  after(delay: Milliseconds, callback: () => void): Disposable {
    return this.#virtual.after(delay, callback);
  }

  [Symbol.dispose](): void {
    this.#timer[Symbol.dispose]();
  }

  #wait(): Disposable {
    return this.#real.after(STEP, () => {
      // First of all, so that a bug of one timer does not stop time for the others.
      this.#timer = this.#wait();
      this.#move();
    });
  }

  #move(): void {
    const now = this.#real.now();
    const passed = Math.min(elapsed(this.#movedAt, now), LONGEST_STEP);
    this.#movedAt = now;
    // A real wall clock that was set back is no reason to stand still.
    const behind = Math.max(passed, this.#real.wallNow() - this.#virtual.wallNow());
    this.#virtual.advance(milliseconds(Math.min(behind, passed * this.#speed)));
  }
}
