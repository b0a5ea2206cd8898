import type { ProbeOptions } from '../../contract/probe.ts';
import { elapsed, type MonotonicMilliseconds, milliseconds } from '../../contract/units.ts';
import type { Clock } from '../base/clock.ts';
import { DisposableStore } from '../base/disposables.ts';
import type { ProbeTransport } from '../icmp/probe-transport.ts';
import { type OpenedTarget, type OpenTargetDeps, openTarget } from './open-target.ts';

export interface TransportRenewalDeps extends OpenTargetDeps {
  readonly clock: Clock;
  /** Takes note of a bug. */
  readonly onBug: (error: unknown) => void;
}

/** Shortest time between two attempts: a person who plugs a cable in does not notice it, and opening is dear. */
const ATTEMPT_INTERVAL = milliseconds(1_000);

/**
 * Keeps the transport of one destination: when the interface or address that it was bound to goes and comes back, the
 * socket does not notice, so another one is opened. Until that succeeds the old one is used, and says what is wrong.
 */
export class TransportRenewal implements Disposable {
  readonly #deps: TransportRenewalDeps;
  readonly #destination: string;
  readonly #options: ProbeOptions;
  readonly #onRenewed: (transport: ProbeTransport) => void;
  readonly #ended = new AbortController();
  readonly #owned = new DisposableStore();
  #lease: OpenedTarget['lease'];
  #attemptedAt: MonotonicMilliseconds | null = null;
  #isOpening = false;

  /** Takes the lease of `opened` over: it is disposed with this. */
  constructor(
    deps: TransportRenewalDeps,
    opened: OpenedTarget,
    options: ProbeOptions,
    onRenewed: (transport: ProbeTransport) => void,
  ) {
    this.#deps = deps;
    this.#destination = opened.destination;
    this.#options = options;
    this.#onRenewed = onRenewed;
    this.#lease = this.#owned.add(opened.lease);
  }

  /** A probe did not leave because what the transport was bound to has gone. */
  noteLoss(): void {
    const now = this.#deps.clock.now();
    const isTooSoon = this.#attemptedAt !== null && elapsed(this.#attemptedAt, now) < ATTEMPT_INTERVAL;
    if (this.#isOpening || isTooSoon || this.#owned.isDisposed) return;
    this.#attemptedAt = now;
    this.#isOpening = true;
    this.#lease.retire();
    this.#renew()
      .catch((error: unknown) => this.#deps.onBug(error))
      .finally(() => {
        this.#isOpening = false;
      });
  }

  [Symbol.dispose](): void {
    this.#ended.abort();
    this.#owned[Symbol.dispose]();
  }

  async #renew(): Promise<void> {
    const opened = await openTarget(this.#deps, this.#destination, this.#options, this.#ended.signal);
    if (opened === null || !opened.ok) return;
    const { lease } = opened.value;
    if (this.#owned.isDisposed) {
      lease[Symbol.dispose]();
      return;
    }
    const former = this.#lease;
    this.#lease = this.#owned.add(lease);
    this.#onRenewed(lease.transport);
    // What is in flight over the former one still comes to its end.
    const timer = this.#owned.add(
      this.#deps.clock.after(milliseconds(this.#options.timeoutMs), () => {
        this.#owned.forget(timer);
        this.#owned.release(former);
      }),
    );
  }
}
