import { type Result, succeed } from '../../contract/failure.ts';
import type { Monitor, MonitorFrame } from '../../contract/monitor.ts';
import type { StreamSink } from '../../contract/serve.ts';
import { DisposableStore, onDispose } from '../base/disposables.ts';
import type { Random } from '../base/random.ts';
import { MonitoredTarget, type MonitoredTargetDeps } from './monitored-target.ts';
import { Publisher } from './publisher.ts';
import { WatchList } from './watch-list.ts';
import type { Watchers } from './watchers.ts';

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
  readonly handlers: Watchers['monitor'] = {
    add: (order) =>
      monitorOf(this.#targets.add((monitorId) => new MonitoredTarget(this.#deps, { ...order, monitorId }))),
    pause: ({ monitorId }) => this.#change(monitorId, (target) => target.pause()),
    resume: ({ monitorId }) => this.#change(monitorId, (target) => target.resume()),
    remove: ({ monitorId }) => this.#targets.remove(monitorId),
    list: (_, sink) => this.#targets.list(sink, (targets) => ({ monitors: targets.map(({ monitor }) => monitor) })),
    frames: ({ monitorId, fromIndex }, sink) => this.#frames(monitorId, fromIndex, sink),
  };
  readonly #deps: MonitorServiceDeps;
  readonly #targets: WatchList<MonitoredTarget>;

  constructor(deps: MonitorServiceDeps) {
    this.#deps = deps;
    this.#targets = new WatchList(deps, { one: 'monitor', several: 'monitors', limit: MONITOR_LIMIT });
  }

  [Symbol.dispose](): void {
    this.#targets[Symbol.dispose]();
  }

  #change(monitorId: string, change: (target: MonitoredTarget) => void): Result<Monitor> {
    const found = this.#targets.find(monitorId);
    if (found.ok) change(found.value);
    return monitorOf(found);
  }

  #frames(monitorId: string, fromIndex: number, sink: StreamSink<MonitorFrame>): Disposable {
    const found = this.#targets.find(monitorId);
    if (!found.ok) {
      sink.end(found.failure);
      return onDispose(() => {});
    }
    const target = found.value;
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
      this.#targets.onRemove.on((removed) => {
        if (removed === monitorId) sink.end(null);
      }),
    );
    publisher.request();
    return own;
  }
}

function monitorOf(found: Result<MonitoredTarget>): Result<Monitor> {
  return found.ok ? succeed(found.value.monitor) : found;
}
