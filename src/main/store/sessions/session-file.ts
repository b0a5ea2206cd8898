import { statSync } from 'node:fs';
import { HappeningRows } from './happening-rows.ts';
import { IncidentRows } from './incident-rows.ts';
import { JournalRows } from './journal-rows.ts';
import type { OpenedFile } from './open-session-file.ts';
import { PageRows } from './page-rows.ts';
import { SessionRows } from './session-rows.ts';

/** The tables of a file that is open. */
export class SessionFile {
  readonly path: string;
  readonly sessions: SessionRows;
  readonly journal: JournalRows;
  readonly pages: PageRows;
  readonly happenings: HappeningRows;
  readonly incidents: IncidentRows;
  readonly #opened: OpenedFile;

  constructor(opened: OpenedFile) {
    this.#opened = opened;
    this.path = opened.path;
    this.sessions = new SessionRows(opened.database);
    this.journal = new JournalRows(opened.database);
    this.pages = new PageRows(opened.database);
    this.incidents = new IncidentRows(opened.database);
    this.happenings = new HappeningRows(opened.database);
  }

  /** Whether it may be written. */
  get isOwned(): boolean {
    return this.#opened.fault?.kind !== 'in-use';
  }

  /**
   * Does several things as one: all of them are in the file afterwards, or none.
   * @throws what `work` throws, or SQLite when they cannot be kept
   */
  transact<T>(work: () => T): T {
    const { database } = this.#opened;
    database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      database.exec('COMMIT');
      return result;
    } catch (error) {
      // SQLite may have rolled back by itself, a full disk among other reasons.
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  }

  /** Bytes that what was measured in a session takes. */
  bytesOf(session: number): number {
    return this.journal.bytes(session) + this.pages.bytes(session) + this.happenings.bytes(session);
  }

  /** Gives the room of what was deleted back to the disk. Not to be called within a transaction. */
  shrink(): void {
    this.#opened.database.exec('PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE)');
  }

  /** What it takes on disk, with what SQLite keeps beside it. */
  get bytes(): number {
    const sizes = ['', '-wal'].map((ending) => statSync(this.path + ending, { throwIfNoEntry: false })?.size ?? 0);
    return sizes.reduce((sum, size) => sum + size, 0);
  }

  close(): void {
    this.#opened.close();
  }
}
