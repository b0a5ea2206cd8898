import { randomFillSync } from 'node:crypto';
import { inspect } from 'node:util';
import {
  formatIpAddress,
  type IpAddress,
  isMulticast,
  isUnspecified,
  parseIpAddress,
} from '../../contract/ip-address.ts';
import { IPV6_PAYLOAD_BYTES, whole } from './echo-arguments.ts';
import { departureSeconds, type SendStamp } from './round-trip.ts';

/** Default size of a payload in bytes: with the header 64, the usual size of a ping. */
export const DEFAULT_PAYLOAD_BYTES = 56;
/** Default hop limit (RFC 1700). */
const DEFAULT_TTL = 64;

/** The named parameters of an `ICMPRequest`. */
export interface ICMPRequestOptions {
  /** Payload; null (the default) for a random one of `payloadSize` bytes. An empty one is sent as such. */
  readonly payload?: Uint8Array | null;
  /** Bytes of the random payload, 0 to 65,527 (over IPv4 `send` refuses more than 65,507); 56 by default. Ignored when `payload` is given. */
  readonly payloadSize?: number;
  /** Hop limit, 1 to 255; 64 by default. It holds for multicast destinations too. */
  readonly ttl?: number;
  /** DS field and ECN of the IP header, 0 to 255; 0 by default. */
  readonly trafficClass?: number;
}

/** What the sockets know of a request beyond what a caller may set. Not part of the library's interface. */
export interface RequestState {
  id: number;
  readonly sequence: number;
  /** The destination read as a numeric address; null when it is not one. */
  readonly address: IpAddress | null;
  /** The destination in canonical form without zone, to compare addresses by; empty when it is not numeric. */
  readonly canonicalDestination: string;
  /** Whether answers come from other addresses than the destination: it is a group, or 0.0.0.0 and ::, which mean this machine. */
  readonly anyResponder: boolean;
  /** Moment of the last send; null before. */
  stamp: SendStamp | null;
}

/**
 * The state of a request, for the sockets.
 * @throws {TypeError} when it is no `ICMPRequest`.
 */
export let stateOfRequest: (request: ICMPRequest) => RequestState;

/** An ICMP echo request that the caller makes and a socket sends. */
export class ICMPRequest {
  readonly #destination: string;
  readonly #payloadSize: number;
  readonly #ttl: number;
  readonly #trafficClass: number;
  readonly #state: RequestState;
  #payload: Uint8Array | null;

  static {
    stateOfRequest = (request) => request.#state;
  }

  /**
   * Unlike in the seed, arguments that no packet can carry are refused here and not at the send.
   * @param destination numeric IP address, an IPv6 link-local one with its `%zone`; names are refused by `send`
   * @param id identifier, taken modulo 65,536; a socket without privileges replaces it by the kernel's
   * @param sequence sequence number, taken modulo 65,536
   * @throws {TypeError} for a destination that is no string, a payload that is no bytes, a number that is not whole.
   * @throws {RangeError} for a payloadSize outside 0 to 65,527 (the most over IPv6; IPv4 carries 20 less), a ttl outside 1 to 255, a trafficClass outside 0 to 255.
   */
  constructor(destination: string, id: number, sequence: number, options: ICMPRequestOptions = {}) {
    const { payload = null, payloadSize = DEFAULT_PAYLOAD_BYTES, ttl = DEFAULT_TTL, trafficClass = 0 } = options;
    if (typeof destination !== 'string') throw new TypeError('destination must be a string');
    if (payload !== null && !(payload instanceof Uint8Array)) throw new TypeError('payload must be a Uint8Array');
    this.#destination = destination;
    this.#payload = payload === null ? null : payload.slice();
    this.#payloadSize = payload?.length ?? whole('payloadSize', payloadSize, 0, IPV6_PAYLOAD_BYTES);
    this.#ttl = whole('ttl', ttl, 1, 255);
    this.#trafficClass = whole('trafficClass', trafficClass, 0, 255);
    const address = parseIpAddress(destination);
    this.#state = {
      id: whole('id', id) & 0xffff,
      sequence: whole('sequence', sequence) & 0xffff,
      address,
      canonicalDestination: address === null ? '' : formatIpAddress(address.family, address.bytes),
      anyResponder: address !== null && (isMulticast(address.family, address.bytes) || isUnspecified(address.bytes)),
      stamp: null,
    };
  }

  /** The IP address of the host to which the message should be sent. */
  get destination(): string {
    return this.#destination;
  }

  /** The identifier, 0 to 65,535. After an unprivileged send it is the one that the kernel put in its place. */
  get id(): number {
    return this.#state.id;
  }

  /** The sequence number, 0 to 65,535. */
  get sequence(): number {
    return this.#state.sequence;
  }

  /** The payload. A random one is drawn once, unlike in the seed, so that what is read here is what is sent. Not to be changed. */
  get payload(): Uint8Array {
    this.#payload ??= randomFillSync(new Uint8Array(this.#payloadSize));
    return this.#payload;
  }

  /** The payload's size in bytes. */
  get payloadSize(): number {
    return this.#payloadSize;
  }

  /** The time to live of the packet, in hops. */
  get ttl(): number {
    return this.#ttl;
  }

  /** The traffic class of the packet. */
  get trafficClass(): number {
    return this.#trafficClass;
  }

  /**
   * When the request was last sent, in epoch seconds: the kernel's moment of departure where it tells that at once,
   * else read just before the packet was handed to the system; 0 before. Unlike in the seed it is not set by a send
   * that failed.
   */
  get time(): number {
    const { stamp } = this.#state;
    return stamp === null ? 0 : departureSeconds(stamp);
  }

  toString(): string {
    return `<ICMPRequest [${this.#destination}]>`;
  }

  /** What `console.log` shows. */
  [inspect.custom](): string {
    return this.toString();
  }
}
