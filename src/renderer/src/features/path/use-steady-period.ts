import { useRef } from 'react';
import type { Period } from './focus-change.ts';

/** The period of a chart, which stays the same object while the time goes on by less than can be seen. */
export function useSteadyPeriod(fromEpochMs: number, toEpochMs: number, widthPx: number): Period {
  const shown = useRef<Period>({ fromEpochMs, toEpochMs });
  shown.current = steadyPeriod(shown.current, { fromEpochMs, toEpochMs }, widthPx);
  return shown.current;
}

/** The period before where neither end has moved by a pixel of a plot of this width; else the next one. */
export function steadyPeriod(before: Period, next: Period, widthPx: number): Period {
  const pixelMs = (next.toEpochMs - next.fromEpochMs) / Math.max(1, widthPx);
  const hasMoved = (end: keyof Period) => Math.abs(next[end] - before[end]) >= pixelMs;
  return hasMoved('fromEpochMs') || hasMoved('toEpochMs') ? next : before;
}
