import type { RouteChange } from '../../../../contract/path.ts';
import { formatMoment } from '../../format/time.ts';
import { type RouteStep, routeSteps } from './event-rows.ts';

/** A way that the probes went, and since when. */
export interface Route {
  readonly key: string;
  /** Null: since the beginning of what is known. */
  readonly fromEpochMs: number | null;
  /** Null: it is the last one. */
  readonly toEpochMs: number | null;
  /** Responders by hop, null where a hop is silent. */
  readonly hops: readonly (string | null)[];
}

/** Every route, newest first, from the changes, newest first. */
export function routesOf(changes: readonly RouteChange[]): readonly Route[] {
  const [newest] = changes;
  const oldest = changes.at(-1);
  if (newest === undefined || oldest === undefined) return [];
  const after = changes.map(
    ({ atEpochMs, after: hops }, place): Route => ({
      key: `${atEpochMs} ${place}`,
      fromEpochMs: atEpochMs,
      toEpochMs: changes[place - 1]?.atEpochMs ?? null,
      hops,
    }),
  );
  return [...after, { key: 'first', fromEpochMs: null, toEpochMs: oldest.atEpochMs, hops: oldest.before }];
}

/** `2026-11-22 12:00:00 until 12:10:00`, or `until now`. */
export function routeWords({ fromEpochMs, toEpochMs }: Route, end: string): string {
  const from = fromEpochMs === null ? 'From the beginning' : formatMoment(fromEpochMs);
  return `${from} until ${toEpochMs === null ? end : formatMoment(toEpochMs)}`;
}

/** How a route differs from the one before it, in a few words. */
export function differenceWords(route: Route, before: Route | undefined): string {
  if (before === undefined) return `${route.hops.length} hops`;
  const changed = routeSteps(before.hops, route.hops).filter(({ isChanged }) => isChanged);
  if (changed.length === 0) return 'the same hops as before';
  const named = changed.slice(0, 4).map(({ hopLimit }) => hopLimit);
  const more = changed.length > named.length ? ` and ${changed.length - named.length} more` : '';
  return `${changed.length === 1 ? 'hop' : 'hops'} ${named.join(', ')}${more} changed`;
}

/** Two routes hop by hop, the older one as what was before. */
export function comparedRoutes(routes: readonly Route[], chosen: readonly string[]): readonly RouteStep[] | null {
  const [newer, older] = routes.filter(({ key }) => chosen.includes(key));
  return newer === undefined || older === undefined ? null : routeSteps(older.hops, newer.hops);
}

/** What is chosen once one more was pressed: never more than two, the one chosen first goes. */
export function chosenAfter(chosen: readonly string[], key: string): readonly string[] {
  return chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key].slice(-2);
}
