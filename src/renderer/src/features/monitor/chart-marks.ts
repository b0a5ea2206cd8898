import type { ChartPoint, ChartSeries, Gap, ShareBar, Viewport } from './chart-series.ts';

/** The part of the chart inside its axes, in CSS pixels. */
export interface Plot {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

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
  /** The labels of the scale of shares, at the right of the plot. */
  readonly shareTicks: readonly (Spot & { readonly label: string })[];
  /** The end of the line, null when the newest probe has no round trip. */
  readonly newest: Spot | null;
}

/** A bar is never thinner than this, so that one lost probe in an hour can still be seen. */
const THINNEST_BAR_PX = 3;

/** Room that the words “no data” need. */
const GAP_LABEL_PX = 64;

const SHARE_TICKS = [0, 0.5, 1];

/** Air between the plot and the labels of its right scale. */
const LABEL_AIR_PX = 8;

/** Where the marks of a series stand within a plot. */
export function markShapes(series: ChartSeries, viewport: Viewport, rttMax: number, plot: Plot): MarkShapes {
  const perMs = plot.width / (viewport.toEpochMs - viewport.fromEpochMs);
  const right = plot.x + plot.width;
  const xOf = (epochMs: number) => plot.x + (epochMs - viewport.fromEpochMs) * perMs;
  const yOf = (rttMs: number) => plot.y + plot.height * (1 - rttMs / rttMax);
  const across = ({ fromEpochMs, toEpochMs }: Gap, thinnest: number) => {
    const middle = (xOf(fromEpochMs) + xOf(toEpochMs)) / 2;
    const half = Math.max(thinnest, xOf(toEpochMs) - xOf(fromEpochMs)) / 2;
    const x = Math.max(plot.x, middle - half);
    return { x, width: Math.max(0, Math.min(right, middle + half) - x) };
  };
  const spots = series.dots.flatMap(({ atEpochMs, rttMs }) =>
    rttMs === null || atEpochMs < viewport.fromEpochMs ? [] : [{ x: xOf(atEpochMs), y: yOf(rttMs) }],
  );
  const newest = series.points.at(-1);
  return {
    gaps: series.gaps.map((gap) => {
      const { x, width } = across(gap, 0);
      return { x, width, label: width < GAP_LABEL_PX ? null : { x: x + width / 2, y: plot.y + plot.height / 2 } };
    }),
    bars: series.bars
      .map((bar) => {
        const height = plot.height * bar.share;
        return { ...across(bar, THINNEST_BAR_PX), y: plot.y + plot.height - height, height, kind: bar.kind };
      })
      .filter(({ width }) => width > 0),
    shareTicks: SHARE_TICKS.map((share) => ({
      x: right + LABEL_AIR_PX,
      y: plot.y + plot.height * (1 - share),
      label: `${share * 100} %`,
    })),
    bands: stretches(series.points).map((stretch) => {
      const upper = stretch.map(({ at, max }) => `${round(xOf(at))},${round(yOf(max))}`);
      const lower = stretch.map(({ at, min }) => `${round(xOf(at))},${round(yOf(min))}`).reverse();
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

/** A tenth of a pixel is finer than any screen, and keeps the path short. */
function round(px: number): number {
  return Math.round(px * 10) / 10;
}
