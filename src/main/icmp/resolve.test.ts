import { expect, it, vi } from 'vitest';
import { NameLookupError } from './errors.ts';
import { resolve } from './resolve.ts';

const lookup = vi.hoisted(() => vi.fn());
vi.mock('node:dns/promises', () => ({ lookup }));

it('gives a numeric address back without asking anybody', async () => {
  expect([await resolve('192.0.2.1'), await resolve('fe80::1%eth0'), await resolve('::1', 6)]).toEqual([
    ['192.0.2.1'],
    ['fe80::1%eth0'],
    ['::1'],
  ]);
  expect(lookup).not.toHaveBeenCalled();
});

it('gives the IPv4 addresses of a name, then the IPv6 ones, each once', async () => {
  lookup.mockResolvedValueOnce([
    { address: '192.0.2.1', family: 4 },
    { address: '192.0.2.1', family: 4 },
    { address: '2001:db8::1', family: 6 },
  ]);
  expect(await resolve('host.example')).toEqual(['192.0.2.1', '2001:db8::1']);
  expect(lookup).toHaveBeenLastCalledWith('host.example', { all: true, family: 0, order: 'ipv4first' });
});

it('asks for one family only when told so', async () => {
  lookup.mockResolvedValueOnce([{ address: '2001:db8::1', family: 6 }]);
  await resolve('host.example', 6);
  expect(lookup).toHaveBeenLastCalledWith('host.example', expect.objectContaining({ family: 6 }));
});

it('names the name that does not resolve, with the code of the resolver', async () => {
  const cause = Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' });
  lookup.mockRejectedValueOnce(cause);
  const error = await resolve('no.example').catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(NameLookupError);
  expect(error).toMatchObject({ message: "The name 'no.example' cannot be resolved", code: 'ENOTFOUND', cause });
});

it('does not resolve nothing, nor an address to the other family', async () => {
  await expect(resolve('')).rejects.toBeInstanceOf(NameLookupError);
  await expect(resolve('192.0.2.1', 6)).rejects.toBeInstanceOf(NameLookupError);
});
