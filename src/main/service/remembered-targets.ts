import { pathOptionsOf, probeOptionsOf } from '../../contract/default-options.ts';
import { type Result, succeed } from '../../contract/failure.ts';
import type { HopscopeContract } from '../../contract/index.ts';
import type { Handlers } from '../../contract/serve.ts';
import type { WatchedTarget } from '../../contract/watched-target.ts';
import { DisposableStore } from '../base/disposables.ts';
import type { Random } from '../base/random.ts';
import type { SettingsStore } from '../store/settings-store.ts';
import type { TargetStore } from '../store/target-store.ts';
import type { Watchers } from './watchers.ts';

type AllHandlers = Handlers<HopscopeContract>;

export interface RememberedTargetsDeps {
  readonly random: Random;
  readonly targets: TargetStore;
  readonly settings: SettingsStore;
  /** How watching is begun and changed; what is remembered goes through these. */
  readonly watchers: Watchers;
}

/** An entry of the store and, while it is watched, the identifier that it has in this run. */
interface Known {
  readonly id: string;
  entry: WatchedTarget;
}

/**
 * Remembers what is watched as it changes, and watches it again after a start. A path with a count of rounds is not
 * remembered: it was asked for once. While the setting is off nothing that is watched is kept, what was lately typed is.
 */
export class RememberedTargets implements Disposable {
  readonly handlers: Pick<AllHandlers, 'monitor' | 'path' | 'targets'>;
  readonly #deps: RememberedTargetsDeps;
  /** In the order of adding. */
  readonly #known: Known[] = [];
  readonly #owned = new DisposableStore();
  #isOn: boolean;

  constructor(deps: RememberedTargetsDeps) {
    this.#deps = deps;
    this.#isOn = deps.settings.settings.startWithLastTargets;
    this.handlers = this.#noting(deps.watchers);
    this.#owned.add(deps.settings.record.onChange.on(() => this.#heedSetting()));
  }

  /** Watches again what was watched last time; what was paused stays paused. */
  restore(): void {
    if (!this.#isOn) return;
    const { path, monitor } = this.#deps.watchers;
    for (const entry of this.#deps.targets.watched) {
      const { target, intervalMs } = entry;
      switch (entry.kind) {
        case 'path': {
          const added = path.add({ target, intervalMs, options: entry.options });
          if (!added.ok) continue; // more than may be watched at a time; it stays kept
          const { pathId } = added.value;
          this.#known.push({ id: pathId, entry });
          if (entry.isPaused) path.pause({ pathId });
          continue;
        }
        case 'round-trip': {
          const added = monitor.add({ target, intervalMs, options: entry.options });
          if (!added.ok) continue;
          const { monitorId } = added.value;
          this.#known.push({ id: monitorId, entry });
          if (entry.isPaused) monitor.pause({ monitorId });
        }
      }
    }
  }

  [Symbol.dispose](): void {
    this.#owned[Symbol.dispose]();
  }

  #noting({ monitor, path }: Watchers): RememberedTargets['handlers'] {
    const { targets, settings } = this.#deps;
    return {
      targets: {
        recent: () => succeed({ recent: [...targets.recent] }),
        forgetRecent: () => {
          targets.forgetRecent();
          return succeed(null);
        },
      },
      path: {
        ...path,
        add: ({ target, intervalMs, options }) => {
          const order = {
            target,
            intervalMs: intervalMs ?? settings.settings.intervalMs,
            options: options ?? pathOptionsOf(settings.settings),
          };
          const added = path.add(order);
          if (!added.ok) return added;
          targets.noteRecent(target);
          // A path with a count was asked for once.
          if (order.options.count === null) this.#add(added.value.pathId, { kind: 'path', ...order });
          return added;
        },
        pause: ({ pathId }) => this.#notePause(pathId, true, path.pause({ pathId })),
        resume: ({ pathId }) => this.#notePause(pathId, false, path.resume({ pathId })),
        remove: ({ pathId }) => this.#noteRemoval(pathId, path.remove({ pathId })),
      },
      monitor: {
        ...monitor,
        add: ({ target, intervalMs, options }) => {
          const order = {
            target,
            intervalMs: intervalMs ?? settings.settings.intervalMs,
            options: options ?? probeOptionsOf(settings.settings),
          };
          const added = monitor.add(order);
          if (!added.ok) return added;
          targets.noteRecent(target);
          this.#add(added.value.monitorId, { kind: 'round-trip', ...order });
          return added;
        },
        pause: ({ monitorId }) => this.#notePause(monitorId, true, monitor.pause({ monitorId })),
        resume: ({ monitorId }) => this.#notePause(monitorId, false, monitor.resume({ monitorId })),
        remove: ({ monitorId }) => this.#noteRemoval(monitorId, monitor.remove({ monitorId })),
      },
    };
  }

  #add(id: string, order: Unkept): void {
    const key = [1, 2].map(() => this.#deps.random.uint32().toString(16).padStart(8, '0')).join('');
    const entry: WatchedTarget = { ...order, key, isPaused: false };
    this.#known.push({ id, entry });
    if (this.#isOn) this.#deps.targets.put(entry);
  }

  #notePause<T>(id: string, isPaused: boolean, changed: Result<T>): Result<T> {
    const known = this.#known.find((one) => one.id === id);
    if (changed.ok && known !== undefined && known.entry.isPaused !== isPaused) {
      known.entry = { ...known.entry, isPaused };
      if (this.#isOn) this.#deps.targets.put(known.entry);
    }
    return changed;
  }

  #noteRemoval(id: string, removed: Result<null>): Result<null> {
    const at = this.#known.findIndex((one) => one.id === id);
    const [known] = removed.ok && at !== -1 ? this.#known.splice(at, 1) : [];
    if (known !== undefined) this.#deps.targets.remove(known.entry.key);
    return removed;
  }

  #heedSetting(): void {
    const isOn = this.#deps.settings.settings.startWithLastTargets;
    if (isOn === this.#isOn) return;
    this.#isOn = isOn;
    for (const { entry } of this.#known) {
      if (isOn) this.#deps.targets.put(entry);
      else this.#deps.targets.remove(entry.key);
    }
  }
}

type Unkept = WatchedTarget extends infer T ? (T extends unknown ? Omit<T, 'key' | 'isPaused'> : never) : never;
