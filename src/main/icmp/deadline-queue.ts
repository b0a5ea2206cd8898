import type { Milliseconds, MonotonicMilliseconds } from '../../contract/units.ts';

interface Lane {
  /** Serials in order of sending: a ring whose length is a power of two. */
  serials: Uint32Array;
  deadlines: Float64Array;
  head: number;
  length: number;
}

const FIRST_LANE_LENGTH = 64;

/**
 * Which probe's time is over next. Probes of equal timeout end in the order they were sent, so each timeout has a
 * lane of its own, and adding and taking cost the same however many wait.
 */
export class DeadlineQueue {
  readonly #lanes = new Map<number, Lane>();

  add(serial: number, timeout: Milliseconds, deadline: MonotonicMilliseconds): void {
    let lane = this.#lanes.get(timeout);
    if (lane === undefined) {
      lane = {
        serials: new Uint32Array(FIRST_LANE_LENGTH),
        deadlines: new Float64Array(FIRST_LANE_LENGTH),
        head: 0,
        length: 0,
      };
      this.#lanes.set(timeout, lane);
    }
    if (lane.length === lane.serials.length) double(lane);
    const place = (lane.head + lane.length++) & (lane.serials.length - 1);
    lane.serials[place] = serial;
    lane.deadlines[place] = deadline;
  }

  /** The earliest deadline of a probe for which `isWaiting`, or null; probes that have ended are dropped on the way. */
  next(isWaiting: (serial: number) => boolean): MonotonicMilliseconds | null {
    let earliest: number | null = null;
    for (const [timeout, lane] of this.#lanes) {
      while (lane.length > 0 && !isWaiting(lane.serials[lane.head] as number)) dropHead(lane);
      if (lane.length === 0) {
        this.#lanes.delete(timeout); // a timeout seldom used must not stay for ever
        continue;
      }
      const deadline = lane.deadlines[lane.head] as number;
      if (earliest === null || deadline < earliest) earliest = deadline;
    }
    return earliest as MonotonicMilliseconds | null;
  }

  /** Takes every probe whose deadline is not after `now`, those that have ended already included. */
  takeDue(now: MonotonicMilliseconds, take: (serial: number) => void): void {
    for (const lane of this.#lanes.values()) {
      while (lane.length > 0 && (lane.deadlines[lane.head] as number) <= now) {
        const serial = lane.serials[lane.head] as number;
        dropHead(lane);
        take(serial);
      }
    }
  }
}

function dropHead(lane: Lane): void {
  lane.head = (lane.head + 1) & (lane.serials.length - 1);
  lane.length--;
}

function double(lane: Lane): void {
  const length = lane.serials.length;
  const serials = new Uint32Array(length * 2);
  const deadlines = new Float64Array(length * 2);
  for (let index = 0; index < lane.length; index++) {
    const place = (lane.head + index) & (length - 1);
    serials[index] = lane.serials[place] as number;
    deadlines[index] = lane.deadlines[place] as number;
  }
  lane.serials = serials;
  lane.deadlines = deadlines;
  lane.head = 0;
}
