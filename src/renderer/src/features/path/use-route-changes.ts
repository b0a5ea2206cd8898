import { useEffect, useState } from 'react';
import type { RouteChange } from '../../../../contract/path.ts';
import type { EngineClient } from '../../connection/engine-client.ts';

/** Most changes that are asked for: more than anyone reads. */
const MOST_CHANGES = 200;

/**
 * The changes of the route over a whole session, newest first; null before the engine has told, and without a session. They
 * are asked for again when `known`, what else is known of changes, is another number.
 */
export function useRouteChanges(
  client: EngineClient | null,
  sessionId: string | null,
  known: number,
): readonly RouteChange[] | null {
  const [changes, setChanges] = useState<readonly RouteChange[] | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: with another number of changes there are others
  useEffect(() => {
    if (client === null || sessionId === null) return;
    let isWanted = true;
    void client.sessions.routes({ sessionId, limit: MOST_CHANGES }).then((told) => {
      if (isWanted && told.ok) setChanges(told.value.changes);
    });
    return () => {
      isWanted = false;
    };
  }, [client, sessionId, known]);
  return changes;
}
