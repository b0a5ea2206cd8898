/**
 * Branded units. Inside the program a quantity is a type; at a border (JSON, SQL, command line, C++) it is a
 * plain number whose name ends in its unit (`intervalMs`, `sentAtEpochMs`).
 */

declare const milliseconds_: unique symbol;
declare const epochMilliseconds_: unique symbol;
declare const monotonicMilliseconds_: unique symbol;
declare const hopLimit_: unique symbol;

/** A duration in milliseconds; fractions carry the precision of the clock that measured it. */
export type Milliseconds = number & { readonly [milliseconds_]: true };

/** A point of wall time in milliseconds since 1970-01-01T00:00:00Z. It may step; never subtract two of them to time a packet. */
export type EpochMilliseconds = number & { readonly [epochMilliseconds_]: true };

/** A point on the monotonic clock in milliseconds; its origin is arbitrary, its differences are durations. */
export type MonotonicMilliseconds = number & { readonly [monotonicMilliseconds_]: true };

/** An IP hop limit (IPv4: TTL), a whole number from 1 to 255 (RFC 791, RFC 8200). */
export type HopLimit = number & { readonly [hopLimit_]: true };

/** Names a number as a duration in milliseconds. */
export function milliseconds(value: number): Milliseconds {
  return value as Milliseconds;
}

/** Names a number of seconds as the duration it is. */
export function seconds(value: number): Milliseconds {
  return (value * 1000) as Milliseconds;
}

/** Names a number as wall time in milliseconds since the epoch. */
export function epochMilliseconds(value: number): EpochMilliseconds {
  return value as EpochMilliseconds;
}

/** Names a number as a point on the monotonic clock. */
export function monotonicMilliseconds(value: number): MonotonicMilliseconds {
  return value as MonotonicMilliseconds;
}

/** The duration from one point of the monotonic clock to a later one. */
export function elapsed(from: MonotonicMilliseconds, to: MonotonicMilliseconds): Milliseconds {
  return (to - from) as Milliseconds;
}

/**
 * A hop limit.
 * @throws {RangeError} unless the value is a whole number from 1 to 255.
 */
export function hopLimit(value: number): HopLimit {
  if (!Number.isInteger(value) || value < 1 || value > 255) {
    throw new RangeError(`A hop limit is a whole number from 1 to 255, not ${value}`);
  }
  return value as HopLimit;
}
