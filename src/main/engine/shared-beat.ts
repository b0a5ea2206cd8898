import { type Milliseconds, type MonotonicMilliseconds, milliseconds } from '../../contract/units.ts';
import type { Clock } from '../base/clock.ts';

/** Shortest beat worth sharing. Under it, timers of the platform are of no use anyway. */
const SHORTEST_BEAT = milliseconds(10);

/** Longest beat: a thousand targets a second cost twenty wakes instead of a thousand, and nobody sees the delay. */
const LONGEST_BEAT = milliseconds(50);

/** Share of its interval by which a probe may leave later than due. */
const TOLERATED_SHARE = 1 / 20;

/** A moment at which some are woken, in the order in which they took their seats; null where one has left. */
export interface Beat {
  readonly moment: number;
  readonly timer: Disposable;
  readonly seats: Array<BeatSeat | null>;
  waiting: number;
}

/**
 * The place of one who is woken again and again, made once: objects that wait for a second would each time outlive the
 * collection of short-lived ones, and a thousand targets would make a thousand of them a second.
 */
export class BeatSeat implements Disposable {
  readonly #shared: SharedBeat;
  readonly #callback: () => void;
  #beat: Beat | null = null;
  #index = 0;

  /** Made by `SharedBeat.seat`. */
  constructor(shared: SharedBeat, callback: () => void) {
    this.#shared = shared;
    this.#callback = callback;
  }

  /** Has the callback called once, as `SharedBeat.at` does; a call that still waited is given up for it. */
  wakeAt(due: MonotonicMilliseconds, interval: Milliseconds): void {
    this[Symbol.dispose]();
    const beat = this.#shared.beatOf(due, interval);
    this.#beat = beat;
    this.#index = beat.seats.push(this) - 1;
    beat.waiting += 1;
  }

  /** Of the beat that has come. */
  wake(): void {
    this.#beat = null;
    this.#callback();
  }

  /** Gives up the call that waits, if any. The seat can be used again. */
  [Symbol.dispose](): void {
    const beat = this.#beat;
    if (beat === null) return;
    this.#beat = null;
    beat.seats[this.#index] = null;
    beat.waiting -= 1;
    if (beat.waiting === 0) this.#shared.end(beat);
  }
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
    const seat = this.seat(callback);
    seat.wakeAt(due, interval);
    return seat;
  }

  /** A seat for one who asks again and again; it waits for nothing yet. */
  seat(callback: () => void): BeatSeat {
    return new BeatSeat(this, callback);
  }

  /** The beat of a due time, for a seat. */
  beatOf(due: MonotonicMilliseconds, interval: Milliseconds): Beat {
    const moment = momentOf(due, interval);
    let beat = this.#beats.get(moment);
    if (beat === undefined) {
      const timer = this.#clock.after(milliseconds(moment - this.#clock.now()), () => this.#wake(moment));
      beat = { moment, timer, seats: [], waiting: 0 };
      this.#beats.set(moment, beat);
    }
    return beat;
  }

  /** Ends a beat for which nobody waits any more; one whose time has come has ended already. */
  end({ moment, timer }: Beat): void {
    if (this.#beats.get(moment)?.timer !== timer) return;
    this.#beats.delete(moment);
    timer[Symbol.dispose]();
  }

  #wake(moment: number): void {
    const beat = this.#beats.get(moment);
    this.#beats.delete(moment);
    // A callback may dispose another one of the same beat, whose place then is empty.
    for (const seat of beat?.seats ?? []) seat?.wake();
  }
}

/** The first beat not before `due`: beats are counted from the clock's beginning, so that equal ones meet. */
function momentOf(due: MonotonicMilliseconds, interval: Milliseconds): number {
  const tolerated = interval * TOLERATED_SHARE;
  if (tolerated < SHORTEST_BEAT) return due;
  const length = tolerated < LONGEST_BEAT ? SHORTEST_BEAT : LONGEST_BEAT;
  return Math.ceil(due / length) * length;
}
