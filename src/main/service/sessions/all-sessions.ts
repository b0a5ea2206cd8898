import type { Incident } from '../../../contract/flight.ts';
import type { Clock } from '../../base/clock.ts';
import type { SessionRow } from '../../store/sessions/session-rows.ts';
import { incidentOf } from './kept-incident.ts';
import type { KeptSession } from './kept-session.ts';
import { type RecordedSession, summaryOfRecorded } from './recorded-session.ts';
import type { SessionShelf } from './session-shelf.ts';
import { type SessionSummary, summarize, summaryOfText, textOfSummary } from './session-summary.ts';

export interface AllSessionsDeps {
  readonly clock: Clock;
  readonly shelf: SessionShelf;
  /** Those being recorded, by path. */
  readonly recorded: ReadonlyMap<string, RecordedSession>;
  /** Those that are recorded no more, of which the file does not have everything yet. */
  readonly ended: () => readonly RecordedSession[];
  /** Reads one; null when it is not there. */
  readonly find: (sessionId: string) => KeptSession | null;
}

/** One session, as it is listed and as retention looks at it. */
export interface AnySession {
  readonly row: SessionRow;
  readonly incident: Incident | null;
  readonly summary: SessionSummary;
  /** The path that is recording it; null when none is. */
  readonly pathId: string | null;
  /** Whether it is more than the file has of it. */
  readonly isRecorded: boolean;
}

/** Every session that was not removed: those being recorded, and the others of the file. */
export class AllSessions {
  readonly #deps: AllSessionsDeps;

  constructor(deps: AllSessionsDeps) {
    this.#deps = deps;
  }

  list(): AnySession[] {
    const { clock, shelf, recorded, ended } = this.#deps;
    const unwritten = ended().map((each) => [null, each] as const);
    const live = [...recorded, ...unwritten].map(([pathId, each]) => ({
      row: each.kept.row,
      incident: each.kept.incident,
      summary: summaryOfRecorded(each, shelf.file, clock.now()),
      pathId,
      isRecorded: true,
    }));
    const ids = new Set(live.map(({ row }) => row.id));
    const others = (shelf.file?.sessions.all() ?? []).filter(({ id }) => !ids.has(id));
    return [
      ...live,
      ...others.map((row) => ({
        row,
        incident: this.#incidentOf(row),
        summary: this.#keptSummary(row),
        pathId: null,
        isRecorded: false,
      })),
    ];
  }

  recordedOf(sessionId: string): RecordedSession | undefined {
    const { recorded, ended } = this.#deps;
    return [...recorded.values(), ...ended()].find(({ kept }) => kept.row.id === sessionId);
  }

  #incidentOf({ flight, origin, number }: SessionRow): Incident | null {
    // One that was imported is no part of the flight recorder here, and may be of an incident all the same.
    const row =
      flight === 'incident' || origin === 'imported' ? this.#deps.shelf.file?.incidents.find(number) : undefined;
    return row === undefined ? null : incidentOf(row);
  }

  /** As it was left; made anew where the program had no time for that. */
  #keptSummary(row: SessionRow): SessionSummary {
    const { shelf, find } = this.#deps;
    const { summary, isFinal } = summaryOfText(row.summary);
    const kept = isFinal ? null : find(row.id);
    const { file } = shelf;
    if (kept === null || file === null) return summary;
    const made = summarize(kept, file.bytesOf(row.number));
    shelf.write(
      ({ sessions }) => sessions.setSummary(row.number, textOfSummary(made)),
      () => {},
    );
    return made;
  }
}
