import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PathReport } from '../../../contract/path.ts';
import type { Session, StoreState } from '../../../contract/sessions.ts';
import type { Timeline } from '../../../contract/timeline.ts';
import { epochMilliseconds, milliseconds } from '../../../contract/units.ts';
import { VirtualClock } from '../../base/clock.ts';
import { SeededRandom } from '../../base/random.ts';
import { behind, createTestServices, DEFAULT_OPTIONS, type TestServices } from '../test-services.ts';
import { linkInProcess } from './keeper-link.ts';
import { SessionKeeper } from './session-keeper.ts';

const ROUTE = ['192.0.2.101', null, '192.0.2.103'];
const WHOLE = { fromEpochMs: null, toEpochMs: null, lastMs: null };
const START = 1_700_000_000_000;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopscope-sessions-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What a program would find that starts after this one was killed: the files as they are on disk now. */
function afterKill(): string {
  const copy = join(folder, `${Math.random()}`);
  for (const name of ['sessions.sqlite', 'sessions.sqlite-wal']) cpSync(join(folder, name), join(copy, name));
  return copy;
}

/** A program over a folder, begun some time after the start; never ended tidily unless its keeper is disposed. */
function program(
  startedAfterMs = 0,
  over = folder,
): { services: TestServices; keeper: SessionKeeper; clock: VirtualClock } {
  const clock = new VirtualClock(epochMilliseconds(START + startedAfterMs));
  const keeper = new SessionKeeper({ clock, random: new SeededRandom(startedAfterMs + 1) }, over);
  const services = createTestServices({ '192.0.2.1': behind(ROUTE) }, {}, [], { clock, keeper: linkInProcess(keeper) });
  return { services, keeper, clock };
}

async function watch({ services }: { services: TestServices }, ms: number): Promise<string> {
  const options = { ...DEFAULT_OPTIONS, maxHops: 8, reverseDns: true, asn: false, count: null, flow: null };
  const added = await services.handlers.path.add({ target: 'host.example', intervalMs: 1_000, options });
  if (!added.ok) throw new Error('not added');
  await services.pass(ms);
  return added.value.pathId;
}

async function listed(services: TestServices): Promise<Session[]> {
  return (await list(services)).sessions;
}

async function storeOf(services: TestServices): Promise<StoreState> {
  return (await list(services)).store;
}

function list(services: TestServices): Promise<{ sessions: Session[]; store: StoreState }> {
  return new Promise((resolve) => {
    const opened = services.handlers.sessions.list(
      {},
      {
        emit: (told) => {
          resolve(told);
          queueMicrotask(() => opened[Symbol.dispose]());
        },
        end: () => {},
        isCongested: () => false,
      },
    );
    void services.pass(50);
  });
}

async function reportOf(services: TestServices, sessionId: string): Promise<PathReport> {
  const report = await services.handlers.sessions.report({ sessionId, ...WHOLE });
  if (!report.ok) throw new Error(report.failure.code);
  return report.value;
}

async function timelineOf(services: TestServices, sessionId: string): Promise<Timeline> {
  const timeline = await services.handlers.sessions.timeline({ sessionId, hopLimit: 1, ...WHOLE, columns: 300 });
  if (!timeline.ok) throw new Error(timeline.failure.code);
  return timeline.value;
}

describe('sessions', () => {
  it('tell of a path that is being measured what its own report tells', async () => {
    const running = program();
    const pathId = await watch(running, 20_050);
    const [session] = await listed(running.services);
    expect(session).toMatchObject({ target: 'host.example', destination: '192.0.2.1', pathId, rounds: 21 });
    const kept = await reportOf(running.services, session?.sessionId ?? '');
    const own = await running.services.handlers.path.report({ pathId, ...WHOLE, waitForNamesMs: 0 });
    if (!own.ok) throw new Error('no report');
    // Round trips and begins are kept to a certain fineness, and both sides hold them so. What is kept ends with its last
    // round, what is running ends now.
    expect(kept).toEqual({ ...own.value, toEpochMs: own.value.fromEpochMs + 21_000 });
    expect(kept.hops.map(({ responders }) => responders[0]?.name ?? null)).toEqual([
      'name-of-192.0.2.101',
      null,
      'name-of-192.0.2.103',
      'name-of-192.0.2.1',
    ]);
  });

  it('are found by the path that is being recorded, and by no other', async () => {
    const running = program();
    const pathId = await watch(running, 2_050);
    const [session] = await listed(running.services);
    const { ofPath } = running.services.handlers.sessions;
    expect(await ofPath({ pathId })).toEqual({ ok: true, value: { sessionId: session?.sessionId } });
    expect(await ofPath({ pathId: 'p-none' })).toEqual({ ok: true, value: { sessionId: null } });
    await running.services.handlers.path.remove({ pathId });
    await running.services.pass(0);
    expect(await ofPath({ pathId })).toEqual({ ok: true, value: { sessionId: null } });
  });

  it('are all there but for the last second when the program was killed, for any period', async () => {
    const killed = program();
    const pathId = await watch(killed, 30_650);
    const own = await killed.services.handlers.path.report({ pathId, ...WHOLE, waitForNamesMs: 0 });
    const timeline = await killed.services.handlers.path.timeline({ pathId, hopLimit: 1, ...WHOLE, columns: 300 });
    if (!own.ok || !timeline.ok) throw new Error('no report');

    const { services } = program(3_600_000, afterKill());
    const [session] = await listed(services);
    expect(session?.pathId).toBeNull();
    const kept = await reportOf(services, session?.sessionId ?? '');
    // The last writing was at 30.5 s, when all that answers of the round at 30 s had answered.
    expect(own.value.rounds).toBe(31);
    expect(kept.rounds).toBe(31);
    expect(kept.hops[0]).toEqual(own.value.hops[0]);
    expect((await timelineOf(services, session?.sessionId ?? '')).columns).toEqual(
      timeline.value.columns.slice(0, kept.rounds),
    );
  });

  it('go on under their name after a restart, with a gap in which nothing was running', async () => {
    const first = program();
    await watch(first, 10_050);
    const [before] = await listed(first.services);

    const second = program(600_000, afterKill());
    await watch(second, 10_050);
    const sessions = await listed(second.services);
    expect(sessions.map(({ sessionId }) => sessionId)).toEqual([before?.sessionId]);
    const report = await reportOf(second.services, before?.sessionId ?? '');
    expect(report.rounds).toBe(22);
    expect(report.gaps).toEqual([{ fromEpochMs: START + 11_000, toEpochMs: expect.any(Number), cause: 'not-running' }]);
    expect(report.roundTrip).toMatchObject({ inFlight: 0, lossRatio: 0 });
  });

  it('are listed with all rounds when they went on after a tidy end, and the program was killed then', async () => {
    const first = program();
    await watch(first, 10_050);
    first.keeper[Symbol.dispose]();
    const second = program(60_000);
    await watch(second, 10_600);
    const killed = program(600_000, afterKill());
    expect((await listed(killed.services)).map(({ rounds, toEpochMs }) => [rounds, toEpochMs])).toEqual([
      [22, START + 70_000],
    ]);
  });

  it('are over when their path is removed: the same target begins another one', async () => {
    const { services, clock } = program();
    const pathId = await watch({ services }, 5_000);
    await services.handlers.path.remove({ pathId });
    clock.advance(milliseconds(10_000));
    await watch({ services }, 5_000);
    const sessions = await listed(services);
    expect(sessions.map((session) => session.pathId === null)).toEqual([false, true]);
    // Rounds at 0 to 5 s; the last is in flight, and the silent hop has timed out in the first four.
    expect(sessions[1]).toMatchObject({ rounds: 6, lossRatio: 0, samples: 3 * 5 + 4, verdict: { severity: 'info' } });
  });

  it('take a name, a comment and a pin, and comments on moments', async () => {
    const { services } = program();
    const pathId = await watch({ services }, 3_000);
    const { change, addComment, comments, removeComment, remove, restore } = services.handlers.sessions;
    const [session] = await listed(services);
    const sessionId = session?.sessionId ?? '';
    const changed = await change({ sessionId, name: 'cable', isPinned: true });
    expect(changed).toMatchObject({ ok: true, value: { name: 'cable', comment: '', isPinned: true } });
    const added = await addComment({ sessionId, atEpochMs: START + 1_500, text: 'router restarted' });
    if (!added.ok) throw new Error('not added');
    expect(await comments({ sessionId })).toEqual({ ok: true, value: { comments: [added.value] } });
    const { commentId } = added.value;
    expect(await removeComment({ sessionId, commentId })).toEqual({ ok: true, value: null });
    expect(await removeComment({ sessionId, commentId })).toMatchObject({ failure: { code: 'not-found' } });
    expect(await remove({ sessionIds: [sessionId] })).toMatchObject({ failure: { code: 'invalid-arguments' } });
    await services.handlers.path.remove({ pathId });
    expect(await remove({ sessionIds: [sessionId] })).toEqual({ ok: true, value: null });
    expect(await listed(services)).toEqual([]);
    expect(await restore({ sessionIds: [sessionId] })).toEqual({ ok: true, value: null });
    expect(await listed(services)).toMatchObject([{ sessionId, name: 'cable' }]);
  });

  it('are over at once when recording is switched off, and others begin with paths added after it is on again', async () => {
    const { services, keeper } = program();
    const pathId = await watch({ services }, 5_050);
    const [before] = await listed(services);
    await services.handlers.settings.change({ changes: { keepSessions: false } });
    const secondId = await watch({ services }, 5_000);
    const [off, ...none] = await listed(services);
    expect(none).toEqual([]);
    expect(off).toMatchObject({ sessionId: before?.sessionId, pathId: null, rounds: 6 });
    const own = await services.handlers.path.report({ pathId, ...WHOLE, waitForNamesMs: 0 });
    expect(own.ok && own.value.rounds).toBeGreaterThan(10);
    await services.handlers.path.remove({ pathId: secondId });

    await services.handlers.settings.change({ changes: { keepSessions: null } });
    await services.pass(5_000);
    expect(keeper.list(null).sessions).toHaveLength(1);
    await watch({ services }, 5_050);
    expect((await listed(services)).map(({ rounds }) => rounds)).toEqual([6, 6]);
  });

  it('are kept as the settings say: switched off, the store says so, and a shorter time holds at once', async () => {
    const { services, keeper } = program();
    const pathId = await watch({ services }, 3_000);
    await services.handlers.path.remove({ pathId });
    await services.pass(0);
    await services.handlers.settings.change({ changes: { keepSessions: false, keepSessionsDays: 2 } });
    expect(await storeOf(services)).toMatchObject({ mode: 'off', trouble: null });
    keeper[Symbol.dispose]();

    const threeDaysLater = program(3 * 86_400_000);
    expect(await listed(threeDaysLater.services)).toHaveLength(1);
    await threeDaysLater.services.handlers.settings.change({ changes: { keepSessionsDays: 2 } });
    expect(await listed(threeDaysLater.services)).toEqual([]);
  });

  it('are compared, one period of one with another', async () => {
    const { services } = program();
    await watch({ services }, 60_050);
    const sessionId = (await listed(services))[0]?.sessionId ?? '';
    const border = START + 30_000;
    const compared = await services.handlers.sessions.compare({
      before: { sessionId, ...WHOLE, toEpochMs: border },
      after: { sessionId, ...WHOLE, fromEpochMs: border },
    });
    if (!compared.ok) throw new Error(compared.failure.code);
    const { before, after, hops, roundTrip } = compared.value;
    expect([before.rounds, after.rounds]).toEqual([30, 31]);
    expect(hops.map(({ beforeHopLimit, afterHopLimit }) => [beforeHopLimit, afterHopLimit])).toEqual(
      [1, 2, 3, 4].map((hopLimit) => [hopLimit, hopLimit]),
    );
    // Every round trip of the virtual network takes the same time.
    expect(roundTrip.rtt).toEqual({ value: 0, low: 0, high: 0, pValue: 1 });
    expect(
      await services.handlers.sessions.compare({
        before: { sessionId: 'nobody', ...WHOLE },
        after: { sessionId, ...WHOLE },
      }),
    ).toMatchObject({ failure: { code: 'not-found', what: 'session', id: 'nobody' } });
  });

  it('that were removed are gone for good a day later', async () => {
    const { services, keeper } = program();
    const pathId = await watch({ services }, 3_000);
    await services.handlers.path.remove({ pathId });
    const [session] = await listed(services);
    const sessionIds = [session?.sessionId ?? ''];
    await services.handlers.sessions.remove({ sessionIds });
    keeper[Symbol.dispose]();
    const nextDay = program(25 * 3_600_000);
    expect(await nextDay.services.handlers.sessions.restore({ sessionIds })).toMatchObject({
      failure: { code: 'not-found', what: 'session' },
    });
  });

  it('are read but not written by a second program, which says so', async () => {
    const first = program();
    await watch(first, 5_050);
    const second = program(1_000);
    await watch(second, 2_050);
    const { store, sessions } = second.keeper.list(null);
    expect(store).toMatchObject({ mode: 'not-writing', trouble: { kind: 'in-use' } });
    expect(sessions.map(({ rounds }) => rounds)).toContain(6);
    expect(first.keeper.list(null).store).toMatchObject({ mode: 'writing', trouble: null });
  });
});
