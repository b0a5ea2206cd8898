import type { Gap, PathEvent, PathReport } from '../path.ts';
import type { Timeline, TimelineColumn } from '../timeline.ts';
import { machineMarks } from './machine-marks.ts';

/** A stretch of time. */
export interface Period {
  readonly fromEpochMs: number;
  readonly toEpochMs: number;
}

/** What one timeline draws, made from the engine's columns. Pure: the same columns give the same series. */

/** One point of the median line; null interrupts it. */
export interface TimelinePoint {
  readonly atEpochMs: number;
  readonly medianMs: number | null;
  readonly column: TimelineColumn;
}

/** A stretch in which nothing was measured, and why where that is known. */
export interface NoData extends Period {
  readonly cause: Gap['cause'] | null;
}

export interface LossBar extends Period {
  /** Above 0, at most 1. */
  readonly ratio: number;
}

export interface TimelineSeries {
  readonly points: readonly TimelinePoint[];
  readonly lossBars: readonly LossBar[];
  readonly noData: readonly NoData[];
  /** Longest round trip shown. */
  readonly maxMs: number | null;
}

/** So many intervals without a round count as a pause. Above 2, so that one round begun late is none. */
const GAP_INTERVALS = 2.5;

/** How long the fate of a round may still be open: the answers of the newest are on their way. */
interface Rhythm {
  readonly intervalMs: number;
  readonly timeoutMs: number;
}

/** The series of a timeline within the period shown. */
export function timelineSeries(
  { columns }: Timeline,
  shown: Period,
  gaps: readonly Gap[],
  rhythm: Rhythm,
): TimelineSeries {
  const visible = columns.filter(
    (column) => column.toEpochMs > shown.fromEpochMs && column.fromEpochMs < shown.toEpochMs,
  );
  const noData = noDataOf(visible, shown, gaps, rhythm);
  const points = visible
    // A column narrower than the interval may have no round and yet be no gap: the line goes on over it.
    .filter((column) => column.rounds > 0 || noData.some((gap) => overlaps(gap, column)))
    .map((column) => ({
      atEpochMs: clamp((column.fromEpochMs + column.toEpochMs) / 2, shown),
      medianMs: column.p50Ms,
      column,
    }));
  return {
    points,
    lossBars: lossBarsOf(visible, shown),
    noData,
    maxMs: visible.reduce<number | null>(
      (max, column) => (column.maxMs === null ? max : Math.max(max ?? 0, column.maxMs)),
      null,
    ),
  };
}

function overlaps(one: Period, other: Period): boolean {
  return one.fromEpochMs < other.toEpochMs && one.toEpochMs > other.fromEpochMs;
}

function clamp(atEpochMs: number, { fromEpochMs, toEpochMs }: Period): number {
  return Math.min(toEpochMs, Math.max(fromEpochMs, atEpochMs));
}

function noDataOf(
  columns: readonly TimelineColumn[],
  shown: Period,
  gaps: readonly Gap[],
  { intervalMs, timeoutMs }: Rhythm,
): readonly NoData[] {
  const found: NoData[] = [];
  const longest = GAP_INTERVALS * intervalMs;
  for (const run of runsOf(columns, ({ rounds }) => rounds === 0)) {
    const period = { fromEpochMs: clamp(run.fromEpochMs, shown), toEpochMs: clamp(run.toEpochMs, shown) };
    const isNewest = run.toEpochMs >= shown.toEpochMs;
    if (period.toEpochMs - period.fromEpochMs <= (isNewest ? longest + timeoutMs : longest)) continue;
    found.push({ ...period, cause: gaps.find((gap) => overlaps(gap, period))?.cause ?? null });
  }
  return found;
}

/** Stretches of neighbouring columns that have something in common. */
function runsOf(columns: readonly TimelineColumn[], belongs: (column: TimelineColumn) => boolean): readonly Period[] {
  const runs: Period[] = [];
  let open: { fromEpochMs: number; toEpochMs: number } | null = null;
  for (const column of columns) {
    if (!belongs(column)) {
      open = null;
    } else if (open === null) {
      open = { fromEpochMs: column.fromEpochMs, toEpochMs: column.toEpochMs };
      runs.push(open);
    } else {
      open.toEpochMs = column.toEpochMs;
    }
  }
  return runs;
}

/** Neighbours of the same height are one bar: an outage is a block, not a fence. */
function lossBarsOf(columns: readonly TimelineColumn[], shown: Period): readonly LossBar[] {
  const bars: { fromEpochMs: number; toEpochMs: number; ratio: number }[] = [];
  for (const { fromEpochMs, toEpochMs, lossRatio } of columns) {
    if (lossRatio === null || lossRatio === 0) continue;
    const last = bars.at(-1);
    const to = clamp(toEpochMs, shown);
    if (last !== undefined && last.ratio === lossRatio && last.toEpochMs === fromEpochMs) last.toEpochMs = to;
    else bars.push({ fromEpochMs: clamp(fromEpochMs, shown), toEpochMs: to, ratio: lossRatio });
  }
  return bars;
}

/** A moment marked by an upright line over all timelines; each kind has a line of its own. */
export interface TimelineMark {
  readonly kind: 'route-change' | 'clock-stepped' | 'machine-changed' | 'alert' | 'comment';
  readonly atEpochMs: number;
  /** A word or two; it is left out where the one before it needs the room. */
  readonly label: string;
  /** What is told on pointing at it, where the label does not say it all. */
  readonly title?: string;
}

/** The gaps of the report and, where more than the focus is shown, those that the stream told. */
export function gapsOf({ gaps }: PathReport, events: readonly PathEvent[]): readonly Gap[] {
  const told = events.flatMap((event) => (event.kind === 'gap' ? [event.gap] : []));
  return [...gaps, ...told.filter(({ fromEpochMs }) => gaps.every((gap) => gap.fromEpochMs !== fromEpochMs))];
}

/** Route changes, steps of the clock and changes around the machine within the period shown, those outside of the focus as the stream told them. */
export function timelineMarks(
  report: PathReport,
  events: readonly PathEvent[],
  shown: Period,
  others: readonly TimelineMark[] = [],
): readonly TimelineMark[] {
  const isShown = (atEpochMs: number) => atEpochMs >= shown.fromEpochMs && atEpochMs <= shown.toEpochMs;
  const told = events.flatMap((event) => (event.kind === 'route-change' ? [event.change.atEpochMs] : []));
  const routes = [...new Set([...report.routeChanges.map(({ atEpochMs }) => atEpochMs), ...told])].map(
    (atEpochMs) => ({ kind: 'route-change', atEpochMs, label: 'route' }) as const,
  );
  const steps = events.flatMap((event) =>
    event.kind === 'clock-stepped'
      ? [{ kind: 'clock-stepped', atEpochMs: event.atEpochMs, label: 'clock' } as const]
      : [],
  );
  return [...routes, ...steps, ...machineMarks(events), ...others]
    .filter(({ atEpochMs }) => isShown(atEpochMs))
    .toSorted((a, b) => a.atEpochMs - b.atEpochMs);
}

/** Most columns of a timeline, and so most points of a chart. */
const MOST_COLUMNS = 300;

/** With so many columns a line is smooth; where there are more rounds, each column rather gets more of them, as smoke. */
const SMOOTH_COLUMNS = 150;

/** Narrowest column in CSS pixels. */
const COLUMN_PX = 3;

/**
 * How many columns to ask for over a period that is only partly recorded: so many that those recorded make a smooth
 * line, each wide enough to be seen. It changes by whole rounds for a column, so that the picture is steady while it grows.
 */
export function columnsFor(askedMs: number, recordedMs: number, intervalMs: number, plotWidthPx: number): number {
  const roundsOfColumn = Math.max(1, Math.ceil(recordedMs / intervalMs / SMOOTH_COLUMNS));
  const wanted = Math.ceil(askedMs / (roundsOfColumn * intervalMs)) + 1;
  return Math.max(1, Math.min(MOST_COLUMNS, Math.floor(plotWidthPx / COLUMN_PX), wanted));
}
