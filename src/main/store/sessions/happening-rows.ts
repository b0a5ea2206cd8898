import type { DatabaseSync } from 'node:sqlite';

/** What happened to the machine during a session: a text whose meaning is not known here. */
export interface HappeningRow {
  readonly atEpochMs: number;
  readonly text: string;
}

/** Happenings of sessions. Every method throws SQLite's error. */
export class HappeningRows {
  readonly #database: DatabaseSync;
  /** Another program's file, which is only read here, may be of an older version. */
  readonly #isThere: boolean;

  constructor(database: DatabaseSync) {
    this.#database = database;
    const table = database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'happening'").get();
    this.#isThere = table !== undefined;
  }

  add(session: number, { atEpochMs, text }: HappeningRow): void {
    const sql = 'INSERT INTO happening (session, at_ms, happening) VALUES (?, ?, ?)';
    this.#database.prepare(sql).run(session, atEpochMs, text);
  }

  /** All of a session, oldest first. */
  all(session: number): string[] {
    if (!this.#isThere) return [];
    const sql = 'SELECT happening FROM happening WHERE session = ? ORDER BY at_ms, rowid';
    return this.#database
      .prepare(sql)
      .all(session)
      .map((row) => String(row['happening']));
  }

  /** Keeps the newest so many of a session. */
  trim(session: number, most: number): void {
    const sql = `DELETE FROM happening WHERE session = ?1 AND rowid IN
       (SELECT rowid FROM happening WHERE session = ?1 ORDER BY at_ms DESC, rowid DESC LIMIT -1 OFFSET ?2)`;
    this.#database.prepare(sql).run(session, most);
  }

  /** Bytes that all of a session take. */
  bytes(session: number): number {
    if (!this.#isThere) return 0;
    const sql = 'SELECT coalesce(sum(length(happening)), 0) AS bytes FROM happening WHERE session = ?';
    return Number(this.#database.prepare(sql).get(session)?.['bytes'] ?? 0);
  }
}
