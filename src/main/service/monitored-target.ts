import type { Failure } from '../../contract/failure.ts';
import { KEPT_SAMPLES, type Monitor, type MonitorPhase } from '../../contract/monitor.ts';
import type { ProbeOptions, Sample, Statistics } from '../../contract/probe.ts';
import { type Milliseconds, milliseconds } from '../../contract/units.ts';
import type { Clock } from '../base/clock.ts';
import { DisposableStore } from '../base/disposables.ts';
import { Emitter } from '../base/emitter.ts';
import { HopStatistics } from '../engine/hop-statistics.ts';
import { type PathMonitor, startMonitor } from '../engine/path-monitor.ts';
import type { ProbePacer } from '../engine/probe-pacer.ts';
import { type OpenTargetDeps, openTarget, toMonitorRequest } from './open-target.ts';
import { SampleRing } from './sample-ring.ts';
import type { TransportLease } from './transport-pool.ts';

export interface MonitoredTargetDeps extends OpenTargetDeps {
  readonly clock: Clock;
  readonly pacer: ProbePacer;
  /** Takes note of a bug and gives the reference under which it is found in the log. */
  readonly onBug: (error: unknown) => string;
}

/** What a person asked to be monitored. */
export interface MonitorOrder {
  readonly monitorId: string;
  readonly target: string;
  readonly intervalMs: number;
  readonly options: ProbeOptions;
}

/** What is known of the target once it could be opened. */
type Opened = Pick<Monitor, 'destination' | 'family' | 'transport' | 'timestampSource'>;

const NOT_OPENED: Opened = { destination: null, family: null, transport: null, timestampSource: null };

/** Longest wait before a vanished interface is looked for again: a person who plugs it in should not have to wait. */
const LONGEST_REOPEN_WAIT_S = 10;

/** One monitor from its beginning to its removal: it resolves, runs, pauses, fails, and keeps its newest samples. */
export class MonitoredTarget implements Disposable {
  /** Its phase, or what is known of its target, has changed. */
  readonly onChange = new Emitter<void>();
  /** There is a new sample or a new count. */
  readonly onProgress = new Emitter<void>();
  readonly samples = new SampleRing(KEPT_SAMPLES);
  readonly #deps: MonitoredTargetDeps;
  readonly #order: MonitorOrder;
  readonly #addedAtEpochMs: number;
  #state: MonitorPhase = { phase: 'resolving' };
  #opened = NOT_OPENED;
  #resolving: AbortController | null = null;
  #running: PathMonitor | null = null;
  #lease: TransportLease | null = null;
  /** Ends the waiting for, and the opening of, another transport; null while the one there is works. */
  #reopening: AbortController | null = null;
  /** How often in a row there was no working transport. */
  #reopenings = 0;
  readonly #owned = new DisposableStore();

  constructor(deps: MonitoredTargetDeps, order: MonitorOrder) {
    this.#deps = deps;
    this.#order = order;
    this.#addedAtEpochMs = deps.clock.wallNow();
    this.#start();
  }

  get monitor(): Monitor {
    const { monitorId, target, intervalMs, options } = this.#order;
    return {
      monitorId,
      target,
      ...this.#opened,
      intervalMs,
      timeoutMs: options.timeoutMs,
      addedAtEpochMs: this.#addedAtEpochMs,
      state: this.#state,
    };
  }

  get statistics(): Statistics {
    return this.#running?.statistics() ?? new HopStatistics(milliseconds(this.#order.intervalMs)).snapshot(0);
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
    const { target, intervalMs, options } = this.#order;
    const opened = await openTarget(this.#deps, target, options, signal);
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
    const { clock, pacer } = this.#deps;
    const { transport } = lease;
    const { kind, timestampSource } = transport.properties;
    this.#opened = { destination, family, transport: kind, timestampSource };
    this.#running = this.#owned.add(
      startMonitor({ clock, transport, pacer }, toMonitorRequest(destination, intervalMs, null, options), {
        onSample: (sample) => this.#onSample(sample),
        onRepeat: () => this.onProgress.emit(),
        onFinished: () => {}, // a series without a count has no end
      }),
    );
    this.#enter({ phase: 'running' });
  }

  #onSample(sample: Sample): void {
    this.samples.push(sample);
    if (sample.fate === 'echo-reply' || sample.fate === 'icmp-error') this.#reopenings = 0;
    if (sample.fate === 'send-failed' && sample.reason === 'interface-gone') this.#loseTransport();
    this.onProgress.emit();
  }

  /** A socket bound to an interface stays dead when that comes back, so another one is opened; meanwhile nothing is sent. */
  #loseTransport(): void {
    if (this.#reopening !== null) return;
    this.#lease?.retire();
    this.#running?.pause();
    const reopening = this.#reopenAfter(this.#nextReopenWait());
    // Resuming opens the new one.
    if (this.#state.phase === 'paused') reopening.abort();
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

  /** Opens another transport to the same address, so that samples and statistics go on being of one destination. */
  async #reopen(signal: AbortSignal): Promise<void> {
    const { target, options } = this.#order;
    const opened = await openTarget(this.#deps, this.#opened.destination ?? target, options, signal);
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
      this.#deps.clock.after(milliseconds(this.#order.options.timeoutMs), () => {
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
