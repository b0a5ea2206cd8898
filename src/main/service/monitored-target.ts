import type { Failure } from '../../contract/failure.ts';
import { KEPT_SAMPLES, type Monitor, type MonitorPhase } from '../../contract/monitor.ts';
import type { ProbeOptions, Statistics } from '../../contract/probe.ts';
import { milliseconds } from '../../contract/units.ts';
import type { Clock } from '../base/clock.ts';
import { DisposableStore } from '../base/disposables.ts';
import { Emitter } from '../base/emitter.ts';
import { HopStatistics } from '../engine/hop-statistics.ts';
import { type PathMonitor, startMonitor } from '../engine/path-monitor.ts';
import type { ProbePacer } from '../engine/probe-pacer.ts';
import { type OpenTargetDeps, openTarget, toMonitorRequest } from './open-target.ts';
import { SampleRing } from './sample-ring.ts';

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
      case 'failed':
        return; // nothing is being sent
    }
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
        this.#running.resume();
        this.#enter({ phase: 'running' });
    }
  }

  [Symbol.dispose](): void {
    this.#resolving?.abort();
    this.#owned[Symbol.dispose]();
  }

  #start(): void {
    const resolving = new AbortController();
    this.#resolving = resolving;
    this.#enter({ phase: 'resolving' });
    this.#run(resolving.signal).catch((error: unknown) => {
      this.#fail({ code: 'internal', reference: this.#deps.onBug(error) });
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
    this.#owned.add(lease);
    const { clock, pacer } = this.#deps;
    const { transport } = lease;
    const { kind, timestampSource } = transport.properties;
    this.#opened = { destination, family, transport: kind, timestampSource };
    this.#running = this.#owned.add(
      startMonitor({ clock, transport, pacer }, toMonitorRequest(destination, intervalMs, null, options), {
        onSample: (sample) => {
          this.samples.push(sample);
          this.onProgress.emit();
        },
        onRepeat: () => this.onProgress.emit(),
        onFinished: () => {}, // a series without a count has no end
      }),
    );
    this.#enter({ phase: 'running' });
  }

  #fail(failure: Failure): void {
    this.#enter({ phase: 'failed', failure });
  }

  #enter(state: MonitorPhase): void {
    this.#state = state;
    this.onChange.emit();
  }
}
