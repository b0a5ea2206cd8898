import { succeed } from '../../contract/failure.ts';
import type { HopscopeContract } from '../../contract/index.ts';
import type { Handlers } from '../../contract/serve.ts';
import { RECENT_TARGETS_LIMIT } from '../../contract/targets.ts';

type AllHandlers = Handlers<HopscopeContract>;

/** What was watched lately, the newest first, each once. */
export class RecentTargets {
  readonly handlers: AllHandlers['targets'] = {
    recent: () => succeed({ recent: [...this.#targets] }),
    forgetRecent: () => {
      this.#targets = [];
      return succeed(null);
    },
  };
  #targets: readonly string[] = [];

  note(target: string): void {
    this.#targets = withRecent(this.#targets, target);
  }
}

/** Targets with one more in front; names are the same whatever their case (RFC 4343). */
export function withRecent(targets: readonly string[], target: string): string[] {
  const key = target.toLowerCase();
  return [target, ...targets.filter((one) => one.toLowerCase() !== key)].slice(0, RECENT_TARGETS_LIMIT);
}

/** The same handlers, and each target that is added is noted, whether or not it then answers. */
export function notingTargets(
  recent: RecentTargets,
  { monitor, path }: Pick<AllHandlers, 'monitor' | 'path'>,
): Pick<AllHandlers, 'monitor' | 'path' | 'targets'> {
  return {
    targets: recent.handlers,
    monitor: {
      ...monitor,
      add: async (order) => {
        const added = await monitor.add(order);
        if (added.ok) recent.note(order.target);
        return added;
      },
    },
    path: {
      ...path,
      add: async (order) => {
        const added = await path.add(order);
        if (added.ok) recent.note(order.target);
        return added;
      },
    },
  };
}
