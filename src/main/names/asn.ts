import type { Resolver } from 'node:dns/promises';
import { type IpAddress, parseIpAddress } from '../../contract/ip-address.ts';
import { type Asked, askedOfError } from './background-answers.ts';
import { isPublicAddress } from './public-address.ts';

/** An autonomous system: its number, and its name where one is registered. */
export interface AutonomousSystem {
  readonly number: number;
  readonly name: string | null;
}

/** Asks for the autonomous system that announces an address. */
export type AskAsn = (address: string, signal: AbortSignal) => Promise<Asked<AutonomousSystem>>;

/** Longest name of an autonomous system that is kept; registered ones are far shorter. */
const LONGEST_NAME = 100;

/**
 * Autonomous systems by the DNS service of Team Cymru (https://www.team-cymru.com/ip-asn-mapping): a TXT record of
 * `4.3.2.1.origin.asn.cymru.com`, for IPv6 the nibbles under `origin6`, reads "number | prefix | country | registry |
 * date"; one of `AS64500.asn.cymru.com` has the name in its fifth part. That service learns which addresses are looked
 * at, so nothing is asked unless a person said so, and an address that means nothing outside of its network never is.
 */
export function createAskAsn(deps: { readonly createResolver: () => Pick<Resolver, 'resolveTxt' | 'cancel'> }): AskAsn {
  return async (address, signal) => {
    const name = originName(address);
    if (name === null) return { kind: 'none' };
    const resolver = deps.createResolver();
    const cancel = () => resolver.cancel();
    signal.addEventListener('abort', cancel, { once: true });
    try {
      const number = originOf((await resolver.resolveTxt(name)).map((parts) => parts.join('')));
      if (number === null) return { kind: 'none' };
      // The number alone is worth having: a name that is not found does not spoil it.
      const about = await resolver.resolveTxt(`AS${number}.asn.cymru.com`).catch(() => []);
      return { kind: 'found', value: { number, name: nameOf(about[0]?.join('') ?? '') } };
    } catch (error) {
      return askedOfError(error);
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  };
}

/** The name whose TXT record tells the origin of an address; null for addresses that are not public. */
export function originName(address: string): string | null {
  const parsed = parseIpAddress(address);
  if (parsed === null || !isPublicAddress(address)) return null;
  return `${reversed(parsed)}.${parsed.family === 4 ? 'origin' : 'origin6'}.asn.cymru.com`;
}

function reversed({ family, bytes }: IpAddress): string {
  if (family === 4) return [...bytes.subarray(0, 4)].reverse().join('.');
  const nibbles = [...bytes].flatMap((byte) => [(byte >> 4).toString(16), (byte & 0xf).toString(16)]);
  return nibbles.reverse().join('.');
}

/** The first number of the record with the longest prefix: the most particular announcement is the one that routers use. */
function originOf(records: readonly string[]): number | null {
  let best: { readonly number: number; readonly length: number } | null = null;
  for (const record of records) {
    const [numbers = '', prefix = ''] = record.split('|').map((part) => part.trim());
    const number = Number(numbers.split(/\s+/)[0] || Number.NaN);
    const length = Number(prefix.split('/')[1] ?? 0);
    if (!isAsNumber(number) || (best !== null && best.length >= length)) continue;
    best = { number, length };
  }
  return best?.number ?? null;
}

/** 32 bits (RFC 6793); 0 is none. */
function isAsNumber(number: number): boolean {
  return Number.isInteger(number) && number >= 1 && number <= 0xffff_ffff;
}

function nameOf(record: string): string | null {
  const name = (record.split('|')[4] ?? '').trim();
  return name === '' ? null : name.slice(0, LONGEST_NAME);
}
