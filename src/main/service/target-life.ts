import type { Failure } from '../../contract/failure.ts';
import type { Monitor, MonitorPhase } from '../../contract/monitor.ts';
import type { ProbeOptions } from '../../contract/probe.ts';
import { type Milliseconds, milliseconds } from '../../contract/units.ts';
import type { Clock } from '../base/clock.ts';
import { DisposableStore } from '../base/disposables.ts';
import { Emitter } from '../base/emitter.ts';
import type { ProbeTransport } from '../icmp/probe-transport.ts';
import { type OpenedTarget, type OpenTargetDeps, openTarget } from './open-target.ts';
import type { TransportLease } from './transport-pool.ts';

export interface TargetLifeDeps extends OpenTargetDeps {
  readonly clock: Clock;
  /** Takes note of a bug and gives the reference under which it is found in the log. */
  readonly onBug: (error: unknown) => string;
}

/** What measures a target over its transport. Disposing ends it. */
export interface Measurement extends Disposable {
  /** Sends nothing more until `resume`. */
  pause(): void;
  resume(): void;
  /** The transport is of no use: nothing is sent until there is another. */
  loseTransport(): void;
  useTransport(transport: ProbeTransport): void;
}

/** What is known of a target once it could be opened. */
export type OpenedFacts = Pick<Monitor, 'destination' | 'family' | 'transport' | 'timestampSource'>;

const NOT_OPENED: OpenedFacts = { destination: null, family: null, transport: null, timestampSource: null };

/** Longest wait before a vanished interface is looked for again: a person who plugs it in should not have to wait. */
const LONGEST_REOPEN_WAIT_S = 10;

/**
 * The life of something that measures one target until removed: the target is resolved and opened, the measurement
 * begins, is paused and resumed, fails, and gets another transport when its own has gone.
 */
export class TargetLife implements Disposable {
  /** Its phase, or what is known of its target, has changed. */
  readonly onChange = new Emitter<void>();
  readonly #deps: TargetLifeDeps;
  readonly #target: string;
  readonly #options: ProbeOptions;
  readonly #begin: (opened: OpenedTarget) => Measurement;
  #state: MonitorPhase = { phase: 'resolving' };
  #opened = NOT_OPENED;
  #resolving: AbortController | null = null;
  #running: Measurement | null = null;
  #lease: TransportLease | null = null;
  /** Ends the waiting for, and the opening of, another transport; null while the one there is works. */
  #reopening: AbortController | null = null;
  /** How often in a row there was no working transport. */
  #reopenings = 0;
  #isFinished = false;
  readonly #owned = new DisposableStore();

  /** @param begin starts the measurement over a transport that this object keeps open; called once */
  constructor(
    deps: TargetLifeDeps,
    order: { readonly target: string; readonly options: ProbeOptions },
    begin: (opened: OpenedTarget) => Measurement,
  ) {
    this.#deps = deps;
    this.#target = order.target;
    this.#options = order.options;
    this.#begin = begin;
    this.#start();
  }

  get state(): MonitorPhase {
    return this.#state;
  }

  get opened(): OpenedFacts {
    return this.#opened;
  }

  pause(): void {
    switch (this.#state.phase) {
      case 'resolving':
        this.#resolving?.abort();
        break;
      case 'running':
        this.#running?.pause();
        break;
      case 'paused':
        return;
      case 'failed':
        if (this.#reopening === null) return; // nothing is being sent, nor will be
        this.#running?.pause();
        break;
    }
    this.#reopening?.abort();
    this.#enter({ phase: 'paused' });
  }

  resume(): void {
    switch (this.#state.phase) {
      case 'resolving':
      case 'running':
        return;
      case 'paused':
      case 'failed':
        if (this.#isFinished) return;
        if (this.#running === null) {
          this.#start();
          return;
        }
        if (this.#reopening !== null) {
          this.#reopening.abort();
          this.#enter({ phase: 'resolving' });
          this.#reopenAfter(milliseconds(0));
          return;
        }
        this.#running.resume();
        this.#enter({ phase: 'running' });
    }
  }

  /** An answer came: the transport works. */
  noteAnswer(): void {
    this.#reopenings = 0;
  }

  /** A socket bound to an interface stays dead when that comes back, so another one is opened; meanwhile nothing is sent. */
  loseTransport(): void {
    if (this.#reopening !== null) return;
    this.#lease?.retire();
    this.#running?.loseTransport();
    const reopening = this.#reopenAfter(this.#nextReopenWait());
    // Resuming opens the new one.
    if (this.#state.phase === 'paused') reopening.abort();
  }

  /** All that was asked for is measured: nothing is sent any more, whatever is resumed. */
  finish(): void {
    this.#isFinished = true;
    this.#reopening?.abort();
    this.#enter({ phase: 'paused' });
  }

  [Symbol.dispose](): void {
    this.#resolving?.abort();
    this.#reopening?.abort();
    this.#owned[Symbol.dispose]();
  }

  #start(): void {
    const resolving = new AbortController();
    this.#resolving = resolving;
    this.#enter({ phase: 'resolving' });
    this.#whileWanted(this.#run(resolving.signal), resolving.signal);
  }

  /** A bug in something nobody waits for any more goes to the log, but changes no phase. */
  #whileWanted(work: Promise<void>, signal: AbortSignal): void {
    work.catch((error: unknown) => {
      const reference = this.#deps.onBug(error);
      if (!signal.aborted) this.#fail({ code: 'internal', reference });
    });
  }

  async #run(signal: AbortSignal): Promise<void> {
    const opened = await openTarget(this.#deps, this.#target, this.#options, signal);
    if (opened === null) return;
    if (!opened.ok) {
      if (!signal.aborted) this.#fail(opened.failure);
      return;
    }
    const { destination, family, lease } = opened.value;
    if (signal.aborted) {
      lease[Symbol.dispose]();
      return;
    }
    this.#lease = this.#owned.add(lease);
    const { kind, timestampSource } = lease.transport.properties;
    this.#opened = { destination, family, transport: kind, timestampSource };
    this.#running = this.#owned.add(this.#begin(opened.value));
    this.#enter({ phase: 'running' });
  }

  #nextReopenWait(): Milliseconds {
    this.#reopenings += 1;
    return milliseconds(1_000 * Math.min(this.#reopenings, LONGEST_REOPEN_WAIT_S));
  }

  #reopenAfter(wait: Milliseconds): AbortController {
    const reopening = new AbortController();
    const { signal } = reopening;
    this.#reopening = reopening;
    const timer = this.#owned.add(
      this.#deps.clock.after(wait, () => {
        this.#owned.forget(timer);
        this.#whileWanted(this.#reopen(signal), signal);
      }),
    );
    signal.addEventListener('abort', () => this.#owned.release(timer), { once: true });
    return reopening;
  }

  /** Opens another transport to the same address, so that what is measured goes on being of one destination. */
  async #reopen(signal: AbortSignal): Promise<void> {
    const opened = await openTarget(this.#deps, this.#opened.destination ?? this.#target, this.#options, signal);
    if (opened === null) return;
    if (signal.aborted) {
      if (opened.ok) opened.value.lease[Symbol.dispose]();
      return;
    }
    if (!opened.ok) {
      this.#fail(opened.failure);
      this.#reopenAfter(this.#nextReopenWait());
      return;
    }
    const { lease } = opened.value;
    const former = this.#lease;
    this.#lease = this.#owned.add(lease);
    if (former !== null) this.#releaseAfterTimeout(former);
    const { kind, timestampSource } = lease.transport.properties;
    this.#opened = { ...this.#opened, transport: kind, timestampSource };
    this.#reopening = null;
    this.#running?.useTransport(lease.transport);
    this.#running?.resume();
    this.#enter({ phase: 'running' });
  }

  /** What is in flight over it still comes to its end. */
  #releaseAfterTimeout(lease: TransportLease): void {
    const timer = this.#owned.add(
      this.#deps.clock.after(milliseconds(this.#options.timeoutMs), () => {
        this.#owned.forget(timer);
        this.#owned.release(lease);
      }),
    );
  }

  #fail(failure: Failure): void {
    this.#enter({ phase: 'failed', failure });
  }

  #enter(state: MonitorPhase): void {
    this.#state = state;
    this.onChange.emit();
  }
}
