import { useEffect, useState } from 'react';
import type { Happening } from '../../../../contract/happening.ts';
import type { EngineClient } from '../../connection/engine-client.ts';

const NONE: readonly Happening[] = [];

/**
 * What happened to the machine over a whole session, oldest first; none before the engine has told. It is asked for again
 * when `known`, how far the session is known, is another number.
 */
export function useHappenings(client: EngineClient | null, sessionId: string, known: number): readonly Happening[] {
  const [happenings, setHappenings] = useState(NONE);
  // biome-ignore lint/correctness/useExhaustiveDependencies: where more was measured, more may have happened
  useEffect(() => {
    if (client === null) return;
    let isWanted = true;
    void client.sessions.happenings({ sessionId }).then((told) => {
      if (isWanted && told.ok) setHappenings(told.value.happenings);
    });
    return () => {
      isWanted = false;
    };
  }, [client, sessionId, known]);
  return happenings;
}
