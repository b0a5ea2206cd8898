import { internetChecksum } from './checksum.ts';
import {
  ECHO_HEADER_BYTES,
  ICMPV4_DESTINATION_UNREACHABLE,
  ICMPV4_ECHO_REPLY,
  ICMPV4_ECHO_REQUEST,
  ICMPV4_FRAGMENTATION_NEEDED,
  ICMPV6_ECHO_REPLY,
  ICMPV6_ECHO_REQUEST,
  ICMPV6_PACKET_TOO_BIG,
} from './echo.ts';
import { areSummedExtensions } from './icmp-extensions.ts';

const PROTOCOL_ICMP = 1;
const PROTOCOL_ICMPV6 = 58;
const IPV4_HEADER_BYTES = 20;
const IPV6_HEADER_BYTES = 40;
/** ICMPv4 errors: unreachable, source quench, redirect, time exceeded, parameter problem (RFC 792). ICMPv6: all types below 128 (RFC 4443 §2.1). */
const ICMPV4_ERRORS = new Set([3, 4, 5, 11, 12]);
/** Errors that may be multi-part: unreachable, time exceeded and in ICMPv4 parameter problem (RFC 4884 §4). */
const ICMPV4_MULTI_PART = new Set([3, 11, 12]);
const ICMPV6_MULTI_PART = new Set([1, 3]);
/**
 * Bytes that a quoted packet is padded to when extensions follow (RFC 4884 §3). Routers older than the RFC cut or pad
 * it to exactly this and tell no length (§5.5).
 */
const LEAST_MULTI_PART_QUOTE = 128;
/** IPv6 extension headers whose second byte is their length: hop-by-hop, routing, destination options (RFC 8200 §4). */
const IPV6_OPTION_HEADERS = new Set([0, 43, 60]);
const IPV6_FRAGMENT_HEADER = 44;
/** Longer chains than this are not walked: no honest stack makes them, and a quote is cut at 1,232 bytes anyway. */
const EXTENSION_HEADER_LIMIT = 8;

/**
 * What one received ICMP message is. The decoder writes into an instance that is used again for the next message,
 * so that a packet costs no allocation; every offset is into the bytes that were decoded.
 *
 * - `echo-reply`: identifier and sequence are the message's own.
 * - `error`: it quotes an echo request; identifier and sequence are the quoted ones.
 * - `other`: valid, but neither: another type, or an error that quotes something else. Identifier and sequence are 0.
 * - `malformed`: not valid ICMP; nothing else is set.
 */
export class IcmpMessage {
  kind: 'echo-reply' | 'error' | 'other' | 'malformed' = 'malformed';
  /** −1 where the system does not tell it; so is `code`. */
  type = 0;
  code = 0;
  identifier = 0;
  sequence = 0;
  /** Where what `icmpBytes` counts starts. */
  icmpAt = 0;
  /** Bytes from the ICMP header on. */
  icmpBytes = 0;
  /** Payload of the echo reply, or as much of the request's payload as the error quotes. */
  payloadStart = 0;
  payloadEnd = 0;
  /** Where the destination address of the quoted packet stands, or −1. */
  quotedDestinationAt = -1;
  /** Where the source address of the quoted packet stands, or −1. */
  quotedSourceAt = -1;
  /** Hop limit of the quoted packet when it was given up, or −1. */
  quotedHopLimit = -1;
  /** Checksum in the quoted ICMP header; 0 when nothing of ours is quoted, −1 when the system hands over no quote. */
  quotedChecksum = 0;
  /** Where the extensions of the error start and end (RFC 4884), or −1; there may turn out to be none. */
  extensionsAt = -1;
  extensionsEnd = -1;
  /** MTU in bytes that the error tells, or 0. */
  mtu = 0;
  /** Hop limit in the outer IPv4 header, or −1 when there was none. */
  hopLimit = -1;
  /** Traffic class in the outer IPv4 header, or −1. */
  trafficClass = -1;

  /** Forgets the last message. */
  reset(): void {
    this.kind = 'malformed';
    this.type = 0;
    this.code = 0;
    this.identifier = 0;
    this.sequence = 0;
    this.icmpAt = 0;
    this.icmpBytes = 0;
    this.payloadStart = 0;
    this.payloadEnd = 0;
    this.quotedDestinationAt = -1;
    this.quotedSourceAt = -1;
    this.quotedHopLimit = -1;
    this.quotedChecksum = 0;
    this.extensionsAt = -1;
    this.extensionsEnd = -1;
    this.mtu = 0;
    this.hopLimit = -1;
    this.trafficClass = -1;
  }
}

/** Bytes of an IP header without options or extension headers, as this program's packets have it. */
export function ipHeaderBytes(family: 4 | 6): number {
  return family === 4 ? IPV4_HEADER_BYTES : IPV6_HEADER_BYTES;
}

function u16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
}

/** Decodes an IPv4 packet that carries ICMP, as a raw socket gives it; options are skipped, the checksum is verified. */
export function decodeIpv4Packet(bytes: Uint8Array, start: number, end: number, into: IcmpMessage): void {
  into.reset();
  if (end - start < IPV4_HEADER_BYTES || (bytes[start] as number) >> 4 !== 4) return;
  const headerBytes = ((bytes[start] as number) & 0x0f) * 4;
  const totalBytes = u16(bytes, start + 2);
  if (headerBytes < IPV4_HEADER_BYTES || totalBytes < headerBytes || totalBytes > end - start) return;
  if (bytes[start + 9] !== PROTOCOL_ICMP) return;
  const hopLimit = bytes[start + 8] as number;
  const trafficClass = bytes[start + 1] as number;
  decodeIcmp(4, bytes, start + headerBytes, start + totalBytes, true, into);
  into.hopLimit = hopLimit;
  into.trafficClass = trafficClass;
}

/**
 * Decodes an ICMP message. `verifyChecksum` is for ICMPv4 from a raw socket: everything else the kernel has verified
 * before it delivers. Any bytes are safe to give.
 */
export function decodeIcmp(
  family: 4 | 6,
  bytes: Uint8Array,
  start: number,
  end: number,
  verifyChecksum: boolean,
  into: IcmpMessage,
): void {
  into.reset();
  if (end - start < ECHO_HEADER_BYTES) return;
  if (verifyChecksum && internetChecksum(bytes, start, end) !== 0) return;
  const type = bytes[start] as number;
  const code = bytes[start + 1] as number;
  into.type = type;
  into.code = code;
  into.icmpAt = start;
  into.icmpBytes = end - start;
  into.kind = 'other';
  if (type === (family === 4 ? ICMPV4_ECHO_REPLY : ICMPV6_ECHO_REPLY)) {
    into.kind = 'echo-reply';
    into.identifier = u16(bytes, start + 4);
    into.sequence = u16(bytes, start + 6);
    into.payloadStart = start + ECHO_HEADER_BYTES;
    into.payloadEnd = end;
  } else if (family === 4 ? ICMPV4_ERRORS.has(type) : type < 128) {
    into.mtu = quotedMtu(family, type, code, bytes, start);
    const quoteStart = start + ECHO_HEADER_BYTES;
    const told = family === 4 ? (bytes[start + 5] as number) * 4 : (bytes[start + 4] as number) * 8;
    const quoteEnd = endOfQuote(family, type, told, 0, bytes, quoteStart, end, into);
    if (family === 4) decodeQuotedIpv4(bytes, quoteStart, quoteEnd, into);
    else decodeQuotedIpv6(bytes, quoteStart, quoteEnd, into);
  }
}

/**
 * Where the quoted packet ends, and in `into` where the extensions behind it start, such as MPLS labels: at the length
 * that a multi-part message tells (RFC 4884 §4, in words of 4 bytes, in ICMPv6 of 8); without one at the least that
 * the RFC allows, if there are extensions by their sum (§5.5); else at the end, without extensions. A length below
 * that least, or beyond the message, is not believed.
 *
 * @param told length of the quoted packet in bytes, 0 for none
 * @param absent bytes of the quoted packet that are not there, because the kernel has taken its IP header off
 * @param start where what is there of the quoted packet starts
 */
export function endOfQuote(
  family: 4 | 6,
  type: number,
  told: number,
  absent: number,
  bytes: Uint8Array,
  start: number,
  end: number,
  into: IcmpMessage,
): number {
  if (!(family === 4 ? ICMPV4_MULTI_PART : ICMPV6_MULTI_PART).has(type)) return end;
  if (told !== 0 && told < LEAST_MULTI_PART_QUOTE) return end;
  const at = start + (told === 0 ? LEAST_MULTI_PART_QUOTE : told) - absent;
  if (at > end || (told === 0 && !areSummedExtensions(bytes, at, end))) return end;
  into.extensionsAt = at;
  into.extensionsEnd = end;
  return at;
}

/** Next-hop MTU: the low half of the second word in ICMPv4 (RFC 1191 §4; 0 from old routers), the whole in ICMPv6 (RFC 4443 §3.2). */
function quotedMtu(family: 4 | 6, type: number, code: number, bytes: Uint8Array, start: number): number {
  if (family === 4) {
    return type === ICMPV4_DESTINATION_UNREACHABLE && code === ICMPV4_FRAGMENTATION_NEEDED ? u16(bytes, start + 6) : 0;
  }
  return type === ICMPV6_PACKET_TOO_BIG ? u16(bytes, start + 4) * 0x1_0000 + u16(bytes, start + 6) : 0;
}

function decodeQuotedIpv4(bytes: Uint8Array, start: number, end: number, into: IcmpMessage): void {
  if (end - start < IPV4_HEADER_BYTES || (bytes[start] as number) >> 4 !== 4) return;
  const headerBytes = ((bytes[start] as number) & 0x0f) * 4;
  const isFirstFragment = (u16(bytes, start + 6) & 0x1fff) === 0;
  if (headerBytes < IPV4_HEADER_BYTES || !isFirstFragment || bytes[start + 9] !== PROTOCOL_ICMP) return;
  const totalBytes = u16(bytes, start + 2);
  if (
    decodeQuotedEcho(4, bytes, start + headerBytes, endOfPacket(start + totalBytes, start + headerBytes, end), into)
  ) {
    into.quotedSourceAt = start + 12;
    into.quotedDestinationAt = start + 16;
    into.quotedHopLimit = bytes[start + 8] as number;
  }
}

function decodeQuotedIpv6(bytes: Uint8Array, start: number, end: number, into: IcmpMessage): void {
  if (end - start < IPV6_HEADER_BYTES || (bytes[start] as number) >> 4 !== 6) return;
  let next = bytes[start + 6] as number;
  let at = start + IPV6_HEADER_BYTES;
  for (let headers = 0; next !== PROTOCOL_ICMPV6; headers++) {
    if (headers === EXTENSION_HEADER_LIMIT || end - at < 8) return;
    if (next === IPV6_FRAGMENT_HEADER) {
      if ((u16(bytes, at + 2) & 0xfff8) !== 0) return;
      next = bytes[at] as number;
      at += 8;
    } else if (IPV6_OPTION_HEADERS.has(next)) {
      next = bytes[at] as number;
      at += ((bytes[at + 1] as number) + 1) * 8;
    } else {
      return;
    }
  }
  const totalBytes = IPV6_HEADER_BYTES + u16(bytes, start + 4);
  if (decodeQuotedEcho(6, bytes, at, endOfPacket(start + totalBytes, at, end), into)) {
    into.quotedSourceAt = start + 8;
    into.quotedDestinationAt = start + 24;
    into.quotedHopLimit = bytes[start + 7] as number;
  }
}

/** The end that the quoted header tells, so that padding is no payload; the quote's own end where that cannot be (some routers spoil the field). */
function endOfPacket(told: number, message: number, end: number): number {
  return told >= message + ECHO_HEADER_BYTES && told <= end ? told : end;
}

/**
 * Takes what an echo interface tells of a request, which is no packet: the header of the request as it was given and,
 * of a reply, what came back behind it. Of an error nothing is quoted, and its type and code are told beside.
 */
export function decodeEchoAnswer(
  family: 4 | 6,
  bytes: Uint8Array,
  start: number,
  end: number,
  isReply: boolean,
  into: IcmpMessage,
): void {
  into.reset();
  if (end - start < ECHO_HEADER_BYTES) return;
  into.kind = isReply ? 'echo-reply' : 'error';
  into.type = family === 4 ? ICMPV4_ECHO_REPLY : ICMPV6_ECHO_REPLY;
  into.identifier = u16(bytes, start + 4);
  into.sequence = u16(bytes, start + 6);
  into.icmpAt = start;
  into.icmpBytes = isReply ? end - start : 0;
  into.payloadStart = start + ECHO_HEADER_BYTES;
  into.payloadEnd = isReply ? end : into.payloadStart;
  into.quotedChecksum = isReply ? 0 : -1;
}

/** Reads a quoted echo request; false, and no change, when it is anything else. */
export function decodeQuotedEcho(
  family: 4 | 6,
  bytes: Uint8Array,
  start: number,
  end: number,
  into: IcmpMessage,
): boolean {
  if (end - start < ECHO_HEADER_BYTES) return false;
  if (bytes[start] !== (family === 4 ? ICMPV4_ECHO_REQUEST : ICMPV6_ECHO_REQUEST) || bytes[start + 1] !== 0)
    return false;
  into.kind = 'error';
  into.quotedChecksum = u16(bytes, start + 2);
  into.identifier = u16(bytes, start + 4);
  into.sequence = u16(bytes, start + 6);
  into.payloadStart = start + ECHO_HEADER_BYTES;
  into.payloadEnd = end;
  return true;
}
