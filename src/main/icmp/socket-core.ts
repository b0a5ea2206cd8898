import { SystemClock } from '../base/clock.ts';
import { type EchoChannel, scopeIdOf } from './echo-channel.ts';
import { ICMPSocketError, SocketUnavailableError } from './errors.ts';
import { ICMPReply } from './icmp-reply.ts';
import { type ICMPRequest, type RequestState, stateOfRequest } from './icmp-request.ts';
import { LocalAddresses } from './local-addresses.ts';
import type { NativeIcmpSocket } from './native-addon.ts';
import { type ChannelOptions, openChannel } from './open-channel.ts';
import { ICMPV4_ECHO_REQUEST, ICMPV6_ECHO_REQUEST } from './packet/echo.ts';
import { arrivalMonotonicMs, copyDatagram, type ReceivedDatagram } from './received-datagram.ts';
import type { ReceivedRecord } from './received-record.ts';
import { type InboxEntry, ReplyInbox } from './reply-inbox.ts';
import { type Addressee, RequestLog } from './request-log.ts';
import { departureSeconds, measureRoundTrip, type RoundTrip, type SendStamp } from './round-trip.ts';
import {
  MESSAGE_TOO_LONG,
  NAME_NOT_KNOWN,
  type SystemErrorDetails,
  systemErrorOf,
  thrownSystemError,
  WRONG_ADDRESS_FAMILY,
} from './system-error.ts';

/** Most payload that a record can carry to the native side; no IP packet carries more either (RFC 8200 §3 without jumbograms). */
const PAYLOAD_BYTES_LIMIT = 65_527;

/** Who reads a socket in place of its synchronous `receive`. */
export interface SocketReader {
  /** Offers a message as it arrives; true takes it, else it goes to the inbox. */
  offer(entry: InboxEntry): boolean;
  /** The socket was closed. */
  onClose(): void;
}

/**
 * What the synchronous and the asynchronous face of a socket share: the channel, the inbox of messages that nobody
 * asked for yet, and the log of requests by which answers find their send.
 */
export class SocketCore {
  readonly family: 4 | 6;
  readonly #channel: EchoChannel;
  readonly #inbox = new ReplyInbox();
  readonly #log = new RequestLog();
  readonly #local = new LocalAddresses(new SystemClock());
  readonly #roundTrip = { rtt: 0, timestampSource: 'user' } as RoundTrip;
  readonly #visit = (record: ReceivedRecord) => this.#onRecord(record);
  #reader: SocketReader | null = null;
  #closed = false;

  /** @throws as `openChannel` does. */
  constructor(options: ChannelOptions) {
    this.#channel = openChannel(options);
    this.family = options.family;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  get reader(): SocketReader | null {
    return this.#reader;
  }

  /** The native socket. @throws {SocketUnavailableError} when closed. */
  get native(): NativeIcmpSocket {
    if (this.#closed) throw new SocketUnavailableError();
    return this.#channel.native;
  }

  /** Messages lost on this machine before anybody asked for them: in the kernel's buffer, the queue and the inbox (there without answers to others' requests). */
  get localDrops(): number {
    return this.native.drops() + this.#inbox.dropped;
  }

  /**
   * Hands one request to the kernel.
   * @returns null when it left, else why not.
   * @throws {SocketUnavailableError} when closed.
   */
  trySend(request: ICMPRequest): SystemErrorDetails | null {
    if (this.#closed) throw new SocketUnavailableError();
    const state = stateOfRequest(request);
    const { address } = state;
    if (address === null) return NAME_NOT_KNOWN;
    if (address.family !== this.family) return WRONG_ADDRESS_FAMILY;
    const scopeId = scopeIdOf(address.zone);
    if (address.zone !== null && scopeId === 0) return NAME_NOT_KNOWN;
    if (request.payloadSize > PAYLOAD_BYTES_LIMIT) return MESSAGE_TOO_LONG;
    const { payload, ttl, trafficClass } = request;
    const channel = this.#channel;
    const at = channel.append(address.bytes, scopeId, ttl, trafficClass, state.id, state.sequence, payload.length, 0);
    channel.sendBytes.set(payload, at);
    channel.seal();
    return this.#flush(state);
  }

  #flush(state: RequestState): SystemErrorDetails | null {
    let failure: SystemErrorDetails | null = null;
    translated(() =>
      this.#channel.flush((record) => {
        if (record.errno !== 0) failure = systemErrorOf(record.errno, 'sendmsg');
        else this.#onSent(state, { ...record });
      }),
    );
    return failure;
  }

  #onSent(state: RequestState, stamp: SendStamp): void {
    // The kernel puts a dgram socket's own identifier into every request.
    const { identifier } = this.#channel.properties;
    if (identifier !== 0) state.id = identifier;
    state.stamp = stamp;
    const { id, sequence, canonicalDestination, anyResponder } = state;
    this.#log.add({ id, sequence, canonicalDestination, anyResponder, stamp });
  }

  /** Whether the destination is a broadcast address of one of this machine's networks. */
  isBroadcast(request: ICMPRequest): boolean {
    return this.family === 4 && this.#local.isBroadcast(stateOfRequest(request).canonicalDestination);
  }

  /** Reads what has arrived, without blocking. */
  collect(): void {
    translated(() => this.#channel.drain(this.#visit));
  }

  /** Blocks this thread until something has arrived, or for that long. */
  collectBlocking(timeoutMs: number): void {
    translated(() => this.#channel.drainBlocking(timeoutMs, this.#visit));
  }

  /** Hands reading to the receive thread; every message is offered to the reader first. `onReadable` must not hold this core. */
  startReading(reader: SocketReader, onReadable: () => void): void {
    translated(() => this.native.startReceiving(onReadable));
    this.#reader = reader;
  }

  /** Takes reading back. */
  stopReading(): void {
    this.#reader = null;
    if (!this.#closed) translated(() => this.#channel.native.stopReceiving());
  }

  /** Takes from the inbox the oldest message that arrived by the deadline and answers the request, or any with null. */
  take(request: ICMPRequest | null, deadlineMs: number): InboxEntry | null {
    return this.#inbox.take(
      (datagram) =>
        (request === null || this.isAnswer(datagram, stateOfRequest(request))) &&
        arrivalMonotonicMs(datagram) <= deadlineMs,
    );
  }

  /**
   * Whether a message answers a request: same identifier and sequence, and a reply of the very host that was asked,
   * or an error that quotes a request to it.
   */
  isAnswer(datagram: ReceivedDatagram, to: Addressee): boolean {
    if (datagram.kind === 'other' || datagram.identifier !== to.id || datagram.sequence !== to.sequence) return false;
    if (to.anyResponder) return true;
    const about = datagram.kind === 'echo-reply' ? datagram.canonicalSource : datagram.quotedDestination;
    if (about === to.canonicalDestination) return true;
    return datagram.kind === 'echo-reply' && this.family === 4 && this.#local.isBroadcast(to.canonicalDestination);
  }

  /** Makes the reply to a request; with null, to the logged request that the message names, if any. */
  replyOf({ datagram, isDuplicate }: InboxEntry, request: ICMPRequest | null): ICMPReply {
    const logged = request === null ? this.#loggedRequestOf(datagram) : null;
    const stamp = request === null ? (logged?.stamp ?? null) : stateOfRequest(request).stamp;
    let rtt: number | null = null;
    let timestampSource: RoundTrip['timestampSource'] = datagram.hasKernelStamp ? 'kernel' : 'user';
    let time = datagram.realtimeSeconds + datagram.realtimeNanoseconds / 1e9;
    if (stamp !== null) {
      measureRoundTrip(stamp, datagram, this.#roundTrip);
      ({ rtt, timestampSource } = this.#roundTrip);
      time = departureSeconds(stamp) + rtt / 1_000;
    }
    return new ICMPReply({
      source: datagram.source,
      family: datagram.family,
      id: datagram.identifier,
      sequence: datagram.sequence,
      type: datagram.type,
      code: datagram.code,
      bytesReceived: datagram.bytesReceived,
      time,
      rtt,
      timestampSource,
      ttl: datagram.hopLimit,
      trafficClass: datagram.trafficClass,
      mtu: datagram.mtu,
      localAddress: datagram.localAddress,
      payload: datagram.payload,
      message: datagram.message,
      isQuoteOnly: datagram.isQuoteOnly,
      extensionsAt: datagram.extensionsAt,
      isDuplicate,
    });
  }

  /** Releases the descriptor; idempotent. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#inbox.clear();
    this.#log.clear();
    this.#channel[Symbol.dispose]();
    this.#reader?.onClose();
    this.#reader = null;
  }

  #loggedRequestOf(datagram: ReceivedDatagram) {
    const logged = this.#log.find(datagram);
    return logged !== null && this.isAnswer(datagram, logged) ? logged : null;
  }

  #onRecord(record: ReceivedRecord): void {
    const datagram = copyDatagram(record);
    if (datagram === null || isEchoRequest(datagram)) return;
    const isOurs = this.#loggedRequestOf(datagram) !== null;
    const isDuplicate = isOurs && this.#log.noteAnswer(datagram);
    // What names no request may be about one of ours, cut short on its way.
    const entry = { datagram, isDuplicate, isForeign: !isOurs && datagram.kind !== 'other' };
    if (this.#reader?.offer(entry) !== true) this.#inbox.put(entry);
  }
}

/** A raw socket on the loopback hears its own requests; they are nobody's answer. */
function isEchoRequest({ family, type }: ReceivedDatagram): boolean {
  return type === (family === 4 ? ICMPV4_ECHO_REQUEST : ICMPV6_ECHO_REQUEST);
}

/** Runs a native call; a system error that it throws becomes the library's. */
function translated<T>(call: () => T): T {
  try {
    return call();
  } catch (thrown) {
    const details = thrownSystemError(thrown);
    throw details === null ? thrown : new ICMPSocketError(details);
  }
}
