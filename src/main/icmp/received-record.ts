import { formatIpAddress, needsZone } from '../../contract/ip-address.ts';
import {
  FLAG_CODE_UNKNOWN,
  FLAG_EXTENSIONS,
  FLAG_HOP_LIMIT,
  FLAG_IP_HEADER,
  FLAG_KERNEL_TIMESTAMP,
  FLAG_LOCAL_ADDRESS,
  FLAG_ROUND_TRIP,
  FLAG_TRAFFIC_CLASS,
  FLAG_TYPE_UNKNOWN,
  RECEIVE,
  RECORD_DATAGRAM,
  RECORD_ECHO_ERROR,
  RECORD_ECHO_FAILURE,
  RECORD_ECHO_REPLY,
  RECORD_ICMP_ERROR,
  RECORD_LOCAL_ERROR,
  RECORD_TRANSMIT_STAMP,
} from './native-record.ts';
import {
  decodeEchoAnswer,
  decodeIcmp,
  decodeIpv4Packet,
  decodeQuotedEcho,
  endOfQuote,
  IcmpMessage,
  ipHeaderBytes,
} from './packet/icmp-message.ts';
import type { ReceiveStamp } from './round-trip.ts';

/**
 * One record of a receive batch, decoded. An instance is moved from record to record (`moveTo`), so nothing of it
 * may be kept; what a caller keeps it copies out.
 *
 * `kind` tells which of the fields mean something:
 * - `message`: a datagram; `message` is its decoded ICMP.
 * - `icmp-error`: an ICMP error from the error queue; `message` is as if the datagram itself had come, but
 *   `message.icmpBytes` counts the quoted original message and any extensions, all that the kernel hands over.
 * - `local-error`: this machine refused; `errno` and `mtu` say why.
 * - `echo-failure`: the echo interface did not send a request after all; `message` names it and `errno` says why.
 * - `transmit-stamp`: the kernel's moment of departure of the packet with `transmitKey`; it stands in the stamp fields.
 */
export class ReceivedRecord implements ReceiveStamp {
  kind: 'message' | 'icmp-error' | 'local-error' | 'transmit-stamp' | 'echo-failure' = 'message';
  family: 4 | 6 = 4;
  readonly message = new IcmpMessage();
  /** Where the source address (on errors: the offender's) stands in `bytes`, 16 bytes. */
  sourceAt = 0;
  /** Where the destination of the original packet stands in `bytes`, or −1 when not known. */
  quotedDestinationAt = -1;
  /** Hop limit of the received packet, or −1. */
  hopLimit = -1;
  /** Traffic class of the received packet, or −1. */
  trafficClass = -1;
  interfaceIndex = 0;
  errno = 0;
  /** MTU told by an error, 0 when none. */
  mtu = 0;
  transmitKey = 0;
  hasKernelStamp = false;
  realtimeSeconds = 0;
  realtimeNanoseconds = 0;
  readRealtimeSeconds = 0;
  readRealtimeNanoseconds = 0;
  readMonotonicMs = 0;
  roundTripMs = -1;

  readonly #bytes: Uint8Array;
  readonly #words: Uint32Array;
  readonly #signedWords: Int32Array;
  readonly #halves: Uint16Array;
  readonly #doubles: Float64Array;
  readonly #zoneName: (index: number) => string;
  #at = 0;

  /** @param zoneName name of a network interface by its index, or an empty string */
  constructor(buffer: ArrayBuffer, zoneName: (index: number) => string) {
    this.#bytes = new Uint8Array(buffer);
    this.#words = new Uint32Array(buffer);
    this.#signedWords = new Int32Array(buffer);
    this.#halves = new Uint16Array(buffer);
    this.#doubles = new Float64Array(buffer);
    this.#zoneName = zoneName;
  }

  /** The batch that every offset points into. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /** Decodes the record at `at` and gives the offset of the next one. */
  moveTo(at: number): number {
    const words = this.#words;
    const word = at >> 2;
    this.#at = at;
    const flags = this.#halves[(at + RECEIVE.flags) >> 1] as number;
    this.family = this.#bytes[at + RECEIVE.family] === 6 ? 6 : 4;
    this.sourceAt = at + RECEIVE.source;
    this.interfaceIndex = words[word + (RECEIVE.interfaceIndex >> 2)] as number;
    this.hasKernelStamp = (flags & FLAG_KERNEL_TIMESTAMP) !== 0;
    this.realtimeSeconds = words[word + (RECEIVE.realtimeSeconds >> 2)] as number;
    this.realtimeNanoseconds = words[word + (RECEIVE.realtimeNanoseconds >> 2)] as number;
    this.readRealtimeSeconds = words[word + (RECEIVE.readRealtimeSeconds >> 2)] as number;
    this.readRealtimeNanoseconds = words[word + (RECEIVE.readRealtimeNanoseconds >> 2)] as number;
    this.readMonotonicMs = this.#doubles[(at + RECEIVE.readMonotonicMs) >> 3] as number;
    this.errno = words[word + (RECEIVE.errno >> 2)] as number;
    this.transmitKey = words[word + (RECEIVE.transmitKey >> 2)] as number;
    this.hopLimit = (flags & FLAG_HOP_LIMIT) !== 0 ? (this.#bytes[at + RECEIVE.hopLimit] as number) : -1;
    this.trafficClass = (flags & FLAG_TRAFFIC_CLASS) !== 0 ? (this.#bytes[at + RECEIVE.trafficClass] as number) : -1;
    this.roundTripMs = (flags & FLAG_ROUND_TRIP) !== 0 ? (words[word + (RECEIVE.roundTripMs >> 2)] as number) : -1;
    this.quotedDestinationAt = -1;
    this.mtu = 0;
    this.#decode(at, flags);
    return at + (words[word] as number);
  }

  #decode(at: number, flags: number): void {
    const start = at + RECEIVE.HEADER;
    const end = start + (this.#halves[(at + RECEIVE.dataBytes) >> 1] as number);
    const message = this.message;
    switch (this.#bytes[at + RECEIVE.kind]) {
      case RECORD_DATAGRAM:
        this.kind = 'message';
        if ((flags & FLAG_IP_HEADER) !== 0) {
          decodeIpv4Packet(this.#bytes, start, end, message);
          this.hopLimit = message.hopLimit;
          this.trafficClass = message.trafficClass;
        } else {
          decodeIcmp(this.family, this.#bytes, start, end, false, message);
        }
        this.quotedDestinationAt = message.quotedDestinationAt;
        this.mtu = message.mtu;
        return;
      case RECORD_ICMP_ERROR:
        this.kind = 'icmp-error';
        message.reset();
        message.kind = 'other';
        message.type = this.#bytes[at + RECEIVE.icmpType] as number;
        message.code = this.#bytes[at + RECEIVE.icmpCode] as number;
        message.icmpAt = start;
        message.icmpBytes = end - start;
        this.#decodeQuote(at, flags, start, end);
        message.mtu = this.#errorMtu(at);
        this.quotedDestinationAt = at + RECEIVE.local;
        this.mtu = message.mtu;
        return;
      case RECORD_LOCAL_ERROR:
        this.kind = 'local-error';
        message.reset();
        this.mtu = this.#errorMtu(at);
        return;
      case RECORD_TRANSMIT_STAMP:
        this.kind = 'transmit-stamp';
        message.reset();
        return;
      case RECORD_ECHO_REPLY:
        this.kind = 'message';
        decodeEchoAnswer(this.family, this.#bytes, start, end, true, message);
        return;
      case RECORD_ECHO_ERROR:
        this.kind = 'icmp-error';
        decodeEchoAnswer(this.family, this.#bytes, start, end, false, message);
        message.type = (flags & FLAG_TYPE_UNKNOWN) !== 0 ? -1 : (this.#bytes[at + RECEIVE.icmpType] as number);
        message.code = (flags & FLAG_CODE_UNKNOWN) !== 0 ? -1 : (this.#bytes[at + RECEIVE.icmpCode] as number);
        this.quotedDestinationAt = at + RECEIVE.local;
        return;
      case RECORD_ECHO_FAILURE:
        this.kind = 'echo-failure';
        decodeEchoAnswer(this.family, this.#bytes, start, end, false, message);
        this.quotedDestinationAt = at + RECEIVE.local;
        return;
      default:
        this.kind = 'message';
        message.reset();
    }
  }

  /**
   * The kernel hands the quote over without its IP header, and with it everything behind: where the extensions start is
   * told by the message's length field (IP_RECVERR_RFC4884, Linux 5.9), which is not handed over itself.
   */
  #decodeQuote(at: number, flags: number, start: number, end: number): void {
    const { family, message } = this;
    const absent = ipHeaderBytes(family);
    const offset = this.#halves[(at + RECEIVE.extensionOffset) >> 1] as number;
    const told = (flags & FLAG_EXTENSIONS) === 0 ? 0 : absent + offset;
    const quoteEnd = endOfQuote(family, message.type, told, absent, this.#bytes, start, end, message);
    decodeQuotedEcho(family, this.#bytes, start, quoteEnd, message);
  }

  /** ee_info of "fragmentation needed" and "packet too big" is the MTU; of other errors it is a pointer or a gateway. */
  #errorMtu(at: number): number {
    const type = this.#bytes[at + RECEIVE.icmpType];
    const code = this.#bytes[at + RECEIVE.icmpCode];
    const isLocal = this.#bytes[at + RECEIVE.kind] === RECORD_LOCAL_ERROR;
    const tellsMtu = isLocal || (this.family === 4 ? type === 3 && code === 4 : type === 2);
    return tellsMtu ? (this.#words[(at + RECEIVE.info) >> 2] as number) : 0;
  }

  /** Whether the source is this address, given as its 16 bytes in four words of the machine's byte order. */
  sourceEquals(word0: number, word1: number, word2: number, word3: number): boolean {
    const word = this.sourceAt >> 2;
    const words = this.#signedWords;
    if (words[word] !== word0) return false;
    if (this.family === 4) return true;
    return words[word + 1] === word1 && words[word + 2] === word2 && words[word + 3] === word3;
  }

  /** Whether the destination that an error quotes is this address, given as `sourceEquals` takes it. */
  quotedDestinationEquals(word0: number, word1: number, word2: number, word3: number): boolean {
    const at = this.quotedDestinationAt;
    if (at < 0) return false;
    // Behind an IPv4 header of odd length the address stands at no word's boundary, so it is put together by bytes.
    if (this.#wordAt(at) !== word0) return false;
    if (this.family === 4) return true;
    return this.#wordAt(at + 4) === word1 && this.#wordAt(at + 8) === word2 && this.#wordAt(at + 12) === word3;
  }

  #wordAt(at: number): number {
    const bytes = this.#bytes;
    const low = (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
    return low | ((bytes[at + 2] as number) << 16) | ((bytes[at + 3] as number) << 24);
  }

  /** The source (on errors: the offender) as text, with its zone where the address needs one. */
  sourceText(): string {
    const text = formatIpAddress(this.family, this.#bytes, this.sourceAt);
    if (this.family === 4 || !needsZone(this.#bytes, this.sourceAt)) return text;
    const scope = (this.#words[(this.#at + RECEIVE.scopeId) >> 2] as number) || this.interfaceIndex;
    const zone = scope === 0 ? '' : this.#zoneName(scope) || String(scope);
    return zone === '' ? text : `${text}%${zone}`;
  }

  /** The local address that the datagram was sent to, or null when the platform does not tell. */
  localText(): string | null {
    const flags = this.#halves[(this.#at + RECEIVE.flags) >> 1] as number;
    const isDatagram = this.#bytes[this.#at + RECEIVE.kind] === RECORD_DATAGRAM;
    if (!isDatagram || (flags & FLAG_LOCAL_ADDRESS) === 0) return null;
    return formatIpAddress(this.family, this.#bytes, this.#at + RECEIVE.local);
  }
}
