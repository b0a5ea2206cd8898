import { Button, Checkbox } from '@mantine/core';
import { memo, useMemo, useState } from 'react';
import type { RouteChange } from '../../../../contract/path.ts';
import { formatQuantity } from '../../format/count.ts';
import type { Focus } from '../../live-store/path-store.ts';
import { focusAround, spanAround } from './focus-change.ts';
import classes from './RouteHistory.module.css';
import { RouteTable } from './RouteTable.tsx';
import { chosenAfter, comparedRoutes, differenceWords, routesOf, routeWords } from './route-history.ts';

interface RouteHistoryProps {
  /** Newest first. */
  readonly changes: readonly RouteChange[];
  /** What the last route lasts until: `now`, or `the end`. */
  readonly end: string;
  readonly onFocus: (focus: Focus, span: Focus) => void;
}

/** Every route there was, newest first; of two that are chosen the hops in which they differ are marked. */
export const RouteHistory = memo(function RouteHistory({ changes, end, onFocus }: RouteHistoryProps) {
  const routes = useMemo(() => routesOf(changes), [changes]);
  const [picked, setPicked] = useState<readonly string[] | null>(null);
  // The two newest until others are chosen.
  const chosen = picked ?? routes.slice(0, 2).map(({ key }) => key);
  const steps = comparedRoutes(routes, chosen);
  if (routes.length === 0) return null;
  return (
    <section className={classes.card} aria-label="Route history">
      <h4 className={classes.heading}>
        Route history <span className={classes.count}>{formatQuantity(routes.length, 'route')}, newest first</span>
      </h4>
      <div className={classes.sides}>
        <ul className={classes.list}>
          {routes.map((route, place) => {
            const words = routeWords(route, end);
            return (
              <li key={route.key} className={classes.item} data-chosen={chosen.includes(route.key) || undefined}>
                <Checkbox
                  size="xs"
                  label={words}
                  description={differenceWords(route, routes[place + 1])}
                  checked={chosen.includes(route.key)}
                  onChange={() => setPicked(chosenAfter(chosen, route.key))}
                />
                {route.fromEpochMs !== null && (
                  <Button
                    size="compact-xs"
                    variant="subtle"
                    aria-label={`Show the time around the change, ${words}`}
                    onClick={() => {
                      const at = { fromEpochMs: route.fromEpochMs ?? 0, toEpochMs: route.fromEpochMs ?? 0 };
                      onFocus(focusAround(at), spanAround(at));
                    }}
                  >
                    Show
                  </Button>
                )}
              </li>
            );
          })}
        </ul>
        {steps === null ? (
          <p className={classes.none}>Choose two routes to see in which hops they differ.</p>
        ) : (
          <RouteTable steps={steps} />
        )}
      </div>
    </section>
  );
});
