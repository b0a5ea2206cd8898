import { describe, expect, it } from 'vitest';
import { type Failure, fail, succeed } from '../../contract/failure.ts';
import { VirtualClock } from '../base/clock.ts';
import { SeededRandom } from '../base/random.ts';
import type { OpenTransportOptions } from '../icmp/open-transport.ts';
import { createSimulatedTransport } from '../simulated/simulated-transport.ts';
import { TransportPool } from './transport-pool.ts';

const OPTIONS: OpenTransportOptions = {
  family: 4,
  choice: 'auto',
  source: null,
  interfaceName: null,
  transmitTimestamps: true,
};

/** A pool that notes what it opens and closes, and fails first as told. */
function createPool(...failures: Failure[]) {
  const events: string[] = [];
  const pool = new TransportPool({
    openTransport: async ({ family }) => {
      const failure = failures.shift();
      events.push(failure === undefined ? `open ${family}` : failure.code);
      if (failure !== undefined) return fail(failure);
      const deps = { clock: new VirtualClock(), random: new SeededRandom(1) };
      const transport = createSimulatedTransport(deps, { family, destinations: {} });
      return succeed(Object.assign(transport, { [Symbol.dispose]: () => void events.push(`close ${family}`) }));
    },
  });
  const acquire = async (options: Partial<OpenTransportOptions> = {}) => {
    const lease = await pool.acquire({ ...OPTIONS, ...options });
    if (!lease.ok) throw new Error(lease.failure.code);
    return lease.value;
  };
  return { pool, events, acquire };
}

describe('the pool of transports', () => {
  it('opens one for all who want the same, also when they ask at once, and closes it with the last', async () => {
    const { events, acquire } = createPool();
    const [first, second] = await Promise.all([acquire(), acquire()]);
    expect(first.transport).toBe(second.transport);
    first[Symbol.dispose]();
    first[Symbol.dispose]();
    expect(events).toEqual(['open 4']);
    second[Symbol.dispose]();
    expect(events).toEqual(['open 4', 'close 4']);
    await acquire();
    expect(events).toEqual(['open 4', 'close 4', 'open 4']);
  });

  it('gives a retired one to nobody else, and closes it when those who had it are done', async () => {
    const { events, acquire } = createPool();
    const [first, second] = await Promise.all([acquire(), acquire()]);
    first.retire();
    second.retire();
    const third = await acquire();
    first.retire();
    expect((await acquire()).transport).toBe(third.transport);
    expect(third.transport).not.toBe(first.transport);
    first[Symbol.dispose]();
    second[Symbol.dispose]();
    expect(events).toEqual(['open 4', 'open 4', 'close 4']);
  });

  it('opens one that is shared with nobody, whoever asks before or after', async () => {
    const { pool, events, acquire } = createPool();
    const shared = await acquire();
    const alone = await pool.openAlone(OPTIONS);
    const another = await pool.openAlone(OPTIONS);
    if (!alone.ok || !another.ok) throw new Error('not opened');
    expect((await acquire()).transport).toBe(shared.transport);
    expect(events).toEqual(['open 4', 'open 4', 'open 4']);
    alone.value[Symbol.dispose]();
    expect(events.at(-1)).toBe('close 4');
    pool[Symbol.dispose]();
    expect(await pool.openAlone(OPTIONS)).toEqual(fail({ code: 'not-found', what: 'engine', id: 'closed' }));
  });

  it('opens another one for other options', async () => {
    const { events, acquire } = createPool();
    for (const options of [{}, { family: 6 }, { source: '192.0.2.1' }, { choice: 'privileged' }] as const) {
      await acquire(options);
    }
    await acquire({ interfaceName: 'eth0' });
    await acquire({ transmitTimestamps: false });
    await acquire({ dontFragment: true });
    expect(events).toEqual(['open 4', 'open 6', 'open 4', 'open 4', 'open 4', 'open 4', 'open 4']);
    await acquire({ dontFragment: false });
    expect(events).toHaveLength(7);
  });

  it('tells everyone who waited of a failure and tries again for the next', async () => {
    const failure = { code: 'family-not-supported', family: 4 } as const;
    const { pool, events, acquire } = createPool(failure);
    expect(await Promise.all([pool.acquire(OPTIONS), pool.acquire(OPTIONS)])).toEqual([fail(failure), fail(failure)]);
    await acquire();
    expect(events).toEqual(['family-not-supported', 'open 4']);
  });
});
