import { expect, it } from 'vitest';
import { milliseconds } from '../../contract/units.ts';
import { createTestServices, DEFAULT_OPTIONS } from './test-services.ts';

const TARGET = '192.0.2.9';

/** Flows of the probes of a path. */
async function flowsOf(flow: number | null): Promise<unknown[]> {
  const flows = new Set<number | undefined>();
  const services = createTestServices({
    [TARGET]: (_, probe) => {
      flows.add(probe.flow);
      return { kind: 'answers', delay: milliseconds(10) };
    },
  });
  const options = { ...DEFAULT_OPTIONS, maxHops: 30, reverseDns: false, asn: false, count: null, flow };
  await services.handlers.path.add({ target: TARGET, intervalMs: 1_000, options });
  await services.pass(5_000);
  return [...flows];
}

it('keeps all probes of a path to the flow that was asked for, the first one too', async () => {
  expect(await flowsOf(0)).toEqual([0]);
  expect(await flowsOf(65_534)).toEqual([65_534]);
});

it('keeps them to one flow when none was asked for', async () => {
  expect(await flowsOf(null)).toEqual([expect.any(Number)]);
});
