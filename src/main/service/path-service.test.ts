import { describe, expect, it } from 'vitest';
import type { Failure } from '../../contract/failure.ts';
import type { PathEvent, PathMonitorInfo, PathOptions, Round } from '../../contract/path.ts';
import { milliseconds } from '../../contract/units.ts';
import { behind, createTestServices, DEFAULT_OPTIONS, type TestServices } from './test-services.ts';

const TARGET = '192.0.2.9';
const PATH = { [TARGET]: behind(['198.51.100.1', null, '198.51.100.3']) };
const OPTIONS: PathOptions = { ...DEFAULT_OPTIONS, maxHops: 30, reverseDns: true, asn: false, count: null, flow: null };

/** Adds a path as a client does, and fails the test when it is refused. */
async function add(services: TestServices, options: Partial<PathOptions> = {}, target = TARGET): Promise<string> {
  const added = await services.handlers.path.add({ target, intervalMs: 1_000, options: { ...OPTIONS, ...options } });
  if (!added.ok) throw new Error(added.failure.code);
  return added.value.pathId;
}

async function report(
  services: TestServices,
  pathId: string,
  more: { fromEpochMs?: number; lastMs?: number; waitForNamesMs?: number } = {},
) {
  const asked = services.handlers.path.report({
    pathId,
    fromEpochMs: null,
    toEpochMs: null,
    lastMs: null,
    waitForNamesMs: 0,
    ...more,
  });
  await services.pass(50);
  return await asked;
}

/** Listens to a path's rounds. */
function listen(services: TestServices, pathId: string, fromRound: number | null = 0) {
  const rounds: Round[] = [];
  const events: PathEvent[] = [];
  const ends: (Failure | null)[] = [];
  let isCongested = false;
  services.handlers.path.rounds(
    { pathId, fromRound },
    {
      emit: (batch) => {
        rounds.push(...batch.rounds);
        events.push(...batch.events);
      },
      end: (failure) => void ends.push(failure),
      isCongested: () => isCongested,
    },
  );
  return {
    rounds,
    events,
    ends,
    congest: (now: boolean) => {
      isCongested = now;
    },
  };
}

function infoOf(services: TestServices): PathMonitorInfo[] {
  const told: PathMonitorInfo[][] = [];
  const stream = services.handlers.path.list(
    {},
    { emit: ({ paths }) => void told.push(paths), end: () => {}, isCongested: () => false },
  );
  services.clock.advance(milliseconds(0));
  stream[Symbol.dispose]();
  return told.at(-1) ?? [];
}

describe('a watched path', () => {
  it('reports every hop, silent ones too, with names, and concludes something', async () => {
    const services = createTestServices(PATH);
    const pathId = await add(services);
    await services.pass(10_000);
    const told = await report(services, pathId);
    if (!told.ok) throw new Error(told.failure.code);
    const { hops, verdicts, ...rest } = told.value;
    expect(rest).toMatchObject({
      target: TARGET,
      destination: TARGET,
      family: 4,
      reached: true,
      destinationHopLimit: 4,
    });
    expect(hops.map(({ responders }) => responders.map(({ address, name }) => [address, name]))).toEqual([
      [['198.51.100.1', 'name-of-198.51.100.1']],
      [],
      [['198.51.100.3', 'name-of-198.51.100.3']],
      [[TARGET, `name-of-${TARGET}`]],
    ]);
    expect(hops[3]?.statistics.rttMs.mean).toBeCloseTo(40, 6);
    expect(verdicts.length).toBeGreaterThan(0);
  });

  it('asks for no names unless it may, and for autonomous systems only when told to', async () => {
    const services = createTestServices(PATH);
    const silent = await add(services, { reverseDns: false });
    const told = await add(services, { reverseDns: false, asn: true });
    await services.pass(3_000);
    for (const [pathId, asn] of [
      [silent, null],
      [told, { number: 64_500, name: 'EXAMPLE' }],
    ] as const) {
      const answer = await report(services, pathId);
      const [first] = answer.ok ? (answer.value.hops[0]?.responders ?? []) : [];
      expect([first?.name, first?.asn]).toEqual([null, asn]);
    }
  });

  it('answers for a part of its time', async () => {
    const services = createTestServices(PATH);
    const pathId = await add(services);
    await services.pass(10_000);
    const start = 1_700_000_000_000;
    const told = await report(services, pathId, { fromEpochMs: start + 6_000 });
    if (!told.ok) throw new Error(told.failure.code);
    expect(told.value.rounds).toBeGreaterThanOrEqual(4);
    expect(told.value.rounds).toBeLessThanOrEqual(5);
  });

  it('ends its stream after the rounds that were asked for, and is resumed no more', async () => {
    const services = createTestServices(PATH);
    const pathId = await add(services, { count: 3 });
    const { rounds, ends } = listen(services, pathId);
    await services.pass(10_000);
    expect([rounds.map(({ round }) => round), ends]).toEqual([[0, 1, 2], [null]]);
    services.handlers.path.resume({ pathId });
    await services.pass(3_000);
    expect(infoOf(services)[0]?.state.phase).toBe('paused');
    const late = listen(services, pathId, 1);
    await services.pass(200);
    expect([late.rounds.map(({ round }) => round), late.ends]).toEqual([[1, 2], [null]]);
  });

  it('leaves rounds out for a client that is behind, which the numbers tell', async () => {
    const services = createTestServices(PATH);
    const pathId = await add(services, { timeoutMs: 500 });
    const slow = listen(services, pathId);
    slow.congest(true);
    await services.pass(200_000);
    slow.congest(false);
    await services.pass(1_000);
    expect(slow.rounds[0]?.round).toBeGreaterThan(50);
    expect(slow.rounds.length).toBeLessThanOrEqual(121);
  });

  it('tells from now on when no round is asked for', async () => {
    const services = createTestServices(PATH);
    const pathId = await add(services, { timeoutMs: 500 });
    await services.pass(5_000);
    const { rounds } = listen(services, pathId, null);
    await services.pass(2_000);
    expect(rounds[0]?.round).toBeGreaterThan(3);
  });

  it('is paused and resumed: the time between is a gap, not loss', async () => {
    const services = createTestServices(PATH);
    const pathId = await add(services, { timeoutMs: 500 });
    const { events } = listen(services, pathId);
    await services.pass(3_000);
    services.handlers.path.pause({ pathId });
    await services.pass(10_000);
    services.handlers.path.resume({ pathId });
    await services.pass(3_000);
    expect(events).toContainEqual(
      expect.objectContaining({ kind: 'gap', gap: expect.objectContaining({ cause: 'paused' }) }),
    );
    // Who listens later hears of it too, unless only what follows is wanted.
    const [later, fromNow] = [listen(services, pathId), listen(services, pathId, null)];
    await services.pass(200);
    expect([later.events, fromNow.events]).toEqual([events, []]);
    const told = await report(services, pathId);
    expect(told.ok && told.value.roundTrip.lossRatio).toBe(0);
    expect(told.ok && told.value.rounds).toBeLessThan(9);
  });

  it('says why it cannot be probed, with its verdict', async () => {
    const services = createTestServices();
    const unknown = await add(services, {}, 'nope.example');
    await services.pass(100);
    expect(infoOf(services)[0]).toMatchObject({
      destination: null,
      state: { phase: 'failed', failure: { code: 'name-not-resolved' } },
      verdict: { id: 'name-not-resolved' },
    });
    expect(await report(services, unknown)).toMatchObject({ ok: false, failure: { code: 'name-not-resolved' } });
    services.refuseTransports({ code: 'icmp-not-permitted', attempts: [] });
    await add(services);
    await services.pass(100);
    expect(infoOf(services)[1]).toMatchObject({ verdict: { id: 'not-permitted' } });
  });

  it('gets another transport when its interface is back, and the time between is a gap', async () => {
    let isGone = false;
    const healthy = behind(['198.51.100.1']);
    const services = createTestServices({
      [TARGET]: (nth, probe) => {
        if (isGone) return { kind: 'send-fails', reason: 'interface-gone', code: 'ENODEV' };
        return typeof healthy === 'function' ? healthy(nth, probe) : healthy;
      },
    });
    const pathId = await add(services, { timeoutMs: 500 });
    const { events } = listen(services, pathId);
    await services.pass(3_000);
    isGone = true;
    services.refuseTransports({ code: 'interface-not-found', interfaceName: 'eth9' });
    await services.pass(5_000);
    expect(infoOf(services)[0]?.state).toMatchObject({ phase: 'failed', failure: { code: 'interface-not-found' } });
    expect(await report(services, pathId)).toMatchObject({ ok: true, value: { reached: true } });
    isGone = false;
    services.refuseTransports(null);
    await services.pass(10_000);
    expect(infoOf(services)[0]?.state).toEqual({ phase: 'running' });
    expect(events).toContainEqual(
      expect.objectContaining({ kind: 'gap', gap: expect.objectContaining({ cause: 'no-transport' }) }),
    );
    const told = await report(services, pathId);
    expect(told.ok && told.value.roundTrip.lossRatio).toBe(0);
    services.handlers.path.remove({ pathId });
    expect(services.openTransportCount()).toBe(0);
  });

  it('is gone with everything of it when removed', async () => {
    const services = createTestServices(PATH);
    const pathId = await add(services);
    const { ends } = listen(services, pathId);
    await services.pass(1_000);
    expect(services.handlers.path.remove({ pathId })).toEqual({ ok: true, value: null });
    expect([ends, services.openTransportCount(), infoOf(services)]).toEqual([[null], 0, []]);
    expect(await report(services, pathId)).toMatchObject({ ok: false, failure: { code: 'not-found', what: 'path' } });
  });

  it('is refused beyond 200 of them', async () => {
    const services = createTestServices();
    for (let index = 0; index < 200; index += 1) await add(services);
    expect(await services.handlers.path.add({ target: TARGET, intervalMs: 1_000, options: OPTIONS })).toMatchObject({
      ok: false,
      failure: { code: 'limit-reached', limit: 200 },
    });
    services.paths[Symbol.dispose]();
  });
});

describe('a search of a path', () => {
  it('finds the branches and the path MTU, over a transport of its own where packets may not be cut', async () => {
    const services = createTestServices(PATH);
    const pathId = await add(services);
    await services.pass(1_000);
    const branches = services.handlers.path.branches({ pathId });
    const pathMtu = services.handlers.path.pathMtu({ pathId });
    await services.pass(60_000);
    const found = await branches;
    expect(found.ok && found.value.hops[0]?.responders[0]?.address).toBe('198.51.100.1');
    expect(await pathMtu).toMatchObject({ ok: true, value: { destination: TARGET, pathMtuBytes: 1_500 } });
    expect(services.opened.map(({ dontFragment }) => dontFragment ?? false)).toContain(true);
    expect(services.openTransportCount()).toBe(1);
  });

  it('ends when its path is removed', async () => {
    const services = createTestServices({ [TARGET]: behind([null, null]) });
    const pathId = await add(services);
    await services.pass(100);
    const branches = services.handlers.path.branches({ pathId });
    await services.pass(100);
    services.handlers.path.remove({ pathId });
    await services.pass(100);
    expect(await branches).toMatchObject({ ok: false, failure: { code: 'not-found' } });
    expect(services.openTransportCount()).toBe(0);
  });

  it('of a path that was never opened says why', async () => {
    const services = createTestServices();
    const pathId = await add(services, {}, 'nope.example');
    await services.pass(100);
    expect(await services.handlers.path.pathMtu({ pathId })).toMatchObject({
      ok: false,
      failure: { code: 'name-not-resolved' },
    });
  });
});
