import {
  type NativeIcmpSocket,
  type NativeSocketOptions,
  type NativeSocketProperties,
  nativeAddon,
} from './native-addon.ts';
import { SEND } from './native-record.ts';
import { ECHO_HEADER_BYTES, writeChecksum, writeEchoHeader } from './packet/echo.ts';
import { ReceivedRecord } from './received-record.ts';
import type { SendStamp } from './round-trip.ts';

/** Requests that leave together: what one flush hands to the native side. */
const BATCH_REQUESTS = 64;
/** Room for a batch of usual requests; one larger request makes the buffer grow to fit it. */
const SEND_BUFFER_BYTES = 16 * 1024;
/** One drain's worth. It must hold the largest record (65,535 bytes of data and a header); beyond that, larger only costs cache. */
const RECEIVE_BUFFER_BYTES = 256 * 1024;

/** The fate of one request of a flush: 0 or an errno, and the stamps to measure its round trip from. Used again for the next; copy what is kept. */
export class SentRecord implements SendStamp {
  /** Place of the request in the order of `append` since the last flush. */
  index = 0;
  errno = 0;
  transmitKey = 0;
  realtimeSeconds = 0;
  realtimeNanoseconds = 0;
  monotonicMs = 0;
  transmitSeconds = 0;
  transmitNanoseconds = 0;
}

/**
 * A native socket with its codec and buffers: echo requests in, decoded records out. Both faces, the seed's socket
 * classes and the engine's transport, stand on it.
 */
export class EchoChannel implements Disposable {
  readonly family: 4 | 6;
  readonly properties: NativeSocketProperties;
  readonly native: NativeIcmpSocket;
  readonly #writesChecksum: boolean;
  readonly #received: ReceivedRecord;
  readonly #sent = new SentRecord();
  #buffer = new ArrayBuffer(SEND_BUFFER_BYTES);
  #bytes = new Uint8Array(this.#buffer);
  #halves = new Uint16Array(this.#buffer);
  #words = new Uint32Array(this.#buffer);
  #doubles = new Float64Array(this.#buffer);
  readonly #offsets: number[] = [];
  #used = 0;
  #closed = false;

  /** @throws an error with `errno`, `code` and `syscall` when the socket cannot be opened as asked. */
  constructor(options: NativeSocketOptions) {
    this.native = new nativeAddon.IcmpSocket(options);
    this.properties = this.native.properties;
    this.family = options.family;
    // Only a raw IPv4 socket leaves the checksum to the program (platform rules, not protocol).
    this.#writesChecksum = options.family === 4 && options.kind === 'raw';
    this.#received = new ReceivedRecord(new ArrayBuffer(RECEIVE_BUFFER_BYTES), nativeAddon.interfaceName);
  }

  /** The bytes that `append` makes room in. Valid until the next `append`. */
  get sendBytes(): Uint8Array {
    return this.#bytes;
  }

  get pending(): number {
    return this.#offsets.length;
  }

  get isFull(): boolean {
    return this.#offsets.length >= BATCH_REQUESTS;
  }

  /**
   * Adds a request to the batch and gives the offset in `sendBytes` where its payload of `payloadBytes` bytes must
   * now be written, before `seal`. `destination` is 16 bytes, an IPv4 address in the first 4. The identifier of a
   * dgram socket is the kernel's, whatever is given. `waitMs` is for a system that keeps time itself (0: its usual).
   */
  append(
    destination: Uint8Array,
    scopeId: number,
    hopLimit: number,
    trafficClass: number,
    identifier: number,
    sequence: number,
    payloadBytes: number,
    waitMs: number,
  ): number {
    const at = this.#used;
    const icmpBytes = ECHO_HEADER_BYTES + payloadBytes;
    const recordBytes = (SEND.HEADER + icmpBytes + 7) & ~7;
    this.#reserve(at + recordBytes);
    const bytes = this.#bytes;
    this.#halves[(at + SEND.icmpBytes) >> 1] = icmpBytes;
    bytes[at + SEND.hopLimit] = hopLimit;
    bytes[at + SEND.trafficClass] = trafficClass;
    this.#words[(at + SEND.scopeId) >> 2] = scopeId;
    this.#words[(at + SEND.waitMs) >> 2] = waitMs;
    bytes.set(destination, at + SEND.destination);
    writeEchoHeader(bytes, at + SEND.HEADER, this.family, identifier, sequence);
    this.#offsets.push(at);
    this.#used = at + recordBytes;
    return at + SEND.HEADER + ECHO_HEADER_BYTES;
  }

  /** Completes the request appended last, once its payload is written. */
  seal(): void {
    if (!this.#writesChecksum) return;
    const at = this.#offsets[this.#offsets.length - 1] as number;
    writeChecksum(this.#bytes, at + SEND.HEADER, this.#halves[(at + SEND.icmpBytes) >> 1] as number);
  }

  /** Sends the batch and tells the fate of each request, in order. The callback must not append. */
  flush(onFate: (record: SentRecord) => void): void {
    const count = this.#offsets.length;
    if (count === 0) return;
    try {
      this.native.send(this.#bytes, count);
      this.#tellFates(count, onFate);
    } finally {
      // Also after a throw: a request must never leave with a later batch.
      this.#offsets.length = 0;
      this.#used = 0;
    }
  }

  /** Gives every record that waits, without blocking; the record is valid only during the callback. */
  drain(visit: (record: ReceivedRecord) => void): void {
    while (!this.#closed) {
      const bytes = this.native.drain(this.#received.bytes);
      if (bytes === 0) return;
      this.#visitAll(bytes, visit);
    }
  }

  /** Blocks this thread until records have come or the time is over; says whether any came. */
  drainBlocking(timeoutMs: number, visit: (record: ReceivedRecord) => void): boolean {
    const bytes = this.native.drainBlocking(this.#received.bytes, timeoutMs);
    this.#visitAll(bytes, visit);
    return bytes > 0;
  }

  [Symbol.dispose](): void {
    this.#closed = true;
    this.native.close();
  }

  #tellFates(count: number, onFate: (record: SentRecord) => void): void {
    const record = this.#sent;
    for (let index = 0; index < count; index++) {
      const at = this.#offsets[index] as number;
      record.index = index;
      record.errno = this.#words[(at + SEND.errno) >> 2] as number;
      record.transmitKey = this.#words[(at + SEND.transmitKey) >> 2] as number;
      record.realtimeSeconds = this.#words[(at + SEND.realtimeSeconds) >> 2] as number;
      record.realtimeNanoseconds = this.#words[(at + SEND.realtimeNanoseconds) >> 2] as number;
      record.monotonicMs = this.#doubles[(at + SEND.monotonicMs) >> 3] as number;
      record.transmitSeconds = this.#words[(at + SEND.transmitSeconds) >> 2] as number;
      record.transmitNanoseconds = this.#words[(at + SEND.transmitNanoseconds) >> 2] as number;
      onFate(record);
    }
  }

  #visitAll(bytes: number, visit: (record: ReceivedRecord) => void): void {
    // A callback may close the channel: then nothing more is called.
    for (let at = 0; at < bytes && !this.#closed; ) {
      at = this.#received.moveTo(at);
      visit(this.#received);
    }
  }

  #reserve(bytes: number): void {
    if (bytes <= this.#buffer.byteLength) return;
    const larger = new ArrayBuffer(Math.max((bytes + 7) & ~7, this.#buffer.byteLength * 2));
    const copy = new Uint8Array(larger);
    copy.set(this.#bytes);
    this.#buffer = larger;
    this.#bytes = copy;
    this.#halves = new Uint16Array(larger);
    this.#words = new Uint32Array(larger);
    this.#doubles = new Float64Array(larger);
  }
}

/** Index of the zone of a scoped address: its number, or the index of the interface of that name; 0 when there is none. */
export function scopeIdOf(zone: string | null): number {
  if (zone === null) return 0;
  const index = nativeAddon.interfaceIndex(zone);
  if (index !== 0) return index;
  return /^[0-9]{1,9}$/.test(zone) ? Number(zone) : 0;
}
