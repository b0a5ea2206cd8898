import { fail, type Result, succeed } from '../../../contract/failure.ts';
import type { Session } from '../../../contract/sessions.ts';
import { type Milliseconds, type MonotonicMilliseconds, seconds } from '../../../contract/units.ts';
import type { Clock } from '../../base/clock.ts';
import type { Random } from '../../base/random.ts';
import type { ExportPiece, Keeper } from '../sessions/keeper-calls.ts';
import type { KeptSession } from '../sessions/kept-session.ts';
import { newId, notFound } from '../sessions/session-changes.ts';
import type { SessionShelf } from '../sessions/session-shelf.ts';
import { exportPiece } from './session-exports.ts';
import { SessionImport } from './session-import.ts';

/** An import of which nothing was heard for so long is given up. */
const PATIENCE: Milliseconds = seconds(60);

/** Imports at a time. */
const MOST_IMPORTS = 4;

export interface SessionFilesDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly shelf: SessionShelf;
  readonly find: (sessionId: string) => KeptSession | null;
}

/** Sessions as files, and files as sessions. */
export class SessionFiles implements Disposable {
  readonly #deps: SessionFilesDeps;
  readonly #imports = new Map<string, { readonly work: SessionImport; heardAt: MonotonicMilliseconds }>();

  constructor(deps: SessionFilesDeps) {
    this.#deps = deps;
  }

  exportPiece({ sessionId, ...asked }: Parameters<Keeper['exportPiece']>[0]): Result<ExportPiece> {
    const { find, shelf } = this.#deps;
    const kept = find(sessionId);
    if (kept === null) return fail(notFound('session', sessionId));
    const { cursor } = asked;
    if (
      cursor !== null &&
      !(cursor.first <= cursor.at && cursor.at <= cursor.end && cursor.end <= kept.recording.rounds)
    ) {
      return fail({ code: 'invalid-arguments', issue: 'cursor: is of another session' });
    }
    const comments = shelf.file?.sessions.comments(kept.row.number) ?? [];
    const told = comments.map(({ id, atEpochMs, text }) => ({ commentId: id, atEpochMs, text }));
    return succeed(exportPiece(kept, told, asked));
  }

  importPiece({ importId, text, isLast }: Parameters<Keeper['importPiece']>[0]): ReturnType<Keeper['importPiece']> {
    this.#giveUp();
    const id = importId ?? newId(this.#deps.random);
    if (importId === null) {
      if (this.#imports.size >= MOST_IMPORTS)
        return fail({ code: 'limit-reached', what: 'imports', limit: MOST_IMPORTS });
      this.#imports.set(id, { work: new SessionImport(this.#deps), heardAt: this.#deps.clock.now() });
    }
    const going = this.#imports.get(id);
    if (going === undefined) return fail({ code: 'not-found', what: 'import', id });
    going.heardAt = this.#deps.clock.now();
    const told: Result<Session | null> = going.work.push(text, isLast);
    if (!told.ok || isLast) this.#imports.delete(id);
    return told.ok ? succeed({ importId: id, session: told.value }) : told;
  }

  abandonImport({ importId }: { readonly importId: string }): Result<null> {
    this.#imports.get(importId)?.work.abandon();
    this.#imports.delete(importId);
    return succeed(null);
  }

  [Symbol.dispose](): void {
    for (const importId of [...this.#imports.keys()]) this.abandonImport({ importId });
  }

  #giveUp(): void {
    const now = this.#deps.clock.now();
    for (const [importId, { heardAt }] of this.#imports) if (now - heardAt > PATIENCE) this.abandonImport({ importId });
  }
}
