import { type Failure, fail, type Result, succeed } from '../../../contract/failure.ts';
import type { SessionHead } from '../../../contract/session-file.ts';
import type { Session } from '../../../contract/sessions.ts';
import type { Clock } from '../../base/clock.ts';
import type { Random } from '../../base/random.ts';
import { type ArchiveState, keptResponders, NOTHING_ARCHIVED } from '../../engine/path/archive/archive-state.ts';
import type { KeptRounds } from '../../engine/path/kept-rounds.ts';
import { ResponderTable } from '../../engine/path/responder-table.ts';
import type { SessionFile } from '../../store/sessions/session-file.ts';
import type { NewSession } from '../../store/sessions/session-rows.ts';
import { KeptHappenings } from '../sessions/kept-happenings.ts';
import { rowOfIncident } from '../sessions/kept-incident.ts';
import { KeptSession } from '../sessions/kept-session.ts';
import { newId, notWritable } from '../sessions/session-changes.ts';
import type { SessionShelf } from '../sessions/session-shelf.ts';
import { sessionOf, summarize, textOfSummary } from '../sessions/session-summary.ts';
import { sessionOfForeign } from './foreign-file.ts';
import { RefusedFileError } from './session-chunk.ts';
import { SessionFileReader } from './session-file-reader.ts';
import { answerOfFile, keptFailures } from './session-head.ts';

export interface SessionImportDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly shelf: SessionShelf;
}

/** Nothing can be written to the file of sessions now. */
class NotWrittenError extends Error {
  override readonly name = 'NotWrittenError';
}

/**
 * A file that becomes a session. Until its end it is one that was removed: in no list, and gone for good a day later if
 * the program ends before.
 */
export class SessionImport {
  readonly #deps: SessionImportDeps;
  readonly #reader: SessionFileReader;
  #head: SessionHead | null = null;
  #kept: KeptSession | null = null;

  constructor(deps: SessionImportDeps) {
    this.#deps = deps;
    this.#reader = new SessionFileReader(
      { onHead: (head) => this.#begin(head), onRounds: (rounds) => this.#add(rounds) },
      sessionOfForeign,
    );
  }

  /** Takes the next piece; gives the session after the last. After a failure nothing of it is left. */
  push(text: string, isLast: boolean): Result<Session | null> {
    try {
      this.#reader.push(text);
      if (!isLast) return succeed(null);
      this.#reader.end();
      return succeed(this.#finish());
    } catch (error) {
      this.abandon();
      return fail(this.#failureOf(error));
    }
  }

  /** Nothing of it is to be kept. */
  abandon(): void {
    const number = this.#kept?.row.number;
    this.#kept = null;
    if (number === undefined) return;
    // What cannot be deleted now is deleted with all else that was removed.
    this.#deps.shelf.write(
      ({ sessions }) => sessions.delete(number),
      () => {},
    );
  }

  #begin(head: SessionHead): void {
    const { clock, random } = this.#deps;
    const session: NewSession = {
      id: newId(random),
      target: head.target,
      destination: head.destination,
      family: head.family,
      intervalMs: head.intervalMs,
      closeIntervalMs: head.closeIntervalMs ?? null,
      maxHops: head.maxHops,
      isSimulated: head.simulated !== null,
      origin: 'imported',
      flight: null,
      begunAtEpochMs: head.begunAtEpochMs,
    };
    const facts = JSON.stringify(factsOf(head));
    const happenings = new KeptHappenings();
    happenings.tell(head.happenings ?? []);
    this.#write((file) => {
      const row = file.sessions.add(session);
      file.sessions.setRemoved(row.number, clock.wallNow());
      file.sessions.setFacts(row.number, facts);
      happenings.write(file.happenings, row.number);
      if (head.incident !== undefined) file.incidents.put(row.number, rowOfIncident(head.incident));
      file.pages.writeArchive(row.number, 0, JSON.stringify(stateOf(head)));
      this.#kept = new KeptSession(file, { ...row, facts });
    });
    this.#head = head;
  }

  #add(rounds: KeptRounds): void {
    const kept = this.#kept;
    if (kept === null) return;
    kept.tellKept(rounds);
    this.#write((file) => kept.write(file, true));
    kept.noteWritten(kept.row.number);
  }

  #finish(): Session | null {
    const [kept, head] = [this.#kept, this.#head];
    if (kept === null || head === null) return null;
    const { number } = kept.row;
    const { name, comment } = head;
    let session: Session | null = null;
    this.#write((file) => {
      const summary = summarize(kept, file.bytesOf(number));
      file.sessions.setWords(number, { name, comment, isPinned: false });
      for (const each of head.comments) file.sessions.addComment(number, { ...each, id: newId(this.#deps.random) });
      file.sessions.setSummary(number, textOfSummary(summary));
      file.sessions.setOver(number);
      file.sessions.setRemoved(number, null);
      session = sessionOf({ ...kept.row, name, comment }, summary, { incident: kept.incident, pathId: null });
    });
    return session;
  }

  #write(work: (file: SessionFile) => void): void {
    if (!this.#deps.shelf.write(work, () => {})) throw new NotWrittenError();
  }

  #failureOf(error: unknown): Failure {
    if (error instanceof RefusedFileError) return { code: 'file-refused', place: error.place, reason: error.reason };
    if (error instanceof NotWrittenError) return notWritable(this.#deps.shelf);
    throw error;
  }
}

/** What is known beside the rounds, as `KeptSession` keeps it. */
function factsOf({
  simulated,
  destinationHopLimit,
  localDrops,
  gateways,
  pathMtu,
  branches,
  names,
}: SessionHead): object {
  return { simulated, destinationHopLimit, localDrops, gateways, pathMtu, branches, names };
}

/** What a recording begins with that is to be told these rounds. */
function stateOf(head: SessionHead): ArchiveState {
  return {
    ...NOTHING_ARCHIVED,
    hasReplied: head.hasDestinationAnswered,
    hops: head.responders.map(({ hopLimit, last, rejections }) =>
      keptResponders(
        hopLimit,
        new ResponderTable(
          last.map(answerOfFile),
          rejections.map(({ responder, answer }) => [responder, answerOfFile(answer)] as const),
        ),
      ),
    ),
    gaps: head.gaps,
    routeChanges: head.routeChanges,
    failures: keptFailures(head.sendFailures),
  };
}
