import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** Pages of sessions: bytes by level, hop limit and node, whose meaning is not known here. Every method throws SQLite's error. */
export class PageRows {
  readonly #read: StatementSync;
  readonly #readAll: StatementSync;
  readonly #write: StatementSync;
  readonly #delete: StatementSync;
  readonly #bytes: StatementSync;
  readonly #readArchive: StatementSync;
  readonly #writeArchive: StatementSync;

  constructor(database: DatabaseSync) {
    this.#read = database.prepare('SELECT bytes FROM page WHERE session = ? AND level = ? AND hop = ? AND node = ?');
    this.#readAll = database.prepare(
      'SELECT node, bytes FROM page WHERE session = ? AND level = ? AND hop = ? ORDER BY node',
    );
    this.#write = database.prepare(
      'INSERT OR REPLACE INTO page (session, level, hop, node, bytes) VALUES (?, ?, ?, ?, ?)',
    );
    this.#delete = database.prepare('DELETE FROM page WHERE session = ? AND level = ? AND hop = ? AND node = ?');
    this.#bytes = database.prepare('SELECT coalesce(sum(length(bytes)), 0) AS bytes FROM page WHERE session = ?');
    this.#readArchive = database.prepare('SELECT batch, state FROM archive WHERE session = ?');
    this.#writeArchive = database.prepare('INSERT OR REPLACE INTO archive (session, batch, state) VALUES (?, ?, ?)');
  }

  read(session: number, level: number, hop: number, node: number): Uint8Array | undefined {
    const bytes = this.#read.get(session, level, hop, node)?.['bytes'];
    return bytes instanceof Uint8Array ? bytes : undefined;
  }

  /** All of a level and hop limit, in order of their nodes. */
  *readAll(session: number, level: number, hop: number): Generator<{ node: number; bytes: Uint8Array }> {
    for (const { node, bytes } of this.#readAll.iterate(session, level, hop)) {
      if (bytes instanceof Uint8Array) yield { node: Number(node), bytes };
    }
  }

  /** In place of another page, if there is one; null for none. */
  write(session: number, level: number, hop: number, node: number, bytes: Uint8Array | null): void {
    if (bytes === null) this.#delete.run(session, level, hop, node);
    else this.#write.run(session, level, hop, node, bytes);
  }

  /** Bytes that all pages of a session take. */
  bytes(session: number): number {
    return Number(this.#bytes.get(session)?.['bytes'] ?? 0);
  }

  /** What is kept beside the pages, and the number of the last batch of the journal before it; undefined without pages. */
  readArchive(session: number): { readonly batch: number; readonly state: string } | undefined {
    const row = this.#readArchive.get(session);
    return row === undefined ? undefined : { batch: Number(row['batch']), state: String(row['state']) };
  }

  writeArchive(session: number, batch: number, state: string): void {
    this.#writeArchive.run(session, batch, state);
  }
}
