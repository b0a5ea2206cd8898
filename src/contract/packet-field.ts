import * as v from 'valibot';

/** What the bytes of an ICMP message mean, field by field. Names are codes; their words are made where they are shown. */

/** Which part of a message a field belongs to. */
export const packetPartSchema = v.picklist([
  /** The ICMP message itself. */
  'icmp',
  /** The IP header of the packet that an error quotes. */
  'quoted-ip',
  /** The ICMP message of that packet. */
  'quoted-icmp',
  /** What a router adds to an error (RFC 4884). */
  'extensions',
]);
export type PacketPart = v.InferOutput<typeof packetPartSchema>;

export const packetFieldNameSchema = v.picklist([
  // ICMP headers (RFC 792, RFC 4443).
  'type',
  'code',
  'checksum',
  'identifier',
  'sequence',
  'payload',
  /** Four bytes of an error's header that mean nothing. */
  'unused',
  /** Length of the quoted packet in words of four (ICMPv6: eight) bytes (RFC 4884 §4). */
  'quote-length',
  'mtu',
  'pointer',
  'gateway',
  // IP headers (RFC 791, RFC 8200).
  /** Version in the upper, header length in words of four bytes in the lower half. */
  'version',
  'traffic-class',
  /** 4 bits of version, 8 of traffic class, 20 of flow label. */
  'version-class-flow',
  'total-length',
  'payload-length',
  'identification',
  'fragment',
  'hop-limit',
  'protocol',
  'header-checksum',
  'source',
  'destination',
  'options',
  // Bytes that are told apart but not read.
  'data',
  'padding',
  // Extensions (RFC 4884 §7). An entry of a label stack is 20 bits of label, 3 of class, 1 for the bottom, 8 of TTL (RFC 3032).
  'extension-version',
  'object-length',
  'object-class',
  'mpls-entry',
]);
export type PacketFieldName = v.InferOutput<typeof packetFieldNameSchema>;

export const packetFieldSchema = v.object({
  part: packetPartSchema,
  name: packetFieldNameSchema,
  /** Its bytes in the message: from the first to before the last. */
  startByte: v.number(),
  endByte: v.number(),
  /** A number as it stands in the bytes, or an address as text; null where the bytes themselves are all there is to say. */
  value: v.nullable(v.union([v.number(), v.string()])),
});
export type PacketField = v.InferOutput<typeof packetFieldSchema>;
