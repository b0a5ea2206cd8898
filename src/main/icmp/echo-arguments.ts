/** Most payload of an ICMPv4 packet: 65,535 bytes less the headers of IPv4 (20) and ICMP (8) (RFC 791, RFC 792). */
const IPV4_PAYLOAD_BYTES = 65_507;
/** Most payload of an ICMPv6 packet: 65,535 bytes, which do not count the IP header, less 8 of ICMP (RFC 8200 §3). */
export const IPV6_PAYLOAD_BYTES = 65_527;

/**
 * The value if it is a whole number within the bounds.
 * @throws {TypeError} when it is no whole number.
 * @throws {RangeError} when it is out of bounds.
 */
export function whole(
  name: string,
  value: number,
  least = Number.MIN_SAFE_INTEGER,
  most = Number.MAX_SAFE_INTEGER,
): number {
  if (!Number.isInteger(value)) throw new TypeError(`${name} must be a whole number, not ${String(value)}`);
  if (value < least || value > most) throw new RangeError(`${name} must be between ${least} and ${most}, not ${value}`);
  return value;
}

/** @throws {TypeError} when it is no string, as it would be with a URL or a number. */
export function checkAddress(address: unknown): void {
  if (typeof address !== 'string') throw new TypeError('address must be a string');
}

/**
 * Checks a number of requests or tasks.
 * @throws {TypeError} when it is no number.
 * @throws {RangeError} when it is not whole, or less than 1.
 */
export function checkCount(name: string, value: number): void {
  if (typeof value !== 'number') throw new TypeError(`${name} must be a number, not ${String(value)}`);
  if (Number.isInteger(value) && value >= 1) return;
  throw new RangeError(`${name} must be a whole number of at least 1, not ${value}`);
}

/**
 * Checks a duration in seconds.
 * @throws {TypeError} when it is no number.
 * @throws {RangeError} when it is negative or endless.
 */
export function checkSeconds(name: string, value: number): void {
  if (typeof value !== 'number' || Number.isNaN(value)) {
    throw new TypeError(`${name} must be a number of seconds, not ${String(value)}`);
  }
  if (value >= 0 && Number.isFinite(value)) return;
  throw new RangeError(`${name} must be 0 seconds or more, and not endless: ${value}`);
}

/**
 * Checks that a packet of the family can carry the payload. Left to the system, each request would fail, and the
 * mistake would look like a host that loses everything.
 * @throws {TypeError} when `payloadSize` is no whole number.
 * @throws {RangeError} naming the limit of the family.
 */
export function checkPayloadFor(family: 4 | 6, payload: Uint8Array | null, payloadSize: number): void {
  const limit = family === 4 ? IPV4_PAYLOAD_BYTES : IPV6_PAYLOAD_BYTES;
  const name = payload === null ? 'payloadSize' : 'the size of payload';
  whole(`${name} over IPv${family}`, payload?.length ?? payloadSize, 0, limit);
}
