import { describe, expect, it } from 'vitest';
import type { Period } from './period.ts';
import { behind, createTestServices, DEFAULT_OPTIONS, type TestServices } from './test-services.ts';

const TARGET = '192.0.2.9';
const PATH = { [TARGET]: behind(['198.51.100.1', null]) };
/** Wall time at which the tests' clock begins. */
const START = 1_700_000_000_000;
const WHOLE = { fromEpochMs: null, toEpochMs: null, lastMs: null };

/** Watches a target, a round a second, for some time. */
async function watch(services: TestServices, target: string, forMs: number): Promise<string> {
  const options = { ...DEFAULT_OPTIONS, maxHops: 30, reverseDns: true, asn: false, count: null, flow: null };
  const added = await services.handlers.path.add({ target, intervalMs: 1_000, options });
  if (!added.ok) throw new Error(added.failure.code);
  await services.pass(forMs);
  return added.value.pathId;
}

async function timeline(services: TestServices, pathId: string, hopLimit: number, period: Partial<Period> = {}) {
  const told = await services.handlers.path.timeline({ pathId, hopLimit, columns: 200, ...WHOLE, ...period });
  if (!told.ok) throw new Error(told.failure.code);
  return told.value;
}

describe('a timeline of a path', () => {
  it('says of the round trip and of each hop what became of its probes, from the beginning until now', async () => {
    const services = createTestServices(PATH);
    const pathId = await watch(services, TARGET, 10_500);
    const roundTrip = await timeline(services, pathId, 0);
    const { fromEpochMs, toEpochMs, columns } = roundTrip;
    expect(fromEpochMs).toBeGreaterThanOrEqual(START);
    expect([toEpochMs, columns.length]).toEqual([START + 10_500, 11]);
    expect(columns.slice(0, 8).map(({ sent, received, p50Ms }) => [sent, received, p50Ms])).toEqual(
      Array(8).fill([1, 1, expect.closeTo(30, 6)]),
    );
    const silent = await timeline(services, pathId, 2);
    expect(silent.columns.slice(0, 8).map(({ lossRatio, p50Ms }) => [lossRatio, p50Ms])).toEqual(
      Array(8).fill([1, null]),
    );
    services.paths[Symbol.dispose]();
  });

  it('and a report are of the last so many milliseconds when only these are asked for', async () => {
    const services = createTestServices(PATH);
    const pathId = await watch(services, TARGET, 20_500);
    const { fromEpochMs, toEpochMs, columns } = await timeline(services, pathId, 0, { lastMs: 5_000 });
    expect([fromEpochMs, toEpochMs, columns.length]).toEqual([START + 15_500, START + 20_500, 5]);
    const asked = services.handlers.path.report({ pathId, ...WHOLE, lastMs: 5_000, waitForNamesMs: 0 });
    await services.pass(50);
    expect(await asked).toMatchObject({ ok: true, value: { rounds: 5, fromEpochMs: START + 15_500 } });
    const earlier = await timeline(services, pathId, 0, { toEpochMs: START + 10_000, lastMs: 4_000 });
    expect([earlier.fromEpochMs, earlier.toEpochMs]).toEqual([START + 6_000, START + 10_000]);
    services.paths[Symbol.dispose]();
  });

  it('is not had of a path that is not there, nor of one that was never probed', async () => {
    const services = createTestServices();
    const pathId = await watch(services, 'nope.example', 100);
    const ask = (id: string) => services.handlers.path.timeline({ pathId: id, hopLimit: 0, columns: 9, ...WHOLE });
    expect(await ask(pathId)).toMatchObject({ ok: false, failure: { code: 'name-not-resolved' } });
    expect(await ask('p-99')).toMatchObject({ ok: false, failure: { code: 'not-found', what: 'path' } });
  });
});
