import { describe, expect, it } from 'vitest';
import { createClient } from '../../../contract/client.ts';
import { contract } from '../../../contract/index.ts';
import { SweepStore } from './sweep-store.ts';
import { TestEngine } from './test-engine.ts';
import { answerOf, failedName, summaryWith } from './test-sweeps.ts';

const ORDER = { ranges: ['10.71.3.0/29'], ratePerSecond: 1_000, retries: 1 };

const NO_ROUTE = { reason: 'no-route', osCode: 'ENETUNREACH', family: 4 } as const;

/** A store with a sweep that has just begun. */
async function startedSweep() {
  const engine = new TestEngine();
  const client = createClient(contract, engine.connect());
  let runs = 0;
  const store = new SweepStore({ newRunId: () => `run-${++runs}` });
  store.start(client, ORDER);
  await arrived();
  return { engine, client, store, sweeps: engine.sweeps };
}

/** Lets messages cross the local links. */
const arrived = () => new Promise((resolve) => setTimeout(resolve));

describe('a sweep', () => {
  it('asks the engine for what was ordered, from the first address on', async () => {
    const { store, sweeps } = await startedSweep();
    expect(sweeps.orders).toMatchObject([{ ...ORDER, fromIndex: 0 }]);
    expect(store.getState()).toMatchObject({ phase: 'running', order: ORDER, answers: [], summary: null });
  });

  it('keeps answers in the order of the addresses, whatever order they come in', async () => {
    const { store, sweeps } = await startedSweep();
    sweeps.tell(answerOf(5), answerOf(2), { kind: 'progress', summary: summaryWith({ probed: 8, answered: 2 }) });
    await arrived();
    const { answers, summary } = store.getState();
    expect(answers.map(({ address }) => address)).toEqual(['10.71.3.2', '10.71.3.5']);
    expect(summary).toEqual(summaryWith({ probed: 8, answered: 2 }));
  });

  it('is complete when the engine says so', async () => {
    const { store, sweeps } = await startedSweep();
    sweeps.end({ kind: 'finished', summary: summaryWith({ probed: 8, nextIndex: 8 }), isComplete: true });
    await arrived();
    expect(store.getState()).toMatchObject({ phase: 'over', isComplete: true, failure: null });
  });

  it('cannot be begun twice at once, and a new one forgets the last', async () => {
    const { store, sweeps, client } = await startedSweep();
    store.start(client, ORDER);
    await arrived();
    expect(sweeps.orders).toHaveLength(1);
    sweeps.tell(answerOf(1));
    sweeps.end({ kind: 'finished', summary: summaryWith({ answered: 1, nextIndex: 8 }), isComplete: true });
    await arrived();
    store.start(client, { ...ORDER, ranges: ['10.71.3.8/29'] });
    expect(store.getState()).toMatchObject({ phase: 'running', answers: [], summary: null, isComplete: false });
  });

  it('is stopped by the engine, and says so when the engine refuses', async () => {
    const { store, sweeps } = await startedSweep();
    const stopping = store.stop();
    expect(store.getState().phase).toBe('stopping');
    await stopping;
    expect([sweeps.stops, store.getState().phase]).toEqual([1, 'stopping']);
    sweeps.end({ kind: 'finished', summary: summaryWith({ nextIndex: 3 }), isComplete: false });
    await arrived();
    expect(store.getState()).toMatchObject({ phase: 'over', isComplete: false, failure: null });
  });

  it('goes on as before when it cannot be stopped', async () => {
    const { store, sweeps } = await startedSweep();
    sweeps.stopRefusal = { code: 'not-found', what: 'sweep', id: 'run-1' };
    await store.stop();
    expect(store.getState()).toMatchObject({ phase: 'running', failure: sweeps.stopRefusal });
  });

  it('goes on where it was stopped, and counts both runs together', async () => {
    const { store, sweeps, client } = await startedSweep();
    sweeps.tell(answerOf(1));
    const first = summaryWith({
      probed: 4,
      answered: 1,
      unreachable: 1,
      localDrops: 2,
      sendFailures: 1,
      firstSendFailure: NO_ROUTE,
      elapsedMs: 1_000,
      probesPerSecond: 4,
      nextIndex: 4,
    });
    sweeps.end({ kind: 'finished', summary: first, isComplete: false });
    await arrived();
    store.resume(client);
    await arrived();
    expect(sweeps.orders[1]).toMatchObject({ ...ORDER, fromIndex: 4 });
    sweeps.tell(answerOf(6));
    const second = summaryWith({ probed: 4, answered: 1, elapsedMs: 3_000, probesPerSecond: 4, nextIndex: 8 });
    sweeps.end({ kind: 'finished', summary: second, isComplete: true });
    await arrived();
    const { answers, summary, isComplete } = store.getState();
    expect(answers.map(({ index }) => index)).toEqual([1, 6]);
    // 4 requests in the first second and 12 in the three after it.
    expect(summary).toEqual(
      summaryWith({
        probed: 8,
        answered: 2,
        unreachable: 1,
        localDrops: 2,
        sendFailures: 1,
        firstSendFailure: NO_ROUTE,
        elapsedMs: 4_000,
        probesPerSecond: 4,
        nextIndex: 8,
      }),
    );
    expect(isComplete).toBe(true);
  });

  it('breaks off with the connection, keeps what it found, and goes on over the next one', async () => {
    const { engine, store, sweeps } = await startedSweep();
    sweeps.tell(answerOf(1), { kind: 'progress', summary: summaryWith({ probed: 3, answered: 1, nextIndex: 2 }) });
    await arrived();
    engine.breakLinks();
    expect(store.getState()).toMatchObject({ phase: 'over', failure: { code: 'connection-lost' }, isComplete: false });
    expect(store.getState().answers).toHaveLength(1);
    store.resume(createClient(contract, engine.connect()));
    await arrived();
    expect(sweeps.orders[1]).toMatchObject({ fromIndex: 2 });
    expect(store.getState()).toMatchObject({ phase: 'running', failure: null });
  });

  it('keeps the names without an address, looks those further on up again, and counts none twice', async () => {
    const { store, sweeps, client } = await startedSweep();
    sweeps.tell(failedName(1, 'gone.example'), failedName(5, 'nope.example'));
    // The second name has been passed, but an address before it is still open.
    const first = summaryWith({ probed: 3, unresolved: 2, nextIndex: 4 });
    sweeps.end({ kind: 'finished', summary: first, isComplete: false });
    await arrived();
    expect(store.getState().failedNames.map(({ name }) => name)).toEqual(['gone.example', 'nope.example']);
    store.resume(client);
    expect(store.getState().failedNames.map(({ index }) => index)).toEqual([1]);
    await arrived();
    sweeps.tell(failedName(5, 'nope.example'));
    sweeps.end({
      kind: 'finished',
      summary: summaryWith({ probed: 3, unresolved: 1, nextIndex: 8 }),
      isComplete: true,
    });
    await arrived();
    const { failedNames, summary } = store.getState();
    expect([failedNames.map(({ index }) => index), summary?.unresolved]).toEqual([[1, 5], 2]);
    store.start(client, ORDER);
    expect(store.getState().failedNames).toEqual([]);
  });

  it('tells why the engine did not begin', async () => {
    const { store, sweeps } = await startedSweep();
    sweeps.end({ code: 'name-not-resolved', name: 'no.example', reason: 'not-found' });
    await arrived();
    expect(store.getState()).toMatchObject({ phase: 'over', failure: { code: 'name-not-resolved' } });
  });
});
