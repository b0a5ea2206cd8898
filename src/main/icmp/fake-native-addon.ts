import { networkInterfaces } from 'node:os';
import { getSystemErrorName } from 'node:util';
import { parseIpAddress } from '../../contract/ip-address.ts';
import type { NativeAddon, NativeIcmpSocket, NativeSocketCounters, NativeSocketOptions } from './native-addon.ts';
import {
  FLAG_EXTENSIONS,
  FLAG_HOP_LIMIT,
  FLAG_IP_HEADER,
  FLAG_KERNEL_TIMESTAMP,
  FLAG_ROUND_TRIP,
  RECEIVE,
  RECORD_DATAGRAM,
  SEND,
} from './native-record.ts';
import { writeChecksum } from './packet/echo.ts';

/** One record to be received, in the terms of a test; what is left out is the usual. */
export interface FakeRecord {
  readonly kind?: number;
  readonly family?: 4 | 6;
  readonly source: string;
  /** On errors: destination of the original packet. */
  readonly local?: string;
  readonly data: Uint8Array;
  readonly hopLimit?: number;
  readonly icmpType?: number;
  readonly icmpCode?: number;
  readonly info?: number;
  /** On errors: where the kernel says that extensions start in the data. */
  readonly extensionOffset?: number;
  readonly transmitKey?: number;
  /** Of the echo interface: flags beside the usual, whole milliseconds, an errno. */
  readonly flags?: number;
  readonly roundTripMs?: number;
  readonly errno?: number;
  /** When the kernel received it and when it is read, in ms after the fake's time zero. */
  readonly arrivedMs?: number;
  readonly readMs?: number;
}

/** One request that was sent. */
export interface FakeSend {
  readonly destination: Uint8Array;
  readonly hopLimit: number;
  readonly trafficClass: number;
  readonly scopeId: number;
  readonly icmp: Uint8Array;
}

/** Realtime at the fake's time zero; any value inside 32 bits serves. */
const EPOCH_SECONDS = 1_800_000_000;

/** A native socket without a network, for tests: what is sent is kept, what is injected is received. */
export class FakeNativeSocket implements NativeIcmpSocket {
  static readonly opened: FakeNativeSocket[] = [];
  readonly options: NativeSocketOptions;
  readonly properties;
  readonly sends: FakeSend[] = [];
  /** Errno of the next sends, in order; 0 and beyond the end mean sent. */
  readonly sendErrnos: number[] = [];
  nowMs = 0;
  /** How far the wall clock has been set forward, in ms; the monotonic clock does not notice. */
  wallStepMs = 0;
  isClosed = false;
  /** When the kernel says that a request sent alone left, in ms after the program's own reading; null: not at once. */
  departsAfterMs: number | null = null;
  readonly #queue: Uint8Array[] = [];
  #onReadable: (() => void) | null = null;
  #broadcast = false;

  constructor(options: NativeSocketOptions) {
    this.options = options;
    this.properties = {
      fd: 3,
      identifier: options.kind === 'raw' ? 0 : 0x0abc,
      localAddress: options.address,
      receiveBufferBytes: options.receiveBufferBytes * 2,
      kernelReceiveTimestamps: true,
      kernelTransmitTimestamps: true,
    };
    FakeNativeSocket.opened.push(this);
  }

  send(batch: Uint8Array, count: number): number {
    this.#mustBeOpen();
    const view = new DataView(batch.buffer, batch.byteOffset);
    let at = 0;
    let sent = 0;
    for (let index = 0; index < count; index++) {
      const icmpBytes = view.getUint16(at + SEND.icmpBytes, true);
      const errno = this.sendErrnos.shift() ?? 0;
      view.setInt32(at + SEND.errno, errno, true);
      const isStamped = this.options.transmitTimestamps || count === 1;
      view.setUint32(at + SEND.transmitKey, isStamped ? this.sends.length + 1 : 0, true);
      const isTold = this.departsAfterMs !== null && count === 1;
      const leftMs = this.nowMs + (this.departsAfterMs ?? 0);
      view.setUint32(at + SEND.transmitSeconds, isTold ? EPOCH_SECONDS + Math.floor(leftMs / 1_000) : 0, true);
      view.setUint32(at + SEND.transmitNanoseconds, isTold ? Math.round((leftMs % 1_000) * 1e6) : 0, true);
      view.setUint32(at + SEND.realtimeSeconds, EPOCH_SECONDS + Math.floor(this.nowMs / 1_000), true);
      view.setUint32(at + SEND.realtimeNanoseconds, Math.round((this.nowMs % 1_000) * 1e6), true);
      view.setFloat64(at + SEND.monotonicMs, this.nowMs, true);
      if (errno === 0) {
        sent++;
        const icmp = batch.slice(at + SEND.HEADER, at + SEND.HEADER + icmpBytes);
        // As the kernel does; what it writes into IPv6 depends on the source that it chooses.
        if (this.options.kind === 'dgram' && this.options.family === 4) writeChecksum(icmp, 0, icmpBytes);
        this.sends.push({
          destination: batch.slice(at + SEND.destination, at + SEND.destination + 16),
          hopLimit: batch[at + SEND.hopLimit] as number,
          trafficClass: batch[at + SEND.trafficClass] as number,
          scopeId: view.getUint32(at + SEND.scopeId, true),
          icmp,
        });
      }
      at += (SEND.HEADER + icmpBytes + 7) & ~7;
    }
    return sent;
  }

  /** Puts a record into the queue; it is delivered by the next drain. */
  inject(record: FakeRecord): void {
    const bytes = new Uint8Array((RECEIVE.HEADER + record.data.length + 7) & ~7);
    const view = new DataView(bytes.buffer);
    const family = record.family ?? this.options.family;
    const hasIpHeader =
      family === 4 && this.options.kind === 'raw' && (record.kind ?? RECORD_DATAGRAM) === RECORD_DATAGRAM;
    const stamp = (at: number, monotonicMs: number) => {
      const ms = monotonicMs + this.wallStepMs;
      const seconds = Math.floor(ms / 1_000);
      view.setUint32(at, EPOCH_SECONDS + seconds, true);
      view.setUint32(at + 4, Math.round((ms - seconds * 1_000) * 1e6), true);
    };
    view.setUint32(RECEIVE.recordBytes, bytes.length, true);
    bytes[RECEIVE.kind] = record.kind ?? RECORD_DATAGRAM;
    bytes[RECEIVE.family] = family;
    bytes[RECEIVE.hopLimit] = record.hopLimit ?? 0;
    const flags =
      (record.hopLimit === undefined ? 0 : FLAG_HOP_LIMIT) |
      FLAG_KERNEL_TIMESTAMP |
      (hasIpHeader ? FLAG_IP_HEADER : 0) |
      (record.extensionOffset === undefined ? 0 : FLAG_EXTENSIONS) |
      (record.roundTripMs === undefined ? 0 : FLAG_ROUND_TRIP) |
      (record.flags ?? 0);
    view.setUint32(RECEIVE.roundTripMs, record.roundTripMs ?? 0, true);
    view.setInt32(RECEIVE.errno, record.errno ?? 0, true);
    view.setUint16(RECEIVE.flags, flags, true);
    view.setUint16(RECEIVE.dataBytes, record.data.length, true);
    bytes.set(addressBytes(record.source), RECEIVE.source);
    if (record.local !== undefined) bytes.set(addressBytes(record.local), RECEIVE.local);
    view.setUint32(RECEIVE.info, record.info ?? 0, true);
    stamp(RECEIVE.realtimeSeconds, record.arrivedMs ?? this.nowMs);
    stamp(RECEIVE.readRealtimeSeconds, record.readMs ?? this.nowMs);
    view.setFloat64(RECEIVE.readMonotonicMs, record.readMs ?? this.nowMs, true);
    view.setUint32(RECEIVE.transmitKey, record.transmitKey ?? 0, true);
    bytes[RECEIVE.icmpType] = record.icmpType ?? 0;
    bytes[RECEIVE.icmpCode] = record.icmpCode ?? 0;
    view.setUint16(RECEIVE.extensionOffset, record.extensionOffset ?? 0, true);
    bytes.set(record.data, RECEIVE.HEADER);
    this.#queue.push(bytes);
  }

  /** Wakes the program as the receive thread does. */
  wake(): void {
    this.#onReadable?.();
  }

  drain(into: Uint8Array): number {
    this.#mustBeOpen();
    let used = 0;
    for (let next = this.#queue[0]; next !== undefined && used + next.length <= into.length; next = this.#queue[0]) {
      into.set(next, used);
      used += next.length;
      this.#queue.shift();
    }
    return used;
  }

  drainBlocking(into: Uint8Array, timeoutMs: number): number {
    const bytes = this.drain(into);
    if (bytes === 0) this.nowMs += timeoutMs;
    return bytes;
  }

  startReceiving(onReadable: () => void): void {
    this.#onReadable = onReadable;
  }

  stopReceiving(): void {
    this.#onReadable = null;
  }

  setBroadcast(enabled: boolean): void {
    this.#broadcast = enabled;
  }

  getBroadcast(): boolean {
    return this.#broadcast;
  }

  counters(): NativeSocketCounters {
    return { kernelDrops: 0, queueDrops: 0, received: 0, sent: this.sends.length, sendErrors: 0, wakes: 0 };
  }

  drops(): number {
    return 0;
  }

  close(): void {
    this.isClosed = true;
    this.#onReadable = null;
  }

  #mustBeOpen(): void {
    if (this.isClosed) throw Object.assign(new Error('EBADF'), { errno: 9, code: 'EBADF', syscall: 'recvmsg' });
  }
}

function addressBytes(text: string): Uint8Array {
  const address = parseIpAddress(text);
  if (address === null) throw new TypeError(`not an address: ${text}`);
  return address.bytes;
}

/** Stands in for the addon: `vi.mock('./native-addon.ts', async () => ({ nativeAddon: (await import('./fake-native-addon.ts')).fakeNativeAddon }))`. */
export const fakeNativeAddon: NativeAddon = {
  platform: 'linux',
  IcmpSocket: FakeNativeSocket,
  interfaceIndex: (name) => Object.keys(networkInterfaces()).indexOf(name) + 1,
  interfaceName: (index) => Object.keys(networkInterfaces())[index - 1] ?? '',
  errorName: (errno) => getSystemErrorName(-errno),
  readClocks: (into) => into.set([EPOCH_SECONDS, 0, 0]),
};
