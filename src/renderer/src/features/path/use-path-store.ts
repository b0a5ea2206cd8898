import { useCallback, useSyncExternalStore } from 'react';
import type { PathPulse, PathStore } from '../../live-store/path-store.ts';
import type { PulseBeat } from '../../live-store/pulse-beat.ts';

/** What the workspace needs of the store of paths. */
export type WorkspaceStore = Pick<PathStore, Exclude<keyof PathStore, 'attach' | 'getRecent'>>;

/** What is needed of any store of what was measured: of paths, or of the open session. */
export type MeasuredStore = Pick<PathStore, 'setFocus' | 'setOpenTimelines' | 'retryView'>;

/** The last minutes of one path, new whenever something of it is. */
export function usePulse(store: WorkspaceStore, pathId: string): PathPulse {
  const subscribe = useCallback((changed: () => void) => store.subscribePulse(pathId, changed), [store, pathId]);
  const read = useCallback(() => store.getPulse(pathId), [store, pathId]);
  return useSyncExternalStore(subscribe, read);
}

const unheard = () => {};

/** The same on the beat that many rows share; while a row is out of sight it stays as it was. */
export function useBeatenPulse(store: WorkspaceStore, beat: PulseBeat, pathId: string, isVisible: boolean): PathPulse {
  const subscribe = useCallback(
    (changed: () => void) => (isVisible ? beat.subscribe(pathId, changed) : unheard),
    [beat, pathId, isVisible],
  );
  const read = useCallback(() => store.getPulse(pathId), [store, pathId]);
  return useSyncExternalStore(subscribe, read);
}
