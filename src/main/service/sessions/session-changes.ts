import { type Failure, fail, type Result, succeed } from '../../../contract/failure.ts';
import { MOST_COMMENTS } from '../../../contract/session-file.ts';
import type { MomentComment } from '../../../contract/sessions.ts';
import { type Milliseconds, seconds } from '../../../contract/units.ts';
import type { Clock } from '../../base/clock.ts';
import type { Random } from '../../base/random.ts';
import type { SessionFile } from '../../store/sessions/session-file.ts';
import type { SessionRow, SessionWords } from '../../store/sessions/session-rows.ts';
import type { SessionShelf } from './session-shelf.ts';

/** How long what was removed can be taken back. */
const UNDO_TIME: Milliseconds = seconds(24 * 3_600);

export interface SessionChangesDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly shelf: SessionShelf;
  /** Whether a session is being recorded by this program. */
  readonly isRecorded: (sessionId: string) => boolean;
  /** It is no longer what was read of it. */
  readonly onChange: (sessionId: string, words: SessionWords | null) => void;
}

/** What a person does to sessions: names, comments, pins, removes and takes back. */
export class SessionChanges {
  readonly #deps: SessionChangesDeps;

  constructor(deps: SessionChangesDeps) {
    this.#deps = deps;
  }

  /** What is absent stays. */
  change(sessionId: string, words: { [Key in keyof SessionWords]?: SessionWords[Key] | undefined }): Result<null> {
    return this.#write(sessionId, (file, row) => {
      const { name = row.name, comment = row.comment, isPinned = row.isPinned } = words;
      file.sessions.setWords(row.number, { name, comment, isPinned });
      this.#deps.onChange(sessionId, { name, comment, isPinned });
      return null;
    });
  }

  /** All of them, or none when one is not there or is being recorded. */
  remove(sessionIds: readonly string[]): Result<null> {
    const recorded = sessionIds.find((id) => this.#deps.isRecorded(id));
    if (recorded !== undefined) {
      const issue = 'A session is not removed while it is being recorded: end its path first';
      return fail({ code: 'invalid-arguments', issue });
    }
    return this.#setRemoved(sessionIds, this.#deps.clock.wallNow());
  }

  restore(sessionIds: readonly string[]): Result<null> {
    return this.#setRemoved(sessionIds, null);
  }

  /** Deletes for good what was removed a day ago; gives whether there was anything. */
  deleteRemoved(): boolean {
    const { shelf, clock } = this.#deps;
    let deleted = 0;
    const isWritten = shelf.write(
      ({ sessions }) => {
        const spent = sessions.removed().filter(({ removedAtEpochMs }) => {
          return removedAtEpochMs !== null && removedAtEpochMs < clock.wallNow() - UNDO_TIME;
        });
        for (const { number } of spent) sessions.delete(number);
        deleted = spent.length;
      },
      () => {},
    );
    return isWritten && deleted > 0;
  }

  comments(sessionId: string): Result<{ comments: MomentComment[] }> {
    const { file } = this.#deps.shelf;
    const row = file?.sessions.find(sessionId);
    if (file === null || row === undefined) return fail(notFound('session', sessionId));
    const comments = file.sessions
      .comments(row.number)
      .map(({ id, atEpochMs, text }) => ({ commentId: id, atEpochMs, text }));
    return succeed({ comments });
  }

  addComment(sessionId: string, { atEpochMs, text }: Omit<MomentComment, 'commentId'>): Result<MomentComment> {
    const commentId = newId(this.#deps.random);
    const { file } = this.#deps.shelf;
    const row = file?.sessions.find(sessionId);
    // A file of the session would hold no more.
    if (file !== null && row !== undefined && file.sessions.commentCount(row.number) >= MOST_COMMENTS) {
      return fail({ code: 'limit-reached', what: 'comments', limit: MOST_COMMENTS });
    }
    return this.#write(sessionId, ({ sessions }, { number }) => {
      sessions.addComment(number, { id: commentId, atEpochMs, text });
      return { commentId, atEpochMs, text };
    });
  }

  removeComment(sessionId: string, commentId: string): Result<null> {
    const written = this.#write(sessionId, ({ sessions }, { number }) => sessions.deleteComment(number, commentId));
    if (!written.ok) return written;
    return written.value ? succeed(null) : fail(notFound('comment', commentId));
  }

  #setRemoved(sessionIds: readonly string[], at: number | null): Result<null> {
    const rows = sessionIds.map((id) => this.#deps.shelf.file?.sessions.find(id));
    const missing = rows.indexOf(undefined);
    if (missing >= 0) return fail(notFound('session', sessionIds[missing] ?? ''));
    const isWritten = this.#deps.shelf.write(
      ({ sessions }) => {
        for (const row of rows) if (row !== undefined) sessions.setRemoved(row.number, at);
      },
      () => {},
    );
    for (const id of sessionIds) this.#deps.onChange(id, null);
    return isWritten ? succeed(null) : fail(notWritable(this.#deps.shelf));
  }

  #write<T>(sessionId: string, work: (file: SessionFile, row: SessionRow) => T): Result<T> {
    let result: Result<T> | null = null;
    const isWritten = this.#deps.shelf.write(
      (file) => {
        const row = file.sessions.find(sessionId);
        result = row === undefined ? fail(notFound('session', sessionId)) : succeed(work(file, row));
      },
      () => {},
    );
    return isWritten && result !== null ? result : fail(notWritable(this.#deps.shelf));
  }
}

/** A name that nothing else has: 16 hexadecimal digits. */
export function newId(random: Random): string {
  return [1, 2].map(() => random.uint32().toString(16).padStart(8, '0')).join('');
}

export function notFound(what: 'session' | 'comment', id: string): Failure {
  return { code: 'not-found', what, id };
}

export function notWritable({ state }: SessionShelf): Failure {
  return { code: 'system-error', osCode: state.trouble?.osCode ?? '', syscall: 'session store' };
}
