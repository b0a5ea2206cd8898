import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClient } from '../../../contract/client.ts';
import { contract } from '../../../contract/index.ts';
import type { PathEvent } from '../../../contract/path.ts';
import { openPathPage } from './test-path-page.ts';
import { roundOf } from './test-path-reports.ts';

const INTERNAL = { code: 'internal', reference: 'r-1' } as const;
const TOO_MANY = { code: 'limit-reached', what: 'open streams', limit: 256 } as const;
const STEP: PathEvent = { kind: 'clock-stepped', atEpochMs: 1_700_000_000_000, byMs: 500 };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the list of paths', () => {
  it('is what the engine tells, as soon as it tells', async () => {
    const { store, paths, attach, settle } = openPathPage();
    expect(store.getPaths()).toBeNull();
    paths.add('host.example');
    await attach();
    let changes = 0;
    store.subscribePaths(() => {
      changes += 1;
    });
    paths.add('other.example');
    await settle();
    expect([changes, store.getPaths()?.map(({ target }) => target)]).toEqual([1, ['host.example', 'other.example']]);
  });

  it('says why it goes on no longer, until it is asked for again', async () => {
    const { store, paths, attach, settle } = openPathPage();
    await attach();
    paths.endStreams('list', INTERNAL);
    await settle();
    expect(store.getListFailure()).toEqual(INTERNAL);
    paths.add('a');
    store.retryList();
    expect(store.getListFailure()).toBeNull();
    await settle();
    expect([store.getListFailure(), store.getPaths()?.length]).toEqual([null, 1]);
  });

  it('keeps still about the end of the whole connection, and what it knows', async () => {
    const { store, engine, paths, attach, settle } = openPathPage();
    const pathId = paths.add('a');
    const attached = await attach();
    paths.emit(pathId, [roundOf(0, 5)]);
    await settle();
    engine.breakLinks();
    await settle();
    attached[Symbol.dispose]();
    await settle();
    expect([store.getListFailure(), store.getPulse(pathId).failure]).toEqual([null, null]);
    expect([store.getPaths()?.length, store.getPulse(pathId).spark]).toEqual([1, [5]]);
  });
});

describe('the chosen path', () => {
  it('is awaited, not gone, until the list that comes after it was added', async () => {
    const { store, paths, attach, settle } = openPathPage();
    paths.add('a');
    await attach();
    const pathId = paths.add('b');
    store.choose(pathId);
    const before = store.isChosenAwaited();
    await settle();
    expect([before, store.isChosenAwaited(), store.getView().path?.target]).toEqual([true, false, 'b']);
  });
});

describe('the pulse of a path', () => {
  it('is made of the round trips of its rounds, and of what happened', async () => {
    const { store, paths, attach, settle } = openPathPage();
    const pathId = paths.add('a');
    paths.emit(pathId, [roundOf(0, 5)]);
    await attach();
    paths.emit(pathId, [roundOf(1, null), roundOf(2, 7)], [STEP]);
    await settle();
    expect(store.getPulse(pathId)).toEqual({
      lastRttMs: 7,
      lastFate: 'answered',
      lossRatio: 1 / 3,
      lost: 1,
      spark: [5, null, 7],
      events: [STEP],
      failure: null,
    });
  });

  it('counts an error in place of the answer as lost, and a round or an event that is told twice once', async () => {
    const { store, paths, attach, settle } = openPathPage();
    const pathId = paths.add('a');
    await attach();
    const refused = { ...roundOf(1, null), roundTrip: { fate: 'refused', rttMs: 3 } } as const;
    paths.emit(pathId, [roundOf(0, 5), refused], [STEP]);
    paths.emit(pathId, [refused, { ...roundOf(2, null), roundTrip: { fate: 'late', rttMs: 2_100 } }], [{ ...STEP }]);
    await settle();
    const { lossRatio, spark, lastFate, lastRttMs } = store.getPulse(pathId);
    expect([lossRatio, spark, lastFate, lastRttMs]).toEqual([1 / 3, [5, null, null], 'late', null]);
    expect(store.getPulse(pathId).events).toEqual([STEP]);
  });

  it('has loss of five minutes and a line of sixty round trips', async () => {
    const { store, paths, attach, settle } = openPathPage();
    const pathId = paths.add('a');
    await attach();
    const rounds = Array.from({ length: 700 }, (_, round) => roundOf(round, round < 403 ? null : round));
    paths.emit(pathId, rounds);
    await settle();
    // Of the rounds 400 to 699 three are lost.
    expect(store.getPulse(pathId).lossRatio).toBe(3 / 300);
    expect(store.getPulse(pathId).spark).toEqual(Array.from({ length: 60 }, (_, place) => 640 + place));
  });

  it('is told once per picture, with all that is new, and is the same object until then', async () => {
    const { store, paths, frames, attach, draw } = openPathPage();
    const ids = ['a', 'b', 'c'].map((target) => paths.add(target));
    await attach();
    const told: string[] = [];
    for (const id of ids) store.subscribePulse(id, () => told.push(id));
    const before = ids.map(store.getPulse);
    for (let round = 0; round < 20; round += 1) for (const id of ids) paths.emit(id, [roundOf(round, 1)]);
    for (let turn = 0; turn < 40; turn += 1) await Promise.resolve();
    expect([told, frames.length, ids.map(store.getPulse).every((pulse, place) => pulse === before[place])]).toEqual([
      [],
      1,
      true,
    ]);
    draw();
    expect([told, frames.length]).toEqual([ids, 0]);
    expect(ids.map((id) => store.getPulse(id).spark.length)).toEqual([20, 20, 20]);
  });

  it('asks only for the rounds that are missing when the engine is back', async () => {
    const { store, engine, paths, attach, settle, calls } = openPathPage();
    const pathId = paths.add('a');
    const attached = await attach();
    paths.emit(pathId, [roundOf(0, 1), roundOf(1, 2)]);
    await settle();
    engine.breakLinks();
    attached[Symbol.dispose]();
    paths.emit(pathId, [roundOf(2, 3)]);
    await attach();
    await settle();
    expect(store.getPulse(pathId).spark).toEqual([1, 2, 3]);
    expect(calls('path.rounds')).toEqual([`path.rounds ${pathId} from 0`, `path.rounds ${pathId} from 2`]);
  });

  it('begins anew for another path of the same name', async () => {
    const { store, paths, attach, settle } = openPathPage();
    const pathId = paths.add('a');
    const attached = await attach();
    paths.emit(pathId, [roundOf(0, 1)]);
    await settle();
    attached[Symbol.dispose]();
    const restarted = openPathPage();
    expect(restarted.paths.add('b', { addedAtEpochMs: 5 })).toBe(pathId);
    restarted.paths.emit(pathId, [roundOf(0, 99)]);
    store.attach(createClient(contract, restarted.engine.connect()));
    await settle();
    expect(store.getPulse(pathId).spark).toEqual([99]);
  });

  it('says why no more comes, until it is asked for again or the list has news', async () => {
    const { store, paths, attach, settle } = openPathPage();
    const pathId = paths.add('a');
    await attach();
    paths.streamRefusals.set('rounds', TOO_MANY);
    paths.endStreams('rounds', INTERNAL);
    await settle();
    expect(store.getPulse(pathId).failure).toEqual(INTERNAL);
    store.retryPulse(pathId);
    await settle();
    expect(store.getPulse(pathId).failure).toEqual(TOO_MANY);
    paths.streamRefusals.clear();
    paths.emit(pathId, [roundOf(0, 4)]);
    paths.change(pathId, { state: { phase: 'paused' } });
    await settle();
    expect([store.getPulse(pathId).failure, store.getPulse(pathId).spark]).toEqual([null, [4]]);
  });

  it('is not asked for again once all rounds were told, and is gone with its path', async () => {
    const { store, paths, attach, settle, calls } = openPathPage();
    const pathId = paths.add('a');
    await attach();
    paths.emit(pathId, [roundOf(0, 4)]);
    paths.endStreams('rounds', null);
    await settle();
    paths.change(pathId, { state: { phase: 'paused' } });
    await settle();
    expect(calls('path.rounds')).toHaveLength(1);
    expect(store.getPulse(pathId).spark).toEqual([4]);
    paths.remove(pathId);
    await settle();
    expect(store.getPulse(pathId).spark).toEqual([]);
  });
});
