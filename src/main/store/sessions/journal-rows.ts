import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** What a recording was told in one go, in bytes whose meaning is not known here. */
export interface JournalBatch {
  /** Later ones have greater numbers. */
  readonly number: number;
  /** Rounds begun before it. */
  readonly rounds: number;
  readonly bytes: Uint8Array;
}

/** What recordings were told since their last page. Every method throws SQLite's error. */
export class JournalRows {
  readonly #append: StatementSync;
  readonly #read: StatementSync;
  readonly #bytes: StatementSync;
  readonly #last: StatementSync;
  readonly #trim: StatementSync;
  readonly #clear: StatementSync;

  constructor(database: DatabaseSync) {
    this.#append = database.prepare(
      `INSERT INTO journal (session, number, rounds, bytes)
       VALUES (?1, (SELECT coalesce(max(number), 0) + 1 FROM journal WHERE session = ?1), ?2, ?3)`,
    );
    this.#read = database.prepare('SELECT number, rounds, bytes FROM journal WHERE session = ? ORDER BY number');
    this.#bytes = database.prepare('SELECT coalesce(sum(length(bytes)), 0) AS bytes FROM journal WHERE session = ?');
    this.#last = database.prepare('SELECT coalesce(max(number), 0) AS number FROM journal WHERE session = ?');
    this.#clear = database.prepare('DELETE FROM journal WHERE session = ?');
    // A batch is of rounds before the next one began: it is not needed once those are in pages.
    this.#trim = database.prepare(
      `DELETE FROM journal WHERE session = ?1
       AND number < (SELECT max(number) FROM journal WHERE session = ?1 AND rounds <= ?2)`,
    );
  }

  append(session: number, { rounds, bytes }: Omit<JournalBatch, 'number'>): void {
    this.#append.run(session, rounds, bytes);
  }

  /** All batches of a session, oldest first. */
  *read(session: number): Generator<JournalBatch> {
    for (const { number, rounds, bytes } of this.#read.iterate(session)) {
      if (bytes instanceof Uint8Array) yield { number: Number(number), rounds: Number(rounds), bytes };
    }
  }

  /** Deletes all batches of a session. */
  clear(session: number): void {
    this.#clear.run(session);
  }

  /** Bytes that all batches of a session take. */
  bytes(session: number): number {
    return Number(this.#bytes.get(session)?.['bytes'] ?? 0);
  }

  /** Number of the last batch; 0 without one. */
  last(session: number): number {
    return Number(this.#last.get(session)?.['number'] ?? 0);
  }

  /** Deletes the batches that tell only of the first so many rounds. */
  trim(session: number, rounds: number): void {
    this.#trim.run(session, rounds);
  }
}
