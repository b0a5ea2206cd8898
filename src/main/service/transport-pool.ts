import { fail, type Result, succeed } from '../../contract/failure.ts';
import { onDispose } from '../base/disposables.ts';
import type { OpenTransportOptions } from '../icmp/open-transport.ts';
import type { ProbeTransport } from '../icmp/probe-transport.ts';

/** Opens a transport, or says why none can be. */
export type OpenTransport = (options: OpenTransportOptions) => Promise<Result<ProbeTransport>>;

/** The right to use a shared transport until disposed. */
export interface TransportLease extends Disposable {
  readonly transport: ProbeTransport;
  /** The transport is of no more use: whoever asks from now on gets another. Those who have it keep it until they dispose. */
  retire(): void;
}

const CLOSED = fail({ code: 'not-found', what: 'engine', id: 'closed' });

interface Shared {
  readonly opening: Promise<Result<ProbeTransport>>;
  users: number;
}

/**
 * One transport for all who want the same options: sockets, receive threads and in-flight tables are not multiplied
 * by targets. A transport closes with its last lease; one that failed to open is forgotten, so that the next asks again.
 */
export class TransportPool implements Disposable {
  readonly #open: OpenTransport;
  readonly #shared = new Map<string, Shared>();
  #isDisposed = false;

  constructor(deps: { readonly openTransport: OpenTransport }) {
    this.#open = deps.openTransport;
  }

  /** Gives a lease of a transport with these options; the caller disposes it. After dispose: `not-found`. */
  async acquire(options: OpenTransportOptions): Promise<Result<TransportLease>> {
    const key = JSON.stringify([
      options.family,
      options.choice,
      options.source,
      options.interfaceName,
      options.transmitTimestamps,
      options.dontFragment ?? false,
    ]);
    if (this.#isDisposed) return CLOSED;
    const shared = this.#shared.get(key) ?? { opening: this.#open(options), users: 0 };
    this.#shared.set(key, shared);
    shared.users += 1;
    const release = (transport: ProbeTransport | null) => {
      shared.users -= 1;
      if (shared.users > 0) return;
      if (this.#shared.get(key) === shared) this.#shared.delete(key);
      transport?.[Symbol.dispose]();
    };
    const opened = await shared.opening.catch((error: unknown) => {
      release(null);
      throw error;
    });
    if (!opened.ok) {
      release(null);
      return opened;
    }
    const lease = onDispose(() => release(opened.value));
    return succeed({
      transport: opened.value,
      retire: () => {
        if (this.#shared.get(key) === shared) this.#shared.delete(key);
      },
      [Symbol.dispose]: () => lease[Symbol.dispose](),
    });
  }

  /** Opens a transport for this caller alone, who disposes it; nobody else gets it. After dispose: `not-found`. */
  async openAlone(options: OpenTransportOptions): Promise<Result<ProbeTransport>> {
    return this.#isDisposed ? CLOSED : this.#open(options);
  }

  /** Refuses new leases; those given out remain their holders' to dispose. */
  [Symbol.dispose](): void {
    this.#isDisposed = true;
  }
}
