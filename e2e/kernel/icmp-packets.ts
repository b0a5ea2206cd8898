/** Packets made by hand for the kernel tests, independently of the program's own codec. */

const IPPROTO_ICMP = 1;
const IPPROTO_ICMPV6 = 58;

/** RFC 1071 in its plainest form: sum of big-endian words, carries folded, complement. */
export function checksumOf(...parts: readonly Uint8Array[]): number {
  const bytes = Buffer.concat(parts);
  let sum = 0;
  for (let index = 0; index < bytes.length; index++) sum += (bytes[index] ?? 0) * (index % 2 === 0 ? 256 : 1);
  while (sum > 0xffff) sum = (sum % 0x10000) + Math.floor(sum / 0x10000);
  return 0xffff - sum;
}

export function ipv4Bytes(text: string): Buffer {
  return Buffer.from(text.split('.').map(Number));
}

/** Reads an IPv6 address without zone by letting the platform's URL parser expand nothing: groups and one `::` only. */
export function ipv6Bytes(text: string): Buffer {
  const [head = '', tail] = text.split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)));
  const left = groups(head);
  const right = tail === undefined ? [] : groups(tail);
  const all = [...left, ...new Array<number>(8 - left.length - right.length).fill(0), ...right];
  return Buffer.from(all.flatMap((group) => [group >> 8, group & 0xff]));
}

/** The pseudo-header that an ICMPv6 checksum covers (RFC 8200 §8.1). */
export function pseudoHeader(source: string, destination: string, bytes: number): Buffer {
  const lengths = Buffer.alloc(8);
  lengths.writeUInt32BE(bytes, 0);
  lengths[7] = IPPROTO_ICMPV6;
  return Buffer.concat([ipv6Bytes(source), ipv6Bytes(destination), lengths]);
}

/** An IPv4 packet around a payload; the header checksum is right. */
export function ipv4Packet(packet: {
  source: string;
  destination: string;
  payload: Uint8Array;
  protocol?: number;
  options?: Uint8Array;
}): Buffer {
  const { source, destination, payload, protocol = IPPROTO_ICMP, options = new Uint8Array() } = packet;
  const header = Buffer.alloc(20);
  const headerBytes = header.length + options.length;
  header[0] = 0x40 | (headerBytes / 4);
  header.writeUInt16BE(headerBytes + payload.length, 2);
  header[8] = 64;
  header[9] = protocol;
  ipv4Bytes(source).copy(header, 12);
  ipv4Bytes(destination).copy(header, 16);
  header.writeUInt16BE(checksumOf(header, options), 10);
  return Buffer.concat([header, options, payload]);
}

/** An IPv6 packet around a payload, or around extension headers and a payload. */
export function ipv6Packet(packet: {
  source: string;
  destination: string;
  payload: Uint8Array;
  nextHeader?: number;
}): Buffer {
  const { source, destination, payload, nextHeader = IPPROTO_ICMPV6 } = packet;
  const header = Buffer.alloc(8);
  header[0] = 0x60;
  header.writeUInt16BE(payload.length, 4);
  header[6] = nextHeader;
  header[7] = 64;
  return Buffer.concat([header, ipv6Bytes(source), ipv6Bytes(destination), payload]);
}

/** An ICMP message with checksum 0: type, code, the second word's two halves, the rest. */
export function icmpMessage(
  type: number,
  code: number,
  id: number,
  sequence: number,
  rest: Uint8Array = Buffer.alloc(0),
) {
  const header = Buffer.alloc(8);
  header[0] = type;
  header[1] = code;
  header.writeUInt16BE(id, 4);
  header.writeUInt16BE(sequence, 6);
  return Buffer.concat([header, rest]);
}

/** The message with its ICMPv4 checksum. */
export function sealed4(message: Buffer): Buffer {
  const copy = Buffer.from(message);
  copy.writeUInt16BE(checksumOf(message), 2);
  return copy;
}

/** The message with its ICMPv6 checksum between these addresses. */
export function sealed6(message: Buffer, source: string, destination: string): Buffer {
  const copy = Buffer.from(message);
  copy.writeUInt16BE(checksumOf(pseudoHeader(source, destination, message.length), message), 2);
  return copy;
}

/** A whole IPv4 packet with an ICMP message. */
export function icmp4(source: string, destination: string, message: Buffer, options?: Uint8Array): Buffer {
  return ipv4Packet({ source, destination, payload: sealed4(message), ...(options === undefined ? {} : { options }) });
}

/** A whole IPv6 packet with an ICMP message. */
export function icmp6(source: string, destination: string, message: Buffer): Buffer {
  return ipv6Packet({ source, destination, payload: sealed6(message, source, destination) });
}
