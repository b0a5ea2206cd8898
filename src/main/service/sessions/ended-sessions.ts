import type { SessionFile } from '../../store/sessions/session-file.ts';
import { KeptSession } from './kept-session.ts';
import { MOST_WAITING_BYTES, type RecordedSession } from './recorded-session.ts';
import type { SessionShelf } from './session-shelf.ts';
import { summarize, textOfSummary } from './session-summary.ts';

export interface EndedSessionsDeps {
  readonly shelf: SessionShelf;
  /** The file was damaged and is another one now. */
  readonly onNewFile: () => void;
  /** The file has all of a session, its end included. */
  readonly onFinished: (sessionId: string) => void;
}

/** How a session ended. */
export interface End {
  /** Whether the same target, when it is measured again, begins another session. */
  readonly isOver: boolean;
  /** Whether the file has all that was told of it. */
  readonly isWritten: boolean;
}

interface Ended {
  readonly recorded: RecordedSession;
  readonly isOver: boolean;
  isWritten: boolean;
  /** Whether its end was refused: what is in memory is of no use any more, and the file has it all. */
  isToBeRead: boolean;
}

/**
 * Sessions that nobody records any more and of which the file does not have everything: it refuses to be written, mostly
 * because the disk is full. They wait in memory until it takes them; what is too much is given up, the oldest first, and said.
 */
export class EndedSessions {
  readonly #deps: EndedSessionsDeps;
  #waiting: Ended[] = [];

  constructor(deps: EndedSessionsDeps) {
    this.#deps = deps;
  }

  /** Those of which something is in memory only. */
  get unwritten(): RecordedSession[] {
    return this.#waiting.filter(({ isWritten }) => !isWritten).map(({ recorded }) => recorded);
  }

  /** Whether it waits for its end to be written: nobody is to go on with it. */
  has(sessionId: string): boolean {
    return this.#waiting.some(({ recorded }) => recorded.kept.row.id === sessionId);
  }

  /** Writes the end of a session now, or as soon as that is possible. */
  add(recorded: RecordedSession, { isOver, isWritten }: End): void {
    if (!recorded.isInFile && recorded.kept.waitingBatches === 0) return;
    this.#waiting.push({ recorded, isOver, isWritten, isToBeRead: false });
    this.write();
    let bytes = this.unwritten.reduce((sum, { kept }) => sum + kept.waitingBytes, 0);
    for (const { kept } of this.unwritten) {
      if (bytes <= MOST_WAITING_BYTES) break;
      bytes -= kept.waitingBytes;
      this.#giveUp(kept);
    }
  }

  /** Writes what waits, as far as the file takes it. */
  write(): void {
    for (const each of [...this.#waiting]) {
      if (!this.#write(each)) return;
      this.#waiting = this.#waiting.filter((other) => other !== each);
      this.#deps.onFinished(each.recorded.kept.row.id);
    }
  }

  /** The file that has a part of them is gone: the rest is lost as well. */
  loseAll(): void {
    for (const { kept } of this.unwritten) this.#giveUp(kept);
    this.#waiting = [];
  }

  #write(each: Ended): boolean {
    const { shelf, onNewFile } = this.#deps;
    const { recorded, isOver } = each;
    if (!each.isWritten) {
      let number = 0;
      const isWritten = shelf.write((file) => {
        ({ number } = recorded.kept.row);
        // It may have been removed meanwhile, for good.
        const isThere = !recorded.isInFile || file.sessions.numbered(number) !== undefined;
        if (isThere) number = recorded.kept.write(file, recorded.isInFile);
      }, onNewFile);
      if (!isWritten) return false;
      recorded.kept.noteWritten(number);
      recorded.isInFile = true;
      each.isWritten = true;
    }
    const isFinished = shelf.write((file) => {
      const kept = each.isToBeRead ? readBack(file, recorded.kept.row.number) : recorded.kept;
      if (kept !== null) finish(file, kept, isOver);
    }, onNewFile);
    each.isToBeRead = !isFinished;
    return isFinished;
  }

  #giveUp(kept: KeptSession): void {
    this.#deps.shelf.countLost(kept.waitingBatches);
    this.#waiting = this.#waiting.filter(({ recorded }) => recorded.kept !== kept);
  }
}

/** As the file has it; null when it is not there any more. */
function readBack(file: SessionFile, number: number): KeptSession | null {
  const row = file.sessions.numbered(number);
  if (row === undefined) return null;
  const kept = new KeptSession(file, row);
  kept.abandon();
  return kept;
}

/** Within a transaction. */
function finish(file: SessionFile, kept: KeptSession, isOver: boolean): void {
  const { number, flight } = kept.row;
  const isNothing = flight === 'at-rest' && kept.recording.rounds === 0;
  if (isOver && isNothing) {
    file.sessions.delete(number);
    return;
  }
  if (isOver) kept.compact(file);
  file.sessions.setSummary(number, textOfSummary(summarize(kept, file.bytesOf(number))));
  if (isOver) file.sessions.setOver(number);
}
