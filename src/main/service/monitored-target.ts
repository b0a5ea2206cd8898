import { KEPT_SAMPLES, type Monitor } from '../../contract/monitor.ts';
import type { ProbeOptions, Sample, Statistics } from '../../contract/probe.ts';
import { milliseconds } from '../../contract/units.ts';
import { Emitter } from '../base/emitter.ts';
import { type EchoMonitor, startEchoMonitor } from '../engine/echo-monitor.ts';
import { EchoStatistics } from '../engine/echo-statistics.ts';
import type { ProbePacer } from '../engine/probe-pacer.ts';
import { NewestItems } from './newest-items.ts';
import { type OpenedTarget, toMonitorRequest } from './open-target.ts';
import { type Measurement, TargetLife, type TargetLifeDeps } from './target-life.ts';

export interface MonitoredTargetDeps extends TargetLifeDeps {
  readonly pacer: ProbePacer;
}

/** What a person asked to be monitored. */
export interface MonitorOrder {
  readonly monitorId: string;
  readonly target: string;
  readonly intervalMs: number;
  readonly options: ProbeOptions;
}

/** One monitor from its beginning to its removal: it resolves, runs, pauses, fails, and keeps its newest samples. */
export class MonitoredTarget implements Disposable {
  /** There is a new sample or a new count. */
  readonly onProgress = new Emitter<void>();
  readonly samples = new NewestItems<Sample>(KEPT_SAMPLES);
  readonly #deps: MonitoredTargetDeps;
  readonly #order: MonitorOrder;
  readonly #addedAtEpochMs: number;
  readonly #life: TargetLife;
  #running: EchoMonitor | null = null;

  constructor(deps: MonitoredTargetDeps, order: MonitorOrder) {
    this.#deps = deps;
    this.#order = order;
    this.#addedAtEpochMs = deps.clock.wallNow();
    this.#life = new TargetLife(deps, order, (opened) => this.#begin(opened));
  }

  /** Its phase, or what is known of its target, has changed. */
  get onChange(): Emitter<void> {
    return this.#life.onChange;
  }

  get monitor(): Monitor {
    const { monitorId, target, intervalMs, options } = this.#order;
    return {
      monitorId,
      target,
      ...this.#life.opened,
      intervalMs,
      timeoutMs: options.timeoutMs,
      addedAtEpochMs: this.#addedAtEpochMs,
      state: this.#life.state,
    };
  }

  get statistics(): Statistics {
    return this.#running?.statistics() ?? new EchoStatistics(milliseconds(this.#order.intervalMs)).snapshot(0);
  }

  pause(): void {
    this.#life.pause();
  }

  resume(): void {
    this.#life.resume();
  }

  [Symbol.dispose](): void {
    this.#life[Symbol.dispose]();
  }

  #begin({ destination, lease }: OpenedTarget): Measurement {
    const { clock, pacer } = this.#deps;
    const { intervalMs, options } = this.#order;
    const running = startEchoMonitor(
      { clock, transport: lease.transport, pacer },
      toMonitorRequest(destination, intervalMs, null, options),
      {
        onSample: (sample) => this.#onSample(sample),
        onRepeat: () => this.onProgress.emit(),
        onFinished: () => {}, // a series without a count has no end
      },
    );
    this.#running = running;
    return {
      pause: () => running.pause(),
      resume: () => running.resume(),
      loseTransport: () => running.pause(),
      useTransport: (transport) => running.useTransport(transport),
      [Symbol.dispose]: () => running[Symbol.dispose](),
    };
  }

  #onSample(sample: Sample): void {
    this.samples.push(sample);
    if (sample.fate === 'echo-reply' || sample.fate === 'icmp-error') this.#life.noteAnswer();
    if (sample.fate === 'send-failed' && sample.reason === 'interface-gone') this.#life.loseTransport();
    this.onProgress.emit();
  }
}
