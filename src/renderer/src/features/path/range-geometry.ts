import { rttScale, type Scale } from '../../../../contract/chart/chart-scale.ts';
import { DEFAULT_SETTINGS } from '../../../../contract/settings.ts';
import type { HopRow } from './hop-rows.ts';

/** Where the marks of the range graphics stand. All rows share one scale, so that they can be compared at a glance. */

/** Height of every row of the table in CSS pixels; the line from mean to mean counts on it. */
export const ROW_HEIGHT_PX = 28;

/** Air at the left and the right, so that a mark on the edge is not cut. */
const INSET_PX = 8;

/** Round trips are good below the first border and bad above the second, as the person has set. */
export interface ZoneBorders {
  readonly goodUntilMs: number;
  readonly warnUntilMs: number;
}

/** A scale that lone worst values stretch by more than this leaves them out. */
const STRETCH = 2;

/** Narrowest bar of loss, so that one lost probe in a thousand is seen. */
const THINNEST_LOSS_PX = 3;

/**
 * The scale that all rows share. It holds every mean, last value and 95th percentile; the longest round trips too,
 * unless they would squeeze all the rest into half of the room: then whiskers end at the edge in an arrow.
 */
export function rangeScale(rows: readonly HopRow[]): Scale {
  const ranges = rows.flatMap(({ range }) => (range === null ? [] : [range]));
  if (ranges.length === 0) return rttScale(null);
  const usual = Math.max(...ranges.map(({ meanMs, p95Ms, lastMs }) => Math.max(meanMs, p95Ms, lastMs ?? 0)));
  const longest = Math.max(...ranges.map(({ maxMs }) => maxMs));
  return rttScale(longest > usual * STRETCH ? usual : longest);
}

export interface RangeShape {
  readonly whisker: { readonly x: number; readonly width: number; readonly isCut: boolean } | null;
  readonly meanX: number | null;
  readonly lastX: number | null;
  /** Width of the bar of loss; 0 without loss. The whole room is 100 %. */
  readonly lossWidth: number;
  readonly isLossCarried: boolean;
  /** The part of the line from mean to mean that crosses this row, as points of an SVG polyline; null without one. */
  readonly line: string | null;
}

/** The shapes of each row, in the order of the rows, in a graphic of a width. */
export function rangeShapes(rows: readonly HopRow[], scale: Scale, widthPx: number): readonly RangeShape[] {
  const x = xOn(scale, widthPx);
  // The line goes from hop to hop; responders below their hop and silent hops are crossed, the round trip is not part.
  const joined = rows.flatMap(({ kind, range }, place) =>
    kind === 'hop' && range !== null ? [{ place, x: x(range.meanMs) }] : [],
  );
  return rows.map(({ kind, range, lossRatio, isLossCarried }, place) => {
    const end = range === null ? 0 : x(range.maxMs);
    return {
      whisker:
        range === null
          ? null
          : {
              x: x(range.minMs),
              width: round(Math.max(1, end - x(range.minMs))),
              isCut: range.maxMs > scale.max,
            },
      meanX: range === null ? null : x(range.meanMs),
      lastX: range === null || range.lastMs === null ? null : x(range.lastMs),
      lossWidth:
        lossRatio === 0 || kind === 'silent'
          ? 0
          : round(Math.max(THINNEST_LOSS_PX, lossRatio * Math.max(0, widthPx - 2 * INSET_PX))),
      isLossCarried,
      line: lineThrough(joined, place),
    };
  });
}

interface Joint {
  readonly place: number;
  readonly x: number;
}

/** Points at the upper edge, the joint itself and the lower edge, as far as the line goes. */
function lineThrough(joints: readonly Joint[], place: number): string | null {
  const before = joints.findLast((joint) => joint.place < place);
  const here = joints.find((joint) => joint.place === place);
  const after = joints.find((joint) => joint.place > place);
  const from = here ?? before;
  const to = here ?? after;
  if (from === undefined || to === undefined) return null;
  const points: string[] = [];
  if (before !== undefined) points.push(`${between(before, to, place - 0.5)},0`);
  if (here !== undefined) points.push(`${here.x},${ROW_HEIGHT_PX / 2}`);
  if (after !== undefined) points.push(`${between(from, after, place + 0.5)},${ROW_HEIGHT_PX}`);
  return points.length < 2 ? null : points.join(' ');
}

/** The x at a height between two joints; a height is told in rows. */
function between(from: Joint, to: Joint, row: number): number {
  return round(from.x + ((to.x - from.x) * (row - from.place)) / (to.place - from.place));
}

export interface Zone {
  readonly tone: 'good' | 'warn' | 'bad';
  readonly x: number;
  readonly width: number;
}

/** The quiet background, as far as the scale goes. */
export function rangeZones(
  scale: Scale,
  widthPx: number,
  { goodUntilMs, warnUntilMs }: ZoneBorders = DEFAULT_SETTINGS,
): readonly Zone[] {
  const x = xOn(scale, widthPx);
  const borders = [
    { tone: 'good', from: 0, to: goodUntilMs },
    { tone: 'warn', from: goodUntilMs, to: warnUntilMs },
    { tone: 'bad', from: warnUntilMs, to: scale.max },
  ] as const;
  return borders
    .filter(({ from }) => from < scale.max)
    .map(({ tone, from, to }) => {
      const left = from === 0 ? 0 : x(from);
      const right = to >= scale.max ? widthPx : x(to);
      return { tone, x: left, width: round(right - left) };
    });
}

/** Room that a label takes beside the last one, which has the unit and stands at the right edge. */
const LABEL_PX = 64;

export interface RangeTick {
  readonly x: number;
  readonly value: number;
  /** Whether its label has room. The line is there in any case. */
  readonly isLabelled: boolean;
}

/** The lines behind the graphics, with the labels above them. */
export function rangeTicks(scale: Scale, widthPx: number): readonly RangeTick[] {
  const x = xOn(scale, widthPx);
  return scale.ticks.map((value, place) => {
    const isLast = place === scale.ticks.length - 1;
    return { x: x(value), value, isLabelled: isLast || x(value) <= widthPx - LABEL_PX };
  });
}

function xOn(scale: Scale, widthPx: number): (ms: number) => number {
  const room = Math.max(0, widthPx - 2 * INSET_PX);
  return (ms) => round(INSET_PX + room * Math.min(1, Math.max(0, ms / scale.max)));
}

/** A tenth of a pixel is finer than any screen. */
function round(px: number): number {
  return Math.round(px * 10) / 10;
}
