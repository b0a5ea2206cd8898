import { type EpochMilliseconds, epochMilliseconds, type Milliseconds } from '../../../contract/units.ts';
import type { ReadableTimeline } from './timeline.ts';

/** A column: the time that it stands for, and its rounds, from the first to before the last. */
export interface ColumnSpan {
  readonly from: number;
  readonly to: number;
  readonly first: number;
  readonly end: number;
}

/** How far rounds lie apart where nothing is missing: at most, and where the rate is highest. */
export interface Rhythm {
  readonly interval: Milliseconds;
  readonly closest: Milliseconds;
}

/** A column's width in intervals is one of these or ten, a hundred… times as much: the next is never twice as wide. */
const WIDTHS = [1, 2, 3, 4, 5, 6, 8, 10];

/** Rounds further apart than so many intervals have an empty column between them, where each has one of its own. */
const HOLE = 2.5;

/**
 * Columns of a period, `most` of them at most (2 or more). Each round has one of its own where there is room for that, or
 * for all but one, since a period may touch one more than its length says; else they are equally wide, a multiple of the
 * interval, and on a grid that does not move with the period.
 */
export function columnSpans(
  timeline: ReadableTimeline,
  { interval, closest }: Rhythm,
  from: EpochMilliseconds,
  to: EpochMilliseconds,
  most: number,
): ColumnSpan[] {
  const recorded = timeline.locate(from, to);
  const low = epochMilliseconds(Math.max(from, recorded.from));
  const high = epochMilliseconds(Math.min(to, recorded.to));
  if (timeline.rounds === 0 || high <= low) return [];
  // Only what is recorded needs room. What is asked for until now ends a millisecond later.
  const length = Math.floor(high - low - 1) / closest;
  const rounds = length <= most ? roundSpans(timeline, interval, low, high) : null;
  if (rounds !== null && rounds.length <= most + 1) return rounds;
  const width = niceWidth(Math.max(1, length / (most - 1)));
  return gridSpans(timeline.grained(width), width * closest, low, high);
}

/** The least of the usual widths that is not less, in intervals. */
function niceWidth(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * (WIDTHS.find((width) => width * power >= least) ?? 10);
}

/** One for each round; null where rounds are no longer kept one by one. */
function roundSpans(
  timeline: ReadableTimeline,
  interval: Milliseconds,
  low: EpochMilliseconds,
  high: EpochMilliseconds,
): ColumnSpan[] | null {
  const { first, end } = timeline.locate(low, high);
  if (first === end) return [{ from: low, to: high, first, end }];
  if (first < timeline.firstKept) return null;
  const spans: ColumnSpan[] = [];
  for (let round = first; round < end; round += 1) {
    const from = timeline.began(round);
    const next = round + 1 < end ? timeline.began(round + 1) : from + interval;
    const isHole = next - from > HOLE * interval;
    const to = isHole ? from + interval : next;
    spans.push({ from, to, first: round, end: round + 1 });
    if (isHole) spans.push({ from: to, to: next, first: round + 1, end: round + 1 });
  }
  return spans;
}

function gridSpans(timeline: ReadableTimeline, width: number, low: number, high: number): ColumnSpan[] {
  const begin = epochMilliseconds(Math.floor(low / width) * width);
  const finish = epochMilliseconds(Math.ceil(high / width) * width);
  const spans: ColumnSpan[] = [];
  let { first } = timeline.locate(begin, finish);
  for (let from: number = begin; from < finish; ) {
    const border = timeline.border(epochMilliseconds(from + width));
    // A roll-up that is wider than a column is not divided: it gets one as wide as it takes.
    const reached = Math.max(from, border.before ?? from);
    const to = (Math.floor(reached / width) + 1) * width;
    const end = Math.max(first, border.round);
    spans.push({ from, to, first, end });
    first = end;
    from = to;
  }
  return spans;
}
