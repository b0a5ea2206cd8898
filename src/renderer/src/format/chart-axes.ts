import { formatClock, formatClockMinutes, formatDay } from './time.ts';

/** A label on a time axis: 14:03, 14:03:10, or with its month and day 11-22 14:03. */
export function formatTimeTick(epochMs: number, withSeconds: boolean, withDay = false): string {
  if (withDay) return `${formatDay(epochMs).slice(5)} ${formatClockMinutes(epochMs)}`;
  return withSeconds ? formatClock(epochMs) : formatClockMinutes(epochMs);
}
