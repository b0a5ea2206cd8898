import { describe, expect, it } from 'vitest';
import { KEPT_SAMPLES, type Monitor, type MonitorFrame } from '../../contract/monitor.ts';
import { milliseconds } from '../../contract/units.ts';
import { createTestServices, DEFAULT_OPTIONS, type TestServices } from './test-services.ts';

const QUICK = { kind: 'answers', delay: milliseconds(10) } as const;
const NETWORK = { '192.0.2.1': QUICK, '192.0.2.2': QUICK };

async function add({ handlers }: TestServices, target: string, intervalMs = 1_000): Promise<Monitor> {
  const result = await handlers.monitor.add({ target, intervalMs, options: DEFAULT_OPTIONS });
  if (!result.ok) throw new Error(result.failure.code);
  return result.value;
}

/** The list as a screen keeps it: the newest of what arrived. */
function watchList({ handlers }: TestServices) {
  const lists: Monitor[][] = [];
  handlers.monitor.list({}, { emit: ({ monitors }) => lists.push(monitors), end: () => {}, isCongested: () => false });
  return { lists, phases: () => (lists.at(-1) ?? []).map(({ target, state }) => `${target} ${state.phase}`) };
}

function watchFrames({ handlers }: TestServices, monitorId: string, fromIndex = 0) {
  const frames: MonitorFrame[] = [];
  const ends: unknown[] = [];
  const reader = { isBehind: false };
  const stream = handlers.monitor.frames(
    { monitorId, fromIndex },
    { emit: (frame) => frames.push(frame), end: (failure) => ends.push(failure), isCongested: () => reader.isBehind },
  );
  return {
    frames,
    ends,
    stream,
    reader,
    sequences: () => frames.flatMap(({ samples }) => samples.map(({ sequence }) => sequence)),
  };
}

describe('a monitor', () => {
  it('exists at once, is resolved, and then runs', async () => {
    const services = createTestServices(NETWORK);
    const list = watchList(services);
    const added = await add(services, 'host.example');
    expect(added).toMatchObject({
      target: 'host.example',
      destination: null,
      state: { phase: 'resolving' },
      timeoutMs: 2_000,
    });
    await services.pass(200);
    expect(list.lists.at(-1)).toEqual([
      {
        ...added,
        destination: '192.0.2.1',
        family: 4,
        transport: 'simulated',
        timestampSource: 'kernel-transmit',
        state: { phase: 'running' },
      },
    ]);
  });

  it('that fails stays and says why, and a resume tries again from the beginning', async () => {
    const services = createTestServices(NETWORK);
    const refusal = { code: 'icmp-not-permitted', attempts: [] } as const;
    services.refuseTransports({ ...refusal, attempts: [] });
    const list = watchList(services);
    const { monitorId } = await add(services, '192.0.2.1');
    await services.pass(200);
    expect(list.lists.at(-1)?.[0]?.state).toEqual({ phase: 'failed', failure: refusal });
    services.refuseTransports(null);
    await services.handlers.monitor.resume({ monitorId });
    await services.pass(200);
    expect(list.phases()).toEqual(['192.0.2.1 running']);
  });

  it('sends nothing while paused and keeps what was measured', async () => {
    const services = createTestServices(NETWORK);
    const { monitorId } = await add(services, '192.0.2.1');
    const { frames, sequences } = watchFrames(services, monitorId);
    await services.pass(1_500);
    expect(await services.handlers.monitor.pause({ monitorId })).toMatchObject({
      value: { state: { phase: 'paused' } },
    });
    await services.pass(60_000);
    expect(sequences()).toEqual([0, 1]);
    await services.handlers.monitor.resume({ monitorId });
    await services.pass(500);
    expect(sequences()).toEqual([0, 1, 2]);
    expect(frames.at(-1)?.statistics).toMatchObject({ sent: 3, received: 3, lossRatio: 0 });
  });

  it('paused while its name is looked up does not start by itself', async () => {
    const services = createTestServices(NETWORK);
    const { monitorId } = await add(services, 'host.example');
    await services.handlers.monitor.pause({ monitorId });
    await services.pass(1_000);
    expect(services.openTransportCount()).toBe(0);
    await services.handlers.monitor.resume({ monitorId });
    const { sequences } = watchFrames(services, monitorId);
    await services.pass(500);
    expect(sequences()).toEqual([0]);
  });

  it('ends with its streams and its transport when removed, and is not found afterwards', async () => {
    const services = createTestServices(NETWORK);
    const list = watchList(services);
    const { monitorId } = await add(services, '192.0.2.1');
    await add(services, '192.0.2.2');
    const { ends } = watchFrames(services, monitorId);
    await services.pass(500);
    expect(await services.handlers.monitor.remove({ monitorId })).toEqual({ ok: true, value: null });
    await services.pass(200);
    expect([ends, list.phases(), services.openTransportCount()]).toEqual([[null], ['192.0.2.2 running'], 1]);
    const notFound = { ok: false, failure: { code: 'not-found', what: 'monitor', id: monitorId } };
    expect(await services.handlers.monitor.pause({ monitorId })).toEqual(notFound);
    expect(watchFrames(services, monitorId).ends).toEqual([notFound.failure]);
    services.monitors[Symbol.dispose]();
    expect(services.openTransportCount()).toBe(0);
  });

  it('is refused beyond the two hundredth', async () => {
    const services = createTestServices(NETWORK);
    for (let count = 0; count < 200; count += 1) await add(services, 'never');
    expect(
      await services.handlers.monitor.add({ target: 'never', intervalMs: 1_000, options: DEFAULT_OPTIONS }),
    ).toEqual({
      ok: false,
      failure: { code: 'limit-reached', what: 'monitors', limit: 200 },
    });
  });
});

describe('the frames of a monitor', () => {
  it('begin with what is kept and go on without a gap, at most ten a second', async () => {
    const services = createTestServices(NETWORK);
    const { monitorId } = await add(services, '192.0.2.1', 50);
    await services.pass(2_000);
    const { frames, sequences } = watchFrames(services, monitorId, 10);
    await services.pass(1_000);
    expect(frames[0]?.firstIndex).toBe(10);
    expect(sequences()).toEqual(Array.from({ length: sequences().length }, (_, index) => index + 10));
    expect(frames.length).toBeLessThanOrEqual(11);
    for (const [index, { firstIndex, samples }] of frames.entries()) {
      expect(frames[index + 1]?.firstIndex ?? firstIndex + samples.length).toBe(firstIndex + samples.length);
    }
    expect(frames.at(-1)?.statistics.received).toBe(10 + sequences().length);
  });

  it('leave a slow reader alone and give it everything kept once it reads again', async () => {
    const services = createTestServices(NETWORK);
    const { monitorId } = await add(services, '192.0.2.1');
    const { frames, reader, sequences } = watchFrames(services, monitorId);
    await services.pass(1_500);
    reader.isBehind = true;
    const before = frames.length;
    await services.pass(10_000);
    expect(frames.length).toBe(before);
    reader.isBehind = false;
    await services.pass(200);
    expect(sequences()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(frames.length).toBe(before + 1);
  });

  it('show by their index what was forgotten meanwhile', async () => {
    const services = createTestServices({
      '192.0.2.1': { kind: 'send-fails', reason: 'no-route', code: 'ENETUNREACH' },
    });
    const { monitorId } = await add(services, '192.0.2.1', 50);
    await services.pass((KEPT_SAMPLES + 20) * 50);
    const { frames } = watchFrames(services, monitorId);
    await services.pass(50);
    expect(frames[0]?.firstIndex).toBeGreaterThanOrEqual(20);
    expect(frames[0]?.samples).toHaveLength(KEPT_SAMPLES);
    expect(frames[0]?.samples[0]?.sequence).toBe(frames[0]?.firstIndex);
  });

  it('are all given to a reader whose count is of another engine', async () => {
    const services = createTestServices(NETWORK);
    const { monitorId } = await add(services, '192.0.2.1');
    await services.pass(2_500);
    const { sequences } = watchFrames(services, monitorId, 9_999);
    await services.pass(100);
    expect(sequences()).toEqual([0, 1, 2]);
  });
});
