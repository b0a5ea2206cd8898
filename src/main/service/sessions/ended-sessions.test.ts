import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { epochMilliseconds, milliseconds } from '../../../contract/units.ts';
import { VirtualClock } from '../../base/clock.ts';
import { SeededRandom } from '../../base/random.ts';
import { JournalledRecording } from '../../engine/path/journal/journalled-recording.ts';
import { createPathRecording } from '../../engine/path/path-recording.ts';
import { INTERVAL, recordAll, START, timeOf } from '../../engine/path/test-recorded-rounds.ts';
import { openSessionFile } from '../../store/sessions/open-session-file.ts';
import { SessionKeeper } from './session-keeper.ts';

const ORDER = {
  pathId: 'path',
  target: 'host.example',
  destination: '192.0.2.1',
  family: 4,
  intervalMs: INTERVAL,
  maxHops: 4,
  isSimulated: false,
  closeIntervalMs: null,
  atEpochMs: START,
} as const;

let folder: string;
let clock: VirtualClock;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopscope-ended-'));
  clock = new VirtualClock(epochMilliseconds(START));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A keeper that keeps one path, in a file that can be had to be full. */
function recording() {
  let database: DatabaseSync | null = null;
  const openFile: typeof openSessionFile = (...args) => {
    const opened = openSessionFile(...args);
    if ('database' in opened) database = opened.database;
    return opened;
  };
  const keeper = new SessionKeeper({ clock, random: new SeededRandom(1), openFile }, folder);
  const path = new JournalledRecording(createPathRecording({ interval: INTERVAL, maxHops: 4 }));
  keeper.begin(ORDER);
  const tell = (fates: string) => {
    recordAll(path, fates);
    clock.advance(milliseconds(fates.length * INTERVAL));
    return keeper.append([{ pathId: 'path', bytes: path.take(), facts: null, names: [], happenings: [] }]);
  };
  const limit = (pages: number) => (database as DatabaseSync | null)?.exec(`PRAGMA max_page_count = ${pages}`);
  return { keeper, path, tell, limit };
}

/** What a program that starts now reads of all sessions. */
function readBack(): number[] {
  using keeper = new SessionKeeper({ clock, random: new SeededRandom(2) }, folder);
  return keeper.list(null).sessions.map(({ rounds }) => rounds);
}

describe('a path whose measurement ends', () => {
  it('keeps what was measured of a path that ends while the disk is full, until it can be written', () => {
    const { keeper, tell, limit } = recording();
    tell('aaaaa');
    limit(1);
    tell('a'.repeat(1_000));
    keeper.end({ pathId: 'path', isOver: true });
    expect(keeper.list(null)).toMatchObject({ sessions: [{ pathId: null, rounds: 1_005 }], store: { lostBatches: 0 } });
    // The same target again is another session, also while the end of the first waits.
    keeper.begin(ORDER);
    keeper.end({ pathId: 'path', isOver: true });
    limit(1_000_000);
    clock.advance(milliseconds(10_000));
    expect(keeper.append([])).toMatchObject({ mode: 'writing', trouble: null, lostBatches: 0 });
    keeper[Symbol.dispose]();
    expect(readBack()).toEqual([1_005]);
    const file = new DatabaseSync(join(folder, 'sessions.sqlite'));
    expect(file.prepare('SELECT is_over FROM session').all()).toEqual([{ is_over: 1 }]);
    file.close();
  });

  it('gives up what is too much of paths that ended while the disk is full, the oldest, and counts it', () => {
    const { keeper, path, tell, limit } = recording();
    tell('a');
    limit(1);
    const bytes = 5 * 1_024 * 1_024;
    const failures = () => {
      // Causes are written at once, with whatever code the system gave.
      path.recordFailureCause(epochMilliseconds(timeOf(10)), 'other', 'E'.repeat(bytes));
      keeper.append([{ pathId: 'path', bytes: path.take(), facts: null, names: [], happenings: [] }]);
      keeper.end({ pathId: 'path', isOver: true });
      keeper.begin(ORDER);
      return keeper.append([]).lostBatches;
    };
    expect([failures(), failures()]).toEqual([0, 1]);
  });

  it('does not divide a session while the disk is full', () => {
    const { keeper, tell, limit } = recording();
    tell('aaaaa');
    limit(1);
    tell('a'.repeat(1_000));
    keeper.retain({ mostAgeMs: 1e12, mostBytes: 1, mostFlightBytes: 1e12 });
    expect(keeper.list(null).sessions.map(({ pathId, rounds }) => ({ pathId, rounds }))).toEqual([
      { pathId: 'path', rounds: 1_005 },
    ]);
  });
});
