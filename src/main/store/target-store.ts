import { RECENT_TARGETS_LIMIT } from '../../contract/targets.ts';
import { readWatchedTarget, type WatchedTarget } from '../../contract/watched-target.ts';
import type { JsonRecord } from './json-file.ts';
import type { KeptRecord } from './kept-record.ts';

/** What is watched, in order, and what was lately. Entries of a newer version that are not understood here stay kept. */
export class TargetStore {
  readonly record: KeptRecord;

  constructor(record: KeptRecord) {
    this.record = record;
  }

  /** The newest first. */
  get recent(): readonly string[] {
    return listOf(this.record.value, 'recent').filter((one) => typeof one === 'string');
  }

  get watched(): readonly WatchedTarget[] {
    return listOf(this.record.value, 'watched')
      .map(readWatchedTarget)
      .filter((entry) => entry !== null);
  }

  noteRecent(target: string): void {
    this.#edit('recent', (recent) =>
      withRecent(
        recent.filter((one) => typeof one === 'string'),
        target,
      ),
    );
  }

  forgetRecent(): void {
    this.#edit('recent', () => []);
  }

  /** Keeps a target in its place, a new one behind the others. */
  put(target: WatchedTarget): void {
    this.#edit('watched', (watched) => {
      const at = watched.findIndex((entry) => keyOf(entry) === target.key);
      return at === -1 ? [...watched, target] : watched.with(at, target);
    });
  }

  remove(key: string): void {
    this.#edit('watched', (watched) => watched.filter((entry) => keyOf(entry) !== key));
  }

  #edit(name: 'recent' | 'watched', edit: (list: readonly unknown[]) => readonly unknown[]): void {
    // Its end is of no interest here: what could not be kept is among the record's troubles.
    void this.record.change((record) => ({ ...record, [name]: edit(listOf(record, name)) }));
  }
}

/** Targets with one more in front; names are the same whatever their case (RFC 4343). */
export function withRecent(targets: readonly string[], target: string): string[] {
  const key = target.toLowerCase();
  return [target, ...targets.filter((one) => one.toLowerCase() !== key)].slice(0, RECENT_TARGETS_LIMIT);
}

function listOf(record: JsonRecord, name: string): readonly unknown[] {
  const list = record[name];
  return Array.isArray(list) ? list : [];
}

function keyOf(entry: unknown): unknown {
  return typeof entry === 'object' && entry !== null && 'key' in entry ? entry.key : null;
}
