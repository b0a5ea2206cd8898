import { describe, expect, it } from 'vitest';
import { type LookUp, resolveTarget } from './resolve-target.ts';

const never = new AbortController().signal;

/** A resolver that knows one name and fails all others as told; it notes what it was asked. */
function resolver(addresses: Readonly<Record<number, { address: string; family: number }>>, code = 'ENOTFOUND') {
  const asked: (readonly [string, number])[] = [];
  const lookUp: LookUp = async (name, { family }) => {
    asked.push([name, family]);
    const found = addresses[family];
    if (found === undefined) throw Object.assign(new Error(code), { code });
    return found;
  };
  return { lookUp, asked };
}

const nameNotResolved = (name: string, reason: string) => ({
  ok: false,
  failure: { code: 'name-not-resolved', name, reason },
});

describe('a numeric target', () => {
  it.each([
    ['192.0.2.1', 4],
    ['2001:db8::1', 6],
    ['fe80::1%eth0', 6],
    ['::ffff:192.0.2.1', 6],
  ] as const)('is taken as it is and never looked up: %s', async (target, family) => {
    const { lookUp, asked } = resolver({});
    expect(await resolveTarget({ lookUp }, target, null, never)).toEqual({
      ok: true,
      value: { destination: target, family },
    });
    expect(asked).toEqual([]);
  });

  it('does not fit when the other family is asked for', async () => {
    expect(await resolveTarget(resolver({}), '192.0.2.1', 6, never)).toEqual({
      ok: false,
      failure: { code: 'address-family-mismatch', address: '192.0.2.1', family: 6 },
    });
  });
});

describe('a name', () => {
  it('becomes the first address of the family asked for', async () => {
    const { lookUp, asked } = resolver({ 6: { address: '2001:db8::1', family: 6 } });
    expect(await resolveTarget({ lookUp }, 'host.example', 6, never)).toEqual({
      ok: true,
      value: { destination: '2001:db8::1', family: 6 },
    });
    expect(asked).toEqual([['host.example', 6]]);
  });

  it('that has only addresses of the other family is told apart from one that does not exist', async () => {
    const four = resolver({ 0: { address: '192.0.2.1', family: 4 } });
    expect(await resolveTarget(four, 'host.example', 6, never)).toEqual(
      nameNotResolved('host.example', 'no-address-of-family'),
    );
    expect(await resolveTarget(resolver({}), 'nope.example', 6, never)).toEqual(
      nameNotResolved('nope.example', 'not-found'),
    );
  });

  it.each([
    ['ENOTFOUND', 'not-found'],
    ['EINVAL', 'not-found'],
    ['EAI_ADDRFAMILY', 'no-address-of-family'],
    ['EAI_AGAIN', 'resolver-unreachable'],
    ['EAI_FAIL', 'other'],
    ['ENOMEM', 'other'],
  ])('whose lookup fails with %s is not resolved: %s', async (code, reason) => {
    expect(await resolveTarget(resolver({}, code), 'host.example', null, never)).toEqual(
      nameNotResolved('host.example', reason),
    );
  });

  it('is waited for no longer once nobody wants it', async () => {
    const gone = new AbortController();
    const resolved = resolveTarget({ lookUp: () => new Promise(() => {}) }, 'slow.example', null, gone.signal);
    gone.abort();
    expect(await resolved).toEqual(nameNotResolved('slow.example', 'other'));
  });
});
