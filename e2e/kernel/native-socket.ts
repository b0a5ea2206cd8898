import { join } from 'node:path';
import { formatIpAddress } from '../../src/contract/ip-address.ts';
import { type NativeIcmpSocket, type NativeSocketOptions, nativeAddon } from '../../src/main/icmp/native-addon.ts';
import { RECEIVE, SEND } from '../../src/main/icmp/native-record.ts';
import type { Place } from '../lab/addresses.ts';
import { inNamespace } from '../lab/lab.ts';
import { icmpMessage, ipv4Bytes, ipv6Bytes, sealed4 } from './icmp-packets.ts';

/** Identifier of the echo requests of raw sockets; a dgram socket's is the kernel's. */
export const IDENTIFIER = 0x4d2a;

/** One echo request to send. */
export interface Request {
  readonly destination: string;
  readonly sequence?: number;
  /** 0 leaves the system's default. */
  readonly hopLimit?: number;
  readonly trafficClass?: number;
  readonly payloadBytes?: number;
  readonly identifier?: number;
}

/** What the native side wrote back into a record; times in ms. */
export interface Fate {
  readonly errno: number;
  readonly transmitKey: number;
  readonly realtimeMs: number;
  /** The kernel's moment of departure where the send told it, else null. */
  readonly transmitMs: number | null;
}

/** A received record as it is, undecoded but for its numbers; times in ms. */
export interface Received {
  readonly kind: number;
  readonly flags: number;
  readonly hopLimit: number;
  readonly trafficClass: number;
  readonly interfaceIndex: number;
  readonly source: string;
  readonly local: string;
  readonly info: number;
  readonly realtimeMs: number;
  readonly transmitKey: number;
  readonly icmpType: number;
  readonly icmpCode: number;
  readonly extensionOffset: number;
  readonly errno: number;
  readonly data: Buffer;
}

function readRecord(bytes: Buffer, at: number): Received {
  const family = bytes[at + RECEIVE.family] === 6 ? 6 : 4;
  const dataAt = at + RECEIVE.HEADER;
  return {
    kind: bytes.readUInt8(at + RECEIVE.kind),
    flags: bytes.readUInt16LE(at + RECEIVE.flags),
    hopLimit: bytes.readUInt8(at + RECEIVE.hopLimit),
    trafficClass: bytes.readUInt8(at + RECEIVE.trafficClass),
    interfaceIndex: bytes.readUInt32LE(at + RECEIVE.interfaceIndex),
    source: formatIpAddress(family, bytes, at + RECEIVE.source),
    local: formatIpAddress(family, bytes, at + RECEIVE.local),
    info: bytes.readUInt32LE(at + RECEIVE.info),
    realtimeMs:
      bytes.readUInt32LE(at + RECEIVE.realtimeSeconds) * 1e3 +
      bytes.readUInt32LE(at + RECEIVE.realtimeNanoseconds) / 1e6,
    transmitKey: bytes.readUInt32LE(at + RECEIVE.transmitKey),
    icmpType: bytes.readUInt8(at + RECEIVE.icmpType),
    icmpCode: bytes.readUInt8(at + RECEIVE.icmpCode),
    extensionOffset: bytes.readUInt16LE(at + RECEIVE.extensionOffset),
    errno: bytes.readInt32LE(at + RECEIVE.errno),
    data: Buffer.from(bytes.subarray(dataAt, dataAt + bytes.readUInt16LE(at + RECEIVE.dataBytes))),
  };
}

/** Waits without giving JavaScript a turn, as a busy program does. */
export function block(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

/** A native socket with the little around it that the tests need. Closed by `using`. */
export class SocketUnderTest implements Disposable {
  readonly native: NativeIcmpSocket;
  readonly #family: 4 | 6;
  readonly #buffer = Buffer.alloc(256 * 1024);

  constructor(options: Pick<NativeSocketOptions, 'family' | 'kind'> & Partial<NativeSocketOptions>) {
    this.#family = options.family;
    this.native = new nativeAddon.IcmpSocket({
      address: null,
      interfaceName: null,
      receiveBufferBytes: 1 << 20,
      queueBytes: 1 << 20,
      transmitTimestamps: false,
      dontFragment: 'default',
      onlyIdentifier: null,
      ...options,
    });
  }

  /** Sends whole ICMP messages, as one batch. */
  sendMessages(messages: readonly (Request & { readonly message: Buffer })[]): Fate[] {
    const records = messages.map(({ destination, hopLimit = 64, trafficClass = 0, message }) => {
      const record = Buffer.alloc((SEND.HEADER + message.length + 7) & ~7);
      const [address = '', zone] = destination.split('%');
      record.writeUInt16LE(message.length, SEND.icmpBytes);
      record.writeUInt8(hopLimit, SEND.hopLimit);
      record.writeUInt8(trafficClass, SEND.trafficClass);
      record.writeUInt32LE(zone === undefined ? 0 : nativeAddon.interfaceIndex(zone), SEND.scopeId);
      (this.#family === 4 ? ipv4Bytes(address) : ipv6Bytes(address)).copy(record, SEND.destination);
      message.copy(record, SEND.HEADER);
      return record;
    });
    const batch = Buffer.concat(records);
    this.native.send(batch, records.length);
    let at = 0;
    return records.map((record) => {
      const start = at;
      at += record.length;
      const transmitSeconds = batch.readUInt32LE(start + SEND.transmitSeconds);
      const transmitNanoseconds = batch.readUInt32LE(start + SEND.transmitNanoseconds);
      return {
        errno: batch.readInt32LE(start + SEND.errno),
        transmitKey: batch.readUInt32LE(start + SEND.transmitKey),
        realtimeMs:
          batch.readUInt32LE(start + SEND.realtimeSeconds) * 1e3 +
          batch.readUInt32LE(start + SEND.realtimeNanoseconds) / 1e6,
        transmitMs: transmitSeconds === 0 ? null : transmitSeconds * 1e3 + transmitNanoseconds / 1e6,
      };
    });
  }

  /** Sends echo requests, as one batch. */
  send(...requests: readonly Request[]): Fate[] {
    const type = this.#family === 4 ? 8 : 128;
    return this.sendMessages(
      requests.map((request) => {
        const { identifier = IDENTIFIER, sequence = 1, payloadBytes = 56 } = request;
        return { ...request, message: sealed4(icmpMessage(type, 0, identifier, sequence, Buffer.alloc(payloadBytes))) };
      }),
    );
  }

  /** Every record that waits now; reads the kernel unless the receive thread does. */
  drain(): Received[] {
    const records: Received[] = [];
    for (let bytes = this.native.drain(this.#buffer); bytes > 0; bytes = this.native.drain(this.#buffer)) {
      this.#read(bytes, records);
    }
    return records;
  }

  /** Blocks until that many records have come, for a second at most (or `timeoutMs`). */
  receive(count: number, timeoutMs = 1_000): Received[] {
    const records: Received[] = [];
    const end = performance.now() + timeoutMs;
    for (let left = timeoutMs; records.length < count && left > 0; left = end - performance.now()) {
      this.#read(this.native.drainBlocking(this.#buffer, left), records);
    }
    return records;
  }

  [Symbol.dispose](): void {
    this.native.close();
  }

  #read(bytes: number, into: Received[]): void {
    for (let at = 0; at < bytes; at += this.#buffer.readUInt32LE(at + RECEIVE.recordBytes)) {
      into.push(readRecord(this.#buffer, at));
    }
  }
}

/** Has a router or host send ICMP messages made by hand, in order; checksums of ICMPv6 are its kernel's. */
export function sendFrom(place: Place, family: 4 | 6, destination: string, messages: readonly Buffer[]): void {
  const script = join(import.meta.dirname, 'send-messages.ts');
  const loader = join(import.meta.dirname, '../../scripts/native-loader.mjs');
  inNamespace(
    place,
    ...[process.execPath, '--import', loader, script],
    ...[String(family), destination, ...messages.map((message) => message.toString('hex'))],
  );
}
