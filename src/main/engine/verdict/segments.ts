import { beginsWith, type IpAddress, parseIpAddress } from '../../../contract/ip-address.ts';
import type { Segment } from '../../../contract/verdict.ts';

/** What the segments need to know of a hop. */
export interface SegmentedHop {
  readonly hopLimit: number;
  readonly responders: ReadonlyArray<{ readonly address: string; readonly asn: { readonly number: number } | null }>;
}

/** A hop's first responder, read. */
interface Place {
  readonly hopLimit: number;
  readonly address: IpAddress;
  readonly asn: number | null;
}

/** Prefix lengths that stand for one provider where no autonomous system is known, a heuristic: typical allocations (RIR). */
const PROVIDER_PREFIX = { 4: 16, 6: 32 } as const;
/** And for one site: the longest prefixes that are routed between providers. */
const SITE_PREFIX = { 4: 24, 6: 48 } as const;

/**
 * Whose part of the way each hop lies in, in the order of the hops; null of a hop that cannot be told, a silent one
 * between two segments among them.
 *
 * `local`: private addresses (RFC 1918, RFC 4193) and link-local ones at the beginning, and this machine's known
 * gateways, whatever their addresses; the first hop of a path that has none of them is the provider's. `isp`: shared address space (RFC 6598) and the first public autonomous system; as
 * long as that is not known, the first public hop and those after it that share its /16 (IPv6: /32). `destination`: the
 * destination, and the hops just before it in its autonomous system or, where that is not known, in its /24 (/48).
 * `transit`: what lies between.
 */
export function segmentsOf(
  hops: readonly SegmentedHop[],
  destination: string,
  gateways: readonly string[],
): ReadonlyArray<Segment | null> {
  const places = hops.map(placeOf);
  const end = parseIpAddress(destination);
  const segments: (Segment | null)[] = hops.map(() => null);
  const own = gateways.flatMap((gateway) => parseIpAddress(gateway) ?? []);
  const isOwn = (place: Place) => own.some((gateway) => isGateway(place, gateway));
  const firstPublic = places.findIndex(
    (place) => place !== null && !isLocal(place.address) && !isShared(place.address) && !isOwn(place),
  );
  const publicStart = firstPublic < 0 ? hops.length : firstPublic;
  markNear(places, segments, publicStart, isOwn);
  const destinationStart = end === null ? hops.length : markDestination(places, segments, end, hops, destination);
  const provider = places[publicStart] ?? null;
  if (provider !== null && publicStart < destinationStart)
    markProvider(places, segments, publicStart, destinationStart, provider);
  for (let index = publicStart; index < destinationStart; index += 1) {
    if (places[index] !== null) segments[index] ??= 'transit';
  }
  return fillSilent(segments);
}

/**
 * Whether a place is that gateway. An IPv6 gateway is most often known by its link-local address (RFC 4861 §4.2), while
 * its answers come from another of its addresses: then it is who stands first.
 */
function isGateway({ hopLimit, address }: Place, gateway: IpAddress): boolean {
  if (sharesPrefix(address, gateway, 8 * address.bytes.length)) return true;
  return hopLimit === 1 && address.family === 6 && sharesPrefix(gateway, LINK_LOCAL_V6, 10);
}

/** Before the first public address: this network, then the shared space of the provider and what is private behind it. */
function markNear(
  places: readonly (Place | null)[],
  segments: (Segment | null)[],
  publicStart: number,
  isOwn: (place: Place) => boolean,
): void {
  let isBeyondHome = false;
  for (let index = 0; index < publicStart; index += 1) {
    const place = places[index];
    if (place === null || place === undefined) continue;
    isBeyondHome ||= isShared(place.address) && !isOwn(place);
    segments[index] = isBeyondHome ? 'isp' : 'local';
  }
}

/** Marks the destination and the hops just before it that are of its site; gives the index of the first of them. */
function markDestination(
  places: readonly (Place | null)[],
  segments: (Segment | null)[],
  end: IpAddress,
  hops: readonly SegmentedHop[],
  destination: string,
): number {
  const found = hops.findIndex(({ responders }) => responders.some(({ address }) => address === destination));
  // One that does not answer lies behind all that do.
  const own = found < 0 ? hops.length : found;
  const asn = hops[own]?.responders.find(({ address }) => address === destination)?.asn?.number ?? null;
  if (found >= 0) segments[own] = 'destination';
  let start = own;
  for (let index = own - 1; index > 0; index -= 1) {
    const place = places[index];
    if (place === null || place === undefined) continue;
    // A destination in the same network as this machine has no site of its own before it.
    if (segments[index] !== null || !isOfSite(place, end, asn)) break;
    segments[index] = 'destination';
    start = index;
  }
  return start;
}

function isOfSite({ address, asn }: Place, end: IpAddress, endAsn: number | null): boolean {
  if (asn !== null && endAsn !== null) return asn === endAsn;
  return sharesPrefix(address, end, SITE_PREFIX[end.family]);
}

function markProvider(
  places: readonly (Place | null)[],
  segments: (Segment | null)[],
  start: number,
  end: number,
  provider: Place,
): void {
  for (let index = start; index < end; index += 1) {
    const place = places[index];
    if (place === null || place === undefined) continue;
    if (!isOfProvider(place, provider)) return;
    segments[index] = 'isp';
  }
}

function isOfProvider({ address, asn }: Place, provider: Place): boolean {
  // Providers number links inside their network from private space too.
  if (isLocal(address) || isShared(address)) return true;
  if (asn !== null && provider.asn !== null) return asn === provider.asn;
  return sharesPrefix(address, provider.address, PROVIDER_PREFIX[address.family]);
}

/** A silent hop between two of one segment is of that segment too. */
function fillSilent(segments: readonly (Segment | null)[]): (Segment | null)[] {
  return segments.map((segment, index) => {
    if (segment !== null) return segment;
    const before = segments.slice(0, index).findLast((other) => other !== null) ?? null;
    const after = segments.slice(index + 1).find((other) => other !== null) ?? null;
    return before === after ? before : null;
  });
}

function placeOf({ hopLimit, responders }: SegmentedHop): Place | null {
  const [first] = responders;
  const address = first === undefined ? null : parseIpAddress(first.address);
  return address === null ? null : { hopLimit, address, asn: first?.asn?.number ?? null };
}

/** RFC 1918, RFC 3927 and RFC 1122 loopback; RFC 4193, RFC 4291 link-local and loopback. */
function isLocal(address: IpAddress): boolean {
  const inside = address.family === 4 ? LOCAL_V4 : LOCAL_V6;
  return inside.some(([prefix, length]) => sharesPrefix(address, prefix, length));
}

function isShared(address: IpAddress): boolean {
  return sharesPrefix(address, SHARED, 10);
}

function prefixOf(text: string): IpAddress {
  return parseIpAddress(text) ?? { family: 4, bytes: new Uint8Array(16), zone: null };
}

/** RFC 6598. */
const SHARED = prefixOf('100.64.0.0');
const LOCAL_V4: ReadonlyArray<readonly [IpAddress, number]> = [
  [prefixOf('10.0.0.0'), 8],
  [prefixOf('172.16.0.0'), 12],
  [prefixOf('192.168.0.0'), 16],
  [prefixOf('169.254.0.0'), 16],
  [prefixOf('127.0.0.0'), 8],
];
const LINK_LOCAL_V6 = prefixOf('fe80::');
const LOCAL_V6: ReadonlyArray<readonly [IpAddress, number]> = [
  [prefixOf('fc00::'), 7],
  [LINK_LOCAL_V6, 10],
  [prefixOf('::1'), 128],
];

function sharesPrefix(a: IpAddress, b: IpAddress, length: number): boolean {
  return a.family === b.family && beginsWith(a.bytes, b.bytes, length);
}
