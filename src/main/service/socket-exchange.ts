import type { Failure } from '../../contract/failure.ts';
import type { StreamSink } from '../../contract/serve.ts';
import type { ExchangeArgs, ExchangeEvent } from '../../contract/sockets.ts';
import { elapsed, type MonotonicMilliseconds, milliseconds } from '../../contract/units.ts';
import type { Clock } from '../base/clock.ts';
import { DisposableStore } from '../base/disposables.ts';
import { AsyncSocket } from '../icmp/async-socket.ts';
import { TimeoutExceeded } from '../icmp/errors.ts';
import type { ICMPReply } from '../icmp/icmp-reply.ts';
import { ICMPRequest } from '../icmp/icmp-request.ts';
import type { ICMPSocket } from '../icmp/icmp-socket.ts';
import { PID } from '../icmp/identifier.ts';
import { LocalAddresses } from '../icmp/local-addresses.ts';
import { ECHO_HEADER_BYTES } from '../icmp/packet/echo.ts';
import { familyOfAddress, type LookUp, resolveTarget } from '../names/resolve-target.ts';
import { ExchangeTeller } from './exchange-teller.ts';
import {
  toOpenFailure,
  toRaised,
  toReceivedMessage,
  toSendFailure,
  toSentMessage,
  toToldReply,
} from './exchange-words.ts';
import type { OpenIcmpSocket } from './sockets-service.ts';

/** How long one `receive` of everything waits before the next one does; any time serves. */
const LISTEN_SECONDS = 60;

export interface SocketExchangeDeps {
  readonly clock: Clock;
  readonly lookUp: LookUp;
  readonly openIcmpSocket: OpenIcmpSocket;
  readonly onBug: (error: unknown) => string;
}

/** A request that has left. */
interface Sent {
  readonly index: number;
  readonly request: ICMPRequest;
  answers: number;
}

/**
 * One exchange: a socket of the library is opened, requests are sent, answers received, and all of it told until nothing
 * more is waited for. Disposing closes the socket at once.
 */
export class SocketExchange implements Disposable {
  readonly #deps: SocketExchangeDeps;
  readonly #args: ExchangeArgs;
  readonly #onEnd: () => void;
  readonly #owned = new DisposableStore();
  readonly #ending = new AbortController();
  readonly #teller: ExchangeTeller;
  readonly #local: LocalAddresses;

  constructor(deps: SocketExchangeDeps, args: ExchangeArgs, sink: StreamSink<ExchangeEvent[]>, onEnd: () => void) {
    this.#deps = deps;
    this.#args = args;
    this.#onEnd = onEnd;
    this.#local = new LocalAddresses(deps.clock);
    this.#teller = this.#owned.add(new ExchangeTeller(deps, sink));
    this.#run().then(
      (failure) => {
        if (failure !== null && !this.#isOver) this.#teller.fail(failure);
      },
      (error: unknown) => {
        // What waits is rejected with the signal's reason when the exchange ends early.
        if (!this.#isOver) this.#teller.fail({ code: 'internal', reference: deps.onBug(error) });
      },
    );
  }

  [Symbol.dispose](): void {
    this.#ending.abort();
    this.#owned[Symbol.dispose]();
    this.#onEnd();
  }

  get #isOver(): boolean {
    return this.#ending.signal.aborted;
  }

  /** The failure when nothing could be sent at all. */
  async #run(): Promise<Failure | null> {
    const { signal } = this.#ending;
    const { destination: target, source, broadcast, count, intervalMs } = this.#args;
    const sourceFamily = source === null ? null : familyOfAddress(source);
    if (source !== null && sourceFamily === null) return { code: 'address-not-local', address: source };
    if (source !== null && this.#args.family !== null && sourceFamily !== this.#args.family) {
      return { code: 'address-family-mismatch', address: source, family: this.#args.family };
    }
    const resolved = await resolveTarget(this.#deps, target, this.#args.family ?? sourceFamily, signal);
    if (signal.aborted) return null;
    if (!resolved.ok) return resolved.failure;
    const { destination, family } = resolved.value;
    if (broadcast && family === 6) {
      return { code: 'invalid-arguments', issue: 'broadcast: IPv6 has none; ff02::1 reaches every host of a link' };
    }
    const opened = this.#open(family);
    if (!('send' in opened)) return opened;
    const socket = opened;
    if (broadcast) socket.broadcast = true;
    this.#teller.tell({ kind: 'opened', destination, family, transport: socket.isPrivileged ? 'raw' : 'dgram' });
    const all: Sent[] = [];
    const settling: Promise<void>[] = [];
    const listening = this.#args.receive === 'everything' ? this.#hearEverything(socket, all) : null;
    for (let index = 0; index < count; index++) {
      if (index > 0) await this.#sleep(intervalMs);
      const sent = this.#send(socket, destination, family, index);
      if (sent === null) continue;
      all.push(sent);
      const settled = listening === null ? this.#receive(socket, sent) : this.#timeOut(sent);
      // It is waited for after the last request; a fault before that must not count as nobody's.
      settled.catch(() => {});
      settling.push(settled);
    }
    await Promise.all(settling);
    listening?.stop();
    await listening?.ended;
    if (signal.aborted) return null;
    this.#teller.finish(socket.localDrops);
    socket.close();
    return null;
  }

  #open(family: 4 | 6): AsyncSocket<ICMPSocket> | Failure {
    const { source: address, interfaceName, dontFragment, privileged } = this.#args;
    try {
      const socket = this.#deps.openIcmpSocket(family, { address, privileged, interfaceName, dontFragment });
      return this.#owned.add(new AsyncSocket(socket));
    } catch (error) {
      return toOpenFailure(error, family, this.#args);
    }
  }

  /** Sends one request; null, and told, when it did not leave. */
  #send(socket: AsyncSocket, destination: string, family: 4 | 6, index: number): Sent | null {
    const { id, payload, ttl, trafficClass } = this.#args;
    const request = new ICMPRequest(destination, id ?? PID, this.#args.sequence + index, {
      ttl,
      trafficClass,
      ...(payload.kind === 'random'
        ? { payloadSize: payload.payloadSize }
        : { payload: Uint8Array.from(Buffer.from(payload.hex, 'hex')) }),
    });
    try {
      socket.send(request);
    } catch (error) {
      this.#teller.tell(toSendFailure(error, index, request.sequence));
      return null;
    }
    const bytes = ECHO_HEADER_BYTES + request.payloadSize;
    this.#teller.tell({
      kind: 'sent',
      requestIndex: index,
      id: request.id,
      sequence: request.sequence,
      sentAtEpochMs: request.time * 1_000,
      bytes,
      message: this.#teller.withinLimit(bytes, () => toSentMessage(family, request)),
    });
    return { index, request, answers: 0 };
  }

  /** Receives the first answer to a request, or all until its timeout is over. */
  async #receive(socket: AsyncSocket, sent: Sent): Promise<void> {
    const { timeoutMs, receive } = this.#args;
    const { signal } = this.#ending;
    const sentAt = this.#deps.clock.now();
    try {
      do {
        const leftMs = sent.answers === 0 ? timeoutMs : timeoutMs - this.#since(sentAt);
        const reply = await socket.receive(sent.request, Math.max(0, leftMs) / 1_000, { signal });
        sent.answers++;
        this.#tellReply(reply, sent.index);
      } while (receive === 'all');
      this.#teller.tell({ kind: 'settled', requestIndex: sent.index, raised: null });
    } catch (error) {
      if (!(error instanceof TimeoutExceeded)) throw error;
      this.#settle(sent, error);
    }
  }

  /** Waits until the time of a request is over, while everything is heard. */
  async #timeOut(sent: Sent): Promise<void> {
    await this.#sleep(this.#args.timeoutMs);
    this.#settle(sent, new TimeoutExceeded(this.#args.timeoutMs / 1_000));
  }

  #settle({ index, answers }: Sent, error: TimeoutExceeded): void {
    this.#teller.tell({ kind: 'settled', requestIndex: index, raised: answers === 0 ? toRaised(error) : null });
  }

  /** Receives whatever the socket hears until stopped. */
  #hearEverything(socket: AsyncSocket, all: readonly Sent[]): { stop(): void; ended: Promise<void> } {
    const stopping = new AbortController();
    const signal = AbortSignal.any([this.#ending.signal, stopping.signal]);
    const hear = async () => {
      while (!signal.aborted) {
        try {
          this.#tellHeard(await socket.receive(null, LISTEN_SECONDS, { signal }), all);
        } catch (error) {
          if (!(error instanceof TimeoutExceeded) && !signal.aborted) throw error;
        }
      }
    };
    const ended = hear();
    ended.catch(() => {}); // as above
    return { stop: () => stopping.abort(), ended };
  }

  #tellHeard(reply: ICMPReply, all: readonly Sent[]): void {
    // Without a round trip it answers none of this socket's requests.
    const sent =
      reply.rtt === null
        ? undefined
        : all.find(({ request }) => request.id === reply.id && request.sequence === reply.sequence);
    if (sent !== undefined) sent.answers++;
    this.#tellReply(reply, sent?.index ?? null);
  }

  #tellReply(reply: ICMPReply, requestIndex: number | null): void {
    const told = toToldReply(reply, requestIndex, this.#local.isOwn(reply.source));
    this.#teller.tellReply(told, () => toReceivedMessage(reply));
  }

  #since(then: MonotonicMilliseconds): number {
    return elapsed(then, this.#deps.clock.now());
  }

  /** Rejects as soon as the exchange ends. */
  async #sleep(durationMs: number): Promise<void> {
    const { signal } = this.#ending;
    signal.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const timer = this.#owned.add(
        this.#deps.clock.after(milliseconds(durationMs), () => {
          this.#owned.forget(timer);
          signal.removeEventListener('abort', onAbort);
          resolve();
        }),
      );
      const onAbort = () => reject(signal.reason);
      signal.addEventListener('abort', onAbort, { once: true });
    });
  }
}
