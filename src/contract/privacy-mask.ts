import * as v from 'valibot';
import { beginsWith, parseIpAddress } from './ip-address.ts';

/** What of a report is not told to whoever it is given to: addresses, and the names that belong to them. */

/** Most hops from the beginning of a path that are masked whoever answers there. */
export const MOST_MASKED_HOPS = 10;

export const maskOptionsSchema = v.object({
  /** Those of private and link-local ranges and those of this machine, with what shares their IPv6 /64. */
  ownAddresses: v.boolean(),
  /** So many hops from the beginning of the path. */
  firstHops: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST_MASKED_HOPS)),
  /** Others, as a person chooses them: the public address of their own connection, which no probe tells. */
  addresses: v.pipe(v.array(v.pipe(v.string(), v.maxLength(100))), v.maxLength(100)),
});
export type MaskOptions = v.InferOutput<typeof maskOptionsSchema>;

/** What is masked when a person asks for masking and says no more. */
export const USUAL_MASK: MaskOptions = { ownAddresses: true, firstHops: 0, addresses: [] };

export const maskedAddressSchema = v.object({
  address: v.string(),
  /** What stands in its place. */
  label: v.string(),
  /** Null where the name is not known. */
  name: v.nullable(v.string()),
  /** Where it answers first; null when it is no hop. */
  hopLimit: v.nullable(v.number()),
  why: v.picklist(['private', 'this-machine', 'first-hop', 'chosen']),
});
export type MaskedAddress = v.InferOutput<typeof maskedAddressSchema>;

/** An address that is in what is told. */
export interface SeenAddress {
  readonly address: string;
  readonly name: string | null;
  readonly hopLimit: number | null;
  /** Whether this machine is known to have had it. */
  readonly isOwn?: boolean;
}

/**
 * Blocks of addresses that are somebody's own (RFC 1918, RFC 6598, RFC 3927, RFC 4193, RFC 4291 §2.5.3 and §2.5.6): first
 * bytes and prefix length.
 */
const PRIVATE: Readonly<Record<4 | 6, ReadonlyArray<readonly [readonly number[], number]>>> = {
  4: [
    [[10], 8],
    [[100, 64], 10],
    [[127], 8],
    [[169, 254], 16],
    [[172, 16], 12],
    [[192, 168], 16],
  ],
  6: [
    [[0xfc], 7],
    [[0xfe, 0x80], 10],
    [[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], 128],
  ],
};

/** Bits of an IPv6 address that one network shares. */
const OWN_PREFIX_BITS = 64;

/** The addresses that are masked, each once, with what stands for it. @param own the addresses of this machine */
export function maskedAddresses(
  seen: readonly SeenAddress[],
  options: MaskOptions,
  own: readonly string[],
): MaskedAddress[] {
  const masked = new Map<string, MaskedAddress>();
  for (const { address, name, hopLimit, isOwn = false } of seen) {
    const why = masked.has(address) ? null : whyMasked({ address, hopLimit, isOwn }, options, own);
    if (why !== null) masked.set(address, { address, label: `masked-${masked.size + 1}`, name, hopLimit, why });
  }
  return [...masked.values()];
}

function whyMasked(
  { address, hopLimit, isOwn }: Omit<Required<SeenAddress>, 'name'>,
  { ownAddresses, firstHops, addresses }: MaskOptions,
  own: readonly string[],
): MaskedAddress['why'] | null {
  if (addresses.some((chosen) => isSame(chosen, address))) return 'chosen';
  if (ownAddresses && isPrivate(address)) return 'private';
  if (ownAddresses && (isOwn || own.some((each) => isNear(each, address)))) return 'this-machine';
  return hopLimit !== null && hopLimit >= 1 && hopLimit <= firstHops ? 'first-hop' : null;
}

function isPrivate(text: string): boolean {
  const address = parseIpAddress(text);
  return address !== null && PRIVATE[address.family].some(([first, bits]) => beginsWith(address.bytes, first, bits));
}

function isSame(one: string, other: string): boolean {
  const [first, second] = [parseIpAddress(one), parseIpAddress(other)];
  if (first === null || second === null) return one === other;
  return first.family === second.family && beginsWith(first.bytes, second.bytes, first.family === 4 ? 32 : 128);
}

/** The same address, or one of the same network of IPv6. */
function isNear(own: string, other: string): boolean {
  const [first, second] = [parseIpAddress(own), parseIpAddress(other)];
  if (first === null || second === null || first.family !== second.family) return false;
  return beginsWith(first.bytes, second.bytes, first.family === 4 ? 32 : OWN_PREFIX_BITS);
}

/** Puts labels in the place of what is masked. */
export interface Mask {
  readonly masked: readonly MaskedAddress[];
  isMasked(address: string): boolean;
  address(address: string): string;
  /** The same of all addresses and names within a sentence. */
  text(text: string): string;
}

export function createMask(masked: readonly MaskedAddress[]): Mask {
  const labels = new Map(masked.map(({ address, label }) => [address, label]));
  const words = new Map(
    masked.flatMap(({ address, name, label }) =>
      [address, ...(name ?? '').split(' ')].map((word) => [word.toLowerCase(), label]),
    ),
  );
  words.delete('');
  const longestFirst = [...words.keys()].sort((a, b) => b.length - a.length).map(escapePattern);
  // Not within a longer name or address; a full stop may follow.
  const pattern =
    longestFirst.length === 0 ? null : new RegExp(`(?<![\\w.:-])(?:${longestFirst.join('|')})(?![\\w:-]|\\.\\w)`, 'gi');
  return {
    masked,
    isMasked: (address) => labels.has(address),
    address: (address) => labels.get(address) ?? address,
    text: (text) => (pattern === null ? text : text.replace(pattern, (word) => words.get(word.toLowerCase()) ?? word)),
  };
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Masks nothing. */
export const NO_MASK: Mask = createMask([]);
