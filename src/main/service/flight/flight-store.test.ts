import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { epochMilliseconds, milliseconds } from '../../../contract/units.ts';
import { VirtualClock } from '../../base/clock.ts';
import { SeededRandom } from '../../base/random.ts';
import { migrate } from '../../store/sessions/migrations.ts';
import { openSessionFile } from '../../store/sessions/open-session-file.ts';
import type { SessionRow } from '../../store/sessions/session-rows.ts';
import { SessionKeeper } from '../sessions/session-keeper.ts';
import { spentFlight } from '../sessions/session-retention.ts';
import { EMPTY_SUMMARY } from '../sessions/session-summary.ts';
import { HOPS, REST_MS, recordFlight, SEEN, START } from './test-flight-file.ts';

const DAY_MS = 86_400_000;
let folder: string;
let clock: VirtualClock;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopscope-flight-store-'));
  clock = new VirtualClock(epochMilliseconds(START));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the disk of the flight recorder', () => {
  it('is within its cap for days, in which the oldest at rest goes first and incidents stay', () => {
    const { keeper, tell } = recordFlight(clock, folder);
    const cap = 400_000;
    keeper.retain({ mostAgeMs: 1e12, mostBytes: 1e12, mostFlightBytes: cap });
    let greatest = 0;
    const roundsOfDay = DAY_MS / REST_MS;
    for (let day = 0; day < 6; day += 1) {
      for (let part = 0; part < 12; part += 1) {
        tell(roundsOfDay / 12);
        greatest = Math.max(greatest, statSync(join(folder, 'sessions.sqlite')).size);
      }
      const fromEpochMs = clock.wallNow();
      keeper.openIncident({ pathId: 'path', fromEpochMs, seen: SEEN });
      tell(18);
      keeper.closeIncident({ pathId: 'path', toEpochMs: fromEpochMs + 60_000, end: 'calm' });
    }
    const { sessions } = keeper.list(null);
    expect(greatest).toBeLessThanOrEqual(cap);
    // All of it would be several times as much.
    expect(greatest).toBeGreaterThan(cap / 2);
    const incidents = sessions.filter(({ flight }) => flight === 'incident');
    expect(incidents).toHaveLength(6);
    // Five minutes before, and what followed.
    expect(incidents.every(({ rounds }) => rounds === 30 + 18)).toBe(true);
    const rest = sessions.filter(({ flight }) => flight === 'at-rest');
    expect(Math.min(...rest.map(({ fromEpochMs }) => fromEpochMs ?? 0))).toBeGreaterThan(START + 2 * DAY_MS);
    expect(rest[0]?.toEpochMs ?? incidents[0]?.toEpochMs).toBeGreaterThan(START + 5 * DAY_MS);
    keeper[Symbol.dispose]();
    using again = new SessionKeeper({ clock, random: new SeededRandom(9) }, folder);
    const known = ({ sessionId, rounds, verdict }: (typeof sessions)[number]) => ({ sessionId, rounds, verdict });
    expect(
      again
        .list(null)
        .sessions.filter(({ flight }) => flight === 'incident')
        .map(known),
    ).toEqual(incidents.map(known));
  });

  it('holds, when incidents alone are too much, the newest and all that are pinned', () => {
    const session = (
      id: string,
      flight: 'at-rest' | 'incident' | null,
      day: number,
      isPinned = false,
      isRecorded = false,
    ) => ({
      row: { id, flight, isPinned, begunAtEpochMs: 0, removedAtEpochMs: null } as SessionRow,
      summary: { ...EMPTY_SUMMARY, toEpochMs: day * DAY_MS, bytes: 100_000 },
      isRecorded,
    });
    const sessions = [
      session('own', null, 1),
      session('rest-new', 'at-rest', 9),
      session('rest-live', 'at-rest', 10, false, true),
      session('rest-old', 'at-rest', 2),
      session('incident-new', 'incident', 8),
      session('incident-old', 'incident', 1),
      session('incident-pinned', 'incident', 0, true),
    ];
    const spent = (mostFlightBytes: number) =>
      spentFlight(sessions, { mostAgeMs: 1, mostBytes: 1, mostFlightBytes }).map(({ id }) => id);
    expect(spent(620_000)).toEqual([]);
    expect(spent(600_000)).toEqual(['rest-old']);
    expect(spent(300_000)).toEqual(['rest-old', 'rest-new', 'incident-old']);
    expect(spent(100)).toEqual(['rest-old', 'rest-new', 'incident-old', 'incident-new']);
  });

  it('is said to be full or read-only, while measuring goes on, and what waited is written when there is room', () => {
    let database: DatabaseSync | null = null;
    const { keeper, tell } = recordFlight(clock, folder, (...args) => {
      const opened = openSessionFile(...args);
      if ('database' in opened) database = opened.database;
      return opened;
    });
    tell(40);
    const limited = database as DatabaseSync | null;
    limited?.exec('PRAGMA max_page_count = 1');
    expect(tell(1_000)).toMatchObject({ mode: 'not-writing', trouble: { kind: 'disk-full' } });
    const fromEpochMs = clock.wallNow();
    keeper.openIncident({ pathId: 'path', fromEpochMs, seen: SEEN });
    tell(18);
    limited?.exec('PRAGMA max_page_count = 1000000');
    // What is over waited for that as well as the incident, which goes on.
    expect(tell(5)).toMatchObject({ mode: 'writing', trouble: null, lostBatches: 0 });
    expect(keeper.list(null).sessions.filter(({ flight }) => flight === 'at-rest')).toMatchObject([{ rounds: 1_040 }]);
    keeper.closeIncident({ pathId: 'path', toEpochMs: fromEpochMs + 60_000, end: 'calm' });
    expect(keeper.list(null).sessions.filter(({ flight }) => flight === 'incident')).toMatchObject([
      { rounds: 30 + 18 + 5, incident: { end: 'calm' } },
    ]);
  });

  it('carries an incident on past a disk that took nothing for too long, and files what comes after it', () => {
    let database: DatabaseSync | null = null;
    const { keeper, tell } = recordFlight(clock, folder, (...args) => {
      const opened = openSessionFile(...args);
      if ('database' in opened) database = opened.database;
      return opened;
    });
    tell(40);
    const limited = database as DatabaseSync | null;
    const fromEpochMs = clock.wallNow();
    keeper.openIncident({ pathId: 'path', fromEpochMs, seen: SEEN });
    tell(30, 1_000);
    limited?.exec('PRAGMA max_page_count = 1');
    tell(6_000, 1_000);
    limited?.exec('PRAGMA max_page_count = 1000000');
    clock.advance(milliseconds(10_000));
    tell(10, 1_000);
    const toEpochMs = clock.wallNow();
    keeper.closeIncident({ pathId: 'path', toEpochMs, end: 'calm' });
    tell(40);
    const again = clock.wallNow();
    keeper.openIncident({ pathId: 'path', fromEpochMs: again, seen: SEEN });
    tell(10, 1_000);
    const filed = keeper.list(null).sessions.filter(({ flight }) => flight === 'incident');
    expect(
      filed.map(({ incident }) => incident).toSorted((a, b) => (a?.toEpochMs ?? 9e15) - (b?.toEpochMs ?? 9e15)),
    ).toEqual([
      { fromEpochMs, toEpochMs: expect.any(Number), end: 'cut-off', seen: SEEN },
      { fromEpochMs, toEpochMs, end: 'calm', seen: SEEN },
      { fromEpochMs: again, toEpochMs: null, end: null, seen: SEEN },
    ]);
  });

  it('carries an incident on into the file that takes the place of a damaged one', () => {
    let database: DatabaseSync | null = null;
    const { keeper, tell } = recordFlight(clock, folder, (...args) => {
      const opened = openSessionFile(...args);
      if ('database' in opened) database = opened.database;
      return opened;
    });
    tell(40);
    const fromEpochMs = clock.wallNow();
    keeper.openIncident({ pathId: 'path', fromEpochMs, seen: SEEN });
    tell(20, 1_000);
    const damaged = database as DatabaseSync | null;
    const isCommit = (sql: string) => sql === 'COMMIT';
    const exec = damaged?.exec.bind(damaged);
    // SQLITE_CORRUPT (11) as node:sqlite reports it.
    const corrupt = () => Object.assign(new Error(), { code: 'ERR_SQLITE_ERROR', errcode: 11 });
    if (damaged !== null) {
      damaged.exec = (sql) => {
        if (isCommit(sql)) throw corrupt();
        exec?.(sql);
      };
    }
    expect(tell(5, 1_000)).toMatchObject({ trouble: { kind: 'corrupt' } });
    tell(5, 1_000);
    const toEpochMs = clock.wallNow();
    keeper.closeIncident({ pathId: 'path', toEpochMs, end: 'calm' });
    tell(40);
    const again = clock.wallNow();
    keeper.openIncident({ pathId: 'path', fromEpochMs: again, seen: SEEN });
    tell(10, 1_000);
    const filed = keeper.list(null).sessions.filter(({ flight }) => flight === 'incident');
    expect(
      filed.map(({ incident }) => incident).toSorted((a, b) => (a?.toEpochMs ?? 9e15) - (b?.toEpochMs ?? 9e15)),
    ).toEqual([
      { fromEpochMs, toEpochMs, end: 'calm', seen: SEEN },
      { fromEpochMs: again, toEpochMs: null, end: null, seen: SEEN },
    ]);
  });

  it('goes on with a file of the version before', () => {
    const before = new DatabaseSync(join(folder, 'sessions.sqlite'));
    migrate(before, 2);
    before.exec(
      `INSERT INTO session (id, target, destination, family, interval_ms, max_hops, is_simulated, origin, begun_at_ms)
       VALUES ('own', 'host.example', '192.0.2.1', 4, ${REST_MS}, ${HOPS}, 0, 'measured', ${START - 10_000})`,
    );
    before.close();
    const { keeper, tell } = recordFlight(clock, folder);
    tell(3);
    // The session that a person watches is none of the flight recorder's, even with the same target and rate.
    expect(
      keeper.list(null).sessions.map(({ sessionId, flight, rounds }) => [sessionId === 'own', flight, rounds]),
    ).toEqual([
      [false, 'at-rest', 3],
      [true, null, 0],
    ]);
  });
});
