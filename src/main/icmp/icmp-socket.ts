import { inspect } from 'node:util';
import { backendPlatform } from './backend-platform.ts';
import { ICMPSocketError, SocketBroadcastError, SocketUnavailableError, TimeoutExceeded } from './errors.ts';
import type { ICMPReply } from './icmp-reply.ts';
import type { ICMPRequest } from './icmp-request.ts';
import { monotonicNow } from './monotonic-now.ts';
import type { NativeIcmpSocket } from './native-addon.ts';
import { isRawOn } from './open-channel.ts';
import { checkReceiveTimeout, DEFAULT_RECEIVE_TIMEOUT } from './receive-timeout.ts';
import { SocketCore } from './socket-core.ts';

/** How long a blocking `send` waits for room in the send buffer, in ms: as long as `receive` waits by default. */
const SEND_ROOM_TIMEOUT_MS = 2_000;
/** Pause between two tries of a blocking `send`, in ms; a full queue of a slow link empties in about that time. */
const SEND_ROOM_PAUSE_MS = 1;

/** The named parameters of a socket. */
export interface ICMPSocketOptions {
  /**
   * Numeric IP address of this machine to listen on and send from, an IPv6 link-local one with its `%zone`; null (the
   * default) for all interfaces. Unlike in the seed a name is refused and never looked up.
   */
  readonly address?: string | null;
  /**
   * Whether the socket manages the structure of the ICMP packets itself, which needs root's rights (CAP_NET_RAW); true
   * by default. When off, the kernel handles the ICMP headers. On macOS it is always off.
   */
  readonly privileged?: boolean;
  /** Name of the interface to listen on and send from, whatever the routing table says; null (the default) for any. */
  readonly interfaceName?: string | null;
  /** True: never fragmented, whatever was learned of the path. False: may be fragmented. Null (the default): as the system does. */
  readonly dontFragment?: boolean | null;
}

/** The core of a socket, for `AsyncSocket`. @throws {TypeError} when it is no ICMP socket. */
export let coreOfSocket: (socket: ICMPSocket) => SocketCore;

/** What `ICMPv4Socket` and `ICMPv6Socket` have in common; not to be made itself. */
export abstract class ICMPSocket implements Disposable {
  readonly #core: SocketCore;
  readonly #address: string | null;
  readonly #isPrivileged: boolean;
  #blocking = false;

  static {
    coreOfSocket = (socket) => socket.#core;
  }

  /**
   * @throws {SocketPermissionError} when this process may not open such a socket; it says what would help.
   * @throws {SocketAddressError} when `address` cannot be the socket's own.
   * @throws {ICMPSocketError} when another error occurs.
   */
  protected constructor(family: 4 | 6, options: ICMPSocketOptions) {
    const { address = null, privileged = true, interfaceName = null, dontFragment = null } = options;
    this.#address = address === '' ? null : address;
    this.#isPrivileged = isRawOn(backendPlatform(), privileged);
    this.#core = new SocketCore({
      family,
      address: this.#address,
      privileged: this.#isPrivileged,
      interfaceName,
      dontFragment,
    });
  }

  /**
   * Sends an ICMP request message to a remote host and returns at once; use `receive` to get the reply. Sets the
   * request's `time`, and on an unprivileged socket its `id` to the kernel's. The destination must be a numeric
   * address of the socket's family: unlike in the seed no name is ever looked up here, which could take seconds.
   * @throws {SocketBroadcastError} If a broadcast address is used and `broadcast` is off (ICMPv4 only).
   * @throws {SocketUnavailableError} If the socket is closed.
   * @throws {ICMPSocketError} If another error occurs while sending; it carries `code` and `errno`.
   */
  send(request: ICMPRequest): void {
    let failure = this.#core.trySend(request);
    const deadline = monotonicNow() + SEND_ROOM_TIMEOUT_MS;
    while (failure?.code === 'EAGAIN' && this.#blocking && monotonicNow() < deadline) {
      pauseThread(SEND_ROOM_PAUSE_MS);
      failure = this.#core.trySend(request);
    }
    if (failure === null) return;
    const isRefusedBroadcast = failure.code === 'EACCES' && this.#core.isBroadcast(request);
    if (isRefusedBroadcast && !this.#core.native.getBroadcast()) throw new SocketBroadcastError(failure);
    throw new ICMPSocketError(failure);
  }

  /**
   * Waits for an ICMP reply message and returns it: that of the desired destination or of an upstream gateway. It
   * BLOCKS THE THREAD for as long as it waits; an `AsyncSocket` does not. It can be called again when several
   * responses are expected, as with a broadcast address.
   *
   * Unlike in the seed: messages that belong to other requests wait for their own `receive` and do not lengthen this
   * one; a reply counts as in time by its arrival, however late it is read; a reply of a host that was not asked, or
   * an error that quotes something else, is not returned for a request.
   * @param request the request whose answer is wanted; null (the default) for any ICMP message
   * @param timeout longest wait in seconds; 0 only looks whether one is there
   * @throws {TimeoutExceeded} If no response is received before the timeout.
   * @throws {SocketUnavailableError} If the socket is closed.
   * @throws {ICMPSocketError} If another error occurs while receiving.
   * @throws {TypeError} If the timeout is no number.
   * @throws {RangeError} If the timeout is negative or endless.
   */
  receive(request: ICMPRequest | null = null, timeout = DEFAULT_RECEIVE_TIMEOUT): ICMPReply {
    const core = this.#core;
    if (core.isClosed) throw new SocketUnavailableError();
    const timeoutMs = checkReceiveTimeout(timeout);
    // What has arrived is read before the time starts, so that a timeout of 0 finds it.
    core.collect();
    const deadline = monotonicNow() + timeoutMs;
    for (let isOver = false; ; ) {
      const entry = core.take(request, deadline);
      if (entry !== null) return core.replyOf(entry, request);
      if (isOver) throw new TimeoutExceeded(timeout);
      const remaining = deadline - monotonicNow();
      isOver = remaining <= 0;
      // After the deadline too: a reply that arrived before it may still lie in the kernel.
      if (isOver) core.collect();
      else core.collectBlocking(remaining);
    }
  }

  /**
   * Closes the socket. It cannot be used after this call; a further call does nothing. The descriptor of a socket that
   * is forgotten without this is released when the native socket is collected as garbage.
   */
  close(): void {
    this.#core.close();
  }

  /** The same as `close`, for `using`. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** What `console.log` shows: `<ICMPv4Socket [192.0.2.1]>`, without the brackets when bound to no address. */
  [inspect.custom](): string {
    const address = this.#address === null ? '' : ` [${this.#address}]`;
    return `<${this.constructor.name}${address}${this.isClosed ? ', closed' : ''}>`;
  }

  /** The underlying native socket, or null when closed. Only for what this class does not offer; it may change with any version. */
  get sock(): NativeIcmpSocket | null {
    return this.#core.isClosed ? null : this.#core.native;
  }

  /** The IP address from which the socket listens and sends, with its zone; null for all interfaces. */
  get address(): string | null {
    return this.#address;
  }

  /** Whether the socket runs in privileged mode. Always false on macOS. */
  get isPrivileged(): boolean {
    return this.#isPrivileged;
  }

  /** Whether the socket is closed. */
  get isClosed(): boolean {
    return this.#core.isClosed;
  }

  /**
   * Whether `send` waits, up to 2 seconds, for room in a full send buffer instead of throwing EAGAIN. False at first,
   * as the seed documents (its library has true). `receive` always waits up to its timeout.
   * @throws {SocketUnavailableError} If the socket is closed.
   */
  get blocking(): boolean {
    if (this.#core.isClosed) throw new SocketUnavailableError();
    return this.#blocking;
  }

  set blocking(enabled: boolean) {
    if (this.#core.isClosed) throw new SocketUnavailableError();
    this.#blocking = enabled;
  }

  /**
   * Messages lost on this machine since the socket was opened, because the kernel's buffer, the queue or the inbox of
   * messages nobody asked for was full; macOS does not tell of the kernel's buffer. They are not loss of the network. Of the inbox, answers to requests that this
   * socket did not send are not counted; a raw socket hears those of every program.
   * @throws {SocketUnavailableError} If the socket is closed.
   */
  get localDrops(): number {
    return this.#core.localDrops;
  }
}

/** A socket for sending and receiving ICMPv4 packets. */
export class ICMPv4Socket extends ICMPSocket {
  /** See `ICMPSocketOptions` for the parameters and what is thrown. */
  constructor(options: ICMPSocketOptions = {}) {
    super(4, options);
  }

  /**
   * Whether requests to broadcast addresses are allowed; false at first.
   * @throws {SocketUnavailableError} If the socket is closed.
   */
  get broadcast(): boolean {
    return coreOfSocket(this).native.getBroadcast();
  }

  set broadcast(enabled: boolean) {
    coreOfSocket(this).native.setBroadcast(enabled);
  }
}

/** A socket for sending and receiving ICMPv6 packets. It has no `broadcast`: IPv6 has multicast instead. */
export class ICMPv6Socket extends ICMPSocket {
  /** See `ICMPSocketOptions` for the parameters and what is thrown. */
  constructor(options: ICMPSocketOptions = {}) {
    super(6, options);
  }
}

function pauseThread(durationMs: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, durationMs);
}
