import { useEffect, useState } from 'react';
import type { PathMonitorInfo } from '../../../../contract/path.ts';
import type { Platform } from '../../../../contract/system.ts';
import type { PathStore } from '../../live-store/path-store.ts';
import { useSettings } from '../../live-store/settings-context.ts';
import { orderPaths, type PulsedPath, type Sort } from './trouble.ts';

/** How often the order is made anew: a tile that moves under the pointer is worse than one that is late. */
const ORDER_INTERVAL_MS = 5_000;

/** By then the pulses of the paths have come that nobody looked at before. */
const SOON_MS = 1_000;

/** The paths in the order asked for, with their last minutes; made anew every few seconds and when either changes. */
export function useOrder(
  store: PathStore,
  paths: readonly PathMonitorInfo[],
  sort: Sort,
  platform: Platform,
): readonly PulsedPath[] {
  const limits = useSettings();
  const [order, setOrder] = useState<readonly PulsedPath[]>([]);
  useEffect(() => {
    const make = () => {
      const pulsed = new Map(paths.map((path) => [path.pathId, { path, pulse: store.getPulse(path.pathId) }]));
      const ordered = orderPaths([...pulsed.values()], sort, platform, limits);
      setOrder(ordered.flatMap((pathId) => pulsed.get(pathId) ?? []));
    };
    make();
    const soon = setTimeout(make, SOON_MS);
    const timer = setInterval(make, ORDER_INTERVAL_MS);
    return () => {
      clearTimeout(soon);
      clearInterval(timer);
    };
  }, [store, paths, sort, platform, limits]);
  return order;
}
