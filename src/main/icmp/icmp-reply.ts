import { inspect } from 'node:util';
import {
  ICMPError,
  ICMPv4DestinationUnreachable,
  ICMPv4TimeExceeded,
  ICMPv6DestinationUnreachable,
  ICMPv6TimeExceeded,
} from './icmp-errors.ts';
import {
  ICMPV4_DESTINATION_UNREACHABLE,
  ICMPV4_ECHO_REPLY,
  ICMPV4_TIME_EXCEEDED,
  ICMPV6_DESTINATION_UNREACHABLE,
  ICMPV6_ECHO_REPLY,
  ICMPV6_TIME_EXCEEDED,
} from './packet/echo.ts';
import { readExtensions } from './packet/icmp-extensions.ts';
import type { IcmpExtensions, TimestampSource } from './probe-transport.ts';

/** What an `ICMPReply` is made of: the seed's eight parameters, and what this library knows beyond them. */
export interface ICMPReplyFields {
  /** Address of the host that composed the message: the destination, or a router on the way. Zone included when link-local. */
  readonly source: string;
  /** Address family of the packet that carried the message. */
  readonly family: 4 | 6;
  /** Identifier of the request it answers; 0 of a message that answers no echo request. */
  readonly id: number;
  /** Sequence number of the request it answers; 0 of a message that answers no echo request. */
  readonly sequence: number;
  /** ICMP type (0 and 129 are the echo replies). */
  readonly type: number;
  /** ICMP code. */
  readonly code: number;
  /**
   * Bytes of the ICMP message, its header included. An error that an unprivileged socket learns has been opened by the
   * kernel, which keeps only the request it quotes: then these are the bytes of that quote.
   */
  readonly bytesReceived: number;
  /** Time of arrival in epoch seconds. */
  readonly time: number;
  /** Hop limit left in the IP header of this message, 0 to 255; null when not known. */
  readonly ttl?: number | null;
  /** DS field and ECN in the IP header of this message, 0 to 255; null when not known. */
  readonly trafficClass?: number | null;
  /** Largest IP packet that fits, in bytes, as the message tells; null when it tells none. */
  readonly mtu?: number | null;
  /** Round trip in milliseconds; null when the request is not known. */
  readonly rtt?: number | null;
  /** Where the moments of the round trip come from; null when no socket made the reply. */
  readonly timestampSource?: TimestampSource | null;
  /** Address of this machine that the message was sent to; null when not known. */
  readonly localAddress?: string | null;
  /** Payload of the echo reply, or as much of the request's as the error quotes; null when not known. */
  readonly payload?: Uint8Array | null;
  /** The bytes that `bytesReceived` counts; null when not known. */
  readonly message?: Uint8Array | null;
  /** Whether those are only the request that an error quotes, and what follows it; false by default. */
  readonly isQuoteOnly?: boolean;
  /** Where the extensions of an error start in `message`; null when there are none. */
  readonly extensionsAt?: number | null;
  /** Whether the same host already answered the same request in the same way; false by default. */
  readonly isDuplicate?: boolean;
}

/** An ICMP message that a socket received: the echo reply of the destination, or an error of a host on the way. */
export class ICMPReply {
  readonly #fields: ICMPReplyFields;

  constructor(fields: ICMPReplyFields) {
    this.#fields = { ...fields };
  }

  /** IP address of the host that composed the message, with its zone when link-local. The seed's asynchronous socket leaves it empty; here it is always set. */
  get source(): string {
    return this.#fields.source;
  }

  /** Address family, 4 or 6. Documented by the seed, but missing in its library. */
  get family(): 4 | 6 {
    return this.#fields.family;
  }

  /** Identifier, to match the reply with its request. */
  get id(): number {
    return this.#fields.id;
  }

  /** Sequence number, to match the reply with its request. */
  get sequence(): number {
    return this.#fields.sequence;
  }

  /** ICMP type. */
  get type(): number {
    return this.#fields.type;
  }

  /** ICMP code. */
  get code(): number {
    return this.#fields.code;
  }

  /**
   * Bytes of the whole ICMP message as received, however large it is. Of an error on an unprivileged socket: the
   * bytes of the request that it quotes, since the kernel keeps no more.
   */
  get bytesReceived(): number {
    return this.#fields.bytesReceived;
  }

  /**
   * Time of arrival in epoch seconds. When the request is known it is `request.time` plus the measured round trip, so
   * that their difference is right even if the packet was read late or the system's clock was set meanwhile.
   */
  get time(): number {
    return this.#fields.time;
  }

  /** Hop limit left in the IP header of this message; null when not known. */
  get ttl(): number | null {
    return this.#fields.ttl ?? null;
  }

  /** Traffic class in the IP header of this message; null when not known. */
  get trafficClass(): number | null {
    return this.#fields.trafficClass ?? null;
  }

  /** Largest packet that fits, in bytes, told by "fragmentation needed" (RFC 1191) or "packet too big" (RFC 4443 §3.2); else null. */
  get mtu(): number | null {
    return this.#fields.mtu ?? null;
  }

  /** The round trip in milliseconds, finer than the difference of two epoch times can be; null when the request is not known. */
  get rtt(): number | null {
    return this.#fields.rtt ?? null;
  }

  /** Where the moments of the round trip come from; null when the reply was not made by a socket. */
  get timestampSource(): TimestampSource | null {
    return this.#fields.timestampSource ?? null;
  }

  /** Address of this machine that the message was sent to; null when not known. */
  get localAddress(): string | null {
    return this.#fields.localAddress ?? null;
  }

  /** Payload of the echo reply, or as much of the request's payload as the error quotes; null when not known. */
  get payload(): Uint8Array | null {
    return this.#fields.payload ?? null;
  }

  /**
   * The ICMP message as received, from its header on; null when not known. An error that an unprivileged socket learns
   * has been opened by the kernel: then it is what that kept, see `isQuoteOnly`. Not to be changed.
   */
  get message(): Uint8Array | null {
    return this.#fields.message ?? null;
  }

  /** Whether `message` starts with the ICMP header of the request that the error quotes, because the kernel keeps no more. */
  get isQuoteOnly(): boolean {
    return this.#fields.isQuoteOnly ?? false;
  }

  /** Where the bytes of `extensions` start in `message`; null when there are none. */
  get extensionsAt(): number | null {
    return this.#extensionsAndPlace()?.at ?? null;
  }

  /** What a router added to the error, such as MPLS labels (RFC 4884); null when nothing, or nothing valid. */
  get extensions(): IcmpExtensions | null {
    return this.#extensionsAndPlace()?.extensions ?? null;
  }

  #extensionsAndPlace(): { readonly at: number; readonly extensions: IcmpExtensions } | null {
    const { message = null, extensionsAt: at = null } = this.#fields;
    if (message === null || at === null) return null;
    const extensions = readExtensions(message, at, message.length);
    return extensions === null ? null : { at, extensions };
  }

  /** Whether the same host already answered the same request in the same way. */
  get isDuplicate(): boolean {
    return this.#fields.isDuplicate ?? false;
  }

  /**
   * Does nothing when this is an ICMP echo reply, whatever its code.
   * @throws {DestinationUnreachable} If the destination is unreachable for some reason.
   * @throws {TimeExceeded} If the time to live field of the request has reached zero.
   * @throws {ICMPError} For any other type.
   */
  raiseForStatus(): void {
    const { type } = this;
    if (this.family === 6) {
      if (type === ICMPV6_DESTINATION_UNREACHABLE) throw new ICMPv6DestinationUnreachable(this);
      if (type === ICMPV6_TIME_EXCEEDED) throw new ICMPv6TimeExceeded(this);
      if (type !== ICMPV6_ECHO_REPLY) throw new ICMPError(this);
      return;
    }
    if (type === ICMPV4_DESTINATION_UNREACHABLE) throw new ICMPv4DestinationUnreachable(this);
    if (type === ICMPV4_TIME_EXCEEDED) throw new ICMPv4TimeExceeded(this);
    if (type !== ICMPV4_ECHO_REPLY) throw new ICMPError(this);
  }

  toString(): string {
    return `<ICMPReply [${this.source}]>`;
  }

  /** What `console.log` shows. */
  [inspect.custom](): string {
    return this.toString();
  }
}
