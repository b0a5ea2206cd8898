import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { FILE_VERSION, migrate, versionOf } from './migrations.ts';
import { faultOf, type StoreFault } from './store-fault.ts';

const FILE = 'sessions.sqlite';
const LOCK = 'sessions.lock';

/** How long another connection is waited for; a write of ours takes a few milliseconds. */
const BUSY_TIMEOUT_MS = 2_000;

/** A larger file is not read through when it is opened: this much takes a tenth of a second. */
const MOST_CHECKED_BYTES = 32 * 1_024 * 1_024;

/** A file of sessions that is open. */
export interface OpenedFile {
  readonly database: DatabaseSync;
  readonly path: string;
  /** What was found when it was opened; null when all is well. With `in-use` it is only to be read. */
  readonly fault: StoreFault | null;
  /** Where a damaged file was kept aside; null when there was none. */
  readonly keptAside: string | null;
  /** Lets the file go. */
  close(): void;
}

/**
 * Opens the sessions of a folder, which is made if need be. The first that opens them holds a lock until it closes them or
 * ends, however it ends; any other is told that they are in use. A damaged file is kept aside under another name and a new
 * one begun. Gives the fault when there is nothing to read or write.
 * @param isDamaged it was found to be so while it was open
 */
export function openSessionFile(folder: string, wallNowEpochMs: number, isDamaged = false): OpenedFile | StoreFault {
  const path = join(folder, FILE);
  let lock: DatabaseSync | null = null;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    lock = takeLock(join(folder, LOCK));
    if (lock === null) return readOnly(path, { kind: 'in-use', osCode: 'SQLITE_BUSY' });
    const held = lock;
    const sound = isDamaged ? null : openSound(path);
    if (sound === 'too-new') {
      held.close();
      return { kind: 'too-new', osCode: '' };
    }
    const keptAside = sound === null ? keepAside(path, wallNowEpochMs) : null;
    const database = sound ?? openToWrite(path);
    return {
      database,
      path,
      fault: keptAside === null ? null : { kind: 'corrupt', osCode: 'SQLITE_CORRUPT' },
      keptAside,
      close: () => {
        database.close();
        held.close();
      },
    };
  } catch (error) {
    lock?.close();
    const fault = faultOf(error);
    if (fault === null) throw error;
    return fault;
  }
}

/** SQLite's own lock of a file beside: the system lets it go when the process ends, killed or not. */
function takeLock(path: string): DatabaseSync | null {
  const lock = new DatabaseSync(path, { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    if (faultOf(error)?.kind === 'in-use') return null;
    throw error;
  }
}

function openSound(path: string): DatabaseSync | 'too-new' | null {
  let database: DatabaseSync | null = null;
  try {
    database = openToWrite(path);
    return database;
  } catch (error) {
    database?.close();
    if (error instanceof TooNewError) return 'too-new';
    if (error instanceof DamagedError || faultOf(error)?.kind === 'corrupt') return null;
    throw error;
  }
}

class DamagedError extends Error {
  override readonly name = 'DamagedError';
}

class TooNewError extends Error {
  override readonly name = 'TooNewError';
}

function openToWrite(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    if (versionOf(database) > FILE_VERSION) throw new TooNewError('The file is of a newer program');
    // A commit is in the file when the process dies, and the file is sound when the machine does.
    // Of a new file only: three pages of probes fit one of SQLite's, and little of it stays empty; room that is deleted can
    // be given back.
    database.exec('PRAGMA page_size = 8192; PRAGMA auto_vacuum = INCREMENTAL');
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON');
    migrate(database);
    check(database, path);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Reads all pages of a small file; of a large one, which would take seconds, only the list of sessions. */
function check(database: DatabaseSync, path: string): void {
  database.prepare('SELECT count(*), sum(length(facts)) FROM session').get();
  if (statSync(path).size > MOST_CHECKED_BYTES) return;
  const found = database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
  if (found !== 'ok') throw new DamagedError(String(found));
}

function readOnly(path: string, fault: StoreFault): OpenedFile | StoreFault {
  if (!existsSync(path)) return fault;
  try {
    const database = new DatabaseSync(path, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
    return { database, path, fault, keptAside: null, close: () => database.close() };
  } catch (error) {
    const why = faultOf(error);
    if (why === null) throw error;
    return why;
  }
}

/** Renames the file and what SQLite keeps beside it; gives the new name. */
function keepAside(path: string, wallNowEpochMs: number): string {
  const moment = new Date(wallNowEpochMs).toISOString().replaceAll(/[:.]/g, '-');
  const aside = `${path}.damaged-${moment}`;
  for (const ending of ['', '-wal', '-shm']) {
    if (existsSync(path + ending)) renameSync(path + ending, aside + ending);
  }
  return aside;
}
