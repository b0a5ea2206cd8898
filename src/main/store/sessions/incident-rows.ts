import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';

/** What is kept of an incident beside its session. */
export interface IncidentRow {
  readonly fromEpochMs: number;
  /** Null while it lasts, like how it ended. */
  readonly toEpochMs: number | null;
  readonly end: string | null;
  /** A text whose meaning is not known here. */
  readonly seen: string;
}

/** Incidents of the flight recorder, one to a session. Every method throws SQLite's error. */
export class IncidentRows {
  readonly #database: DatabaseSync;
  /** Another program's file, which is only read here, may be of an older version. */
  readonly #isThere: boolean;

  constructor(database: DatabaseSync) {
    this.#database = database;
    const table = database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'incident'").get();
    this.#isThere = table !== undefined;
  }

  /** In place of what was kept of that session before. */
  put(session: number, { fromEpochMs, toEpochMs, end, seen }: IncidentRow): void {
    const sql = 'INSERT OR REPLACE INTO incident (session, from_ms, to_ms, ended, seen) VALUES (?, ?, ?, ?, ?)';
    this.#database.prepare(sql).run(session, fromEpochMs, toEpochMs, end, seen);
  }

  find(session: number): IncidentRow | undefined {
    if (!this.#isThere) return undefined;
    const row = this.#database.prepare('SELECT * FROM incident WHERE session = ?').get(session);
    return row === undefined ? undefined : incidentOf(row);
  }

  /** Numbers of the sessions that were measured here and whose incident has no end. */
  open(): number[] {
    if (!this.#isThere) return [];
    const sql = `SELECT incident.session AS session FROM incident JOIN session ON session.number = incident.session
       WHERE ended IS NULL AND origin = 'measured' ORDER BY incident.session`;
    const rows = this.#database.prepare(sql).all();
    return rows.map((row) => Number(row['session']));
  }
}

function incidentOf(row: Record<string, SQLOutputValue>): IncidentRow {
  return {
    fromEpochMs: Number(row['from_ms']),
    toEpochMs: row['to_ms'] === null ? null : Number(row['to_ms']),
    end: row['ended'] === null ? null : String(row['ended']),
    seen: String(row['seen']),
  };
}
