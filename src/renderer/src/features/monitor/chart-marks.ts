import { lossBar, lossLabels, type Plot, roundPx, type ScaleLabel } from '../../../../contract/chart/loss-scale.ts';
import type { ChartPoint, ChartSeries, ShareBar, Viewport } from './chart-series.ts';

interface Spot {
  readonly x: number;
  readonly y: number;
}

export interface MarkShapes {
  /** `label` is where the words stand, null where they have no room. */
  readonly gaps: readonly { readonly x: number; readonly width: number; readonly label: Spot | null }[];
  readonly bars: readonly (Plot & { readonly kind: ShareBar['kind'] })[];
  /** Outlines between the lowest and the highest round trip, as SVG paths; none where each point is one probe. */
  readonly bands: readonly string[];
  readonly dots: readonly Spot[];
  /** The labels of the scale of loss, at the right of the plot. */
  readonly lossLabels: readonly ScaleLabel[];
  /** The end of the line, null when the newest probe has no round trip. */
  readonly newest: Spot | null;
}

/** Room that the words “no data” need. */
const GAP_LABEL_PX = 64;

/** Where the marks of a series stand within a plot. */
export function markShapes(series: ChartSeries, viewport: Viewport, rttMax: number, plot: Plot): MarkShapes {
  const perMs = plot.width / (viewport.toEpochMs - viewport.fromEpochMs);
  const xOf = (epochMs: number) => plot.x + (epochMs - viewport.fromEpochMs) * perMs;
  const yOf = (rttMs: number) => plot.y + plot.height * (1 - rttMs / rttMax);
  const spots = series.dots.flatMap(({ atEpochMs, rttMs }) =>
    rttMs === null || atEpochMs < viewport.fromEpochMs ? [] : [{ x: xOf(atEpochMs), y: yOf(rttMs) }],
  );
  const newest = series.points.at(-1);
  return {
    gaps: series.gaps.map((gap) => {
      const x = xOf(gap.fromEpochMs);
      const width = Math.max(0, xOf(gap.toEpochMs) - x);
      return { x, width, label: width < GAP_LABEL_PX ? null : { x: x + width / 2, y: plot.y + plot.height / 2 } };
    }),
    bars: series.bars
      .map(({ kind, fromEpochMs, toEpochMs, share }) => ({
        kind,
        ...lossBar(plot, xOf(fromEpochMs), xOf(toEpochMs), share),
      }))
      .filter(({ width }) => width > 0),
    lossLabels: lossLabels(plot),
    bands: stretches(series.points).map((stretch) => {
      const upper = stretch.map(({ at, max }) => `${roundPx(xOf(at))},${roundPx(yOf(max))}`);
      const lower = stretch.map(({ at, min }) => `${roundPx(xOf(at))},${roundPx(yOf(min))}`).reverse();
      return `M${[...upper, ...lower].join('L')}Z`;
    }),
    dots: spots,
    newest: newest === undefined || newest.rttMs === null ? null : { x: xOf(newest.atEpochMs), y: yOf(newest.rttMs) },
  };
}

interface BandPoint {
  readonly at: number;
  readonly min: number;
  readonly max: number;
}

/** The columns with round trips, split where the line is interrupted. */
function stretches(points: readonly ChartPoint[]): readonly BandPoint[][] {
  const found: BandPoint[][] = [[]];
  for (const { atEpochMs, moment } of points) {
    if (moment?.kind === 'column' && moment.rttMs !== null) {
      found.at(-1)?.push({ at: atEpochMs, min: moment.rttMs.min, max: moment.rttMs.max });
    } else {
      found.push([]);
    }
  }
  return found.filter((stretch) => stretch.length > 1);
}
