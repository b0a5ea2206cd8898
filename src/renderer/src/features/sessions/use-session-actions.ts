import { useCallback, useState } from 'react';
import type { Failure } from '../../../../contract/failure.ts';
import type { Session } from '../../../../contract/sessions.ts';
import { sessionTitle } from '../../format/session-words.ts';
import type { SessionStore, SessionWords } from '../../live-store/session-store.ts';

/** Why something was not done, and what. */
export interface RefusedAction {
  readonly what: string;
  readonly failure: Failure;
}

/** Changes, deletes and takes back, and remembers what was refused last. The functions stay the same. */
export function useSessionActions(store: SessionStore) {
  const [refused, setRefused] = useState<RefusedAction | null>(null);
  const tell = useCallback((what: string, failure: Failure | null) => {
    setRefused(failure === null ? null : { what, failure });
    return failure === null;
  }, []);
  const change = useCallback(
    async (session: Session, words: SessionWords) =>
      tell(`Change ${sessionTitle(session)}`, await store.change(session.sessionId, words)),
    [store, tell],
  );
  const remove = useCallback(
    async (sessions: readonly Session[]) => {
      const [first] = sessions;
      if (first === undefined) return false;
      const what = sessions.length === 1 ? sessionTitle(first) : `${sessions.length} sessions`;
      return tell(`Delete ${what}`, await store.remove(sessions));
    },
    [store, tell],
  );
  const restore = useCallback(async () => tell('Undo', await store.restore()), [store, tell]);
  const dismiss = useCallback(() => setRefused(null), []);
  return { refused, change, remove, restore, dismiss };
}
