import { formatIpAddress } from '../../../contract/ip-address.ts';
import type { PacketField, PacketFieldName, PacketPart } from '../../../contract/packet-field.ts';
import {
  ECHO_HEADER_BYTES,
  ICMPV4_DESTINATION_UNREACHABLE,
  ICMPV4_ECHO_REPLY,
  ICMPV4_ECHO_REQUEST,
  ICMPV4_FRAGMENTATION_NEEDED,
  ICMPV4_TIME_EXCEEDED,
  ICMPV6_ECHO_REPLY,
  ICMPV6_ECHO_REQUEST,
  ICMPV6_PACKET_TOO_BIG,
} from './echo.ts';
import { readExtensions } from './icmp-extensions.ts';
import { decodeIcmp, decodeQuotedEcho, IcmpMessage, ipHeaderBytes } from './icmp-message.ts';

/** Errors whose header has a field of its own (RFC 792; RFC 4443 §3.4). */
const ICMPV4_REDIRECT = 5;
const ICMPV4_PARAMETER_PROBLEM = 12;
const ICMPV6_PARAMETER_PROBLEM = 4;
const PROTOCOL_ICMP = 1;
const CLASS_MPLS = 1;
const EXTENSION_HEADER_BYTES = 4;
const OBJECT_HEADER_BYTES = 4;
const MPLS_ENTRY_BYTES = 4;

/**
 * What each byte of an ICMP message means: fields in order, without gap or overlap, from the first byte to the last.
 * It finds quoted requests and extensions as the decoder of received messages does. Any bytes are safe to give.
 */
export function fieldsOfMessage(family: 4 | 6, bytes: Uint8Array): PacketField[] {
  const fields = new FieldWriter(bytes);
  if (bytes.length < ECHO_HEADER_BYTES) return fields.rest('icmp', 'data', bytes.length).all;
  const type = bytes[0] as number;
  if (isEcho(family, type)) return writeEcho(fields, 'icmp', bytes.length).all;
  fields.number('icmp', 'type', 1).number('icmp', 'code', 1).number('icmp', 'checksum', 2);
  const message = new IcmpMessage();
  decodeIcmp(family, bytes, 0, bytes.length, false, message);
  const isError = family === 4 ? [3, 4, 5, 11, 12].includes(type) : type < 128;
  if (!isError) return fields.rest('icmp', 'data', bytes.length).all;
  writeRestOfHeader(fields, family, type, bytes[1] as number);
  const quoteEnd = message.extensionsAt < 0 ? bytes.length : message.extensionsAt;
  if (message.kind === 'error') {
    const quotedIcmpAt = message.payloadStart - ECHO_HEADER_BYTES;
    writeIpHeader(fields, family, quotedIcmpAt);
    writeEcho(fields, 'quoted-icmp', message.payloadEnd);
    fields.rest('quoted-icmp', 'padding', quoteEnd);
  } else {
    writeForeignQuote(fields, family, quoteEnd);
  }
  return writeExtensions(fields, bytes.length).all;
}

/**
 * The same of what the kernel keeps of an error for an unprivileged socket: the quoted request from its ICMP header on.
 * @param extensionsAt where extensions start, or null when there are none
 */
export function fieldsOfQuote(family: 4 | 6, bytes: Uint8Array, extensionsAt: number | null): PacketField[] {
  const fields = new FieldWriter(bytes);
  const quoteEnd = extensionsAt ?? bytes.length;
  const message = new IcmpMessage();
  if (decodeQuotedEcho(family, bytes, 0, quoteEnd, message)) writeEcho(fields, 'quoted-icmp', quoteEnd);
  else fields.rest('quoted-icmp', 'data', quoteEnd);
  return writeExtensions(fields, bytes.length).all;
}

function isEcho(family: 4 | 6, type: number): boolean {
  return family === 4
    ? type === ICMPV4_ECHO_REPLY || type === ICMPV4_ECHO_REQUEST
    : type === ICMPV6_ECHO_REPLY || type === ICMPV6_ECHO_REQUEST;
}

function writeEcho(fields: FieldWriter, part: PacketPart, end: number): FieldWriter {
  return fields
    .number(part, 'type', 1)
    .number(part, 'code', 1)
    .number(part, 'checksum', 2)
    .number(part, 'identifier', 2)
    .number(part, 'sequence', 2)
    .rest(part, 'payload', end);
}

/** The second word of an error's header. */
function writeRestOfHeader(fields: FieldWriter, family: 4 | 6, type: number, code: number): void {
  if (family === 6) {
    if (type === ICMPV6_PACKET_TOO_BIG) fields.number('icmp', 'mtu', 4);
    else if (type === ICMPV6_PARAMETER_PROBLEM) fields.number('icmp', 'pointer', 4);
    else fields.number('icmp', 'quote-length', 1).blank('icmp', 'unused', 3);
    return;
  }
  switch (type) {
    case ICMPV4_REDIRECT:
      fields.address('icmp', 'gateway', 4);
      return;
    case ICMPV4_PARAMETER_PROBLEM:
      fields.number('icmp', 'pointer', 1).number('icmp', 'quote-length', 1).blank('icmp', 'unused', 2);
      return;
    case ICMPV4_DESTINATION_UNREACHABLE:
      fields.blank('icmp', 'unused', 1).number('icmp', 'quote-length', 1);
      if (code === ICMPV4_FRAGMENTATION_NEEDED) fields.number('icmp', 'mtu', 2);
      else fields.blank('icmp', 'unused', 2);
      return;
    case ICMPV4_TIME_EXCEEDED:
      fields.blank('icmp', 'unused', 1).number('icmp', 'quote-length', 1).blank('icmp', 'unused', 2);
      return;
    default:
      fields.blank('icmp', 'unused', 4);
  }
}

/** The quoted IP header with its options or extension headers, up to `end`. */
function writeIpHeader(fields: FieldWriter, family: 4 | 6, end: number): void {
  const part = 'quoted-ip';
  if (family === 4) {
    fields
      .number(part, 'version', 1)
      .number(part, 'traffic-class', 1)
      .number(part, 'total-length', 2)
      .number(part, 'identification', 2)
      .number(part, 'fragment', 2)
      .number(part, 'hop-limit', 1)
      .number(part, 'protocol', 1)
      .number(part, 'header-checksum', 2)
      .address(part, 'source', 4)
      .address(part, 'destination', 4);
  } else {
    // Version, traffic class and flow label share four bytes; the class lies across two of them.
    fields
      .number(part, 'version-class-flow', 4)
      .number(part, 'payload-length', 2)
      .number(part, 'protocol', 1)
      .number(part, 'hop-limit', 1)
      .address(part, 'source', 16)
      .address(part, 'destination', 16);
  }
  fields.rest(part, 'options', end);
}

/** A quote that is no echo request of this program's form: another protocol, or cut short. */
function writeForeignQuote(fields: FieldWriter, family: 4 | 6, end: number): void {
  const { at, bytes } = fields;
  const first = bytes[at] ?? 0;
  const least = ipHeaderBytes(family);
  const headerBytes = family === 4 ? (first & 0x0f) * 4 : least;
  if (first >> 4 === family && headerBytes >= least && end - at >= headerBytes) {
    writeIpHeader(fields, family, at + headerBytes);
    const isIcmp = family === 4 && bytes[at + 9] === PROTOCOL_ICMP;
    if (isIcmp && end - fields.at >= ECHO_HEADER_BYTES && isEcho(4, bytes[fields.at] as number)) {
      writeEcho(fields, 'quoted-icmp', end);
      return;
    }
  }
  fields.rest('quoted-ip', 'data', end);
}

/** Extensions up to `end`: by their objects when they are valid, else as bytes. */
function writeExtensions(fields: FieldWriter, end: number): FieldWriter {
  const part = 'extensions';
  const { bytes } = fields;
  if (readExtensions(bytes, fields.at, end) === null) return fields.rest(part, 'data', end);
  fields.number(part, 'extension-version', EXTENSION_HEADER_BYTES - 2).number(part, 'checksum', 2);
  while (fields.at < end) {
    const length = ((bytes[fields.at] as number) << 8) | (bytes[fields.at + 1] as number);
    const objectEnd = fields.at + length;
    const isMpls = bytes[fields.at + 2] === CLASS_MPLS && bytes[fields.at + 3] === 1;
    fields.number(part, 'object-length', 2).number(part, 'object-class', OBJECT_HEADER_BYTES - 2);
    while (isMpls && fields.at + MPLS_ENTRY_BYTES <= objectEnd) fields.number(part, 'mpls-entry', MPLS_ENTRY_BYTES);
    fields.rest(part, 'data', objectEnd);
  }
  return fields;
}

/** Writes fields one behind the other, so that none can overlap. */
class FieldWriter {
  readonly all: PacketField[] = [];
  readonly bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  number(part: PacketPart, name: PacketFieldName, length: number): this {
    let value = 0;
    for (let index = this.at; index < this.at + length; index++) value = value * 256 + (this.bytes[index] ?? 0);
    return this.#write(part, name, length, value);
  }

  address(part: PacketPart, name: PacketFieldName, length: 4 | 16): this {
    return this.#write(part, name, length, formatIpAddress(length === 4 ? 4 : 6, this.bytes, this.at));
  }

  blank(part: PacketPart, name: PacketFieldName, length: number): this {
    return this.#write(part, name, length, null);
  }

  /** Everything up to `end`; nothing when that is reached. */
  rest(part: PacketPart, name: PacketFieldName, end: number): this {
    return end > this.at ? this.#write(part, name, end - this.at, null) : this;
  }

  #write(part: PacketPart, name: PacketFieldName, length: number, value: PacketField['value']): this {
    this.all.push({ part, name, startByte: this.at, endByte: this.at + length, value });
    this.at += length;
    return this;
  }
}
