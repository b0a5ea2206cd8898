import { closeSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { type Milliseconds, milliseconds } from '../../contract/units.ts';
import type { Clock } from '../base/clock.ts';
import { onDispose } from '../base/disposables.ts';

/** Between two looks at a lock that another instance holds; it is held for a few milliseconds. */
const LOOK_AGAIN = milliseconds(20);

/** A lock that old was left behind by a program that was stopped in its tracks, or by a number that is used again. */
const STALE_AGE_MS = 10_000;

/**
 * Takes the lock of a file, so that of several instances only one reads, changes and writes it at a time; waits while
 * another living one holds it. Dispose it to let it go.
 * @throws the system's error when the lock cannot be made at all (no such folder, no permission)
 */
export async function acquireLock({ clock }: { readonly clock: Clock }, path: string): Promise<Disposable> {
  for (;;) {
    const lock = tryLock(path, clock.wallNow());
    if (lock !== null) return lock;
    await pause(clock, LOOK_AGAIN);
  }
}

/** Takes the lock if it is free now. */
export function tryLock(path: string, wallNowEpochMs: number): Disposable | null {
  try {
    const descriptor = openSync(path, 'wx', 0o600);
    writeSync(descriptor, String(process.pid));
    closeSync(descriptor);
    return onDispose(() => rmSync(path, { force: true }));
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
  if (isStale(path, wallNowEpochMs)) rmSync(path, { force: true });
  return null;
}

function isStale(path: string, wallNowEpochMs: number): boolean {
  try {
    if (wallNowEpochMs - statSync(path).mtimeMs > STALE_AGE_MS) return true;
    const owner = Number(readFileSync(path, 'utf8'));
    // It may just have been made, with nothing in it yet.
    return Number.isInteger(owner) && owner > 0 && !isAlive(owner);
  } catch {
    return false; // let go of meanwhile
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

function pause(clock: Clock, time: Milliseconds): Promise<void> {
  return new Promise((resolve) => void clock.after(time, resolve));
}

/** The system's own name of an error, an open set; `UNKNOWN` for what has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN';
}
