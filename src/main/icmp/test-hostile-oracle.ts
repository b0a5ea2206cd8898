/** A second, slow and obvious reading of the rules, written apart from the decoder, to judge it by. */

/** What differs between the protocols: RFC 792 and RFC 4443. */
export const PROTOCOLS = {
  4: {
    target: '192.0.2.7',
    stranger: '192.0.2.8',
    targetBytes: [192, 0, 2, 7],
    replyType: 0,
    requestType: 8,
    exceededType: 11,
    isError: (type: number) => [3, 4, 5, 11, 12].includes(type),
  },
  6: {
    target: '2001:db8::7',
    stranger: '2001:db8::8',
    targetBytes: [0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7],
    replyType: 129,
    requestType: 128,
    exceededType: 3,
    isError: (type: number) => type < 128,
  },
} as const;

/** The IP packet to the target that carries this ICMP message; header checksum zero, for the kernel checks that one. */
export function packetOf(family: 4 | 6, icmp: Uint8Array): Uint8Array {
  const { targetBytes } = PROTOCOLS[family];
  const total = 20 + icmp.length;
  const v4 = [0x45, 0, total >> 8, total & 0xff, 0, 0, 0, 0, 64, 1, 0, 0, 192, 0, 2, 1];
  const v6 = [0x60, 0, 0, 0, icmp.length >> 8, icmp.length & 0xff, 58, 64, ...new Array<number>(16).fill(1)];
  return Uint8Array.of(...(family === 4 ? v4 : v6), ...targetBytes, ...icmp);
}

/** Sets the checksum of RFC 1071: add every 16-bit word, fold, complement. */
export function withChecksum(icmp: Uint8Array): Uint8Array {
  icmp[2] = 0;
  icmp[3] = 0;
  const sum = ~onesSum(icmp);
  icmp.set([(sum >> 8) & 0xff, sum & 0xff].slice(0, Math.max(0, icmp.length - 2)), Math.min(2, icmp.length));
  return icmp;
}

function onesSum(bytes: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += (bytes[at] as number) * 256 + (bytes[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum % 0x1_0000) + Math.floor(sum / 0x1_0000);
  return sum;
}

const word = (bytes: Uint8Array, at: number) => (bytes[at] as number) * 256 + (bytes[at + 1] as number);
const isEqual = (a: Uint8Array, b: ArrayLike<number>) => Buffer.compare(a, Uint8Array.from(b)) === 0;

/** Identifier, sequence and, where it is checked, as much of the 8-byte token as the message holds are the request's. */
function namesRequest(message: Uint8Array, request: Uint8Array, isTokenChecked: boolean): boolean {
  const length = Math.min(message.length, isTokenChecked ? 16 : 8);
  return length >= 8 && isEqual(message.slice(4, length), request.slice(4, length));
}

/** What arrived, and how. */
export interface Arrival {
  readonly family: 4 | 6;
  readonly kind: 'raw' | 'dgram';
  /** From the error queue: the data is the quoted message, `isFromTarget` says whether it was on its way to the target. */
  readonly isQueued: boolean;
  readonly isFromTarget: boolean;
  readonly data: Uint8Array;
}

/**
 * Whether this is an answer to `request`: a whole reply of the target, or an error that quotes the request. The
 * engine's probes bear a token that must be there too; what a caller of the library has in the payload is its own.
 */
export function isTrueAnswer(arrival: Arrival, request: Uint8Array, isTokenChecked: boolean): boolean {
  const { family, kind, isQueued, isFromTarget, data } = arrival;
  const { replyType, isError } = PROTOCOLS[family];
  if (isQueued) return isFromTarget && isQuotedRequest(family, data, request, isTokenChecked);
  const icmp = family === 4 && kind === 'raw' ? messageInPacket(data) : data;
  if (icmp === null || icmp.length < 8) return false;
  if (icmp[0] === replyType) return isFromTarget && namesRequest(icmp, request, isTokenChecked);
  return isError(icmp[0] as number) && isQuotedPacket(family, icmp.slice(8), request, isTokenChecked);
}

/** A raw IPv4 socket gets the packet, and nobody has checked the sum of the message inside. */
function messageInPacket(packet: Uint8Array): Uint8Array | null {
  if (packet.length < 20 || ((packet[0] as number) & 0xf0) !== 0x40 || packet[9] !== 1) return null;
  const header = ((packet[0] as number) & 15) * 4;
  const total = word(packet, 2);
  if (header < 20 || total > packet.length || total < header + 8) return null;
  const icmp = packet.slice(header, total);
  return onesSum(icmp) === 0xffff ? icmp : null;
}

function isQuotedRequest(family: 4 | 6, message: Uint8Array, request: Uint8Array, isTokenChecked: boolean): boolean {
  const isEchoRequest = message[0] === PROTOCOLS[family].requestType && message[1] === 0;
  return isEchoRequest && namesRequest(message, request, isTokenChecked);
}

function isQuotedPacket(family: 4 | 6, quote: Uint8Array, request: Uint8Array, isTokenChecked: boolean): boolean {
  const { targetBytes } = PROTOCOLS[family];
  if (quote.length < (family === 4 ? 28 : 48) || (quote[0] as number) >> 4 !== family) return false;
  const header = family === 4 ? ((quote[0] as number) & 15) * 4 : 40;
  const addressAt = family === 4 ? 16 : 24;
  // No IPv6 extension headers are made here, so whatever names one is not our request.
  if (quote[family === 4 ? 9 : 6] !== (family === 4 ? 1 : 58)) return false;
  if (family === 4 && (header < 20 || ((quote[6] as number) & 0x1f) !== 0 || quote[7] !== 0)) return false;
  if (!isEqual(quote.slice(addressAt, addressAt + targetBytes.length), targetBytes)) return false;
  // The packet ends where its header says, unless that is before its own head or behind what there is.
  const told = family === 4 ? word(quote, 2) : 40 + word(quote, 4);
  const end = told >= header + 8 && told <= quote.length ? told : quote.length;
  return isQuotedRequest(family, quote.slice(header, end), request, isTokenChecked);
}
