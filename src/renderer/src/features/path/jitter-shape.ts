import type { Plot } from '../../../../contract/chart/loss-scale.ts';
import type { TimelinePoint } from '../../../../contract/chart/timeline-series.ts';

/** The jitter graph below a timeline: one point for each column that has a jitter. */

/** Greatest jitter of a series; null without any. */
export function greatestJitter(points: readonly TimelinePoint[]): number | null {
  const known = points.flatMap(({ column }) => column.jitterMs ?? []);
  return known.length === 0 ? null : Math.max(...known);
}

/** SVG paths of the line and of the area below it; null without a column that has a jitter. A column without one interrupts them. */
export function jitterShape(
  points: readonly TimelinePoint[],
  fromEpochMs: number,
  toEpochMs: number,
  maxMs: number,
  plot: Plot,
): { readonly line: string; readonly area: string } | null {
  const x = (epochMs: number) =>
    tenth(plot.x + ((epochMs - fromEpochMs) / Math.max(1, toEpochMs - fromEpochMs)) * plot.width);
  const y = (ms: number) => tenth(plot.y + plot.height * (1 - Math.min(1, ms / maxMs)));
  const stretches: string[][] = [[]];
  for (const { atEpochMs, column } of points) {
    if (column.jitterMs === null) stretches.push([]);
    else stretches.at(-1)?.push(`${x(atEpochMs)},${y(column.jitterMs)}`);
  }
  const known = stretches.filter(({ length }) => length > 0);
  if (known.length === 0) return null;
  const bottom = plot.y + plot.height;
  const foot = (corner = '') => `${corner.split(',')[0]},${bottom}`;
  return {
    // A lone point becomes a stroke too short to be a line, which round caps show as a dot.
    line: known.map((corners) => `M${corners.join('L')}${corners.length === 1 ? 'h0.01' : ''}`).join(''),
    area: known.map((corners) => `M${foot(corners[0])}L${corners.join('L')}L${foot(corners.at(-1))}Z`).join(''),
  };
}

/** A tenth of a pixel is finer than any screen. */
function tenth(px: number): number {
  return Math.round(px * 10) / 10;
}
