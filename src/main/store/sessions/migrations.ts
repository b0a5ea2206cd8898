import type { DatabaseSync } from 'node:sqlite';

/**
 * What makes each version of the file out of the one before, the first out of an empty file. Never changed once
 * released: a new version is a new entry, and a test of it from a file of the version before.
 */
const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE session (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    target TEXT NOT NULL,
    destination TEXT NOT NULL,
    family INTEGER NOT NULL,
    interval_ms REAL NOT NULL,
    max_hops INTEGER NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    comment TEXT NOT NULL DEFAULT '',
    is_pinned INTEGER NOT NULL DEFAULT 0,
    is_simulated INTEGER NOT NULL,
    origin TEXT NOT NULL,
    begun_at_ms REAL NOT NULL,
    -- Whoever recorded it was told that it is over: a later recording of the same target is another session.
    is_over INTEGER NOT NULL DEFAULT 0,
    removed_at_ms REAL,
    -- JSON: what is known of it beside its rounds.
    facts TEXT NOT NULL DEFAULT '{}',
    -- JSON: what a list shows of it.
    summary TEXT NOT NULL DEFAULT '{}'
  ) STRICT;
  CREATE INDEX session_by_target ON session (target, destination);
  -- What the recording was told, in order, batch by batch, until it is in pages.
  CREATE TABLE journal (
    session INTEGER NOT NULL REFERENCES session ON DELETE CASCADE,
    number INTEGER NOT NULL,
    -- Rounds begun before this batch.
    rounds INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (session, number)
  ) STRICT, WITHOUT ROWID;
  -- Level 0: the probes of 1,024 rounds of one hop limit (hop -1: when those rounds began). Higher levels: roll-ups.
  CREATE TABLE page (
    session INTEGER NOT NULL REFERENCES session ON DELETE CASCADE,
    level INTEGER NOT NULL,
    hop INTEGER NOT NULL,
    node INTEGER NOT NULL,
    bytes BLOB NOT NULL
  ) STRICT;
  -- Rows are in the order of writing, so that they lie close: ordered by this, a third of the file would be empty.
  CREATE UNIQUE INDEX page_by_place ON page (session, level, node, hop);
  -- JSON: everything else that a recording holds as of its last page, and the last batch that was told before it.
  CREATE TABLE archive (
    session INTEGER PRIMARY KEY REFERENCES session ON DELETE CASCADE,
    batch INTEGER NOT NULL,
    state TEXT NOT NULL
  ) STRICT;
  CREATE TABLE comment (
    id TEXT PRIMARY KEY,
    session INTEGER NOT NULL REFERENCES session ON DELETE CASCADE,
    at_ms REAL NOT NULL,
    text TEXT NOT NULL
  ) STRICT;
  CREATE INDEX comment_by_session ON comment (session, at_ms);
  `,
  `
  -- What happened to the machine meanwhile, as JSON of whoever keeps sessions.
  CREATE TABLE happening (
    session INTEGER NOT NULL REFERENCES session ON DELETE CASCADE,
    at_ms REAL NOT NULL,
    happening TEXT NOT NULL
  ) STRICT;
  CREATE INDEX happening_by_session ON happening (session, at_ms);
  `,
  `
  -- Of the flight recorder: 'at-rest' or 'incident'; else null.
  ALTER TABLE session ADD COLUMN flight TEXT;
  -- Between two rounds where the rate is raised; null where it never is.
  ALTER TABLE session ADD COLUMN close_interval_ms REAL;
  CREATE TABLE incident (
    session INTEGER PRIMARY KEY REFERENCES session ON DELETE CASCADE,
    from_ms REAL NOT NULL,
    -- Null while it lasts.
    to_ms REAL,
    -- How it ended; null while it lasts.
    ended TEXT,
    -- What was seen first, as JSON of whoever keeps sessions.
    seen TEXT NOT NULL
  ) STRICT;
  `,
];

/** The version that this program writes. */
export const FILE_VERSION = MIGRATIONS.length;

/** The version of a file; 0 of an empty one. */
export function versionOf(database: DatabaseSync): number {
  const row = database.prepare('PRAGMA user_version').get();
  return Number(row?.['user_version'] ?? 0);
}

/** Brings a file to a version, each step in a transaction of its own. @param version for tests; default the newest */
export function migrate(database: DatabaseSync, version: number = FILE_VERSION): void {
  for (let from = versionOf(database); from < version; from += 1) {
    database.exec(`BEGIN IMMEDIATE; ${MIGRATIONS[from]}; PRAGMA user_version = ${from + 1}; COMMIT`);
  }
}
