import { beginsWith, parseIpAddress } from '../../contract/ip-address.ts';

/**
 * IPv4 blocks that are not globally reachable (IANA IPv4 Special-Purpose Address Registry, RFC 6890), multicast
 * (RFC 5771) and the former class E (RFC 1112), as first address and prefix length.
 */
const NOT_PUBLIC_V4: ReadonlyArray<readonly [readonly [number, number, number, number], number]> = [
  [[0, 0, 0, 0], 8],
  [[10, 0, 0, 0], 8],
  [[100, 64, 0, 0], 10],
  [[127, 0, 0, 0], 8],
  [[169, 254, 0, 0], 16],
  [[172, 16, 0, 0], 12],
  [[192, 0, 0, 0], 24],
  [[192, 0, 2, 0], 24],
  [[192, 168, 0, 0], 16],
  [[198, 18, 0, 0], 15],
  [[198, 51, 100, 0], 24],
  [[203, 0, 113, 0], 24],
  [[224, 0, 0, 0], 4],
  [[240, 0, 0, 0], 4],
];

/**
 * IPv6 blocks of which a packet goes on to an IPv4 address that is in them, as first bytes, prefix length, and where the
 * IPv4 address begins: 6to4 (RFC 3056 §2) and the well-known prefix of NAT64 (RFC 6052 §2.1).
 */
const WITH_V4_INSIDE: ReadonlyArray<readonly [first: readonly number[], length: number, begin: number]> = [
  [[0x20, 0x02], 16, 2],
  [[0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0], 96, 12],
];

/**
 * Whether the text is a numeric address that means the same everywhere on the internet; of IPv6 that is 2000::/3, and what
 * is translated to an IPv4 address that does.
 */
export function isPublicAddress(text: string): boolean {
  const address = parseIpAddress(text);
  if (address === null || address.zone !== null) return false;
  const { family, bytes } = address;
  if (family === 4) return isPublicV4(bytes);
  const inside = WITH_V4_INSIDE.find(([first, length]) => beginsWith(bytes, first, length));
  if (inside !== undefined) return isPublicV4(bytes.slice(inside[2], inside[2] + 4));
  if (!beginsWith(bytes, [0x20], 3)) return false;
  // Documentation (RFC 3849, RFC 9637) and the special-purpose block 2001::/23 with Teredo and ORCHID (RFC 2928).
  return (
    !beginsWith(bytes, [0x20, 0x01, 0x0d, 0xb8], 32) &&
    !beginsWith(bytes, [0x3f, 0xff], 20) &&
    !beginsWith(bytes, [0x20, 0x01], 23)
  );
}

function isPublicV4(bytes: Parameters<typeof beginsWith>[0]): boolean {
  return !NOT_PUBLIC_V4.some(([first, length]) => beginsWith(bytes, first, length));
}
