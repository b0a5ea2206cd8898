import { expect, it } from 'vitest';
import { RECENT_TARGETS_LIMIT } from '../../contract/targets.ts';
import { withRecent } from '../store/target-store.ts';
import { createTestServices, DEFAULT_OPTIONS } from './test-services.ts';

it('gives what was watched lately, the newest first and each once, until it is told to forget', async () => {
  const { handlers } = createTestServices();
  const order = { intervalMs: 1_000, options: DEFAULT_OPTIONS };
  await handlers.monitor.add({ ...order, target: 'host.example' });
  await handlers.path.add({
    ...order,
    target: 'other.example',
    options: { ...DEFAULT_OPTIONS, maxHops: 30, reverseDns: true, asn: false, count: null, flow: null },
  });
  await handlers.monitor.add({ ...order, target: 'HOST.example' });
  expect(await handlers.targets.recent({})).toEqual({ ok: true, value: { recent: ['HOST.example', 'other.example'] } });
  expect(await handlers.targets.forgetRecent({})).toEqual({ ok: true, value: null });
  expect(await handlers.targets.recent({})).toEqual({ ok: true, value: { recent: [] } });
});

it('keeps no more than the limit', () => {
  let targets: string[] = [];
  for (let n = 1; n <= RECENT_TARGETS_LIMIT + 5; n += 1) targets = withRecent(targets, `host-${n}`);
  expect(targets).toHaveLength(RECENT_TARGETS_LIMIT);
  expect([targets[0], targets.at(-1)]).toEqual(['host-25', 'host-6']);
});
