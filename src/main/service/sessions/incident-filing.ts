import { MINUTES_AROUND } from '../../../contract/flight.ts';
import type { SessionRow } from '../../store/sessions/session-rows.ts';
import { branchedOff } from './branched-off.ts';
import type { ClosedIncident, OpenedIncident } from './keeper-calls.ts';
import { KeptSession } from './kept-session.ts';
import { newlyRecorded, type RecordedSession } from './recorded-session.ts';
import type { SessionShelf } from './session-shelf.ts';

/** Measured time before an incident that is filed with it. */
const BEFORE_MS = MINUTES_AROUND.before * 60_000;

export interface IncidentFilingDeps {
  readonly shelf: SessionShelf;
  /** Those being recorded, by path. */
  readonly recorded: Map<string, RecordedSession>;
  /** What a session has of its own that begins now. */
  readonly begun: () => Pick<SessionRow, 'id' | 'begunAtEpochMs'>;
  /** The session of a path is over. */
  readonly end: (pathId: string) => void;
}

/** Files incidents: each is a session of its own, which begins with the minutes before it. */
export class IncidentFiling {
  readonly #deps: IncidentFilingDeps;
  /** Numbers of sessions whose incident goes on in another, and which are to be ended once the file takes that. */
  readonly #cutOff = new Set<number>();

  constructor(deps: IncidentFilingDeps) {
    this.#deps = deps;
  }

  /** What a path measures goes into an incident from now on; what it measured lately is copied there. */
  open({ pathId, fromEpochMs, seen }: OpenedIncident): void {
    const { recorded, begun, end } = this.#deps;
    const each = recorded.get(pathId);
    const flight = each?.kept.row.flight ?? null;
    if (each === undefined || flight === null) return;
    const opened = { fromEpochMs, toEpochMs: null, end: null, seen };
    if (flight === 'incident') {
      // Nothing asks for a second one within the first; where the first is unknown, it is this one.
      if (each.kept.incident === null) each.kept.setIncident(opened);
      return;
    }
    const incident = branchedOff(each.kept, { ...begun(), flight: 'incident' }, fromEpochMs - BEFORE_MS);
    incident.setIncident(opened);
    end(pathId);
    recorded.set(pathId, newlyRecorded(incident, false));
  }

  /** It is over, and what the path measures is at rest again, unless recording was stopped. */
  close({ pathId, toEpochMs, end: how }: ClosedIncident): void {
    const { recorded, begun, end } = this.#deps;
    const each = recorded.get(pathId);
    if (each?.kept.row.flight !== 'incident') return;
    const { incident } = each.kept;
    if (incident !== null) each.kept.setIncident({ ...incident, toEpochMs, end: how });
    end(pathId);
    if (how === 'stopped') return;
    // What was calm already may come to stand before the next incident.
    const rest = branchedOff(each.kept, { ...begun(), flight: 'at-rest' }, toEpochMs);
    recorded.set(pathId, newlyRecorded(rest, false));
  }

  /** What a path measures at rest goes on in another session, of which an incident may want the minutes before it. */
  divide(kept: KeptSession): KeptSession {
    const { lastAt } = kept.recording;
    const since = (lastAt ?? kept.row.begunAtEpochMs) - BEFORE_MS;
    return branchedOff(kept, { ...this.#deps.begun(), flight: 'at-rest' }, since);
  }

  /**
   * What a path measures goes on in another session, because the file did not take what was before it; so does its incident.
   * @param isFileNew the file that held the former session is no longer the one that is written
   */
  cutOff({ kept, isInFile }: RecordedSession, isFileNew: boolean): KeptSession {
    const next = kept.continuedIn(this.#deps.begun());
    const { incident } = kept;
    if (incident !== null) next.setIncident(incident);
    if (isFileNew) this.#cutOff.clear();
    else if (incident !== null && isInFile) this.#cutOff.add(kept.row.number);
    return next;
  }

  /** Ends in the file what goes on in another session. */
  closeCutOff(): void {
    if (this.#cutOff.size > 0) this.closeLeftOpen();
  }

  /** Closes what a program left open that ended while it lasted, or what was cut off. */
  closeLeftOpen(): void {
    const { shelf, recorded } = this.#deps;
    const file = shelf.writable;
    if (file === null) return;
    const live = new Set([...recorded.values()].map(({ kept }) => kept.row.number));
    for (const number of file.incidents.open()) {
      const row = live.has(number) ? undefined : file.sessions.numbered(number);
      if (row === undefined) continue;
      const kept = new KeptSession(file, row);
      const { incident } = kept;
      if (incident === null) continue;
      kept.abandon();
      const end = this.#cutOff.has(number) ? 'cut-off' : 'not-running';
      kept.setIncident({ ...incident, toEpochMs: Math.max(incident.fromEpochMs, kept.endEpochMs), end });
      const isClosed = shelf.write(
        (tables) => {
          kept.write(tables, true);
          kept.compact(tables);
          tables.sessions.setSummary(number, '{}');
          tables.sessions.setOver(number);
        },
        () => {},
      );
      if (isClosed) this.#cutOff.delete(number);
    }
  }
}
