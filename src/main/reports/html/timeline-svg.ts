import { formatRttTick, rttScale, timeScale } from '../../../contract/chart/chart-scale.ts';
import { type Period, type TimelineMark, timelineSeries } from '../../../contract/chart/timeline-series.ts';
import { timelineShapes } from '../../../contract/chart/timeline-shapes.ts';
import type { Gap } from '../../../contract/path.ts';
import type { Timeline } from '../../../contract/timeline.ts';
import { escapeHtml } from './html-text.ts';

/** What a chart is of. */
export interface DrawnTimeline {
  readonly timeline: Timeline;
  /** What a screen reader calls it. */
  readonly name: string;
  readonly shown: Period;
  readonly gaps: readonly Gap[];
  readonly marks: readonly TimelineMark[];
  readonly intervalMs: number;
}

const WIDTH = 960;
const HEIGHT = 190;
/** Room for the labels of the axes, and above the plot for those of marks. */
const PLOT = { x: 52, y: 18, width: WIDTH - 52 - 52, height: HEIGHT - 18 - 34 };

/** The longest of an answer that may still be under way at the end of a session: none, it has ended. */
const NOTHING_OPEN_MS = 0;

/** A chart of round trips and loss: median over its smoke, loss as bars from the top on the scale at the right. */
export function timelineSvg({ timeline, name, shown, gaps, marks, intervalMs }: DrawnTimeline): string {
  const series = timelineSeries(timeline, shown, gaps, { intervalMs, timeoutMs: NOTHING_OPEN_MS });
  const scale = rttScale(series.maxMs);
  const time = timeScale(shown.fromEpochMs, shown.toEpochMs, PLOT.width);
  const shapes = timelineShapes(series, marks, shown, scale.max, PLOT);
  const xOf = (at: number) =>
    tenth(PLOT.x + ((at - shown.fromEpochMs) / Math.max(1, shown.toEpochMs - shown.fromEpochMs)) * PLOT.width);
  const yOf = (ms: number) => tenth(PLOT.y + PLOT.height * (1 - Math.min(1, ms / scale.max)));
  const bottom = PLOT.y + PLOT.height;
  const grid = scale.ticks.map((tick) => line(PLOT.x, yOf(tick), PLOT.x + PLOT.width, yOf(tick), 'grid'));
  const rttLabels = scale.ticks.map((tick) =>
    text(PLOT.x - 8, yOf(tick) + 4, 'end', formatRttTick(tick, scale.decimals)),
  );
  const timeLabels = time.ticks.map(
    (at) =>
      `${line(xOf(at), bottom, xOf(at), bottom + 4, 'axis')}${text(xOf(at), bottom + 17, 'middle', clock(at, time.withSeconds))}`,
  );
  const median = series.points.reduce(
    ({ path, isOpen }, { atEpochMs, medianMs }) =>
      medianMs === null
        ? { path, isOpen: false }
        : { path: `${path}${isOpen ? 'L' : 'M'}${xOf(atEpochMs)},${yOf(medianMs)}`, isOpen: true },
    { path: '', isOpen: false },
  ).path;
  return [
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(name)}" xmlns="http://www.w3.org/2000/svg">`,
    ...shapes.noData.map(
      ({ x, width, label }) =>
        `<rect class="gap" x="${x}" y="${PLOT.y}" width="${width}" height="${PLOT.height}"/>${label === null ? '' : text(label.x, label.y, 'middle', label.text)}`,
    ),
    ...grid,
    ...shapes.smoke.map(({ kind, path }) => (path === null ? '' : `<path class="smoke-${kind}" d="${path}"/>`)),
    ...shapes.lonely.map(
      ({ x, top, bottom: low, dot }) =>
        `${line(x, top, x, low, 'stroke')}<circle class="dot" cx="${x}" cy="${dot}" r="2"/>`,
    ),
    median === '' ? '' : `<path class="median" d="${median}"/>`,
    ...shapes.loss.map(
      ({ x, y, width, height }) => `<rect class="loss" x="${x}" y="${y}" width="${width}" height="${height}"/>`,
    ),
    ...shapes.marks.map(
      ({ x, label }) => `${line(x, PLOT.y, x, bottom, 'mark')}${text(x, PLOT.y - 5, 'middle', label)}`,
    ),
    ...rttLabels,
    ...shapes.lossTicks.map(({ x, y, label }) => text(x, y + 4, 'start', label)),
    line(PLOT.x, bottom, PLOT.x + PLOT.width, bottom, 'axis'),
    ...timeLabels,
    text(PLOT.x - 8, HEIGHT - 4, 'end', 'ms'),
    text(PLOT.x + PLOT.width / 2, HEIGHT - 4, 'middle', 'UTC'),
    text(PLOT.x + PLOT.width + 8, HEIGHT - 4, 'start', 'loss'),
    '</svg>',
  ].join('');
}

function line(x1: number, y1: number, x2: number, y2: number, kind: string): string {
  return `<line class="${kind}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}"/>`;
}

function text(x: number, y: number, anchor: 'start' | 'middle' | 'end', content: string): string {
  return `<text x="${tenth(x)}" y="${tenth(y)}" text-anchor="${anchor}">${escapeHtml(content)}</text>`;
}

/** Of a moment in UTC. */
function clock(epochMs: number, withSeconds: boolean): string {
  return new Date(epochMs).toISOString().slice(11, withSeconds ? 19 : 16);
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
