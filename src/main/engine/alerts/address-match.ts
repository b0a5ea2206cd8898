import { readRange } from '../../../contract/address-ranges.ts';

/** Most addresses of which it is remembered whether they are within: a path has a few. */
const REMEMBERED = 1_000;

/** Whether an address is one of a range's, an IPv4 or IPv6 address, `192.0.2.0/24` or a span. Nothing is within a text that is none of these. */
export function createAddressMatch(addresses: string): (address: string) => boolean {
  const read = readRange(addresses);
  if (read.kind !== 'span') return () => false;
  const { family, first, count, zone } = read.span;
  const isWithin = (address: string) => {
    const one = readRange(address);
    if (one.kind !== 'span' || one.span.family !== family || (zone !== null && one.span.zone !== zone)) return false;
    const distance = one.span.first - first;
    return distance >= 0n && distance < BigInt(count);
  };
  const known = new Map<string, boolean>();
  return (address) => {
    const before = known.get(address);
    if (before !== undefined) return before;
    if (known.size >= REMEMBERED) known.clear();
    const answer = isWithin(address);
    known.set(address, answer);
    return answer;
  };
}
