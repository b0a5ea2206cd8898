import type { Sample } from '../../../../contract/probe.ts';

/** What the chart of one monitor draws, made from its samples. Pure: the same samples and viewport give the same series. */

/** Most points of the line. Above 300 an update costs more than half an animation frame. */
export const POINT_LIMIT = 300;

/** A column stands for two values, its minimum and its maximum. One less, because columns are cut at both edges. */
const COLUMN_LIMIT = POINT_LIMIT / 2 - 1;

/** Narrowest column in CSS pixels; narrower ones are no longer told apart. */
const COLUMN_PX = 4;

/** So many intervals without a probe count as a pause. Above 2, so that one probe sent late is none. */
const GAP_INTERVALS = 2.5;

/** Longest delay between the end of a probe and its arrival here that is still not a pause. */
const DELIVERY_MS = 1_000;

export interface Viewport {
  readonly fromEpochMs: number;
  readonly toEpochMs: number;
  /** Width of the plot in CSS pixels. */
  readonly widthPx: number;
  readonly intervalMs: number;
  readonly timeoutMs: number;
}

/** What the pointer finds at a point: one probe, or the probes of one column. */
export type Moment =
  | { readonly kind: 'probe'; readonly sample: Sample }
  | {
      readonly kind: 'column';
      readonly fromEpochMs: number;
      readonly toEpochMs: number;
      readonly received: number;
      readonly lost: number;
      readonly notSent: number;
      /** Null when nothing was answered. */
      readonly rttMs: Spread | null;
    };

/** The round trips of one column. */
export interface Spread {
  readonly min: number;
  readonly mean: number;
  readonly max: number;
}

export interface ChartPoint {
  readonly atEpochMs: number;
  /** One round trip, or the mean of a column. Null interrupts the line. */
  readonly rttMs: number | null;
  /** Null where a point only interrupts the line. */
  readonly moment: Moment | null;
}

/** A bar on the scale of shares: probes lost, or never sent because this machine could not. */
export interface ShareBar {
  readonly kind: 'lost' | 'not-sent';
  readonly fromEpochMs: number;
  readonly toEpochMs: number;
  /** Above 0, at most 1. */
  readonly share: number;
}

/** A stretch in which nothing was measured. */
export interface Gap {
  readonly fromEpochMs: number;
  readonly toEpochMs: number;
}

export interface ChartSeries {
  readonly points: readonly ChartPoint[];
  /** What one point stands for: a column of so many milliseconds, or null for a single probe. */
  readonly columnMs: number | null;
  readonly bars: readonly ShareBar[];
  readonly gaps: readonly Gap[];
  /** Points without a neighbour on either side: a line cannot show them. */
  readonly dots: readonly ChartPoint[];
  /** Largest round trip within the viewport. */
  readonly maxMs: number | null;
}

/**
 * The series of the samples, which may come in any order. Every probe is a point while there is room; beyond that
 * each column of pixels keeps its mean, its minimum and its maximum, so that no spike is lost. Columns stand at fixed times,
 * so that the picture moves without changing its shape.
 */
export function chartSeries(samples: readonly Sample[], viewport: Viewport): ChartSeries {
  const ordered = [...samples].sort((a, b) => a.sentAtEpochMs - b.sentAtEpochMs);
  const visible = ordered.filter(
    ({ sentAtEpochMs }) =>
      sentAtEpochMs >= viewport.fromEpochMs - viewport.intervalMs && sentAtEpochMs <= viewport.toEpochMs,
  );
  const lastBefore = ordered.findLast(({ sentAtEpochMs }) => sentAtEpochMs < viewport.fromEpochMs);
  const gaps = findGaps(lastBefore === undefined ? visible : [lastBefore, ...visible], viewport);
  const drawn = fitsOneByOne(visible, viewport) ? probeByProbe(visible, viewport) : columnByColumn(visible, viewport);
  return {
    ...drawn,
    gaps,
    dots: drawn.points.filter(
      ({ rttMs }, place) => rttMs !== null && !hasRtt(drawn.points[place - 1]) && !hasRtt(drawn.points[place + 1]),
    ),
    maxMs: drawn.points.reduce<number | null>((max, point) => {
      const highest = highestOf(point);
      return highest === null ? max : Math.max(max ?? 0, highest);
    }, null),
  };
}

function highestOf({ rttMs, moment }: ChartPoint): number | null {
  return moment?.kind === 'column' ? (moment.rttMs?.max ?? null) : rttMs;
}

function hasRtt(point: ChartPoint | undefined): boolean {
  return point !== undefined && point.rttMs !== null;
}

/** Decided by the viewport and not by the count alone, or the chart would flip between two shapes at the border. */
function fitsOneByOne(visible: readonly Sample[], { fromEpochMs, toEpochMs, intervalMs }: Viewport): boolean {
  const expected = (toEpochMs - fromEpochMs) / intervalMs;
  return visible.length <= (expected <= POINT_LIMIT ? POINT_LIMIT + 2 : POINT_LIMIT / 2);
}

type Drawn = Pick<ChartSeries, 'points' | 'columnMs' | 'bars'>;

function probeByProbe(visible: readonly Sample[], viewport: Viewport): Drawn {
  const points: ChartPoint[] = [];
  const bars: ShareBar[] = [];
  let previousAt: number | null = null;
  for (const sample of visible) {
    const at = sample.sentAtEpochMs;
    if (previousAt !== null && at - previousAt > GAP_INTERVALS * viewport.intervalMs) {
      points.push({ atEpochMs: (previousAt + at) / 2, rttMs: null, moment: null });
    }
    previousAt = at;
    const moment: Moment = { kind: 'probe', sample };
    points.push({ atEpochMs: at, rttMs: sample.fate === 'echo-reply' ? sample.rttMs : null, moment });
    if (sample.fate !== 'echo-reply') {
      const kind = sample.fate === 'send-failed' ? 'not-sent' : 'lost';
      const half = viewport.intervalMs / 2;
      pushBar(bars, { kind, fromEpochMs: at - half, toEpochMs: at + half, share: 1 }, viewport.intervalMs * 0.6);
    }
  }
  return { points: points.slice(-POINT_LIMIT), columnMs: null, bars };
}

/** Adds a bar; one of the same kind and height that begins where the last one ends goes on from it. */
function pushBar(bars: ShareBar[], bar: ShareBar, slackMs: number): void {
  const last = bars.at(-1);
  const goesOn = last !== undefined && last.kind === bar.kind && last.share === bar.share;
  if (goesOn && bar.fromEpochMs - last.toEpochMs <= slackMs) {
    bars[bars.length - 1] = { ...last, toEpochMs: bar.toEpochMs };
  } else {
    bars.push(bar);
  }
}

function columnByColumn(visible: readonly Sample[], viewport: Viewport): Drawn {
  const { fromEpochMs, toEpochMs, widthPx, intervalMs } = viewport;
  const columns = Math.max(20, Math.min(COLUMN_LIMIT, Math.floor(widthPx / COLUMN_PX)));
  // Whole milliseconds, so that every border is a number without a rest.
  const columnMs = Math.ceil((toEpochMs - fromEpochMs) / columns);
  const points: ChartPoint[] = [];
  const bars: ShareBar[] = [];
  let previous: number | null = null;
  for (const [column, members] of groupByColumn(visible, columnMs)) {
    // Consecutive columns, or as far apart as the interval sets them, belong to one line.
    if (previous !== null && (column - previous) * columnMs > Math.max(columnMs, GAP_INTERVALS * intervalMs)) {
      points.push({ atEpochMs: (previous + 1) * columnMs, rttMs: null, moment: null });
    }
    previous = column;
    const from = column * columnMs;
    const to = from + columnMs;
    const rtts = members.flatMap((sample) => (sample.fate === 'echo-reply' ? [sample.rttMs] : []));
    const notSent = members.filter(({ fate }) => fate === 'send-failed').length;
    const lost = members.length - rtts.length - notSent;
    const spread = spreadOf(rtts);
    points.push({
      atEpochMs: Math.min(toEpochMs, (from + to) / 2),
      rttMs: spread?.mean ?? null,
      moment: { kind: 'column', fromEpochMs: from, toEpochMs: to, received: rtts.length, lost, notSent, rttMs: spread },
    });
    const share = (count: number, of: number) => ({ fromEpochMs: from, toEpochMs: to, share: count / of });
    if (lost > 0) pushBar(bars, { kind: 'lost', ...share(lost, lost + rtts.length) }, 1);
    if (notSent > 0) pushBar(bars, { kind: 'not-sent', ...share(notSent, members.length) }, 1);
  }
  return { points, columnMs, bars };
}

function spreadOf(rtts: readonly number[]): Spread | null {
  if (rtts.length === 0) return null;
  const sum = rtts.reduce((total, rtt) => total + rtt, 0);
  return { min: Math.min(...rtts), mean: sum / rtts.length, max: Math.max(...rtts) };
}

function groupByColumn(visible: readonly Sample[], columnMs: number): Map<number, Sample[]> {
  const groups = new Map<number, Sample[]>();
  for (const sample of visible) {
    const column = Math.floor(sample.sentAtEpochMs / columnMs);
    const members = groups.get(column);
    if (members === undefined) groups.set(column, [sample]);
    else members.push(sample);
  }
  return groups;
}

/** A stretch is a gap once every probe that could have been sent in it would have come to its end and be known here. */
function findGaps(ordered: readonly Sample[], viewport: Viewport): readonly Gap[] {
  const { fromEpochMs, toEpochMs, intervalMs, timeoutMs } = viewport;
  const settledUntil = toEpochMs - timeoutMs - DELIVERY_MS;
  const gaps: Gap[] = [];
  const consider = (afterEpochMs: number, untilEpochMs: number, endEpochMs: number) => {
    const from = Math.max(fromEpochMs, afterEpochMs + intervalMs / 2);
    if (untilEpochMs - afterEpochMs > GAP_INTERVALS * intervalMs && endEpochMs > from) {
      gaps.push({ fromEpochMs: from, toEpochMs: endEpochMs });
    }
  };
  let previousAt: number | null = null;
  for (const { sentAtEpochMs: at } of ordered) {
    if (previousAt !== null && at <= settledUntil) consider(previousAt, at, at - intervalMs / 2);
    previousAt = at;
  }
  if (previousAt !== null) consider(previousAt, settledUntil, toEpochMs);
  return gaps;
}
