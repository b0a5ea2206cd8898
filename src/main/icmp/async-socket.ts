import { SocketUnavailableError } from './errors.ts';
import type { ICMPReply } from './icmp-reply.ts';
import type { ICMPRequest } from './icmp-request.ts';
import { coreOfSocket, type ICMPSocket, ICMPv4Socket } from './icmp-socket.ts';
import { monotonicNow } from './monotonic-now.ts';
import type { NativeIcmpSocket } from './native-addon.ts';
import { checkReceiveTimeout, DEFAULT_RECEIVE_TIMEOUT } from './receive-timeout.ts';
import type { SocketCore } from './socket-core.ts';
import { WaitingReceives } from './waiting-receives.ts';

/** The named parameters of an asynchronous `receive`. */
export interface ReceiveOptions {
  /** Ends the wait: the promise rejects with the signal's reason, and the socket stays usable. */
  readonly signal?: AbortSignal;
}

/**
 * A wrapper for ICMP sockets which makes them asynchronous: `receive` never blocks the event loop, and any number of
 * receives may wait at once, each for its own reply. Unlike in the seed, replies have a source, the properties can be
 * set through the wrapper, and closing or detaching ends what waits at once.
 *
 * Once the wrapper is made, its socket should no longer be used directly. With an `ICMPv6Socket` there is no
 * `broadcast`: reading or setting it throws a TypeError.
 */
export class AsyncSocket<S extends ICMPSocket = ICMPSocket> implements Disposable, AsyncDisposable {
  #socket: S | null;
  readonly #waiting: WaitingReceives;

  /**
   * @throws {SocketUnavailableError} If the socket is closed.
   * @throws {TypeError} If it is no ICMP socket.
   */
  constructor(icmpSocket: S) {
    if (coreOfSocket(icmpSocket).isClosed) throw new SocketUnavailableError();
    // A send that waits for room would block the event loop.
    icmpSocket.blocking = false;
    this.#socket = icmpSocket;
    this.#waiting = new WaitingReceives(icmpSocket);
  }

  /** Sends a request and returns at once; see `ICMPSocket.send`. It is not awaited. */
  send(request: ICMPRequest): void {
    this.#open().send(request);
  }

  /**
   * Resolves with an ICMP reply message; see `ICMPSocket.receive` for what counts as one.
   * @param request the request whose answer is wanted; null (the default) for any ICMP message
   * @param timeout longest wait in seconds; 0 only looks whether one is there
   * @throws {TimeoutExceeded} If no response is received before the timeout.
   * @throws {SocketUnavailableError} If the socket is closed or detached, also while this waits.
   * @throws {ICMPSocketError} If another error occurs while receiving.
   */
  async receive(
    request: ICMPRequest | null = null,
    timeout = DEFAULT_RECEIVE_TIMEOUT,
    { signal }: ReceiveOptions = {},
  ): Promise<ICMPReply> {
    const core = coreOfSocket(this.#open());
    const timeoutMs = checkReceiveTimeout(timeout);
    signal?.throwIfAborted();
    core.collect();
    const deadlineMs = monotonicNow() + timeoutMs;
    const entry = core.take(request, deadlineMs);
    if (entry !== null) return core.replyOf(entry, request);
    if (core.reader !== this.#waiting) startReading(core, this.#waiting);
    return await this.#waiting.wait({ request, timeout, deadlineMs, signal });
  }

  /**
   * Detaches the socket from the wrapper and returns it, or null when that was done before. The wrapper cannot be used
   * after this call, but the socket can. What waits is rejected with a `SocketUnavailableError`.
   */
  detach(): S | null {
    const socket = this.#socket;
    if (socket === null) return null;
    this.#socket = null;
    const core = coreOfSocket(socket);
    if (core.reader === this.#waiting) core.stopReading();
    this.#waiting.failAll(new SocketUnavailableError());
    return socket;
  }

  /** Detaches the underlying socket from the wrapper and closes it. Neither can be used after this call. */
  close(): void {
    this.detach()?.close();
  }

  /** The same as `close`, for `using`. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** The same as `close`, for `await using`. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }

  /** The underlying native socket, or null when the ICMP socket is closed; see `ICMPSocket.sock`. */
  get sock(): NativeIcmpSocket | null {
    return this.#attached().sock;
  }

  /** See `ICMPSocket.address`. */
  get address(): string | null {
    return this.#attached().address;
  }

  /** See `ICMPSocket.isPrivileged`. */
  get isPrivileged(): boolean {
    return this.#attached().isPrivileged;
  }

  /** Whether the underlying socket is closed, by the wrapper or directly, or detached from this wrapper. */
  get isClosed(): boolean {
    return this.#socket === null || this.#socket.isClosed;
  }

  /** See `ICMPSocket.blocking`; false in a wrapper unless set. */
  get blocking(): boolean {
    return this.#open().blocking;
  }

  set blocking(enabled: boolean) {
    this.#open().blocking = enabled;
  }

  /** See `ICMPv4Socket.broadcast`. */
  get broadcast(): boolean {
    return this.#openIpv4().broadcast;
  }

  set broadcast(enabled: boolean) {
    this.#openIpv4().broadcast = enabled;
  }

  /** See `ICMPSocket.localDrops`. */
  get localDrops(): number {
    return this.#open().localDrops;
  }

  #attached(): S {
    if (this.#socket === null) throw new SocketUnavailableError();
    return this.#socket;
  }

  #open(): S {
    const socket = this.#attached();
    if (socket.isClosed) throw new SocketUnavailableError();
    return socket;
  }

  #openIpv4(): ICMPv4Socket {
    const socket: ICMPSocket = this.#open();
    if (socket instanceof ICMPv4Socket) return socket;
    throw new TypeError('An ICMPv6 socket has no broadcast');
  }
}

/** Has the receive thread wake the waiting receives. It holds the core only weakly, so that a forgotten socket is collected. */
function startReading(core: SocketCore, waiting: WaitingReceives): void {
  const weakCore = new WeakRef(core);
  const weakWaiting = new WeakRef(waiting);
  core.startReading(waiting, () => {
    try {
      weakCore.deref()?.collect();
    } catch (error) {
      weakWaiting.deref()?.failAll(error);
    }
  });
}
