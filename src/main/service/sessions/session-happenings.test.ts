import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { MOST_HAPPENINGS } from '../../../contract/happening.ts';
import { milliseconds } from '../../../contract/units.ts';
import { VirtualClock } from '../../base/clock.ts';
import { SeededRandom } from '../../base/random.ts';
import type { MachineNetwork } from '../machine/machine-network.ts';
import { behind, createTestServices, DEFAULT_OPTIONS } from '../test-services.ts';
import { linkInProcess } from './keeper-link.ts';
import { SessionKeeper } from './session-keeper.ts';

it('keeps with a session what changed around the machine while it was measured, and steps of its clock', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hopscope-happenings-'));
  const clock = new VirtualClock();
  const keeper = new SessionKeeper({ clock, random: new SeededRandom(1) }, folder);
  let server = '192.0.2.53';
  const { handlers, pass } = createTestServices({ '192.0.2.1': behind(['192.0.2.101']) }, {}, [], {
    clock,
    keeper: linkInProcess(keeper),
    machine: async (): Promise<MachineNetwork> => ({ interfaces: [], defaultRoutes: [], nameServers: [server] }),
  });
  const options = { ...DEFAULT_OPTIONS, maxHops: 8, reverseDns: false, asn: false, count: null, flow: null };
  await handlers.path.add({ target: '192.0.2.1', intervalMs: 1_000, options });
  await pass(5_000);
  server = '203.0.113.53';
  await pass(4_000);
  clock.stepWall(milliseconds(-60_000));
  await pass(2_000);
  const sessionId = keeper.list(null).sessions[0]?.sessionId ?? '';
  const expected = [
    {
      kind: 'machine-changed',
      change: { kind: 'name-servers', before: ['192.0.2.53'], after: ['203.0.113.53'] },
      untold: 0,
    },
    { kind: 'clock-stepped', byMs: -60_000 },
  ];
  expect(await handlers.sessions.happenings({ sessionId })).toMatchObject({ value: { happenings: expected } });
  keeper[Symbol.dispose]();
  using again = new SessionKeeper({ clock, random: new SeededRandom(2) }, folder);
  expect(again.happenings({ sessionId })).toMatchObject({ value: { happenings: expected } });
  rmSync(folder, { recursive: true });
});

it('keeps the newest of what happens to a machine without end', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hopscope-happenings-'));
  const clock = new VirtualClock();
  const keeper = new SessionKeeper({ clock, random: new SeededRandom(1) }, folder);
  const at = clock.wallNow();
  keeper.begin({
    pathId: 'path',
    target: 'host.example',
    destination: '192.0.2.1',
    family: 4,
    intervalMs: 1_000,
    maxHops: 4,
    isSimulated: false,
    closeIntervalMs: null,
    atEpochMs: at,
  });
  const steps = Array.from({ length: MOST_HAPPENINGS + 3 }, (_, index) => ({
    kind: 'clock-stepped' as const,
    atEpochMs: at + index,
    byMs: 1,
  }));
  for (const happenings of [steps.slice(0, 9_000), steps.slice(9_000)]) {
    keeper.append([{ pathId: 'path', bytes: null, facts: null, names: [], happenings }]);
  }
  const sessionId = keeper.list(null).sessions[0]?.sessionId ?? '';
  const kept = { ok: true, value: { happenings: steps.slice(3) } };
  expect(keeper.happenings({ sessionId })).toEqual(kept);
  keeper[Symbol.dispose]();
  using again = new SessionKeeper({ clock, random: new SeededRandom(2) }, folder);
  expect(again.happenings({ sessionId })).toEqual(kept);
  rmSync(folder, { recursive: true });
});
