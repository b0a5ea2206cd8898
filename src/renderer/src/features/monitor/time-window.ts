/** The periods that a chart can show. The engine keeps an hour at one probe a second. */
export const TIME_WINDOWS = [
  { id: '1m', label: '1 min', name: 'last minute', durationMs: 60_000 },
  { id: '5m', label: '5 min', name: 'last 5 minutes', durationMs: 300_000 },
  { id: '15m', label: '15 min', name: 'last 15 minutes', durationMs: 900_000 },
  { id: '1h', label: '1 h', name: 'last hour', durationMs: 3_600_000 },
] as const;

export type TimeWindow = (typeof TIME_WINDOWS)[number];

/** Short enough that a new chart moves visibly from its first probe on. */
export const DEFAULT_TIME_WINDOW: TimeWindow = TIME_WINDOWS[0];

/** The period of an id, or the default for an id that there is not. */
export function findTimeWindow(id: string): TimeWindow {
  return TIME_WINDOWS.find((one) => one.id === id) ?? DEFAULT_TIME_WINDOW;
}
