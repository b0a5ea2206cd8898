import { describe, expect, it } from 'vitest';
import { milliseconds } from '../../contract/units.ts';
import { VirtualClock } from '../base/clock.ts';
import { parseHosts } from './hosts-file.ts';
import { createLookUp, type LookUpDeps } from './look-up.ts';
import { resolveTarget } from './resolve-target.ts';

const never = new AbortController().signal;
const failure = (code: string) => Object.assign(new Error(code), { code });
/** Everything that waits for promises goes on. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

interface World {
  readonly hosts?: string;
  /** Addresses by name, the code of a failure, or `hangs`; a name that is not there is not found. */
  readonly servers?: Readonly<Record<string, readonly string[] | string>>;
  readonly system?: Readonly<Record<string, string>>;
  /** How long a name server hangs before it counts as silent. */
  readonly clock?: VirtualClock;
}

function lookUpIn({ hosts = '', servers = {}, system = {}, clock = new VirtualClock() }: World) {
  const events: string[] = [];
  const createResolver: LookUpDeps['createResolver'] = () => {
    let cancelAll = () => {};
    const cancelled = new Promise<never>((_, reject) => {
      cancelAll = () => reject(failure('ECANCELLED'));
    });
    cancelled.catch(() => {});
    const ask = (family: 4 | 6) => async (name: string) => {
      const known = servers[name] ?? 'ENOTFOUND';
      if (known === 'hangs') {
        const silence = new Promise<never>((_, reject) => {
          clock.after(milliseconds(6_000), () => reject(failure('ETIMEOUT')));
        });
        return await Promise.race([silence, cancelled]);
      }
      if (typeof known === 'string') throw failure(known);
      const addresses = known.filter((address) => address.includes(':') === (family === 6));
      if (addresses.length === 0) throw failure('ENODATA');
      return addresses;
    };
    return {
      resolve4: ask(4) as ReturnType<LookUpDeps['createResolver']>['resolve4'],
      resolve6: ask(6) as ReturnType<LookUpDeps['createResolver']>['resolve6'],
      cancel: () => cancelAll(),
    };
  };
  let systemLookUps = 0;
  const lookUp = createLookUp({
    readHosts: async () => parseHosts(hosts),
    createResolver,
    askSystem: async (name) => {
      systemLookUps += 1;
      events.push(`system asked for ${name}, ${systemLookUps} at a time`);
      try {
        const known = system[name] ?? 'ENOTFOUND';
        if (known === 'hangs')
          await new Promise<void>((resolve) => void clock.after(milliseconds(5_000), () => resolve()));
        if (!known.includes('.')) throw failure('ENOTFOUND');
        return { address: known, family: 4 };
      } finally {
        systemLookUps -= 1;
      }
    },
  });
  return { lookUp, events };
}

describe('looking up names', () => {
  it('does not let eight names whose server is silent hold up a good one, and names each of them', async () => {
    const clock = new VirtualClock();
    const names = Array.from({ length: 8 }, (_, index) => `slow-${index}.example`);
    const servers = { ...Object.fromEntries(names.map((name) => [name, 'hangs'])), 'good.example': ['192.0.2.1'] };
    const world = lookUpIn({ servers, clock });
    const slow = names.map((name) => resolveTarget(world, name, null, never));
    const good = await resolveTarget(world, 'good.example', null, never);
    expect([good, clock.now()]).toEqual([{ ok: true, value: { destination: '192.0.2.1', family: 4 } }, 0]);
    await settled();
    clock.advance(milliseconds(6_000));
    expect(await Promise.all(slow)).toEqual(
      names.map((name) => ({
        ok: false,
        failure: { code: 'name-not-resolved', name, reason: 'resolver-unreachable' },
      })),
    );
    expect(world.events).toEqual([]);
  });

  it('asks the system for what name servers do not know, one name at a time', async () => {
    const clock = new VirtualClock();
    const servers = { 'good.example': ['192.0.2.1'] };
    const world = lookUpIn({ servers, system: { 'a.local': 'hangs', printer: '192.0.2.7' }, clock });
    const hanging = resolveTarget(world, 'a.local', null, never);
    const printer = resolveTarget(world, 'printer', null, never);
    expect(await resolveTarget(world, 'good.example', null, never)).toMatchObject({ ok: true });
    await settled();
    expect(world.events).toEqual(['system asked for a.local, 1 at a time']);
    clock.advance(milliseconds(5_000));
    expect(await hanging).toMatchObject({ failure: { name: 'a.local', reason: 'not-found' } });
    expect(await printer).toMatchObject({ value: { destination: '192.0.2.7' } });
    expect(world.events.at(-1)).toBe('system asked for printer, 1 at a time');
  });

  it('takes what the hosts file says before asking anybody', async () => {
    const { lookUp, events } = lookUpIn({ hosts: '::1 gate\n127.0.0.1 gate\n', servers: { gate: ['192.0.2.1'] } });
    expect(await lookUp('Gate', { family: 0, signal: never })).toEqual({ address: '127.0.0.1', family: 4 });
    expect(await lookUp('gate.', { family: 6, signal: never })).toEqual({ address: '::1', family: 6 });
    expect(events).toEqual([]);
  });

  it('prefers IPv4, unless IPv6 is asked for or all there is', async () => {
    const servers = { both: ['2001:db8::1', '192.0.2.1'], six: ['2001:db8::6'] };
    const { lookUp } = lookUpIn({ servers });
    const found = async (name: string, family: 0 | 4 | 6) => (await lookUp(name, { family, signal: never })).address;
    expect([await found('both', 0), await found('both', 6), await found('six', 0)]).toEqual([
      '192.0.2.1',
      '2001:db8::1',
      '2001:db8::6',
    ]);
  });

  it.each([
    ['ESERVFAIL', 'resolver-unreachable'],
    ['EREFUSED', 'resolver-unreachable'],
    ['EBADNAME', 'not-found'],
    ['ECONNREFUSED', 'not-found'],
  ])('takes %s of a name server for: %s', async (code, reason) => {
    const world = lookUpIn({ servers: { 'x.example': code } });
    expect(await resolveTarget(world, 'x.example', null, never)).toMatchObject({ failure: { reason } });
  });

  it('ends its questions when nobody waits any more', async () => {
    const { lookUp, events } = lookUpIn({ servers: { 'slow.example': 'hangs' } });
    const gone = new AbortController();
    const asked = lookUp('slow.example', { family: 0, signal: gone.signal });
    await settled();
    gone.abort();
    await expect(asked).rejects.toMatchObject({ code: 'ECANCELLED' });
    expect(events).toEqual([]);
  });
});
