import type { TimelineColumn } from '../timeline.ts';
import { lossBar, lossLabels, type Plot, roundPx, type ScaleLabel } from './loss-scale.ts';
import type { Period, TimelineMark, TimelinePoint, TimelineSeries } from './timeline-series.ts';

/** Where everything but the median line of a timeline stands. */

interface Spot {
  readonly x: number;
  readonly y: number;
}

/** One layer of the smoke, from light to dense. */
export interface SmokeLayer {
  readonly kind: 'extremes' | 'outer' | 'inner';
  /** SVG path of all its stretches; null where there is none. */
  readonly path: string | null;
}

export interface TimelineShapes {
  readonly smoke: readonly SmokeLayer[];
  /** Columns without a neighbour: an upright stroke from their least to their greatest, and a dot. */
  readonly lonely: readonly {
    readonly x: number;
    readonly top: number;
    readonly bottom: number;
    readonly dot: number;
  }[];
  /** Bars that hang from the top; the whole height is 100 %. */
  readonly loss: readonly Plot[];
  readonly noData: readonly {
    readonly x: number;
    readonly width: number;
    readonly label: (Spot & { readonly text: string }) | null;
  }[];
  /** The label is empty where it has no room. */
  readonly marks: readonly (Spot & Pick<TimelineMark, 'kind' | 'label' | 'title'>)[];
  /** The labels of the scale of loss, at the right of the plot; 0 % is at the top. */
  readonly lossTicks: readonly ScaleLabel[];
}

/** Room that the words in a stretch without data need. */
const NO_DATA_LABEL_PX = 74;

const LAYERS = [
  { kind: 'extremes', low: 'minMs', high: 'maxMs' },
  { kind: 'outer', low: 'p10Ms', high: 'p90Ms' },
  { kind: 'inner', low: 'p25Ms', high: 'p75Ms' },
] as const;

const CAUSES = {
  asleep: 'asleep',
  paused: 'paused',
  'no-transport': 'could not send',
  'not-running': 'not running',
} as const;

/** The shapes of a series within a plot. */
export function timelineShapes(
  series: TimelineSeries,
  marks: readonly TimelineMark[],
  shown: Period,
  rttMax: number,
  plot: Plot,
): TimelineShapes {
  const perMs = plot.width / Math.max(1, shown.toEpochMs - shown.fromEpochMs);
  const xOf = (epochMs: number) => roundPx(plot.x + (epochMs - shown.fromEpochMs) * perMs);
  const yOf = (ms: number) => roundPx(plot.y + plot.height * (1 - Math.min(1, ms / rttMax)));
  const { together, lonely } = stretchesOf(series.points);
  return {
    smoke: LAYERS.map(({ kind, low, high }) => ({
      kind,
      path: pathOf(together.map((stretch) => outline(stretch, low, high, xOf, yOf))),
    })),
    lonely: lonely.map(({ atEpochMs, column }) => ({
      x: xOf(atEpochMs),
      top: yOf(column.maxMs ?? 0),
      bottom: yOf(column.minMs ?? 0),
      dot: yOf(column.p50Ms ?? 0),
    })),
    loss: series.lossBars.map(({ fromEpochMs, toEpochMs, ratio }) =>
      lossBar(plot, xOf(fromEpochMs), xOf(toEpochMs), ratio),
    ),
    noData: series.noData.map(({ fromEpochMs, toEpochMs, cause }) => {
      const x = xOf(fromEpochMs);
      const width = roundPx(xOf(toEpochMs) - x);
      const text = cause === null ? 'no data' : CAUSES[cause];
      const label = { x: roundPx(x + width / 2), y: roundPx(plot.y + plot.height / 2), text };
      return { x, width, label: width < NO_DATA_LABEL_PX ? null : label };
    }),
    marks: markShapes(marks, xOf, plot.y),
    lossTicks: lossLabels(plot),
  };
}

/** Air between the words of two marks, and about as wide is a letter of one, in CSS pixels. */
const LABEL_AIR_PX = 8;
const LABEL_LETTER_PX = 6;

/** The marks in their order. A word that would lie over the one before is left out; its line says by its kind what it is. */
function markShapes(
  marks: readonly TimelineMark[],
  xOf: (epochMs: number) => number,
  y: number,
): TimelineShapes['marks'] {
  let labelledUntil = Number.NEGATIVE_INFINITY;
  return marks.map(({ atEpochMs, ...mark }) => {
    const x = xOf(atEpochMs);
    const half = (mark.label.length * LABEL_LETTER_PX) / 2;
    if (x - half < labelledUntil) return { ...mark, x, y, label: '' };
    labelledUntil = x + half + LABEL_AIR_PX;
    return { ...mark, x, y };
  });
}

/** Points that the line joins, and those that have nothing to be joined to. */
function stretchesOf(points: readonly TimelinePoint[]): {
  readonly together: readonly (readonly TimelinePoint[])[];
  readonly lonely: readonly TimelinePoint[];
} {
  const stretches: TimelinePoint[][] = [[]];
  for (const point of points) {
    if (point.medianMs === null) stretches.push([]);
    else stretches.at(-1)?.push(point);
  }
  return {
    together: stretches.filter(({ length }) => length > 1),
    lonely: stretches.filter(({ length }) => length === 1).flat(),
  };
}

type Level = 'minMs' | 'p10Ms' | 'p25Ms' | 'p75Ms' | 'p90Ms' | 'maxMs';

function outline(
  stretch: readonly TimelinePoint[],
  low: Level,
  high: Level,
  xOf: (epochMs: number) => number,
  yOf: (ms: number) => number,
): string {
  const corner = (level: Level) => (point: TimelinePoint) =>
    `${xOf(point.atEpochMs)},${yOf(levelOf(point.column, level))}`;
  const upper = stretch.map(corner(high));
  const lower = stretch.map(corner(low)).reverse();
  return `M${[...upper, ...lower].join('L')}Z`;
}

/** Where a percentile is not known, the band closes on the median. */
function levelOf(column: TimelineColumn, level: Level): number {
  return column[level] ?? column.p50Ms ?? 0;
}

function pathOf(outlines: readonly string[]): string | null {
  return outlines.length === 0 ? null : outlines.join('');
}

/** The moment at a place across the plot, in CSS pixels from the left edge of the chart; kept within the period. */
export function momentAt(xPx: number, shown: Period, plotLeftPx: number, plotWidthPx: number): number {
  const share = Math.min(1, Math.max(0, (xPx - plotLeftPx) / Math.max(1, plotWidthPx)));
  return shown.fromEpochMs + share * (shown.toEpochMs - shown.fromEpochMs);
}
