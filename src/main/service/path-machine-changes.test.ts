import { expect, it } from 'vitest';
import type { PathEvent } from '../../contract/path.ts';
import type { MachineNetwork } from './machine/machine-network.ts';
import { behind, createTestServices, DEFAULT_OPTIONS } from './test-services.ts';

const TARGET = '192.0.2.9';
const OPTIONS = { ...DEFAULT_OPTIONS, maxHops: 30, reverseDns: false, asn: false, count: null, flow: null };

/** Paths on a machine whose DNS server can be changed, and how often it was looked at. */
async function watchPath() {
  const machine = { server: '192.0.2.53', looks: 0 };
  const services = createTestServices({ [TARGET]: behind(['198.51.100.1']) }, {}, [], {
    machine: async (): Promise<MachineNetwork> => {
      machine.looks += 1;
      return { interfaces: [], defaultRoutes: [], nameServers: [machine.server] };
    },
  });
  const { path } = services.handlers;
  const added = await path.add({ target: TARGET, intervalMs: 1_000, options: OPTIONS });
  const pathId = added.ok ? added.value.pathId : '';
  const events: PathEvent[] = [];
  path.rounds(
    { pathId, fromRound: 0 },
    { emit: (batch) => void events.push(...batch.events), end: () => {}, isCongested: () => false },
  );
  return { ...services, path, pathId, machine, events };
}

it('tells a path’s viewers, those that come later too, what changed around this machine', async () => {
  const { path, pathId, machine, events, clock, pass } = await watchPath();
  const begun = clock.wallNow();
  await pass(7_000);
  machine.server = '203.0.113.53';
  await pass(4_000);
  const event: PathEvent = {
    kind: 'machine-changed',
    atEpochMs: expect.any(Number),
    change: { kind: 'name-servers', before: ['192.0.2.53'], after: ['203.0.113.53'] },
    untold: 0,
  };
  expect(events).toEqual([event]);
  const at = events[0]?.kind === 'machine-changed' ? events[0].atEpochMs - begun : 0;
  expect(at).toBeGreaterThanOrEqual(7_000);
  expect(at).toBeLessThanOrEqual(9_100);
  const later: PathEvent[] = [];
  path.rounds(
    { pathId, fromRound: 0 },
    { emit: (batch) => void later.push(...batch.events), end: () => {}, isCongested: () => false },
  );
  await pass(200);
  expect(later).toEqual([event]);
});

it('looks at this machine only while a path measures, and tells nothing that happened meanwhile', async () => {
  const { path, pathId, machine, events, pass } = await watchPath();
  await pass(5_000);
  path.pause({ pathId });
  const before = machine.looks;
  expect(before).toBeGreaterThanOrEqual(2);
  machine.server = '203.0.113.53';
  await pass(20_000);
  expect(machine.looks).toBe(before);
  path.resume({ pathId });
  await pass(5_000);
  expect(machine.looks).toBeGreaterThan(before);
  path.remove({ pathId });
  const after = machine.looks;
  machine.server = '192.0.2.53';
  await pass(20_000);
  expect(machine.looks).toBe(after);
  expect(events.filter(({ kind }) => kind === 'machine-changed')).toEqual([]);
});
