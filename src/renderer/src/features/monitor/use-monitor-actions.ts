import { useCallback, useState } from 'react';
import type { Failure } from '../../../../contract/failure.ts';
import type { EngineClient } from '../../connection/engine-client.ts';

export type MonitorAction = 'pause' | 'resume' | 'remove';

/** What could not be added, and why. */
export interface RefusedTarget {
  readonly target: string;
  readonly failure: Failure;
}

export interface MonitorActions {
  /** Adds targets one after the other, so that they appear in the order typed; gives back those that were refused. */
  readonly add: (targets: readonly string[]) => Promise<readonly RefusedTarget[]>;
  readonly act: (monitorId: string, action: MonitorAction) => Promise<void>;
  /** Why the last action on a monitor failed, by monitor. */
  readonly failures: ReadonlyMap<string, Failure>;
}

/** What a person can do to monitors. New states arrive by the store; here only refusals come back. */
export function useMonitorActions(client: EngineClient | null): MonitorActions {
  const [failures, setFailures] = useState<ReadonlyMap<string, Failure>>(new Map());

  const add = useCallback(
    async (targets: readonly string[]) => {
      const refused: RefusedTarget[] = [];
      for (const target of targets) {
        const result = client === null ? LOST : await client.monitor.add({ target });
        if (!result.ok) refused.push({ target, failure: result.failure });
      }
      return refused;
    },
    [client],
  );

  const act = useCallback(
    async (monitorId: string, action: MonitorAction) => {
      const result = client === null ? LOST : await client.monitor[action]({ monitorId });
      setFailures((previous) => {
        const next = new Map(previous);
        if (result.ok) next.delete(monitorId);
        else next.set(monitorId, result.failure);
        return next;
      });
    },
    [client],
  );

  return { add, act, failures };
}

const LOST = { ok: false, failure: { code: 'connection-lost' } } as const;
