import { useEffect, useState } from 'react';
import type { PathMonitorInfo } from '../../../../contract/path.ts';
import type { Platform } from '../../../../contract/system.ts';
import type { PathStore } from '../../live-store/path-store.ts';
import { useSettings } from '../../live-store/settings-context.ts';
import { orderPaths, type Sort, tallyWords } from './trouble.ts';

/** How often the order is made anew: a tile that moves under the pointer is worse than one that is late. */
const ORDER_INTERVAL_MS = 5_000;

/** By then the pulses of the paths have come that nobody looked at before. */
const SOON_MS = 1_000;

interface Order {
  readonly paths: readonly PathMonitorInfo[];
  readonly tally: string;
}

/** The paths in the order asked for, and how many are how; made anew every few seconds and when either changes. */
export function useOrder(store: PathStore, paths: readonly PathMonitorInfo[], sort: Sort, platform: Platform): Order {
  const limits = useSettings();
  const [order, setOrder] = useState<Order>({ paths, tally: '' });
  useEffect(() => {
    const make = () => {
      const pulsed = paths.map((path) => ({ path, pulse: store.getPulse(path.pathId) }));
      const places = new Map(orderPaths(pulsed, sort, platform, limits).map((pathId, place) => [pathId, place]));
      const ordered = Array.from<PathMonitorInfo>({ length: paths.length });
      for (const path of paths) ordered[places.get(path.pathId) ?? 0] = path;
      setOrder({ paths: ordered, tally: tallyWords(pulsed, platform, limits) });
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
