/**
 * The native addon as TypeScript sees it: the only file that loads the `.node` file.
 *
 * Native code moves bytes, ancillary data and errno; it gives no meaning to them, but for the reply structures of
 * Windows, which it makes records of, and on macOS for as much of a packet as tells whose it is. Batches cross in buffers that
 * JavaScript owns, in the two record layouts of `native-record.ts` (every record a multiple of 8 bytes), so that a
 * packet costs no allocation on either side.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { loadAddonFile } from './addon-file.ts';
import { type DiagnosticReport, isGlibc } from './c-library.ts';

/**
 * How a socket is opened. On Linux `raw` needs CAP_NET_RAW, `dgram` the group's id in net.ipv4.ping_group_range; macOS
 * has `dgram`, Windows `echo-api`, both for everybody. A kind that a platform does not have is refused with
 * EPROTONOSUPPORT, an option with ENOTSUP.
 */
export interface NativeSocketOptions {
  readonly family: 4 | 6;
  readonly kind: 'raw' | 'dgram' | 'echo-api';
  /** Numeric local address (IPv6: with `%zone` when link-local) to bind to, or null for any. Never looked up. */
  readonly address: string | null;
  /** Interface to bind to (SO_BINDTODEVICE), or null. */
  readonly interfaceName: string | null;
  /** Receive buffer asked for, in bytes; the kernel may give less. */
  readonly receiveBufferBytes: number;
  /** Largest number of bytes kept for JavaScript by the receive thread; beyond it datagrams are dropped and counted. */
  readonly queueBytes: number;
  /** Ask the kernel when each packet was handed to the device (SOF_TIMESTAMPING_TX_SOFTWARE); false: only of packets sent alone. */
  readonly transmitTimestamps: boolean;
  /** `default`: the system's path MTU discovery; `set`: always DF, ignoring the cached MTU (IP_PMTUDISC_PROBE); `clear`: never DF. */
  readonly dontFragment: 'default' | 'set' | 'clear';
  /**
   * Raw sockets only: deliver echo replies of this identifier and errors that quote it, and nothing else (a BPF
   * filter in the kernel). Null: every echo reply and every error of the machine.
   */
  readonly onlyIdentifier: number | null;
}

/** What the opened socket really is. */
export interface NativeSocketProperties {
  /** −1 where it is no descriptor. */
  readonly fd: number;
  /**
   * Identifier of every request: of a dgram socket the kernel's (unique on the machine, cannot be taken over) or on
   * macOS the backend's; of the echo interface a number of ours that only its records carry; 0 for raw.
   */
  readonly identifier: number;
  /** Bound address as text, zone included, or null when unbound. */
  readonly localAddress: string | null;
  /** Size the kernel granted, as getsockopt(SO_RCVBUF) reports it (on Linux twice the usable value). */
  readonly receiveBufferBytes: number;
  /** Whether receive stamps come from the kernel. */
  readonly kernelReceiveTimestamps: boolean;
  /** Whether transmit stamps come from the kernel, be it only for packets sent alone. */
  readonly kernelTransmitTimestamps: boolean;
}

/** Everything the socket counted since it was opened; each only grows. */
export interface NativeSocketCounters {
  /**
   * Datagrams the kernel dropped because the receive buffer was full (SO_MEMINFO). A raw socket counts then also what
   * its filter would have kept out, such as its own requests on loopback. 0 on macOS, which does not tell, and on
   * Windows, which has no such buffer.
   */
  readonly kernelDrops: number;
  /** Records dropped because JavaScript did not collect them in time (`queueBytes`). */
  readonly queueDrops: number;
  /** Records delivered or waiting. */
  readonly received: number;
  readonly sent: number;
  readonly sendErrors: number;
  /** Times JavaScript was woken. */
  readonly wakes: number;
}

/** One open ICMP socket. Every method throws `{ errno, code, syscall }` errors; after `close` all but `close` throw EBADF. */
export interface NativeIcmpSocket {
  readonly properties: NativeSocketProperties;
  /**
   * Sends `count` records laid out as SEND, in order, without blocking, and writes each record's fate and send
   * stamp back into it. At most 8 packets share one system call and so one stamp; of a packet sent alone the kernel's
   * own stamp is mostly there at once and written too. A pending error of an
   * earlier packet never fails a later one: the error queue is drained into the receive queue and the send repeated.
   * @returns the number of records sent; the failed ones carry their errno.
   */
  send(batch: Uint8Array, count: number): number;
  /**
   * Copies as many whole records (RECEIVE) as fit and removes them from the queue. Reads the kernel first
   * unless the receive thread does that.
   * @returns the number of bytes written.
   * @throws EMSGSIZE when the next record is larger than `into`; 65,632 bytes hold any.
   */
  drain(into: Uint8Array): number;
  /** Like `drain`, but blocks this thread until there is a record or the time is over (0 bytes then). Refused (EBUSY) while the receive thread reads. */
  drainBlocking(into: Uint8Array, timeoutMs: number): number;
  /** Lets the receive thread read this socket; `onReadable` is called once per batch, on the JavaScript thread, until `stopReceiving`. Does not keep the process alive, nor the socket: whoever drops the socket without closing it loses the callback with it. */
  startReceiving(onReadable: () => void): void;
  /** Ends it: `onReadable` is not called after this returns. What was queued stays for `drain`. */
  stopReceiving(): void;
  setBroadcast(enabled: boolean): void;
  getBroadcast(): boolean;
  counters(): NativeSocketCounters;
  /** `kernelDrops` and `queueDrops` together, without an object: every monitor asks for them. */
  drops(): number;
  /** Releases the descriptor; idempotent. */
  close(): void;
}

export interface NativeAddon {
  readonly platform: 'linux' | 'darwin' | 'win32' | 'unsupported';
  readonly IcmpSocket: new (options: NativeSocketOptions) => NativeIcmpSocket;
  /** Index of a network interface, or 0 when there is none of that name. */
  interfaceIndex(name: string): number;
  /** Name of a network interface, or an empty string. */
  interfaceName(index: number): string;
  /** Name of an errno that a record carries, e.g. ENETUNREACH; UNKNOWN for one that the backends do not use. */
  errorName(errno: number): string;
  /** Both clocks read together, as the send stamps are: [realtime seconds, realtime nanoseconds, monotonic milliseconds]. */
  readClocks(into: Float64Array): void;
}

/** The addon for this platform, loaded. @throws when there is none or it cannot be loaded, with what to do. */
function loadAddon(): NativeAddon {
  const { platform, arch } = process;
  const require = createRequire(import.meta.url);
  return loadAddonFile(
    {
      from: import.meta.dirname,
      platform,
      arch,
      isGlibc: () => isGlibc(process.report as typeof process.report & DiagnosticReport),
      exists: existsSync,
    },
    (file) => require(file) as NativeAddon,
  );
}

/** The loaded addon. */
export const nativeAddon: NativeAddon = loadAddon();
