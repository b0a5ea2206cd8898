/** Local wall time: 14:03:07. */
export function formatClock(epochMs: number): string {
  const date = new Date(epochMs);
  return `${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}:${twoDigits(date.getSeconds())}`;
}

/** Local wall time without seconds: 14:03. */
export function formatClockMinutes(epochMs: number): string {
  return formatClock(epochMs).slice(0, 5);
}

/** Local wall time to the millisecond: 14:03:07.250. */
export function formatClockExactly(epochMs: number): string {
  const wholeMs = Math.floor(epochMs);
  return `${formatClock(wholeMs)}.${String(((wholeMs % 1_000) + 1_000) % 1_000).padStart(3, '0')}`;
}

/** Local day: 2026-11-22. */
export function formatDay(epochMs: number): string {
  const date = new Date(epochMs);
  return `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
}

/** Local day and wall time without seconds: 2026-11-22 14:03. */
export function formatMinute(epochMs: number): string {
  return `${formatDay(epochMs)} ${formatClockMinutes(epochMs)}`;
}

/** Local day and wall time: 2026-11-22 14:03:07. */
export function formatMoment(epochMs: number): string {
  return `${formatDay(epochMs)} ${formatClock(epochMs)}`;
}

/** From so many hours on a duration is told in days. */
const HOURS_OF_DAYS = 48;

/** A duration in its largest whole units: 8 s, 2 min 5 s, 3 min, 1 h 4 min, 3 d 5 h. */
export function formatDuration(durationMs: number): string {
  const seconds = Math.max(0, Math.round(durationMs / 1_000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  const hours = Math.floor(minutes / 60);
  if (hours >= HOURS_OF_DAYS) {
    const days = Math.floor(hours / 24);
    return hours % 24 === 0 ? `${days} d` : `${days} d ${hours % 24} h`;
  }
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
