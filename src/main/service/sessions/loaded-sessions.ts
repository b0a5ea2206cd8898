import type { SessionFile } from '../../store/sessions/session-file.ts';
import { KeptSession } from './kept-session.ts';

/** Sessions that nobody records, held in memory because they were asked for lately. */
const MOST_LOADED = 3;

/** Sessions read from the file, the ones asked for last. */
export class LoadedSessions {
  /** Those asked for last at the end. */
  readonly #sessions = new Map<string, KeptSession>();

  /** Reads a session if need be; null when there is none of that name, or it was removed. */
  find(file: SessionFile, sessionId: string): KeptSession | null {
    const known = this.#sessions.get(sessionId) ?? this.#read(file, sessionId);
    if (known === null) return null;
    this.#sessions.delete(sessionId);
    this.#sessions.set(sessionId, known);
    for (const id of this.#sessions.keys()) {
      if (this.#sessions.size <= MOST_LOADED) break;
      this.#sessions.delete(id);
    }
    return known;
  }

  /** It has changed: it is read again when it is asked for. */
  forget(sessionId: string): void {
    this.#sessions.delete(sessionId);
  }

  forgetAll(): void {
    this.#sessions.clear();
  }

  #read(file: SessionFile, sessionId: string): KeptSession | null {
    const row = file.sessions.find(sessionId);
    if (row === undefined || row.removedAtEpochMs !== null) return null;
    const kept = new KeptSession(file, row);
    // Whoever recorded it is gone, or is another program that this one cannot follow.
    kept.abandon();
    return kept;
  }
}
