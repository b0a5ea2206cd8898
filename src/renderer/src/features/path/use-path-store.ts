import { useCallback, useSyncExternalStore } from 'react';
import type { PathPulse, PathStore } from '../../live-store/path-store.ts';

/** What the workspace needs of the store of paths. */
export type WorkspaceStore = Pick<PathStore, Exclude<keyof PathStore, 'attach'>>;

/** The last minutes of one path, new whenever something of it is. */
export function usePulse(store: WorkspaceStore, pathId: string): PathPulse {
  const subscribe = useCallback((changed: () => void) => store.subscribePulse(pathId, changed), [store, pathId]);
  const read = useCallback(() => store.getPulse(pathId), [store, pathId]);
  return useSyncExternalStore(subscribe, read);
}
