import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf } from './file-lock.ts';

/** An object of JSON, whatever its keys. */
export type JsonRecord = Readonly<Record<string, unknown>>;

export type ReadFile =
  | { readonly kind: 'read'; readonly record: JsonRecord }
  /** There is none yet. */
  | { readonly kind: 'absent' }
  /** Null: it could be read, but is not an object of JSON. */
  | { readonly kind: 'bad'; readonly osCode: string | null };

export function readJsonFile(path: string): ReadFile {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const osCode = codeOf(error);
    // A file in the place of its folder: then it is not this one that cannot be read.
    return osCode === 'ENOENT' || osCode === 'ENOTDIR' ? { kind: 'absent' } : { kind: 'bad', osCode };
  }
  try {
    // Editors of some systems put a byte order mark in front.
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return isRecord(value) ? { kind: 'read', record: value } : { kind: 'bad', osCode: null };
  } catch {
    return { kind: 'bad', osCode: null };
  }
}

/** What tells one version of a file from another; null when there is none. */
export function versionOf(path: string): string | null {
  try {
    const { ino, size, mtimeNs } = statSync(path, { bigint: true });
    return `${ino} ${size} ${mtimeNs}`;
  } catch {
    return null;
  }
}

/** Renames a file that cannot be used to a name nothing else has; gives the name, or null when that is refused. */
export function putAside(path: string, wallNowEpochMs: number): string | null {
  const moment = new Date(wallNowEpochMs).toISOString().replaceAll(':', '-');
  for (let n = 1; ; n += 1) {
    const aside = `${path}.unusable-${moment}${n === 1 ? '' : `-${n}`}`;
    if (versionOf(aside) !== null) continue;
    try {
      renameSync(path, aside);
      return aside;
    } catch {
      return null;
    }
  }
}

/** Makes the folder of a file, for this account only. */
export function makeFolderOf(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
}

/** Writes a file that is to take another's place and sees it to the disk. */
export async function writeDraft(path: string, record: JsonRecord): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(textOf(record));
    await file.sync();
  } finally {
    await file.close();
  }
}

/** {@link writeDraft}, for when there is no time to wait. */
export function writeDraftNow(path: string, record: JsonRecord): void {
  const descriptor = openSync(path, 'wx', 0o600);
  try {
    writeFileSync(descriptor, textOf(record));
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Puts the draft in the file's place: whoever reads sees the old one or the new one, also after a loss of power. */
export function putInPlace(draft: string, path: string): void {
  renameSync(draft, path);
  try {
    const folder = openSync(dirname(path), 'r');
    fsyncSync(folder);
    closeSync(folder);
  } catch {
    // Not every system lets a folder be opened; then its own order of writing has to do.
  }
}

export function discard(draft: string): void {
  rmSync(draft, { force: true });
}

function textOf(record: JsonRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}

function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
