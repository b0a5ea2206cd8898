import { useCallback, useState } from 'react';
import type { Failure } from '../../../../contract/failure.ts';
import type { EngineClient } from '../../connection/engine-client.ts';

export type PathAction = 'pause' | 'resume' | 'remove';

/** What could not be added, and why. */
export interface RefusedTarget {
  readonly target: string;
  readonly failure: Failure;
}

export interface PathActions {
  /** Adds targets one after the other, so that they appear in the order typed; the first added is the one chosen. */
  readonly add: (targets: readonly string[]) => Promise<readonly RefusedTarget[]>;
  readonly act: (pathId: string, action: PathAction) => Promise<void>;
  /** Why the last action on a path failed, by path. */
  readonly failures: ReadonlyMap<string, Failure>;
}

/** What a person can do to paths. New states arrive by the store; here only refusals come back. */
export function usePathActions(client: EngineClient | null, choose: (pathId: string) => void): PathActions {
  const [failures, setFailures] = useState<ReadonlyMap<string, Failure>>(new Map());

  const add = useCallback(
    async (targets: readonly string[]) => {
      const refused: RefusedTarget[] = [];
      let added = 0;
      for (const target of targets) {
        const result = client === null ? LOST : await client.path.add({ target });
        if (!result.ok) refused.push({ target, failure: result.failure });
        else if (added++ === 0) choose(result.value.pathId);
      }
      return refused;
    },
    [client, choose],
  );

  const act = useCallback(
    async (pathId: string, action: PathAction) => {
      const result = client === null ? LOST : await client.path[action]({ pathId });
      setFailures((previous) => {
        const next = new Map(previous);
        if (result.ok) next.delete(pathId);
        else next.set(pathId, result.failure);
        return next;
      });
    },
    [client],
  );

  return { add, act, failures };
}

const LOST = { ok: false, failure: { code: 'connection-lost' } } as const;
