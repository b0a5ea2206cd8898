import { fail, type Result, succeed } from '../../../contract/failure.ts';
import { addressesOf } from '../../../contract/masked-report.ts';
import { maskedAddresses } from '../../../contract/privacy-mask.ts';
import type { MomentComment, Session } from '../../../contract/sessions.ts';
import { type Milliseconds, type MonotonicMilliseconds, seconds } from '../../../contract/units.ts';
import type { Clock } from '../../base/clock.ts';
import type { Random } from '../../base/random.ts';
import type { ExportPiece, Keeper } from '../sessions/keeper-calls.ts';
import type { KeptSession } from '../sessions/kept-session.ts';
import { newId, notFound } from '../sessions/session-changes.ts';
import type { SessionShelf } from '../sessions/session-shelf.ts';
import { reportPiece } from './report-piece.ts';
import { exportedRounds, exportPiece } from './session-exports.ts';
import { headOfSession } from './session-head.ts';
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
    const kept = this.#deps.find(sessionId);
    if (kept === null) return fail(notFound('session', sessionId));
    const { cursor } = asked;
    if (
      cursor !== null &&
      !(cursor.first <= cursor.at && cursor.at <= cursor.end && cursor.end <= kept.recording.rounds)
    ) {
      return fail({ code: 'invalid-arguments', issue: 'cursor: is of another session' });
    }
    const comments = this.#comments(kept);
    const { format } = asked;
    return succeed(
      format === 'html'
        ? reportPiece(this.#deps, kept, comments, asked)
        : exportPiece(kept, comments, { ...asked, format }),
    );
  }

  masked({ sessionId, mask, by, ...period }: Parameters<Keeper['masked']>[0]): ReturnType<Keeper['masked']> {
    const kept = this.#deps.find(sessionId);
    if (kept === null) return fail(notFound('session', sessionId));
    const head = headOfSession(kept, this.#comments(kept), exportedRounds(kept, period));
    return succeed({ addresses: maskedAddresses(addressesOf(head), mask, by.ownAddresses) });
  }

  #comments({ row }: KeptSession): MomentComment[] {
    const comments = this.#deps.shelf.file?.sessions.comments(row.number) ?? [];
    return comments.map(({ id, atEpochMs, text }) => ({ commentId: id, atEpochMs, text }));
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
    let isOver = true;
    try {
      const told: Result<Session | null> = going.work.push(text, isLast);
      isOver = !told.ok || isLast;
      return told.ok ? succeed({ importId: id, session: told.value }) : told;
    } finally {
      // After a bug as well: an import that nobody can go on with must not take the place of another.
      if (isOver) this.#imports.delete(id);
    }
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
