import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openPathPage } from './test-path-page.ts';

const INTERNAL = { code: 'internal', reference: 'r-1' } as const;
const LIVE_MINUTE = { kind: 'live', lengthMs: 60_000 } as const;
const PERIOD = { kind: 'period', fromEpochMs: 1_000, toEpochMs: 2_000 } as const;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A page that looks at a path, over the last minute. */
async function look() {
  const page = openPathPage(LIVE_MINUTE);
  const pathId = page.paths.add('a');
  page.paths.reports.set(pathId, { rounds: 1 });
  const attached = await page.attach();
  page.store.choose(pathId);
  await page.settle();
  return { ...page, attached, pathId, rounds: () => page.store.getView().report?.rounds };
}

describe('the chosen path', () => {
  it('is asked about at once and each second', async () => {
    const { store, paths, pathId, pass, calls, rounds } = await look();
    expect([rounds(), store.getView().isStale]).toEqual([1, false]);
    expect(store.getView().timelines.get(0)?.hopLimit).toBe(0);
    paths.reports.set(pathId, { rounds: 2 });
    expect(calls('path.report')).toEqual([`path.report ${pathId} last 60000`]);
    await pass(999);
    expect(rounds()).toBe(1);
    await pass(1);
    expect(rounds()).toBe(2);
    await pass(3_000);
    expect(calls('path.report')).toHaveLength(4);
  });

  it('is never asked about twice at a time, however long the answer takes', async () => {
    const { paths, pass, calls, settle } = await look();
    paths.hold();
    await pass(1_000);
    calls();
    await pass(5_000);
    expect([calls(), paths.held]).toEqual([[], 2]);
    paths.release();
    await settle();
    expect(paths.held).toBe(2);
  });

  it('is shown as of the focus that is asked for now: answers about another are dropped', async () => {
    const { store, paths, pathId, pass, settle, calls, rounds } = await look();
    paths.hold();
    paths.reports.set(pathId, { rounds: 2 });
    await pass(1_000);
    paths.reports.set(pathId, { rounds: 3 });
    store.setFocus(PERIOD);
    expect([store.getView().focus, store.getView().isStale, rounds()]).toEqual([PERIOD, true, 1]);
    calls();
    paths.release();
    await settle();
    // The answer of two rounds was about the last minute; the period is only now asked for.
    expect([rounds(), store.getView().isStale]).toEqual([1, true]);
    expect(calls('path.report')).toEqual([`path.report ${pathId} 1000 to 2000`]);
    paths.release();
    await settle();
    expect([rounds(), store.getView().isStale]).toEqual([3, false]);
  });

  it('forgets at once what was of another path', async () => {
    const { store, paths, settle, rounds } = await look();
    const other = paths.add('b');
    await settle();
    store.choose(other);
    expect([store.getView().path?.target, rounds(), store.getView().timelines.size]).toEqual(['b', undefined, 0]);
    await settle();
    expect(rounds()).toBe(0);
  });

  it('may be chosen before the engine has told of it, and is no more when it is removed', async () => {
    const { store, paths, attach, settle } = openPathPage();
    store.choose('p-1');
    await attach();
    expect(store.getView().path).toBeNull();
    paths.add('a');
    await settle();
    await settle();
    expect([store.getView().path?.target, store.getView().report?.target]).toEqual(['a', 'a']);
    paths.remove('p-1');
    await settle();
    expect([store.getView().path, store.getView().report]).toEqual([null, null]);
  });

  it('is asked about every five seconds over most of a day, and every second over all of a few minutes', async () => {
    const { store, paths, pathId, pass, calls, settle } = await look();
    paths.reports.set(pathId, { fromEpochMs: 0, toEpochMs: 20 * 3_600_000 });
    store.setFocus({ kind: 'live', lengthMs: 86_400_000 });
    await settle();
    // The first asking knows nothing of the length yet.
    await pass(1_000);
    calls();
    await pass(10_000);
    expect(calls('path.report')).toHaveLength(2);
    paths.reports.set(pathId, { fromEpochMs: 0, toEpochMs: 120_000 });
    store.setFocus({ kind: 'live', lengthMs: null });
    await settle();
    await pass(5_000);
    calls();
    await pass(10_000);
    expect(calls('path.report')).toHaveLength(10);
  });

  it('is asked about less often over a period that stays', async () => {
    const { store, pass, calls, settle } = await look();
    store.setFocus(PERIOD);
    await settle();
    calls();
    await pass(9_000);
    expect(calls('path.report')).toHaveLength(0);
    await pass(1_000);
    expect(calls('path.report')).toHaveLength(1);
  });

  it('is not asked about while the page is hidden, and at once when it is shown again', async () => {
    const { hide, pass, calls, settle } = await look();
    hide(true);
    calls();
    await pass(60_000);
    expect(calls()).toEqual([]);
    hide(false);
    await settle();
    expect(calls('path.report')).toHaveLength(1);
    hide(true);
    hide(false);
    await settle();
    expect(calls('path.report')).toHaveLength(0);
  });

  it('is drawn once per picture, report and timelines together', async () => {
    const { store, frames, pass, draw } = await look();
    let told = 0;
    store.subscribeView(() => {
      told += 1;
    });
    const before = store.getView();
    await vi.advanceTimersByTimeAsync(1_000);
    expect([told, frames.length, store.getView() === before]).toEqual([0, 1, true]);
    draw();
    expect([told, frames.length, store.getView() === before]).toEqual([1, 0, false]);
    await pass(1_000);
    expect(told).toBe(2);
  });
});

describe('timelines', () => {
  it('are asked for of the round trip and of the hops that are open', async () => {
    const { store, pathId, settle, calls } = await look();
    // A minute that moves on is shown with what led to it.
    expect(calls('path.timeline')).toEqual([`path.timeline ${pathId} 0 last 600000 in 299`]);
    store.setOpenTimelines([5, 3], 120);
    await settle();
    expect(calls('path.timeline')).toEqual([0, 3, 5].map((hop) => `path.timeline ${pathId} ${hop} last 600000 in 120`));
    expect([...store.getView().timelines.keys()]).toEqual([0, 3, 5]);
    store.setOpenTimelines([3, 5], 120);
    await settle();
    expect(calls('path.timeline')).toEqual([]);
    store.setOpenTimelines([5], 1);
    await settle();
    expect([...store.getView().timelines.keys()]).toEqual([0, 5]);
    expect(calls('path.timeline')[0]).toBe(`path.timeline ${pathId} 0 last 600000 in 2`);
  });

  it('stay what they were while only the report is new', async () => {
    const { store, pathId, paths, settle } = await look();
    paths.hold();
    const { timelines } = store.getView();
    paths.change(pathId, { state: { phase: 'paused' } });
    await settle();
    expect(store.getView().path?.state.phase).toBe('paused');
    expect(store.getView().timelines).toBe(timelines);
  });
});

describe('the focus', () => {
  it('is ten minutes at first, and else what was kept', () => {
    expect(openPathPage().store.getFocus()).toEqual({ kind: 'live', lengthMs: 600_000 });
    expect(openPathPage(PERIOD).store.getView().focus).toEqual(PERIOD);
  });

  it('is kept when it changes, and only then', async () => {
    const { store, keptFocuses, calls } = await look();
    calls();
    store.setFocus({ ...LIVE_MINUTE });
    expect([keptFocuses, calls()]).toEqual([[], []]);
    store.setFocus(PERIOD);
    expect([keptFocuses, store.getFocus()]).toEqual([[PERIOD], PERIOD]);
  });

  it('may be a part of what the timelines show: then only they are asked for anew', async () => {
    const { store, pathId, settle, calls } = await look();
    calls();
    store.setFocus(LIVE_MINUTE, { kind: 'live', lengthMs: null });
    await settle();
    expect(calls('path.report', 'path.timeline')).toEqual([`path.timeline ${pathId} 0 all in 299`]);
    expect([store.getView().focus, store.getView().span]).toEqual([LIVE_MINUTE, { kind: 'live', lengthMs: null }]);
    store.setFocus(PERIOD, { kind: 'live', lengthMs: null });
    await settle();
    expect(calls('path.report', 'path.timeline')).toEqual([`path.report ${pathId} 1000 to 2000`]);
  });

  it('on everything asks for everything', async () => {
    const { store, pathId, settle, calls } = await look();
    store.setFocus({ kind: 'live', lengthMs: null });
    await settle();
    expect(calls('path.report').at(-1)).toBe(`path.report ${pathId} all`);
  });
});

describe('a report that cannot be had', () => {
  it('says why, keeps the last one as a stale one, and is asked for again', async () => {
    const { store, paths, pass, rounds } = await look();
    paths.refusal = INTERNAL;
    await pass(1_000);
    expect([store.getView().reportFailure, store.getView().isStale, rounds()]).toEqual([INTERNAL, true, 1]);
    paths.refusal = null;
    await pass(1_000);
    expect([store.getView().reportFailure, store.getView().isStale, rounds()]).toEqual([null, false, 1]);
  });

  it('is asked for at once on demand', async () => {
    const { store, paths, pass, settle } = await look();
    paths.refusal = INTERNAL;
    await pass(1_000);
    paths.refusal = null;
    store.retryView();
    await settle();
    expect(store.getView().reportFailure).toBeNull();
  });

  it('is no failure while nothing was measured yet, nor where the path itself failed', async () => {
    const { store, paths, pathId, pass } = await look();
    paths.refusal = { code: 'not-found', what: 'report', id: pathId };
    await pass(1_000);
    expect(store.getView().reportFailure).toBeNull();
    const failure = { code: 'name-not-resolved', name: 'a', reason: 'not-found' } as const;
    paths.refusal = failure;
    paths.change(pathId, { state: { phase: 'failed', failure: failure } });
    await pass(1_000);
    expect(store.getView().reportFailure).toBeNull();
  });

  it('is stale, and no failure, while there is no engine; with the engine it is asked for at once', async () => {
    const { store, engine, attach, attached, settle, calls, rounds, pass } = await look();
    engine.breakLinks();
    attached[Symbol.dispose]();
    calls();
    await pass(5_000);
    const { reportFailure, isStale } = store.getView();
    expect([reportFailure, isStale, rounds(), calls()]).toEqual([null, true, 1, []]);
    await attach();
    await settle();
    expect([calls('path.report').length, store.getView().isStale]).toEqual([1, false]);
  });
});
