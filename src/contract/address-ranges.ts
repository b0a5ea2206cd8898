import { formatIpAddress, parseIpAddress } from './ip-address.ts';

/** Most addresses of one sweep: a whole /8, an hour and a half at 3,000 a second. */
export const ADDRESSES_LIMIT = 16_777_216;

/** Consecutive addresses of one family. */
export interface AddressSpan {
  readonly family: 4 | 6;
  /** First address as a number. */
  readonly first: bigint;
  readonly count: number;
  /** Of scoped IPv6 addresses (RFC 4007), else null. */
  readonly zone: string | null;
}

/** What a text means as a range, or why it means none. */
export type RangeReading =
  | { readonly kind: 'span'; readonly span: AddressSpan }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'wrong'; readonly sentence: string };

const ALLOWED = 'an address, a CIDR range such as 192.0.2.0/24, a span such as 192.0.2.1-192.0.2.99, or a name';

/**
 * Reads one range: a numeric address, a CIDR range (bits of the host part may be set and are ignored), a span of two
 * addresses of one family (of IPv4 the end may be a last number only: 192.0.2.1-99), or else a host name, which is left
 * to be resolved. Every address of a range counts, the first and the last of a subnet too.
 */
export function readRange(text: string): RangeReading {
  const range = text.trim();
  if (range === '') return wrong(range);
  const slash = range.indexOf('/');
  if (slash >= 0) return readCidr(range, range.slice(0, slash), range.slice(slash + 1));
  const address = toNumber(range);
  if (address !== null) return span(range, address, address.value);
  const dash = range.indexOf('-');
  const from = dash < 0 ? null : toNumber(range.slice(0, dash).trim());
  if (from !== null) return readSpan(range, from, range.slice(dash + 1).trim());
  return isName(range) ? { kind: 'name', name: range } : wrong(range);
}

/** The text of an address given as a number. */
export function formatAddress(family: 4 | 6, value: bigint, zone: string | null): string {
  if (family === 4) return formatIpv4Number(Number(value));
  const bytes = new Uint8Array(16);
  for (let index = 15, rest = value; index >= 0; index--, rest >>= 8n) bytes[index] = Number(rest & 0xffn);
  const text = formatIpAddress(6, bytes);
  return zone === null ? text : `${text}%${zone}`;
}

function formatIpv4Number(number: number): string {
  return `${number >>> 24}.${(number >>> 16) & 255}.${(number >>> 8) & 255}.${number & 255}`;
}

/** Several spans as one numbered row of addresses; nothing is listed, so that a /8 costs no more than a /32. */
export class AddressRanges {
  readonly #spans: readonly AddressSpan[];
  /** Number of the first address of each span. */
  readonly #starts: readonly number[];
  /** First address of each span as a plain number: exact for IPv4, of no use for IPv6. */
  readonly #numbers: readonly number[];
  readonly total: number;
  /** Span of the last address asked for; a sweep asks in order. */
  #current = 0;

  constructor(spans: readonly AddressSpan[]) {
    this.#spans = spans;
    const starts: number[] = [];
    let total = 0;
    for (const { count } of spans) {
      starts.push(total);
      total += count;
    }
    this.#starts = starts;
    this.#numbers = spans.map(({ first }) => Number(first));
    this.total = total;
  }

  /**
   * The address with this number.
   * @throws {RangeError} unless `index` is a whole number from 0 to `total` − 1.
   */
  at(index: number): { readonly family: 4 | 6; readonly address: string } {
    if (!Number.isInteger(index) || index < 0 || index >= this.total) {
      throw new RangeError(`There are ${this.total} addresses, so there is none with the number ${index}`);
    }
    let current = this.#current;
    if (index < (this.#starts[current] as number)) current = 0;
    while (current + 1 < this.#starts.length && index >= (this.#starts[current + 1] as number)) current += 1;
    this.#current = current;
    const { family, first, zone } = this.#spans[current] as AddressSpan;
    const offset = index - (this.#starts[current] as number);
    // A sweep asks for millions of these; arithmetic with big integers is several times slower.
    if (family === 4) return { family, address: formatIpv4Number((this.#numbers[current] as number) + offset) };
    return { family, address: formatAddress(family, first + BigInt(offset), zone) };
  }
}

interface NumberedAddress {
  readonly family: 4 | 6;
  readonly value: bigint;
  readonly zone: string | null;
}

function toNumber(text: string): NumberedAddress | null {
  const address = parseIpAddress(text);
  if (address === null) return null;
  const bytes = address.bytes.subarray(0, address.family === 4 ? 4 : 16);
  return {
    family: address.family,
    zone: address.zone,
    value: bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n),
  };
}

function readCidr(range: string, base: string, prefix: string): RangeReading {
  const address = toNumber(base);
  if (address === null || !/^\d{1,3}$/.test(prefix)) return wrong(range);
  const bits = address.family === 4 ? 32 : 128;
  const length = Number(prefix);
  if (length > bits) {
    return {
      kind: 'wrong',
      sentence: `The prefix of an IPv${address.family} range must be from /0 to /${bits}, not “/${prefix}” as in “${range}”.`,
    };
  }
  const hostBits = BigInt(bits - length);
  const first = (address.value >> hostBits) << hostBits;
  return span(range, { ...address, value: first }, first + (1n << hostBits) - 1n);
}

function readSpan(range: string, from: NumberedAddress, end: string): RangeReading {
  const lastNumber = from.family === 4 && /^\d{1,3}$/.test(end) ? Number(end) : null;
  if (lastNumber !== null && lastNumber > 255) return wrong(range);
  const to = lastNumber === null ? toNumber(end) : { ...from, value: (from.value & ~0xffn) | BigInt(lastNumber) };
  if (to === null || to.family !== from.family) return wrong(range);
  if (to.value < from.value) {
    return { kind: 'wrong', sentence: `The span “${range}” ends before it begins: give the lower address first.` };
  }
  return span(range, from, to.value);
}

function span(range: string, { family, value, zone }: NumberedAddress, last: bigint): RangeReading {
  const count = last - value + 1n;
  if (count > BigInt(ADDRESSES_LIMIT)) {
    return {
      kind: 'wrong',
      sentence: `A sweep may have at most ${ADDRESSES_LIMIT.toLocaleString('en')} addresses, a /8 of IPv4 or a /104 of IPv6; “${range}” has more.`,
    };
  }
  return { kind: 'span', span: { family, first: value, count: Number(count), zone } };
}

/** Letters, digits, hyphens and dots, with at least one letter: what is all digits and dots is a mistyped address. */
function isName(text: string): boolean {
  return text.length <= 253 && /^[\p{L}\p{N}_]([\p{L}\p{N}_.-]*[\p{L}\p{N}_.])?$/u.test(text) && /\p{L}/u.test(text);
}

function wrong(range: string): RangeReading {
  return { kind: 'wrong', sentence: `A range must be ${ALLOWED}, not “${range}”.` };
}
