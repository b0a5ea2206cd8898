import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { FlightPart } from '../../../contract/flight.ts';

/** What a session is of, and what a person says of it. */
export interface SessionRow {
  readonly number: number;
  readonly id: string;
  readonly target: string;
  readonly destination: string;
  readonly family: 4 | 6;
  readonly intervalMs: number;
  /** Between two rounds where the rate is raised; null where it never is. */
  readonly closeIntervalMs: number | null;
  readonly maxHops: number;
  readonly name: string;
  readonly comment: string;
  readonly isPinned: boolean;
  readonly isSimulated: boolean;
  readonly origin: 'measured' | 'imported';
  /** Part of the flight recorder that it is; null when it is none. */
  readonly flight: FlightPart | null;
  readonly begunAtEpochMs: number;
  readonly isOver: boolean;
  readonly removedAtEpochMs: number | null;
  /** JSON of whoever keeps sessions. */
  readonly facts: string;
  readonly summary: string;
}

/** What is known of a session when it begins. */
export type NewSession = Pick<
  SessionRow,
  | 'id'
  | 'target'
  | 'destination'
  | 'family'
  | 'intervalMs'
  | 'closeIntervalMs'
  | 'maxHops'
  | 'isSimulated'
  | 'origin'
  | 'flight'
  | 'begunAtEpochMs'
>;

/** What a person may change. */
export type SessionWords = Pick<SessionRow, 'name' | 'comment' | 'isPinned'>;

/** One comment on a moment. */
export interface CommentRow {
  readonly id: string;
  readonly atEpochMs: number;
  readonly text: string;
}

type Row = Record<string, SQLOutputValue>;

/** The sessions of a file, without what was measured. Every method throws SQLite's error when the file does not do as told. */
export class SessionRows {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  add(session: NewSession): SessionRow {
    const { lastInsertRowid } = this.#database
      .prepare(
        `INSERT INTO session (id, target, destination, family, interval_ms, close_interval_ms, max_hops, is_simulated,
           origin, flight, begun_at_ms)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        session.id,
        session.target,
        session.destination,
        session.family,
        session.intervalMs,
        session.closeIntervalMs,
        session.maxHops,
        Number(session.isSimulated),
        session.origin,
        session.flight,
        session.begunAtEpochMs,
      );
    return {
      ...session,
      number: Number(lastInsertRowid),
      name: '',
      comment: '',
      isPinned: false,
      isOver: false,
      removedAtEpochMs: null,
      facts: '{}',
      summary: '{}',
    };
  }

  /** All that are not removed, the newest first. */
  all(): SessionRow[] {
    const sql = 'SELECT * FROM session WHERE removed_at_ms IS NULL ORDER BY begun_at_ms DESC, number DESC';
    return this.#database.prepare(sql).all().map(sessionOf);
  }

  /** One, removed or not; undefined when there is none. */
  find(id: string): SessionRow | undefined {
    const row = this.#database.prepare('SELECT * FROM session WHERE id = ?').get(id);
    return row === undefined ? undefined : sessionOf(row);
  }

  /** The same by its number. */
  numbered(number: number): SessionRow | undefined {
    const row = this.#database.prepare('SELECT * FROM session WHERE number = ?').get(number);
    return row === undefined ? undefined : sessionOf(row);
  }

  /** Those of the same target and address that are neither over nor removed, the newest first. */
  unfinished(
    of: Pick<SessionRow, 'target' | 'destination' | 'intervalMs' | 'maxHops' | 'isSimulated' | 'flight'>,
  ): SessionRow[] {
    const sql = `SELECT * FROM session WHERE target = ? AND destination = ? AND interval_ms = ? AND max_hops = ?
       AND is_simulated = ? AND flight IS ? AND origin = 'measured' AND is_over = 0 AND removed_at_ms IS NULL
       ORDER BY begun_at_ms DESC, number DESC`;
    return this.#database
      .prepare(sql)
      .all(of.target, of.destination, of.intervalMs, of.maxHops, Number(of.isSimulated), of.flight)
      .map(sessionOf);
  }

  setFacts(number: number, facts: string): void {
    this.#database.prepare('UPDATE session SET facts = ? WHERE number = ?').run(facts, number);
  }

  setSummary(number: number, summary: string): void {
    this.#database.prepare('UPDATE session SET summary = ? WHERE number = ?').run(summary, number);
  }

  setOver(number: number): void {
    this.#database.prepare('UPDATE session SET is_over = 1 WHERE number = ?').run(number);
  }

  setWords(number: number, { name, comment, isPinned }: SessionWords): void {
    const sql = 'UPDATE session SET name = ?, comment = ?, is_pinned = ? WHERE number = ?';
    this.#database.prepare(sql).run(name, comment, Number(isPinned), number);
  }

  /** @param at when it was removed, or null to take that back */
  setRemoved(number: number, at: number | null): void {
    this.#database.prepare('UPDATE session SET removed_at_ms = ? WHERE number = ?').run(at, number);
  }

  /** Those that were removed, and can be taken back until they are deleted. */
  removed(): SessionRow[] {
    return this.#database.prepare('SELECT * FROM session WHERE removed_at_ms IS NOT NULL').all().map(sessionOf);
  }

  /** Deletes a session and all that belongs to it. */
  delete(number: number): void {
    this.#database.prepare('DELETE FROM session WHERE number = ?').run(number);
  }

  comments(number: number): CommentRow[] {
    const sql = 'SELECT id, at_ms, text FROM comment WHERE session = ? ORDER BY at_ms, rowid';
    return this.#database
      .prepare(sql)
      .all(number)
      .map((row) => ({ id: String(row['id']), atEpochMs: Number(row['at_ms']), text: String(row['text']) }));
  }

  commentCount(number: number): number {
    const counted = this.#database.prepare('SELECT count(*) AS count FROM comment WHERE session = ?').get(number);
    return Number(counted?.['count']);
  }

  addComment(number: number, { id, atEpochMs, text }: CommentRow): void {
    const sql = 'INSERT INTO comment (id, session, at_ms, text) VALUES (?, ?, ?, ?)';
    this.#database.prepare(sql).run(id, number, atEpochMs, text);
  }

  /** Whether there was such a comment. */
  deleteComment(number: number, id: string): boolean {
    const sql = 'DELETE FROM comment WHERE session = ? AND id = ?';
    return Number(this.#database.prepare(sql).run(number, id).changes) > 0;
  }
}

function sessionOf(row: Row): SessionRow {
  return {
    number: Number(row['number']),
    id: String(row['id']),
    target: String(row['target']),
    destination: String(row['destination']),
    family: row['family'] === 6 ? 6 : 4,
    intervalMs: Number(row['interval_ms']),
    maxHops: Number(row['max_hops']),
    closeIntervalMs: typeof row['close_interval_ms'] === 'number' ? row['close_interval_ms'] : null,
    flight: row['flight'] === 'at-rest' || row['flight'] === 'incident' ? row['flight'] : null,
    name: String(row['name']),
    comment: String(row['comment']),
    isPinned: row['is_pinned'] === 1,
    isSimulated: row['is_simulated'] === 1,
    origin: row['origin'] === 'imported' ? 'imported' : 'measured',
    begunAtEpochMs: Number(row['begun_at_ms']),
    isOver: row['is_over'] === 1,
    removedAtEpochMs: row['removed_at_ms'] === null ? null : Number(row['removed_at_ms']),
    facts: String(row['facts']),
    summary: String(row['summary']),
  };
}
