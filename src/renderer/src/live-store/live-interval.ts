/** How often a period that moves with the time is asked for, unless the page's address says otherwise. */
export const LIVE_INTERVAL_MS = 1_000;

const MOST_UPDATES_A_SECOND = 10;

/**
 * Time from one asking to the next, in milliseconds. `?updates=10` in the address of the page asks ten times a second,
 * which is what `npm run bench:ui` measures; whole numbers from 1 to 10, anything else means once.
 */
export function liveIntervalOf(search: string): number {
  const asked = Number(new URLSearchParams(search).get('updates') ?? 1);
  const isAllowed = Number.isInteger(asked) && asked >= 1 && asked <= MOST_UPDATES_A_SECOND;
  return isAllowed ? 1_000 / asked : LIVE_INTERVAL_MS;
}
