import { expect, it } from 'vitest';
import { behind, createTestServices, DEFAULT_OPTIONS } from './test-services.ts';

const TARGET = '192.0.2.9';
const OPTIONS = { ...DEFAULT_OPTIONS, maxHops: 30, reverseDns: false, asn: false, count: null, flow: null };

it('searches the path MTU by the flow of the path’s own probes, so that it is that of the same way', async () => {
  const path = behind(['198.51.100.1', '198.51.100.2']);
  const flows = new Map<boolean, Set<number | undefined>>([
    [false, new Set()],
    [true, new Set()],
  ]);
  const services = createTestServices({
    [TARGET]: (nth, probe) => {
      flows.get(probe.payloadBytes > OPTIONS.payloadBytes)?.add(probe.flow);
      return typeof path === 'function' ? path(nth, probe) : path;
    },
  });
  const added = await services.handlers.path.add({ target: TARGET, intervalMs: 1_000, options: OPTIONS });
  const pathId = added.ok ? added.value.pathId : '';
  await services.pass(2_000);
  const searching = services.handlers.path.pathMtu({ pathId });
  await services.pass(2_000);
  expect(await searching).toMatchObject({ ok: true, value: { pathMtuBytes: 1_500 } });
  const [own, searched] = [flows.get(false), flows.get(true)];
  expect([own?.size, own?.has(undefined)]).toEqual([1, false]);
  expect(searched).toEqual(own);
});
