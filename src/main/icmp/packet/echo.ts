import { internetChecksum } from './checksum.ts';

/** Bytes of the header of an echo message (RFC 792, RFC 4443 §4.1). */
export const ECHO_HEADER_BYTES = 8;

/** ICMP types this program sends or understands (RFC 792; RFC 4443). */
export const ICMPV4_ECHO_REPLY = 0;
export const ICMPV4_DESTINATION_UNREACHABLE = 3;
export const ICMPV4_ECHO_REQUEST = 8;
export const ICMPV4_TIME_EXCEEDED = 11;
/** Code of ICMPV4_DESTINATION_UNREACHABLE that carries an MTU (RFC 1191 §4). */
export const ICMPV4_FRAGMENTATION_NEEDED = 4;
export const ICMPV6_DESTINATION_UNREACHABLE = 1;
export const ICMPV6_PACKET_TOO_BIG = 2;
export const ICMPV6_TIME_EXCEEDED = 3;
export const ICMPV6_ECHO_REQUEST = 128;
export const ICMPV6_ECHO_REPLY = 129;

/**
 * Writes the 8-byte header of an echo request at `into[at]`, checksum zero; the payload belongs right behind it.
 * Identifier and sequence are taken modulo 65,536.
 */
export function writeEchoHeader(
  into: Uint8Array,
  at: number,
  family: 4 | 6,
  identifier: number,
  sequence: number,
): void {
  into[at] = family === 4 ? ICMPV4_ECHO_REQUEST : ICMPV6_ECHO_REQUEST;
  into[at + 1] = 0;
  into[at + 2] = 0;
  into[at + 3] = 0;
  into[at + 4] = (identifier >> 8) & 0xff;
  into[at + 5] = identifier & 0xff;
  into[at + 6] = (sequence >> 8) & 0xff;
  into[at + 7] = sequence & 0xff;
}

/** Writes the checksum of the ICMPv4 message of `bytes` bytes at `into[at]`. ICMPv6 leaves that to the kernel, which knows the pseudo-header. */
export function writeChecksum(into: Uint8Array, at: number, bytes: number): void {
  into[at + 2] = 0;
  into[at + 3] = 0;
  const checksum = internetChecksum(into, at, at + bytes);
  into[at + 2] = checksum >> 8;
  into[at + 3] = checksum & 0xff;
}

/** A whole echo request as bytes, for tests and for showing; the sockets write theirs in place. */
export function encodeEchoRequest(
  family: 4 | 6,
  identifier: number,
  sequence: number,
  payload: Uint8Array,
): Uint8Array {
  const message = new Uint8Array(ECHO_HEADER_BYTES + payload.length);
  writeEchoHeader(message, 0, family, identifier, sequence);
  message.set(payload, ECHO_HEADER_BYTES);
  writeChecksum(message, 0, message.length);
  return message;
}
