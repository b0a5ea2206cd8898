import { useCallback, useSyncExternalStore } from 'react';
import type { LiveStore, MonitorHistory } from '../../live-store/live-store.ts';

/** What is to be drawn of one monitor, new when the store gives it its turn. */
export function useHistory(store: LiveStore, monitorId: string): MonitorHistory {
  const subscribe = useCallback(
    (changed: () => void) => store.subscribeHistory(monitorId, changed),
    [store, monitorId],
  );
  const read = useCallback(() => store.getHistory(monitorId), [store, monitorId]);
  return useSyncExternalStore(subscribe, read);
}
