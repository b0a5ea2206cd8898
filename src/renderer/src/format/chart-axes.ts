import { formatClock, formatClockMinutes } from './time.ts';

/** A label of a time axis. */
export function formatTimeTick(epochMs: number, withSeconds: boolean): string {
  return withSeconds ? formatClock(epochMs) : formatClockMinutes(epochMs);
}
