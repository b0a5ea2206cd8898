import { momentAt } from '../../../../contract/chart/timeline-shapes.ts';
import type { Focus } from '../../live-store/path-store.ts';
import { centredFocus, movedFocus, type Period, pickedFocus, type Recorded } from './focus-change.ts';

/** The focus as a band over the timelines, and what dragging does to it. Lengths are in CSS pixels of the area. */

/** Where the plots of all timelines stand across the area, and what they show. */
export interface Axis {
  readonly shown: Period;
  readonly leftPx: number;
  readonly widthPx: number;
}

export interface Band {
  readonly leftPx: number;
  readonly widthPx: number;
  /** Whether it is all that the timelines show. */
  readonly isAll: boolean;
}

/** A band this much narrower than the plots is still all of them: borders of columns and of rounds differ a little. */
const NEARLY_ALL = 0.01;

/** Narrowest band, so that one round of a day is seen. */
const THINNEST_PX = 3;

/** Where the focus stands; null where none of it is shown. */
export function focusBand(focus: Period, { shown, leftPx, widthPx }: Axis): Band | null {
  if (focus.toEpochMs < shown.fromEpochMs || focus.fromEpochMs > shown.toEpochMs) return null;
  const length = Math.max(1, shown.toEpochMs - shown.fromEpochMs);
  const share = (epochMs: number) => Math.min(1, Math.max(0, (epochMs - shown.fromEpochMs) / length));
  const [from, to] = [share(focus.fromEpochMs), share(focus.toEpochMs)];
  const width = Math.max(THINNEST_PX, (to - from) * widthPx);
  const left = Math.min(leftPx + from * widthPx, leftPx + widthPx - width);
  return { leftPx: Math.round(left), widthPx: Math.round(width), isAll: to - from >= 1 - NEARLY_ALL };
}

/** What a drag is about. */
export type Grip = 'pick' | 'pan' | 'move' | 'from' | 'to';

/** How near to an edge of the band the pointer takes hold of it. */
const EDGE_PX = 5;

/** Height of the strip at the upper edge of the area by which the band is moved. */
export const HANDLE_PX = 8;

/** What a drag that begins at a place is about; Shift pans wherever it begins. */
export function gripAt(x: number, y: number, isShift: boolean, band: Band | null): Grip {
  if (isShift) return 'pan';
  if (band === null || band.isAll) return 'pick';
  if (Math.abs(x - band.leftPx) <= EDGE_PX) return 'from';
  if (Math.abs(x - band.leftPx - band.widthPx) <= EDGE_PX) return 'to';
  return y <= HANDLE_PX && x > band.leftPx && x < band.leftPx + band.widthPx ? 'move' : 'pick';
}

export interface Drag {
  readonly grip: Grip;
  readonly startPx: number;
  readonly endPx: number;
}

/** What is to change: the focus, or the span that the timelines show. */
export type DragResult = { readonly kind: 'focus' | 'span'; readonly to: Focus };

/** What a drag leads to; null where it is too short to be meant. */
export function dragResult(drag: Drag, focus: Period, axis: Axis, recorded: Recorded): DragResult | null {
  const moment = (px: number) => momentAt(px, axis.shown, axis.leftPx, axis.widthPx);
  const picked = (one: number, other: number): DragResult | null => {
    const to = pickedFocus(one, other);
    return to === null ? null : { kind: 'focus', to };
  };
  const share = (drag.endPx - drag.startPx) / Math.max(1, axis.widthPx);
  const length = axis.shown.toEpochMs - axis.shown.fromEpochMs;
  switch (drag.grip) {
    case 'pick':
      return picked(moment(drag.startPx), moment(drag.endPx));
    case 'from':
      return picked(moment(drag.endPx), focus.toEpochMs);
    case 'to':
      return picked(focus.fromEpochMs, moment(drag.endPx));
    case 'move': {
      const middle = (focus.fromEpochMs + focus.toEpochMs) / 2;
      return { kind: 'focus', to: centredFocus(focus, middle + share * length, recorded) };
    }
    case 'pan':
      return share === 0 ? null : { kind: 'span', to: movedFocus(axis.shown, -share, recorded) };
  }
}

/** The band while it is dragged: what would be in focus, or null while the timelines themselves are moved. */
export function draggedBand(drag: Drag, focus: Period, axis: Axis, recorded: Recorded): Band | null {
  const result = dragResult(drag, focus, axis, recorded);
  if (result === null || result.kind === 'span') return null;
  const { to } = result;
  const period =
    to.kind === 'period'
      ? to
      : { fromEpochMs: recorded.toEpochMs - (to.lengthMs ?? Number.MAX_SAFE_INTEGER), toEpochMs: recorded.toEpochMs };
  return focusBand(period, axis);
}
