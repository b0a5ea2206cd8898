import type { Failure } from '../../contract/failure.ts';
import type { Clock } from '../base/clock.ts';
import { Emitter } from '../base/emitter.ts';
import type { Random } from '../base/random.ts';
import { acquireLock, codeOf, tryLock } from './file-lock.ts';
import {
  discard,
  type JsonRecord,
  makeFolderOf,
  putAside,
  putInPlace,
  readJsonFile,
  versionOf,
  writeDraft,
  writeDraftNow,
} from './json-file.ts';

export interface KeptRecordDeps {
  readonly clock: Clock;
  readonly random: Random;
}

/** One change: what becomes of a record. It is made again when another instance has written meanwhile. */
export type Edit = (record: JsonRecord) => JsonRecord;

type Holds = Extract<Failure, { code: 'file-not-read' }>['holds'];

/**
 * An object of JSON in a file, shared with other instances of the program: a change is made to what the file says at
 * that moment, so nobody's is lost, and keys that are not known here survive. A file that cannot be used is put aside
 * and told, and the record begins empty; what cannot be written holds in memory and is told. Nothing throws.
 */
export class KeptRecord implements Disposable {
  /** The record is another one, or its troubles are. */
  readonly onChange = new Emitter<void>();
  /** Null: in memory only. */
  readonly path: string | null;
  readonly #deps: KeptRecordDeps;
  readonly #holds: Holds;
  /** As the file has it. */
  #kept: JsonRecord = {};
  /** Made here and not in the file yet. */
  #edits: Edit[] = [];
  #value: JsonRecord = {};
  #version: string | null = null;
  /** Why the file must stay as it is; null when it may be written. */
  #stuck: Error | null = null;
  #unread: Failure | null = null;
  #unwritten: Failure | null = null;
  /** What is being written; a second writer of this process waits for its end. */
  #writing: Promise<void> | null = null;
  #lock: Disposable | null = null;
  #draft: string | null = null;
  #isDisposed = false;

  constructor(deps: KeptRecordDeps, { path, holds }: { readonly path: string | null; readonly holds: Holds }) {
    this.#deps = deps;
    this.path = path;
    this.#holds = holds;
    if (path === null) return;
    this.#kept = this.#read(path) ?? {};
    this.#value = this.#kept;
  }

  get value(): JsonRecord {
    return this.#value;
  }

  /** What keeps it from being read or written. */
  get troubles(): readonly Failure[] {
    return [this.#unread, this.#unwritten].filter((trouble) => trouble !== null);
  }

  /** Makes a change; it holds at once. Resolves when it is in the file, or known not to get there. */
  async change(edit: Edit): Promise<void> {
    this.#value = edit(this.#value);
    if (this.path === null || this.#isDisposed) {
      this.onChange.emit();
      return;
    }
    this.#edits.push(edit);
    this.onChange.emit();
    // Changes of the same moment go into the file together.
    this.#writing ??= this.#writeAll(this.path).finally(() => {
      this.#writing = null;
    });
    await this.#writing;
  }

  /** Looks whether another instance has written. */
  refresh(): void {
    if (this.path === null || this.#writing !== null || this.#isDisposed) return;
    if (versionOf(this.path) === this.#version) return;
    this.#kept = this.#read(this.path) ?? this.#kept;
    this.#value = this.#edits.reduce((record, edit) => edit(record), this.#kept);
    this.onChange.emit();
  }

  /** What is not in the file yet is written before this returns. */
  [Symbol.dispose](): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    if (this.path === null || this.#edits.length === 0) return;
    // A draft that is being written is overtaken by this one.
    if (this.#draft !== null) discard(this.#draft);
    try {
      makeFolderOf(this.path);
      // Another instance that is just writing cannot be waited for here; its change is overwritten only if it puts
      // its file in place between the next two lines.
      this.#lock ??= tryLock(lockOf(this.path), this.#deps.clock.wallNow());
      const draft = this.#newDraft(this.path);
      writeDraftNow(draft, this.#merged(this.path));
      putInPlace(draft, this.path);
    } catch {
      // It was told while there was somebody to tell, or there is nobody any more.
    }
    this.#lock?.[Symbol.dispose]();
  }

  async #writeAll(path: string): Promise<void> {
    // The task that changes may change more.
    await Promise.resolve();
    while (this.#edits.length > 0 && !this.#isDisposed) {
      try {
        await this.#write(path);
        this.#tell('unwritten', null);
      } catch (error) {
        // Kept for the next time: a change or the end of the program.
        this.#tell('unwritten', { code: 'file-not-written', holds: this.#holds, path, osCode: codeOf(error) });
        return;
      }
    }
  }

  async #write(path: string): Promise<void> {
    makeFolderOf(path);
    const lock = await acquireLock(this.#deps, lockOf(path));
    if (this.#isDisposed) return lock[Symbol.dispose]();
    this.#lock = lock;
    const draft = this.#newDraft(path);
    this.#draft = draft;
    try {
      const count = this.#edits.length;
      const next = this.#merged(path);
      await writeDraft(draft, next);
      if (this.#isDisposed) return;
      putInPlace(draft, path);
      this.#version = versionOf(path);
      this.#kept = next;
      this.#edits = this.#edits.slice(count);
      this.#value = this.#edits.reduce((record, edit) => edit(record), next);
      this.onChange.emit();
    } finally {
      discard(draft);
      this.#draft = null;
      lock[Symbol.dispose]();
      this.#lock = null;
    }
  }

  /** What the file says now, with the changes made here. */
  #merged(path: string): JsonRecord {
    if (versionOf(path) !== this.#version) this.#kept = this.#read(path) ?? this.#kept;
    // What cannot be used nor put aside is not to be overwritten.
    if (this.#stuck !== null) throw this.#stuck;
    return this.#edits.reduce((record, edit) => edit(record), this.#kept);
  }

  /** Null for a file that cannot be used; it is put aside, so that the next writing does not destroy it. */
  #read(path: string): JsonRecord | null {
    const read = readJsonFile(path);
    this.#version = versionOf(path);
    this.#stuck = null;
    switch (read.kind) {
      case 'absent':
        return {};
      case 'read':
        return read.record;
      case 'bad': {
        const keptAs = putAside(path, this.#deps.clock.wallNow());
        this.#version = versionOf(path);
        if (keptAs === null)
          this.#stuck = Object.assign(new Error('not to be overwritten'), { code: read.osCode ?? 'EEXIST' });
        this.#tell('unread', { code: 'file-not-read', holds: this.#holds, path, osCode: read.osCode, keptAs });
        return null;
      }
    }
  }

  #tell(about: 'unread' | 'unwritten', failure: Failure | null): void {
    const isNews = JSON.stringify(failure) !== JSON.stringify(about === 'unread' ? this.#unread : this.#unwritten);
    if (about === 'unread') this.#unread = failure;
    else this.#unwritten = failure;
    if (isNews) this.onChange.emit();
  }

  #newDraft(path: string): string {
    return `${path}.${process.pid}-${this.#deps.random.uint32().toString(16)}.draft`;
  }
}

function lockOf(path: string): string {
  return `${path}.lock`;
}
