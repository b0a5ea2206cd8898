import type { PathReport } from '../../contract/path.ts';

/** A share of 0 to 1 in per cent, one decimal; what is lossy never looks like 0 and what is not total never like 100. */
export function percent(ratio: number): string {
  if (ratio === 0 || ratio === 1) return `${ratio * 100}%`;
  return `${Math.min(99.9, Math.max(0.1, ratio * 100)).toFixed(1)}%`;
}

/** Milliseconds in a column: two decimals below ten, one above. */
export function shortTime(ms: number): string {
  return ms < 9.995 ? ms.toFixed(2) : ms.toFixed(1);
}

/** Milliseconds without the digits that no clock has: the kernel's stamps count nanoseconds. */
export function toNanoseconds(ms: number): number;
export function toNanoseconds(ms: number | null): number | null;
export function toNanoseconds(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms * 1e6) / 1e6;
}

/** A ratio without the digits that no count of probes has. */
export function toMillionths(ratio: number | null): number | null {
  return ratio === null ? null : Math.round(ratio * 1e6) / 1e6;
}

/** Wall time is no more exact than a millisecond, whatever the clock that it was reckoned with. */
export function wholeMilliseconds(epochMs: number): number {
  return Math.round(epochMs);
}

/** A duration for people: "0.047 s", "1.25 s", "12 s", "3 min 5 s", "2 h 10 min". To the millisecond at most. */
export function duration(ms: number): string {
  const seconds = Math.round(ms) / 1_000;
  if (seconds < 10) return `${Number(seconds.toPrecision(3))} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** How far rounds lie apart: `one every 1 s`, of the flight recorder at both of its rates. */
export function rateWords({ intervalMs, closeIntervalMs }: Pick<PathReport, 'intervalMs' | 'closeIntervalMs'>): string {
  const usual = `one every ${duration(intervalMs)}`;
  return closeIntervalMs === undefined
    ? usual
    : `${usual}, and every ${duration(closeIntervalMs)} when something is wrong`;
}
