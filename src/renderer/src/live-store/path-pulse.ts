import type { Failure } from '../../../contract/failure.ts';
import type { PathEvent, Round } from '../../../contract/path.ts';
import { LOSS_PERIOD_MS, SHORT_MEMORY } from '../../../contract/path-condition.ts';

/** What became of the round trip of one round. */
export type PulseFate = NonNullable<Round['roundTrip']>['fate'];

/** The last minutes of a path, from its rounds. A new object each time something is new, never changed. */
export interface PathPulse {
  /** Round trip of the last round that had one; null when it was not answered in time. */
  readonly lastRttMs: number | null;
  /** What became of it; null before the first. */
  readonly lastFate: PulseFate | null;
  /** Share of round trips lost in the last five minutes, 0 to 1; null without one. */
  readonly lossRatio: number | null;
  /** How many were lost in that time. */
  readonly lost: number;
  /** The last 60 round trips in order; null is one without an answer in time. */
  readonly spark: readonly (number | null)[];
  /** The latest 200 events, oldest first. */
  readonly events: readonly PathEvent[];
  /** Why no more rounds come although the engine is there; null while they come, and while there is no engine. */
  readonly failure: Failure | null;
}

/** The pulse of a path of which nothing is known. */
export const NO_PULSE: PathPulse = {
  lastRttMs: null,
  lastFate: null,
  lossRatio: null,
  lost: 0,
  spark: [],
  events: [],
  failure: null,
};

/** What became of the round trips of some seconds. */
export interface RecentColumn {
  /** Rounds that had a round trip; 0 where nothing was measured. */
  readonly sent: number;
  readonly lost: number;
  /** The longest of those answered in time; null without one. */
  readonly longestMs: number | null;
}

/** The last five minutes in columns of five seconds, whose bounds are the same for every path. */
export const RECENT_COLUMNS = 60;
export const RECENT_COLUMN_MS = 5_000;

const MOST_EVENTS = 200;

/** Five minutes at the shortest interval of a path. */
const MOST_ROUND_TRIPS = 3_000;

interface RoundTrip {
  readonly atEpochMs: number;
  readonly fate: PulseFate;
  readonly rttMs: number | null;
}

/** The round trips of the last minutes and the latest events of one path. */
export class PulseHistory {
  #roundTrips: RoundTrip[] = [];
  #events: PathEvent[] = [];
  #nextRound = 0;

  /** The first round that is not here yet. */
  get nextRound(): number {
    return this.#nextRound;
  }

  append(rounds: readonly Round[], events: readonly PathEvent[]): void {
    for (const { round, atEpochMs, roundTrip } of rounds) {
      if (round < this.#nextRound) continue;
      this.#nextRound = round + 1;
      if (roundTrip !== null) this.#roundTrips.push({ atEpochMs, ...roundTrip });
    }
    const oldest = (this.#roundTrips.at(-1)?.atEpochMs ?? 0) - LOSS_PERIOD_MS;
    const recent = this.#roundTrips.findIndex(({ atEpochMs }) => atEpochMs > oldest);
    // Whatever its interval, a path has its sparkline.
    const kept = Math.min(recent, this.#roundTrips.length - SHORT_MEMORY);
    if (kept > 0) this.#roundTrips = this.#roundTrips.slice(kept).slice(-MOST_ROUND_TRIPS);
    if (events.length === 0) return;
    // A stream that was opened anew begins with events that may be known.
    const known = new Set(this.#events.map((event) => JSON.stringify(event)));
    const unknown = events.filter((event) => !known.has(JSON.stringify(event)));
    if (unknown.length > 0) this.#events = [...this.#events, ...unknown].slice(-MOST_EVENTS);
  }

  /** Columns up to the one that a moment is in, oldest first. */
  toRecent(untilEpochMs: number): readonly RecentColumn[] {
    const first = Math.floor(untilEpochMs / RECENT_COLUMN_MS) - RECENT_COLUMNS + 1;
    const columns = Array.from({ length: RECENT_COLUMNS }, () => ({ sent: 0, lost: 0, longest: Number.NaN }));
    for (const roundTrip of this.#roundTrips) {
      const column = columns[Math.floor(roundTrip.atEpochMs / RECENT_COLUMN_MS) - first];
      if (column === undefined) continue;
      column.sent += 1;
      if (isLost(roundTrip)) column.lost += 1;
      const rttMs = inTime(roundTrip);
      // NaN, where there is none yet, is not greater than anything.
      if (rttMs !== null && !(column.longest > rttMs)) column.longest = rttMs;
    }
    return columns.map(({ sent, lost, longest }) => ({
      sent,
      lost,
      longestMs: Number.isNaN(longest) ? null : longest,
    }));
  }

  /** When the newest round began; null before the first. */
  get newestEpochMs(): number | null {
    return this.#roundTrips.at(-1)?.atEpochMs ?? null;
  }

  toPulse(failure: Failure | null): PathPulse {
    const last = this.#roundTrips.at(-1);
    const oldest = (last?.atEpochMs ?? 0) - LOSS_PERIOD_MS;
    const recent = this.#roundTrips.filter(({ atEpochMs }) => atEpochMs > oldest);
    const lost = recent.filter(isLost);
    return {
      lastRttMs: last === undefined ? null : inTime(last),
      lastFate: last?.fate ?? null,
      lossRatio: recent.length === 0 ? null : lost.length / recent.length,
      lost: lost.length,
      spark: this.#roundTrips.slice(-SHORT_MEMORY).map(inTime),
      events: this.#events,
      failure,
    };
  }
}

function isLost({ fate }: RoundTrip): boolean {
  return fate === 'lost' || fate === 'refused';
}

/** A late answer, or an error in place of one, is no round trip. */
function inTime({ fate, rttMs }: RoundTrip): number | null {
  return fate === 'answered' ? rttMs : null;
}
