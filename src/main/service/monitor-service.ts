import { fail, type Result, succeed } from '../../contract/failure.ts';
import type { HopscopeContract } from '../../contract/index.ts';
import type { Monitor, MonitorFrame } from '../../contract/monitor.ts';
import type { ProbeOptions } from '../../contract/probe.ts';
import type { Handlers, StreamSink } from '../../contract/serve.ts';
import { DisposableStore, onDispose } from '../base/disposables.ts';
import { Emitter } from '../base/emitter.ts';
import type { Random } from '../base/random.ts';
import { MonitoredTarget, type MonitoredTargetDeps } from './monitored-target.ts';
import { Publisher } from './publisher.ts';

/**
 * Most monitors at a time. A page needs a stream for each and one for their list, of 256 that it may hold open; the
 * samples kept of 200 are some 150 megabytes; and all together share 10,000 probes a second (`ProbePacer`).
 */
const MONITOR_LIMIT = 200;

export interface MonitorServiceDeps extends MonitoredTargetDeps {
  readonly random: Random;
}

/** Answers the contract's `monitor`. Monitors live until removed, whoever added them; disposing ends all. */
export class MonitorService implements Disposable {
  readonly handlers: Handlers<HopscopeContract>['monitor'] = {
    add: (order) => this.#add(order),
    pause: ({ monitorId }) => this.#change(monitorId, (target) => target.pause()),
    resume: ({ monitorId }) => this.#change(monitorId, (target) => target.resume()),
    remove: ({ monitorId }) => this.#remove(monitorId),
    list: (_, sink) => this.#list(sink),
    frames: ({ monitorId, fromIndex }, sink) => this.#frames(monitorId, fromIndex, sink),
  };
  readonly #deps: MonitorServiceDeps;
  /** In the order of adding. */
  readonly #targets = new Map<string, MonitoredTarget>();
  readonly #owned = new DisposableStore();
  /** A monitor was added or removed, or its state has changed. */
  readonly #onChange = new Emitter<void>();
  readonly #onRemove = new Emitter<string>();

  constructor(deps: MonitorServiceDeps) {
    this.#deps = deps;
  }

  [Symbol.dispose](): void {
    this.#owned[Symbol.dispose]();
    this.#targets.clear();
  }

  #add(order: {
    readonly target: string;
    readonly intervalMs: number;
    readonly options: ProbeOptions;
  }): Result<Monitor> {
    if (this.#targets.size >= MONITOR_LIMIT)
      return fail({ code: 'limit-reached', what: 'monitors', limit: MONITOR_LIMIT });
    // Not a count: an identifier from before a restart of the engine must not name another monitor.
    const monitorId = [1, 2].map(() => this.#deps.random.uint32().toString(16).padStart(8, '0')).join('');
    const target = this.#owned.add(new MonitoredTarget(this.#deps, { ...order, monitorId }));
    this.#targets.set(monitorId, target);
    target.onChange.on(() => this.#onChange.emit());
    this.#onChange.emit();
    return succeed(target.monitor);
  }

  #change(monitorId: string, change: (target: MonitoredTarget) => void): Result<Monitor> {
    const target = this.#targets.get(monitorId);
    if (target === undefined) return notFound(monitorId);
    change(target);
    return succeed(target.monitor);
  }

  #remove(monitorId: string): Result<null> {
    const target = this.#targets.get(monitorId);
    if (target === undefined) return notFound(monitorId);
    this.#targets.delete(monitorId);
    this.#owned.release(target);
    this.#onRemove.emit(monitorId);
    this.#onChange.emit();
    return succeed(null);
  }

  #list(sink: StreamSink<{ monitors: Monitor[] }>): Disposable {
    const own = new DisposableStore();
    const publisher = own.add(
      new Publisher(this.#deps, () => {
        if (sink.isCongested()) return false;
        sink.emit({ monitors: [...this.#targets.values()].map(({ monitor }) => monitor) });
        return true;
      }),
    );
    own.add(this.#onChange.on(() => publisher.request()));
    publisher.request();
    return own;
  }

  #frames(monitorId: string, fromIndex: number, sink: StreamSink<MonitorFrame>): Disposable {
    const target = this.#targets.get(monitorId);
    if (target === undefined) {
      sink.end(notFound(monitorId).failure);
      return onDispose(() => {});
    }
    const own = new DisposableStore();
    const { samples } = target;
    // A place that has not come yet is of another engine's count: all that is kept is given.
    let cursor = fromIndex > samples.nextIndex ? 0 : fromIndex;
    const publisher = own.add(
      new Publisher(this.#deps, () => {
        if (sink.isCongested()) return false;
        const firstIndex = Math.max(cursor, samples.firstIndex);
        cursor = samples.nextIndex;
        sink.emit({ monitorId, firstIndex, samples: samples.from(firstIndex), statistics: target.statistics });
        return true;
      }),
    );
    own.add(target.onProgress.on(() => publisher.request()));
    own.add(
      this.#onRemove.on((removed) => {
        if (removed === monitorId) sink.end(null);
      }),
    );
    publisher.request();
    return own;
  }
}

function notFound(monitorId: string) {
  return fail({ code: 'not-found', what: 'monitor', id: monitorId });
}
