import { formatIpv4, formatIpv6 } from '../../../contract/ip-address.ts';
import type { IcmpExtensions, InterfaceInformation, MplsLabel } from '../probe-transport.ts';
import { internetChecksum } from './checksum.ts';

/** Version of the structure that RFC 4884 §7 defines, in the upper half of its first byte. */
const VERSION = 2;
const STRUCTURE_HEADER_BYTES = 4;
const OBJECT_HEADER_BYTES = 4;
const MPLS_ENTRY_BYTES = 4;

/** Classes of objects (IANA, "ICMP Extension Object Classes and Class Sub-types"): RFC 4950 and RFC 5837. */
const CLASS_MPLS = 1;
const MPLS_INCOMING_STACK = 1;
const CLASS_INTERFACE = 2;

/** Bits of an interface object's sub-type that say what it holds, in this order (RFC 5837 §4.1); the upper two are its role. */
const HAS_INDEX = 0x08;
const HAS_ADDRESS = 0x04;
const HAS_NAME = 0x02;
const HAS_MTU = 0x01;
const ROLES = ['incoming', 'sub-ip-incoming', 'outgoing', 'next-hop'] as const;
/** Address families (IANA). */
const AFI_IPV4 = 1;
const AFI_IPV6 = 2;

/** More objects or labels than this no honest router sends; the rest is not read, so that a liar cannot fill the memory. */
const LIMIT = 64;

const text = new TextDecoder();

/**
 * Whether an extension structure by its version and its checksum is at `bytes[start, end)`. For where nothing but the
 * place says so: a checksum of zero, which else means that none was computed (RFC 4884 §7), is no proof then.
 */
export function areSummedExtensions(bytes: Uint8Array, start: number, end: number): boolean {
  return hasVersion(bytes, start, end) && u16(bytes, start + 2) !== 0 && internetChecksum(bytes, start, end) === 0;
}

/**
 * Reads the extension structure `bytes[start, end)` of an ICMP error (RFC 4884 §7 and §8). Null when it is none: its
 * version, its checksum or the length of one of its objects is wrong. Any bytes are safe to give.
 */
export function readExtensions(bytes: Uint8Array, start: number, end: number): IcmpExtensions | null {
  if (!hasVersion(bytes, start, end)) return null;
  if (u16(bytes, start + 2) !== 0 && internetChecksum(bytes, start, end) !== 0) return null;
  const mpls: MplsLabel[] = [];
  const interfaces: InterfaceInformation[] = [];
  const others: Array<IcmpExtensions['others'][number]> = [];
  let at = start + STRUCTURE_HEADER_BYTES;
  while (at < end) {
    if (end - at < OBJECT_HEADER_BYTES) return null;
    const length = u16(bytes, at);
    if (length < OBJECT_HEADER_BYTES || length % 4 !== 0 || length > end - at) return null;
    const classNumber = bytes[at + 2] as number;
    const classType = bytes[at + 3] as number;
    const payloadAt = at + OBJECT_HEADER_BYTES;
    at += length;
    if (classNumber === CLASS_MPLS && classType === MPLS_INCOMING_STACK) {
      readLabels(bytes, payloadAt, at, mpls);
    } else if (interfaces.length + others.length < LIMIT) {
      if (classNumber === CLASS_INTERFACE) interfaces.push(readInterface(classType, bytes, payloadAt, at));
      else others.push({ classNumber, classType, payloadBytes: length - OBJECT_HEADER_BYTES });
    }
  }
  return { mpls, interfaces, others };
}

function hasVersion(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start > STRUCTURE_HEADER_BYTES && (bytes[start] as number) >> 4 === VERSION;
}

function u16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
}

function u32(bytes: Uint8Array, at: number): number {
  return u16(bytes, at) * 0x1_0000 + u16(bytes, at + 2);
}

/** An entry is 20 bits of label, 3 of traffic class, 1 that marks the bottom and 8 of TTL (RFC 3032 §2.1). */
function readLabels(bytes: Uint8Array, start: number, end: number, into: MplsLabel[]): void {
  for (let at = start; at < end && into.length < LIMIT; at += MPLS_ENTRY_BYTES) {
    const entry = u32(bytes, at);
    into.push({
      label: entry >>> 12,
      trafficClass: (entry >>> 9) & 0b111,
      isBottom: (entry & 0x100) !== 0,
      ttl: entry & 0xff,
    });
  }
}

/** What does not fit into the object is null, and so is everything behind it. */
function readInterface(classType: number, bytes: Uint8Array, start: number, end: number): InterfaceInformation {
  let at = start;
  /** Where the next field of this many bytes starts, or −1 when it is not there. */
  const take = (length: number): number => {
    const from = at;
    at = length > end - at ? end + 1 : at + length;
    return at > end ? -1 : from;
  };
  const indexAt = (classType & HAS_INDEX) === 0 ? -1 : take(4);
  const address = (classType & HAS_ADDRESS) === 0 ? null : readAddress(bytes, take);
  const name = (classType & HAS_NAME) === 0 ? null : readName(bytes, take, at < end ? (bytes[at] as number) : 0);
  const mtuAt = (classType & HAS_MTU) === 0 ? -1 : take(4);
  return {
    role: ROLES[classType >> 6] as InterfaceInformation['role'],
    index: indexAt < 0 ? null : u32(bytes, indexAt),
    address,
    name,
    mtu: mtuAt < 0 ? null : u32(bytes, mtuAt),
  };
}

/** The family, two reserved bytes, the address (RFC 5837 §4.2). A family that is not known has no known length. */
function readAddress(bytes: Uint8Array, take: (length: number) => number): string | null {
  const familyAt = take(4);
  if (familyAt < 0) return null;
  const family = u16(bytes, familyAt);
  const at = take(family === AFI_IPV4 ? 4 : family === AFI_IPV6 ? 16 : Number.POSITIVE_INFINITY);
  if (at < 0) return null;
  return family === AFI_IPV4 ? formatIpv4(bytes, at) : formatIpv6(bytes, at);
}

/**
 * One byte of length, which counts itself, then UTF-8 with zeros behind it (RFC 5837 §4.3). Control characters, which
 * a terminal would obey, become the replacement character, as wrong UTF-8 does.
 */
function readName(bytes: Uint8Array, take: (length: number) => number, length: number): string | null {
  const at = take(Math.max(length, 1));
  if (at < 0) return null;
  const name = bytes.subarray(at + 1, at + Math.max(length, 1));
  const zero = name.indexOf(0);
  const decoded = text.decode(zero < 0 ? name : name.subarray(0, zero));
  return decoded === '' ? null : decoded.replaceAll(/\p{Cc}/gu, '\uFFFD');
}
