import { type Happening, MOST_HAPPENINGS } from '../../../contract/happening.ts';
import type { HappeningRows } from '../../store/sessions/happening-rows.ts';

/** What happened to the machine during one session, and what of it is not in the file yet. At most MOST_HAPPENINGS, the newest. */
export class KeptHappenings {
  #all: Happening[];
  /** So many of the last are not in the file. */
  #waiting = 0;

  constructor(kept: readonly Happening[] = []) {
    this.#all = [...kept];
  }

  /** In order of time. */
  get all(): readonly Happening[] {
    return this.#all;
  }

  get waiting(): readonly Happening[] {
    return this.#waiting === 0 ? [] : this.#all.slice(-this.#waiting);
  }

  /** Takes what happened next, to be written soon. */
  tell(happenings: readonly Happening[]): void {
    if (happenings.length === 0) return;
    this.#all = [...this.#all, ...happenings].slice(-MOST_HAPPENINGS);
    this.#waiting = Math.min(MOST_HAPPENINGS, this.#waiting + happenings.length);
  }

  /** Writes what waits; `noteWritten` is to follow once it is certain that it is kept. */
  write(rows: HappeningRows, session: number): void {
    for (const each of this.waiting) rows.add(session, { atEpochMs: each.atEpochMs, text: JSON.stringify(each) });
    if (this.#waiting > 0 && this.#all.length === MOST_HAPPENINGS) rows.trim(session, MOST_HAPPENINGS);
  }

  noteWritten(): void {
    this.#waiting = 0;
  }
}

/** Those of a session in a file. */
export function keptHappenings(rows: HappeningRows, session: number): KeptHappenings {
  return new KeptHappenings(rows.all(session).map((text) => JSON.parse(text) as Happening));
}
