import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { epochMilliseconds, milliseconds } from '../../../contract/units.ts';
import { VirtualClock } from '../../base/clock.ts';
import { SeededRandom } from '../../base/random.ts';
import type { SessionRow } from '../../store/sessions/session-rows.ts';
import { SessionKeeper } from './session-keeper.ts';
import { overlongSessions, spentSessions } from './session-retention.ts';
import { EMPTY_SUMMARY } from './session-summary.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopscope-retention-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('what is kept of sessions', () => {
  const DAY = 86_400_000;
  const kept = (
    id: string,
    endedDaysAgo: number,
    more: { isPinned?: boolean; isRecorded?: boolean; isRemoved?: boolean; days?: number } = {},
  ) => {
    const toEpochMs = (1_000 - endedDaysAgo) * DAY;
    return {
      row: {
        id,
        begunAtEpochMs: 0,
        isPinned: more.isPinned ?? false,
        origin: 'measured',
        flight: null,
        removedAtEpochMs: more.isRemoved ? 0 : null,
      } as SessionRow,
      summary: { ...EMPTY_SUMMARY, fromEpochMs: toEpochMs - (more.days ?? 1) * DAY, toEpochMs, bytes: 100 },
      isRecorded: more.isRecorded ?? false,
    };
  };
  const spent = (sessions: Parameters<typeof spentSessions>[0], mostAgeMs: number, mostBytes: number) =>
    spentSessions(sessions, { mostAgeMs, mostBytes, mostFlightBytes: 0 }, 1_000 * DAY).map(({ id }) => id);

  it('is what is not too old, and the pinned and those being recorded', () => {
    const sessions = [kept('new', 1), kept('old', 31), kept('pin', 99, { isPinned: true })];
    expect(spent([...sessions, kept('live', 40, { isRecorded: true })], 30 * DAY, 1e9)).toEqual(['old']);
  });

  it('has a session that is recorded for over a month, or takes a quarter of the room, go on in another', () => {
    const long = kept('long', 0, { isRecorded: true, days: 33 });
    const sessions = [long, kept('short', 0, { isRecorded: true, days: 31 }), kept('ended', 1, { days: 99 })];
    const overlong = (mostBytes: number) =>
      overlongSessions(sessions, { mostAgeMs: 1, mostBytes, mostFlightBytes: 1 }).map(({ id }) => id);
    expect(overlong(1e9)).toEqual(['long']);
    expect(overlong(399)).toEqual(['long', 'short']);
    expect(overlong(400)).toEqual(['long']);
  });

  it('is as much as may be, the newest', () => {
    const sessions = [kept('b', 2), kept('c', 3), kept('a', 1), kept('pin', 9, { isPinned: true })];
    expect(spent(sessions, 1_000 * DAY, 250)).toEqual(['c', 'b']);
    expect(spent(sessions, 1_000 * DAY, 400)).toEqual([]);
  });

  it('counts what was removed and can still be taken back, which goes first', () => {
    const removed = kept('gone', 1, { isPinned: true, isRemoved: true });
    const sessions = [kept('b', 2), kept('c', 3), removed];
    expect(spent(sessions, 1_000 * DAY, 300)).toEqual([]);
    expect(spent(sessions, 1_000 * DAY, 299)).toEqual(['gone']);
    expect(spent(sessions, 1_000 * DAY, 199)).toEqual(['gone', 'c']);
  });

  it('is without what was removed a day ago, while the program runs on', () => {
    const clock = new VirtualClock(epochMilliseconds(1_700_000_000_000));
    using keeper = new SessionKeeper({ clock, random: new SeededRandom(1) }, folder);
    for (const target of ['removed.example', 'other.example']) {
      keeper.begin({
        pathId: target,
        target,
        destination: '192.0.2.1',
        family: 4,
        intervalMs: 1_000,
        maxHops: 4,
        isSimulated: false,
        closeIntervalMs: null,
        atEpochMs: clock.wallNow(),
      });
      keeper.append([]);
    }
    keeper.end({ pathId: 'removed.example', isOver: true });
    const removed = keeper.list(null).sessions.find(({ target }) => target === 'removed.example');
    const sessionIds = [removed?.sessionId ?? ''];
    expect(keeper.remove({ sessionIds }).ok).toBe(true);
    clock.advance(milliseconds(DAY));
    keeper.append([]);
    expect(keeper.restore({ sessionIds }).ok).toBe(true);
    expect(keeper.remove({ sessionIds }).ok).toBe(true);
    clock.advance(milliseconds(DAY + 1));
    keeper.append([]);
    expect(keeper.restore({ sessionIds })).toMatchObject({ ok: false, failure: { code: 'not-found' } });
  });
});
