import { lookup } from 'node:dns/promises';
import { parseIpAddress } from '../../contract/ip-address.ts';
import { NameLookupError } from './errors.ts';

/**
 * The addresses of a host, as the system's resolver gives them. A numeric address is given back as it is.
 * @param family 4 or 6 for addresses of that family only; null (the default) for the IPv4 ones, then the IPv6 ones
 * @throws {NameLookupError} If there is none; `code` and `cause` are the resolver's.
 */
export async function resolve(name: string, family: 4 | 6 | null = null): Promise<string[]> {
  const numeric = parseIpAddress(name);
  if (numeric !== null) {
    if (family !== null && family !== numeric.family) throw new NameLookupError(name);
    return [name];
  }
  if (name === '') throw new NameLookupError(name);
  try {
    const found = await lookup(name, { all: true, family: family ?? 0, order: 'ipv4first' });
    return [...new Set(found.map(({ address }) => address))];
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'UNKNOWN';
    throw new NameLookupError(name, { cause, code });
  }
}
