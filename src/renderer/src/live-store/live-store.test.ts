import { describe, expect, it } from 'vitest';
import { createClient } from '../../../contract/client.ts';
import { contract } from '../../../contract/index.ts';
import { KEPT_SAMPLES } from '../../../contract/monitor.ts';
import { LiveStore } from './live-store.ts';
import { TestEngine } from './test-engine.ts';
import { reply } from './test-samples.ts';

/** Lets every message under way over local links arrive. */
const settle = async () => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

const INTERNAL = { code: 'internal', reference: 'r-1' } as const;
const TOO_MANY = { code: 'limit-reached', what: 'open streams', limit: 256 } as const;

function setUp() {
  const engine = new TestEngine();
  const frames: (() => void)[] = [];
  let now = 1_000_000;
  const store = new LiveStore({ requestFrame: (callback) => void frames.push(callback), nowEpochMs: () => now });
  const attach = () => store.attach(createClient(contract, engine.connect()));
  const runFrame = () => frames.shift()?.();
  const rttsOf = (monitorId: string) =>
    store.getHistory(monitorId).samples.map((sample) => (sample.fate === 'echo-reply' ? sample.rttMs : null));
  return {
    engine,
    store,
    frames,
    attach,
    runFrame,
    rttsOf,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

describe('LiveStore', () => {
  it('shows the monitors of the engine and their samples', async () => {
    const { engine, store, attach, runFrame, rttsOf } = setUp();
    const id = engine.add('host.example');
    engine.emit(id, [reply(0, 1, 5), reply(1, 2, 6)]);
    attach();
    await settle();
    runFrame();
    expect(store.getMonitors()?.map(({ target }) => target)).toEqual(['host.example']);
    expect(rttsOf(id)).toEqual([5, 6]);
    expect(store.getHistory(id).statistics?.received).toBe(2);
  });

  it('tells at most one monitor per animation frame, however many frames of the engine arrive', async () => {
    const { engine, store, frames, attach, runFrame } = setUp();
    const ids = ['a', 'b', 'c'].map((name) => engine.add(name));
    attach();
    await settle();
    const told: string[] = [];
    for (const id of ids) store.subscribeHistory(id, () => told.push(id));
    for (let sequence = 0; sequence < 50; sequence += 1) {
      for (const id of ids) engine.emit(id, [reply(sequence, sequence, 1)]);
    }
    await settle();
    expect([told, frames.length]).toEqual([[], 1]);
    runFrame();
    expect(told).toHaveLength(1);
    runFrame();
    runFrame();
    runFrame();
    expect([...told].sort()).toEqual([...ids].sort());
    expect(frames).toHaveLength(0);
    expect(ids.map((id) => store.getHistory(id).samples.length)).toEqual([50, 50, 50]);
  });

  it('gives the same object until there is something new', async () => {
    const { engine, store, attach, runFrame } = setUp();
    const id = engine.add('a');
    attach();
    await settle();
    const before = store.getHistory(id);
    engine.emit(id, [reply(0, 1, 1)]);
    await settle();
    expect(store.getHistory(id)).toBe(before);
    runFrame();
    expect(store.getHistory(id)).not.toBe(before);
  });

  it('keeps what it has when the connection breaks, and asks only for what is missing', async () => {
    const { engine, attach, runFrame, rttsOf } = setUp();
    const id = engine.add('a');
    engine.emit(id, [reply(0, 1, 10), reply(1, 2, 11)]);
    const first = attach();
    await settle();
    runFrame();
    engine.breakLinks();
    first[Symbol.dispose]();
    engine.emit(id, [reply(2, 3, 12), reply(3, 4, 13)]);
    await settle();
    expect(rttsOf(id)).toEqual([10, 11]);
    attach();
    await settle();
    runFrame();
    expect(rttsOf(id)).toEqual([10, 11, 12, 13]);
    expect(engine.calls).toEqual([`monitor.frames ${id} from 0`, `monitor.frames ${id} from 2`]);
  });

  it('asks again for samples that were left out in between', async () => {
    const { engine, attach, runFrame, rttsOf } = setUp();
    const id = engine.add('a');
    attach();
    await settle();
    engine.emit(id, [reply(0, 1, 10)]);
    engine.leaveOutNext(id);
    engine.emit(id, [reply(1, 2, 11)]);
    engine.emit(id, [reply(2, 3, 12)]);
    await settle();
    runFrame();
    expect(rttsOf(id)).toEqual([10, 11, 12]);
    expect(engine.calls.at(-1)).toBe(`monitor.frames ${id} from 1`);
  });

  it('forgets the samples of a monitor that is gone, also when its name is given to another', async () => {
    const { engine, store, attach, runFrame, rttsOf } = setUp();
    const id = engine.add('a');
    engine.emit(id, [reply(0, 1, 10)]);
    const first = attach();
    await settle();
    runFrame();
    first[Symbol.dispose]();

    const restarted = new TestEngine();
    const sameId = restarted.add('b', { addedAtEpochMs: 5 });
    expect(sameId).toBe(id);
    restarted.emit(id, [reply(0, 9, 99)]);
    store.attach(createClient(contract, restarted.connect()));
    await settle();
    runFrame();
    expect(rttsOf(id)).toEqual([99]);
  });

  it('keeps no more samples than the engine', async () => {
    const { engine, store, attach, runFrame } = setUp();
    const id = engine.add('a');
    attach();
    await settle();
    engine.emit(
      id,
      Array.from({ length: KEPT_SAMPLES + 10 }, (_, place) => reply(place, place, place)),
    );
    await settle();
    runFrame();
    const { samples } = store.getHistory(id);
    expect([samples.length, samples[0]?.sequence]).toEqual([KEPT_SAMPLES, 10]);
  });

  it('draws a quiet monitor again on a tick, so that its time goes on, but not one that was just drawn', async () => {
    const { engine, store, frames, attach, runFrame, pass } = setUp();
    const id = engine.add('a');
    attach();
    await settle();
    engine.emit(id, [reply(0, 1, 1)]);
    await settle();
    runFrame();
    const before = store.getHistory(id).drawnAtEpochMs;
    pass(500);
    store.tick();
    expect(frames).toHaveLength(0);
    pass(500);
    store.tick();
    runFrame();
    expect(store.getHistory(id).drawnAtEpochMs).toBe(before + 1_000);
  });
});

describe('a stream that fails', () => {
  it('as the list, is told until it is asked for again, and then it goes on', async () => {
    const { engine, store, attach } = setUp();
    attach();
    await settle();
    let changes = 0;
    store.subscribeMonitors(() => {
      changes += 1;
    });
    engine.failStreams('list', INTERNAL);
    await settle();
    expect([store.getListFailure(), store.getMonitors(), changes]).toEqual([INTERNAL, [], 1]);
    engine.add('a');
    await settle();
    expect(store.getMonitors()).toEqual([]);
    store.retryList();
    await settle();
    expect(store.getListFailure()).toBeNull();
    expect(store.getMonitors()?.map(({ target }) => target)).toEqual(['a']);
    engine.add('b');
    await settle();
    expect(store.getMonitors()).toHaveLength(2);
  });

  it('as the list, is told as well when it is refused from the beginning, and again when asking again fails', async () => {
    const { engine, store, attach } = setUp();
    engine.streamRefusals.set('list', TOO_MANY);
    attach();
    await settle();
    expect([store.getMonitors(), store.getListFailure()]).toEqual([null, TOO_MANY]);
    store.retryList();
    expect(store.getListFailure()).toBeNull();
    await settle();
    expect(store.getListFailure()).toEqual(TOO_MANY);
  });

  it('as the frames of a monitor, is told in its history, and asked for again fetches what is missing', async () => {
    const { engine, store, attach, runFrame, rttsOf } = setUp();
    const id = engine.add('a');
    engine.emit(id, [reply(0, 1, 10)]);
    attach();
    await settle();
    runFrame();
    engine.failStreams('frames', INTERNAL);
    engine.emit(id, [reply(1, 2, 11)]);
    await settle();
    runFrame();
    expect([store.getHistory(id).failure, rttsOf(id)]).toEqual([INTERNAL, [10]]);
    store.retryHistory(id);
    await settle();
    runFrame();
    expect([store.getHistory(id).failure, rttsOf(id)]).toEqual([null, [10, 11]]);
    expect(engine.calls.at(-1)).toBe(`monitor.frames ${id} from 1`);
  });

  it('as the frames of a monitor, is asked for again by the next news about the list', async () => {
    const { engine, store, attach, runFrame, rttsOf } = setUp();
    engine.streamRefusals.set('frames', TOO_MANY);
    const id = engine.add('a');
    engine.emit(id, [reply(0, 1, 10)]);
    attach();
    await settle();
    runFrame();
    expect(store.getHistory(id).failure).toEqual(TOO_MANY);
    engine.streamRefusals.clear();
    engine.change(id, { state: { phase: 'paused' } });
    await settle();
    runFrame();
    expect([store.getHistory(id).failure, rttsOf(id)]).toEqual([null, [10]]);
  });

  it('is not told where the whole connection is lost, and one told before is forgotten with the connection', async () => {
    const { engine, store, attach, runFrame } = setUp();
    const id = engine.add('a');
    const first = attach();
    await settle();
    engine.breakLinks();
    await settle();
    runFrame();
    expect([store.getListFailure(), store.getHistory(id).failure]).toEqual([null, null]);
    first[Symbol.dispose]();
    const second = attach();
    await settle();
    engine.failStreams('list', INTERNAL);
    engine.failStreams('frames', INTERNAL);
    await settle();
    runFrame();
    expect([store.getListFailure(), store.getHistory(id).failure]).toEqual([INTERNAL, INTERNAL]);
    second[Symbol.dispose]();
    runFrame();
    expect([store.getListFailure(), store.getHistory(id).failure]).toEqual([null, null]);
    store.retryList();
    store.retryHistory(id);
    await settle();
    expect([store.getListFailure(), store.getHistory(id).failure]).toEqual([null, null]);
  });
});
