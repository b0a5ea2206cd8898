import { type Milliseconds, type MonotonicMilliseconds, milliseconds } from '../../contract/units.ts';
import type { Clock } from '../base/clock.ts';

/** Shortest beat worth sharing. Under it, timers of the platform are of no use anyway. */
const SHORTEST_BEAT = milliseconds(10);

/** Longest beat: a thousand targets a second cost twenty wakes instead of a thousand, and nobody sees the delay. */
const LONGEST_BEAT = milliseconds(50);

/** Share of its interval by which a probe may leave later than due. */
const TOLERATED_SHARE = 1 / 20;

interface Beat {
  readonly timer: Disposable;
  readonly calls: Set<Call>;
}

interface Call {
  readonly callback: () => void;
}

/**
 * Wakes that many share: monitors that are due within a short time are woken together, so that their probes leave in
 * one system call and are read in one wake. No round trip changes by it, since the departure is stamped when it
 * happens, and no series drifts, since the grid of due times stays.
 */
export class SharedBeat {
  readonly #clock: Clock;
  /** By the moment of the beat. */
  readonly #beats = new Map<number, Beat>();

  constructor(deps: { readonly clock: Clock }) {
    this.#clock = deps.clock;
  }

  /**
   * Calls back once, unless disposed first, never from within this call: at `due` when the interval is shorter than
   * 200 ms, else at most a twentieth of the interval and never more than 50 ms later. Who is woken together is woken in
   * the order of asking.
   */
  at(due: MonotonicMilliseconds, interval: Milliseconds, callback: () => void): Disposable {
    const moment = momentOf(due, interval);
    let beat = this.#beats.get(moment);
    if (beat === undefined) {
      const timer = this.#clock.after(milliseconds(moment - this.#clock.now()), () => this.#wake(moment));
      beat = { timer, calls: new Set() };
      this.#beats.set(moment, beat);
    }
    const { calls, timer } = beat;
    const call = { callback };
    calls.add(call);
    return {
      [Symbol.dispose]: () => {
        calls.delete(call);
        if (calls.size > 0 || this.#beats.get(moment)?.timer !== timer) return;
        this.#beats.delete(moment);
        timer[Symbol.dispose]();
      },
    };
  }

  #wake(moment: number): void {
    const beat = this.#beats.get(moment);
    this.#beats.delete(moment);
    // A callback may dispose another one of the same beat, which then is not in the set any more.
    for (const { callback } of beat?.calls ?? []) callback();
  }
}

/** The first beat not before `due`: beats are counted from the clock's beginning, so that equal ones meet. */
function momentOf(due: MonotonicMilliseconds, interval: Milliseconds): number {
  const tolerated = interval * TOLERATED_SHARE;
  if (tolerated < SHORTEST_BEAT) return due;
  const length = tolerated < LONGEST_BEAT ? SHORTEST_BEAT : LONGEST_BEAT;
  return Math.ceil(due / length) * length;
}
