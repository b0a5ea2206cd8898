import { SocketUnavailableError, TimeoutExceeded } from './errors.ts';
import type { ICMPReply } from './icmp-reply.ts';
import { type ICMPRequest, stateOfRequest } from './icmp-request.ts';
import { coreOfSocket, type ICMPSocket } from './icmp-socket.ts';
import { monotonicNow } from './monotonic-now.ts';
import { arrivalMonotonicMs } from './received-datagram.ts';
import type { InboxEntry } from './reply-inbox.ts';
import type { SocketReader } from './socket-core.ts';

/** What one `receive` waits for. */
export interface ReceiveWait {
  readonly request: ICMPRequest | null;
  /** As the caller gave it, in seconds, for the error's text. */
  readonly timeout: number;
  /** Last moment at which a message counts as in time, on the monotonic clock. */
  readonly deadlineMs: number;
  readonly signal: AbortSignal | undefined;
}

interface Waiting extends ReceiveWait {
  readonly resolve: (reply: ICMPReply) => void;
  /** Ends the wait without a reply. */
  readonly fail: (reason: unknown) => void;
}

/**
 * The receives that wait on one socket. Each message goes to the oldest one whose request it answers, else to the
 * oldest that takes any. As long as one waits, its timer keeps the socket from being collected as garbage.
 */
export class WaitingReceives implements SocketReader {
  readonly #socket: ICMPSocket;
  readonly #all = new Set<Waiting>();
  /** By sequence, since the identifier of a request changes with an unprivileged send. */
  readonly #bySequence = new Map<number, Set<Waiting>>();

  constructor(socket: ICMPSocket) {
    this.#socket = socket;
  }

  /** Waits for a message; the caller has looked into the inbox already. */
  wait(wait: ReceiveWait): Promise<ICMPReply> {
    return new Promise((resolve, reject) => {
      const { signal } = wait;
      const end = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
        this.#remove(waiting);
      };
      const waiting: Waiting = {
        ...wait,
        resolve: (reply) => {
          end();
          resolve(reply);
        },
        fail: (reason) => {
          end();
          reject(reason);
        },
      };
      const onAbort = () => waiting.fail(signal?.reason);
      const arm = () => setTimeout(onTimer, Math.max(0, Math.ceil(wait.deadlineMs - monotonicNow())));
      const onTimer = () => {
        // Timers may fire up to a millisecond early.
        if (monotonicNow() < wait.deadlineMs) timer = arm();
        else this.#onDeadline(waiting);
      };
      let timer = arm();
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#add(waiting);
    });
  }

  offer(entry: InboxEntry): boolean {
    const waiting = this.#takerOf(entry);
    if (waiting === null) return false;
    waiting.resolve(coreOfSocket(this.#socket).replyOf(entry, waiting.request));
    return true;
  }

  onClose(): void {
    this.failAll(new SocketUnavailableError());
  }

  /** Ends every wait with this. */
  failAll(reason: unknown): void {
    for (const waiting of [...this.#all]) waiting.fail(reason);
  }

  #takerOf({ datagram }: InboxEntry): Waiting | null {
    const core = coreOfSocket(this.#socket);
    const arrivedMs = arrivalMonotonicMs(datagram);
    for (const waiting of this.#bySequence.get(datagram.sequence) ?? []) {
      const { request } = waiting;
      if (request === null || arrivedMs > waiting.deadlineMs) continue;
      if (core.isAnswer(datagram, stateOfRequest(request))) return waiting;
    }
    for (const waiting of this.#bySequence.get(ANY) ?? []) if (arrivedMs <= waiting.deadlineMs) return waiting;
    return null;
  }

  #onDeadline(waiting: Waiting): void {
    try {
      // The event loop may have been blocked: what arrived in time is read before the wait is called over.
      coreOfSocket(this.#socket).collect();
    } catch (error) {
      waiting.fail(error);
    }
    if (this.#all.has(waiting)) waiting.fail(new TimeoutExceeded(waiting.timeout));
  }

  #add(waiting: Waiting): void {
    this.#all.add(waiting);
    const key = keyOf(waiting);
    const alike = this.#bySequence.get(key);
    if (alike === undefined) this.#bySequence.set(key, new Set([waiting]));
    else alike.add(waiting);
  }

  #remove(waiting: Waiting): void {
    this.#all.delete(waiting);
    const key = keyOf(waiting);
    const alike = this.#bySequence.get(key);
    alike?.delete(waiting);
    if (alike?.size === 0) this.#bySequence.delete(key);
  }
}

/** Key of the receives that take any message; no sequence number is negative. */
const ANY = -1;

function keyOf({ request }: Waiting): number {
  return request === null ? ANY : request.sequence;
}
