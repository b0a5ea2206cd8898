import { expect, it } from 'vitest';
import type { PathEvent } from '../../contract/path.ts';
import { behind, createTestServices, DEFAULT_OPTIONS } from './test-services.ts';

const TARGET = '192.0.2.9';
const PERIOD = { fromEpochMs: null, toEpochMs: null, lastMs: null, waitForNamesMs: 0 };
const OPTIONS = { ...DEFAULT_OPTIONS, maxHops: 30, reverseDns: false, asn: false, count: null, flow: null };

it('tells a path’s viewers once that the interface is gone, and of one gap, however often it is looked for', async () => {
  let isGone = false;
  const healthy = behind(['198.51.100.1']);
  const services = createTestServices({
    [TARGET]: (nth, probe) => {
      // Sockets can be opened all the while, but nothing leaves by them.
      if (isGone) return { kind: 'send-fails', reason: 'interface-gone', code: 'ENODEV' };
      return typeof healthy === 'function' ? healthy(nth, probe) : healthy;
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
  for (const [gone, seconds] of [
    [false, 40],
    [true, 15],
    [false, 15],
    [true, 15],
    [false, 15],
  ] as const) {
    isGone = gone;
    await services.pass(1_000 * seconds);
  }
  expect(events.map(({ kind }) => kind)).toEqual(['send-failed', 'gap', 'send-failed', 'gap']);
  const told = await path.report({ pathId, ...PERIOD });
  const gaps = told.ok ? told.value.gaps : [];
  expect(gaps.map(({ cause }) => cause)).toEqual(['no-transport', 'no-transport']);
  for (const { fromEpochMs, toEpochMs } of gaps) {
    // From the first round without it until an attempt after it came back; those are up to six seconds apart by then.
    expect(toEpochMs - fromEpochMs).toBeGreaterThanOrEqual(14_000);
    expect(toEpochMs - fromEpochMs).toBeLessThanOrEqual(21_000);
  }
});
