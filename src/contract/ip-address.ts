/** Numeric IP addresses as the records of the native addon hold them: 16 bytes, an IPv4 address in the first 4. */
export interface IpAddress {
  readonly family: 4 | 6;
  readonly bytes: Uint8Array;
  /** Zone of a scoped IPv6 address (RFC 4007 §11): an interface name or index as typed; null without one. */
  readonly zone: string | null;
}

/**
 * Reads a numeric address: IPv4 as four decimal numbers without leading zeros, IPv6 as in RFC 4291 §2.2, with
 * `%zone` allowed after IPv6 only. Anything else, names included, gives null; nothing is looked up.
 */
export function parseIpAddress(text: string): IpAddress | null {
  const bytes = new Uint8Array(16);
  if (!text.includes(':')) return parseIpv4(text, bytes, 0) ? { family: 4, bytes, zone: null } : null;
  const percent = text.indexOf('%');
  if (percent < 0) return parseIpv6(text, bytes) ? { family: 6, bytes, zone: null } : null;
  const zone = text.slice(percent + 1);
  if (zone === '' || /[\s%/]/.test(zone)) return null;
  return parseIpv6(text.slice(0, percent), bytes) ? { family: 6, bytes, zone } : null;
}

/** Writes the four bytes of an IPv4 address to `into[at]`; false, with those bytes undefined, when the text is not one. */
export function parseIpv4(text: string, into: Uint8Array, at: number): boolean {
  let value = -1;
  let part = 0;
  let leadingZero = false;
  for (let index = 0; index <= text.length; index++) {
    const digit = index === text.length ? -2 : text.charCodeAt(index) - 48;
    if (digit >= 0 && digit <= 9) {
      if (value < 0) {
        value = digit;
        leadingZero = digit === 0;
      } else {
        if (leadingZero) return false;
        value = value * 10 + digit;
      }
      if (value > 255) return false;
    } else {
      // Only a dot (46 − 48) or the end may follow a number.
      if (digit !== -2 || value < 0 || part > 3) return false;
      into[at + part++] = value;
      value = -1;
    }
  }
  return part === 4;
}

function parseIpv6(text: string, into: Uint8Array): boolean {
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const head = parseGroups(halves[0] as string, halves.length === 1);
  if (head === null) return false;
  if (halves.length === 1) {
    if (head.length !== 16) return false;
    into.set(head);
    return true;
  }
  const tail = parseGroups(halves[1] as string, true);
  // `::` stands for at least one group of zeros.
  if (tail === null || head.length + tail.length > 14) return false;
  into.set(head);
  into.set(tail, 16 - tail.length);
  return true;
}

/** The bytes of colon-separated groups, a trailing IPv4 address allowed where `last`; null when malformed. */
function parseGroups(text: string, last: boolean): number[] | null {
  if (text === '') return [];
  const bytes: number[] = [];
  const groups = text.split(':');
  for (const [index, group] of groups.entries()) {
    if (last && index === groups.length - 1 && group.includes('.')) {
      const embedded = new Uint8Array(4);
      if (!parseIpv4(group, embedded, 0)) return null;
      bytes.push(...embedded);
    } else {
      if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return null;
      const value = Number.parseInt(group, 16);
      bytes.push(value >> 8, value & 0xff);
    }
  }
  return bytes.length > 16 ? null : bytes;
}

/** The text of the 4 bytes at `at`. */
export function formatIpv4(bytes: Uint8Array, at = 0): string {
  return `${bytes[at]}.${bytes[at + 1]}.${bytes[at + 2]}.${bytes[at + 3]}`;
}

/** The text of the 16 bytes at `at` in the form of RFC 5952: lower case, the longest run of two or more zero groups as `::`. */
export function formatIpv6(bytes: Uint8Array, at = 0): string {
  const groups: number[] = [];
  for (let index = 0; index < 16; index += 2) {
    groups.push(((bytes[at + index] as number) << 8) | (bytes[at + index + 1] as number));
  }
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMapped) return `::ffff:${formatIpv4(bytes, at + 12)}`;
  let bestStart = -1;
  let bestLength = 1;
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (groups[start + length] === 0) length++;
    if (length > bestLength) {
      bestStart = start;
      bestLength = length;
    }
  }
  const hex = (part: number[]) => part.map((group) => group.toString(16)).join(':');
  if (bestStart < 0) return hex(groups);
  return `${hex(groups.slice(0, bestStart))}::${hex(groups.slice(bestStart + bestLength))}`;
}

/** The text of an address as the native records hold it. */
export function formatIpAddress(family: 4 | 6, bytes: Uint8Array, at = 0): string {
  return family === 4 ? formatIpv4(bytes, at) : formatIpv6(bytes, at);
}

/** Whether the address is a multicast group: 224.0.0.0/4 (RFC 5771) or ff00::/8 (RFC 4291 §2.7). */
export function isMulticast(family: 4 | 6, bytes: Uint8Array, at = 0): boolean {
  const first = bytes[at] as number;
  return family === 4 ? first >= 224 && first <= 239 : first === 0xff;
}

/** Whether the address is 0.0.0.0 or ::. */
export function isUnspecified(bytes: Uint8Array, at = 0): boolean {
  for (let index = 0; index < 16; index++) if (bytes[at + index] !== 0) return false;
  return true;
}

/** Whether an IPv6 address means nothing without its zone: fe80::/10 or ff01::/16 and ff02::/16 (RFC 4007). */
export function needsZone(bytes: Uint8Array, at = 0): boolean {
  const first = bytes[at] as number;
  const second = bytes[at + 1] as number;
  return (
    (first === 0xfe && (second & 0xc0) === 0x80) || (first === 0xff && ((second & 0x0f) === 1 || (second & 0x0f) === 2))
  );
}

/** Whether the first `bits` of an address are those of `first`, whose missing bytes are 0. */
export function beginsWith(bytes: Uint8Array, first: ArrayLike<number>, bits: number): boolean {
  for (let bit = 0; bit < bits; bit += 8) {
    const mask = 0xff & (0xff << Math.max(0, 8 - (bits - bit)));
    if ((((bytes[bit / 8] ?? 0) ^ (first[bit / 8] ?? 0)) & mask) !== 0) return false;
  }
  return true;
}
