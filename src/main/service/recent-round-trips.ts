import type { Round } from '../../contract/path.ts';
import { LOSS_PERIOD_MS, type RecentRoundTrips, SHORT_MEMORY } from '../../contract/path-condition.ts';

/** Five minutes at the shortest interval of a path. */
const MOST_ROUND_TRIPS = 3_000;

interface Counted {
  readonly atEpochMs: number;
  readonly isLost: boolean;
}

/** The last round trips of a path, kept up to date at a cost that does not grow with their number. */
export class RecentHistory {
  /** Those of the last minutes, oldest first from `#first` on; what lies before it is forgotten a batch at a time. */
  #counted: Counted[] = [];
  #first = 0;
  #lost = 0;
  readonly #newest: (number | null)[] = [];
  #lastFate: RecentRoundTrips['lastFate'] = null;

  /** Takes the next round; one without a round trip says nothing. */
  append({ atEpochMs, roundTrip }: Round): void {
    if (roundTrip === null) return;
    const { fate, rttMs } = roundTrip;
    const isLost = fate === 'lost' || fate === 'refused';
    this.#lastFate = fate;
    this.#newest.push(fate === 'answered' ? rttMs : null);
    if (this.#newest.length > SHORT_MEMORY) this.#newest.shift();
    this.#counted.push({ atEpochMs, isLost });
    if (isLost) this.#lost++;
    this.#forget(atEpochMs - LOSS_PERIOD_MS);
  }

  get recent(): RecentRoundTrips {
    const count = this.#counted.length - this.#first;
    return {
      lastFate: this.#lastFate,
      lost: this.#lost,
      lossRatio: count === 0 ? null : this.#lost / count,
      newest: this.#newest,
    };
  }

  #forget(untilEpochMs: number): void {
    for (;;) {
      const oldest = this.#counted[this.#first];
      const isTooMany = this.#counted.length - this.#first > MOST_ROUND_TRIPS;
      if (oldest === undefined || (oldest.atEpochMs > untilEpochMs && !isTooMany)) break;
      if (oldest.isLost) this.#lost--;
      this.#first++;
    }
    if (this.#first < MOST_ROUND_TRIPS) return;
    this.#counted = this.#counted.slice(this.#first);
    this.#first = 0;
  }
}
