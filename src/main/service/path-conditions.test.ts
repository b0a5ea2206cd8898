import { describe, expect, it } from 'vitest';
import type { PathCondition } from '../../contract/path-condition.ts';
import type { SimulatedDestination } from '../simulated/simulated-transport.ts';
import { behind, createTestServices, DEFAULT_OPTIONS } from './test-services.ts';

const TARGET = '192.0.2.9';

/** A watched path over a network that can be told to swallow everything, and what its condition was told to be. */
async function watch() {
  let isCut = false;
  const whole = behind(['198.51.100.1']);
  const destination: SimulatedDestination = (nth, probe) => {
    if (isCut) return { kind: 'silent' };
    return typeof whole === 'function' ? whole(nth, probe) : whole;
  };
  const services = createTestServices({ [TARGET]: destination });
  const events: (readonly PathCondition[])[] = [];
  services.handlers.path.conditions(
    {},
    {
      emit: ({ paths }) => void events.push(paths.map(({ condition }) => condition)),
      end: () => {},
      isCongested: () => false,
    },
  );
  const added = await services.handlers.path.add({
    target: TARGET,
    intervalMs: 1_000,
    options: { ...DEFAULT_OPTIONS, maxHops: 5, reverseDns: false, asn: false, count: null, flow: null },
  });
  if (!added.ok) throw new Error(added.failure.code);
  return {
    ...services,
    events,
    pathId: added.value.pathId,
    cut: (now: boolean) => {
      isCut = now;
    },
  };
}

/** What was told, without what says the same again. */
const changes = (events: readonly (readonly PathCondition[])[]) =>
  events.map((one) => one.join()).filter((words, index, all) => words !== all[index - 1]);

describe('the conditions of the paths', () => {
  it('are told as they change, and no round that changes nothing is told', async () => {
    const { pass, events, cut } = await watch();
    await pass(60_000);
    expect(changes(events)).toEqual(['waiting', 'answering']);
    const before = events.length;
    await pass(60_000);
    expect(events.length).toBe(before);
    cut(true);
    await pass(10_000);
    expect(changes(events).slice(2)).toEqual(['lost-some', 'stopped']);
    cut(false);
    await pass(3_000);
    expect(changes(events).slice(4)).toEqual(['losing']);
  });

  it('follow a pause and a removal', async () => {
    const { pass, events, handlers, pathId } = await watch();
    await pass(5_000);
    await handlers.path.pause({ pathId });
    await pass(200);
    await handlers.path.remove({ pathId });
    await pass(200);
    expect(changes(events).slice(-3)).toEqual(['answering', 'paused', '']);
  });
});
