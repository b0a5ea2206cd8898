import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { epochMilliseconds, milliseconds } from '../../../contract/units.ts';
import { VirtualClock } from '../../base/clock.ts';
import { SeededRandom } from '../../base/random.ts';
import { JournalledRecording } from '../../engine/path/journal/journalled-recording.ts';
import { createPathRecording } from '../../engine/path/path-recording.ts';
import { A, HOP, INTERVAL, recordAll, START, timeOf } from '../../engine/path/test-recorded-rounds.ts';
import { FILE_VERSION, migrate, versionOf } from '../../store/sessions/migrations.ts';
import { openSessionFile } from '../../store/sessions/open-session-file.ts';
import { SessionKeeper } from './session-keeper.ts';
import type { OpenFile } from './session-shelf.ts';

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
const WHOLE = { fromEpochMs: null, toEpochMs: null, lastMs: null };

let folder: string;
let clock: VirtualClock;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopscope-faults-'));
  clock = new VirtualClock(epochMilliseconds(START));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A keeper that keeps one path, and rounds for it. */
function recording(openFile?: OpenFile, seed = 1) {
  const keeper = new SessionKeeper(
    { clock, random: new SeededRandom(seed), ...(openFile === undefined ? {} : { openFile }) },
    folder,
  );
  const path = new JournalledRecording(createPathRecording({ interval: INTERVAL, maxHops: 4 }));
  keeper.begin(ORDER);
  /** Rounds as `recordAll` has them; what the keeper says of its store. */
  const tell = (fates: string) => {
    recordAll(path, fates);
    clock.advance(milliseconds(fates.length * INTERVAL));
    return keeper.append([{ pathId: 'path', bytes: path.take(), facts: null, names: [], happenings: [] }]);
  };
  const rounds = () => {
    const [session] = keeper.list(null).sessions;
    const report = keeper.report({ sessionId: session?.sessionId ?? '', ...WHOLE });
    return report.ok ? report.value.rounds : 0;
  };
  return { keeper, path, tell, rounds };
}

/** What a program that starts now reads of all sessions. */
function readBack(): number[] {
  const keeper = new SessionKeeper({ clock, random: new SeededRandom(2) }, folder);
  const { sessions } = keeper.list(null);
  keeper[Symbol.dispose]();
  return sessions.map(({ rounds }) => rounds);
}

describe('the store of sessions', () => {
  it('says that the disk is full, keeps what is measured in memory, and writes it when there is room', () => {
    let database: DatabaseSync | null = null;
    const { keeper, tell, rounds } = recording((...args) => {
      const opened = openSessionFile(...args);
      if ('database' in opened) database = opened.database;
      return opened;
    });
    expect(tell('aaaaa')).toMatchObject({ mode: 'writing', trouble: null });
    const limited = database as DatabaseSync | null;
    limited?.exec(`PRAGMA max_page_count = 1`);
    const full = tell('a'.repeat(1_000));
    expect(full).toMatchObject({ mode: 'not-writing', trouble: { kind: 'disk-full', osCode: 'SQLITE_FULL' } });
    expect(tell('aaaaa')).toMatchObject({ mode: 'not-writing', lostBatches: 0 });
    expect(rounds()).toBe(1_010);
    limited?.exec('PRAGMA max_page_count = 1000000');
    expect(tell('a'.repeat(11))).toMatchObject({ mode: 'writing', trouble: null, lostBatches: 0 });
    keeper[Symbol.dispose]();
    expect(readBack()).toEqual([1_021]);
  });

  it('goes on in another session when one takes much of the room, without losing a round', () => {
    const { keeper, path, tell } = recording();
    tell('a'.repeat(4_000));
    const inFlight = path.openRound(timeOf(4_000));
    path.recordSent(inFlight, HOP);
    keeper.append([{ pathId: 'path', bytes: path.take(), facts: null, names: [], happenings: [] }]);
    const [whole] = keeper.list(null).sessions;
    keeper.retain({ mostAgeMs: 1e12, mostBytes: 5 * (whole?.bytes ?? 0), mostFlightBytes: 1e12 });
    expect(keeper.list(null).sessions).toHaveLength(1);
    keeper.retain({ mostAgeMs: 1e12, mostBytes: 3 * (whole?.bytes ?? 0), mostFlightBytes: 1e12 });
    path.recordAnswer(inFlight, HOP, A, milliseconds(10));
    recordAll(path, 'a'.repeat(20));
    keeper.append([{ pathId: 'path', bytes: path.take(), facts: null, names: [], happenings: [] }]);
    const sessions = keeper.list(null).sessions.map(({ pathId, rounds }) => ({ pathId, rounds }));
    expect(sessions).toEqual([
      { pathId: 'path', rounds: 20 },
      { pathId: null, rounds: 4_001 },
    ]);
    keeper[Symbol.dispose]();
    expect(readBack()).toEqual([20, 4_001]);
  });

  it('counts what was lost when the disk stays full for too long, and goes on in another session', () => {
    let database: DatabaseSync | null = null;
    const { keeper, tell } = recording((...args) => {
      const opened = openSessionFile(...args);
      if ('database' in opened) database = opened.database;
      return opened;
    });
    tell('aaaaa');
    const limited = database as DatabaseSync | null;
    limited?.exec('PRAGMA max_page_count = 1');
    expect(tell('a'.repeat(6_000))).toMatchObject({ mode: 'not-writing', lostBatches: 1 });
    limited?.exec('PRAGMA max_page_count = 1000000');
    expect(tell('a'.repeat(20))).toMatchObject({ mode: 'writing', lostBatches: 1 });
    keeper[Symbol.dispose]();
    expect(readBack().toSorted()).toEqual([20, 5]);
  });

  it('measures on, and says why nothing is kept, where it may not write', () => {
    // A file in the place of the folder: nobody may make anything in it, root neither.
    writeFileSync(join(folder, 'file'), '');
    const keeper = new SessionKeeper({ clock, random: new SeededRandom(1) }, join(folder, 'file', 'folder'));
    keeper.begin(ORDER);
    const state = keeper.append([]);
    expect(state).toMatchObject({ mode: 'not-writing', file: null, trouble: { kind: 'other', osCode: 'ENOTDIR' } });
    expect(keeper.list(null).sessions).toMatchObject([{ target: 'host.example', rounds: 0 }]);
  });

  it('says that it may only be read when it refuses to be written', () => {
    let database: DatabaseSync | null = null;
    const { tell } = recording((...args) => {
      const opened = openSessionFile(...args);
      if ('database' in opened) database = opened.database;
      return opened;
    });
    (database as DatabaseSync | null)?.exec('PRAGMA query_only = 1');
    expect(tell('aa')).toMatchObject({
      mode: 'not-writing',
      trouble: { kind: 'read-only', osCode: 'SQLITE_READONLY' },
    });
  });

  it('keeps a damaged file aside, says where, and begins a new one', () => {
    writeFileSync(join(folder, 'sessions.sqlite'), 'this is no database, whatever its name says'.repeat(100));
    const { tell, rounds } = recording();
    const state = tell('aaa');
    expect(state).toMatchObject({ mode: 'writing', trouble: { kind: 'corrupt' } });
    expect(readdirSync(folder)).toContain(state.trouble?.keptAside?.split('/').at(-1));
    expect(rounds()).toBe(3);
  });

  it('leaves a file of a newer program alone', () => {
    const { keeper, tell } = recording();
    tell('aaa');
    keeper[Symbol.dispose]();
    const newer = new DatabaseSync(join(folder, 'sessions.sqlite'));
    newer.exec(`PRAGMA user_version = ${FILE_VERSION + 1}`);
    newer.close();
    expect(recording().tell('aa')).toMatchObject({ mode: 'not-writing', trouble: { kind: 'too-new' } });
    const after = new DatabaseSync(join(folder, 'sessions.sqlite'));
    expect(versionOf(after)).toBe(FILE_VERSION + 1);
    after.close();
  });

  it('is taken over when the program that held it has ended', () => {
    const first = recording();
    first.tell('aaa');
    const second = recording(undefined, 9);
    expect(second.tell('aa')).toMatchObject({ mode: 'not-writing', trouble: { kind: 'in-use' } });
    first.keeper[Symbol.dispose]();
    clock.advance(milliseconds(10_000));
    expect(second.tell('aa')).toMatchObject({ mode: 'writing', trouble: null });
    second.keeper[Symbol.dispose]();
    expect(readBack().toSorted()).toEqual([3, 4]);
  });

  it('goes on with a file of the version before, and keeps there what that version did not know', () => {
    const before = new DatabaseSync(join(folder, 'sessions.sqlite'));
    migrate(before, 1);
    before.exec(
      `INSERT INTO session (id, target, destination, family, interval_ms, max_hops, is_simulated, origin, begun_at_ms)
       VALUES ('old', 'host.example', '192.0.2.1', 4, ${INTERVAL}, 4, 0, 'measured', ${START - 10_000})`,
    );
    before.close();
    const { keeper, tell } = recording();
    tell('aa');
    const step = { kind: 'clock-stepped', atEpochMs: START + 1, byMs: 5_000 } as const;
    keeper.append([{ pathId: 'path', bytes: null, facts: null, names: [], happenings: [step] }]);
    expect(keeper.list(null).sessions.map(({ sessionId, pathId }) => [sessionId, pathId])).toEqual([['old', 'path']]);
    expect(keeper.happenings({ sessionId: 'old' })).toEqual({ ok: true, value: { happenings: [step] } });
    keeper[Symbol.dispose]();
    using again = new SessionKeeper({ clock, random: new SeededRandom(2) }, folder);
    expect(again.happenings({ sessionId: 'old' })).toEqual({ ok: true, value: { happenings: [step] } });
  });

  it('reads the file of an older program that holds it, which knows nothing of what happened', () => {
    const older = new DatabaseSync(join(folder, 'sessions.sqlite'));
    migrate(older, 1);
    older.exec(
      `INSERT INTO session (id, target, destination, family, interval_ms, max_hops, is_simulated, origin, begun_at_ms)
       VALUES ('old', 'host.example', '192.0.2.1', 4, ${INTERVAL}, 4, 0, 'measured', ${START})`,
    );
    const lock = new DatabaseSync(join(folder, 'sessions.lock'));
    lock.exec('BEGIN EXCLUSIVE');
    using keeper = new SessionKeeper({ clock, random: new SeededRandom(2) }, folder);
    expect(keeper.list(null)).toMatchObject({
      sessions: [{ sessionId: 'old' }],
      store: { trouble: { kind: 'in-use' } },
    });
    expect(keeper.happenings({ sessionId: 'old' })).toEqual({ ok: true, value: { happenings: [] } });
    lock.close();
    older.close();
  });

  it('makes its tables in an empty file, each version from the one before', () => {
    const database = new DatabaseSync(':memory:');
    for (let version = 0; version <= FILE_VERSION; version += 1) {
      migrate(database, version);
      expect(versionOf(database)).toBe(version);
    }
    const tables = database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`).all();
    expect(tables.map(({ name }) => name)).toEqual([
      'archive',
      'comment',
      'happening',
      'incident',
      'journal',
      'page',
      'session',
    ]);
  });
});
