import { type MouseEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { momentAt } from '../../../../contract/chart/timeline-shapes.ts';
import type { Focus } from '../../live-store/path-store.ts';
import { centredFocus, type Period, type Recorded, zoomedFocus } from './focus-change.ts';
import { type Axis, type Band, type Drag, draggedBand, dragResult, focusBand, gripAt } from './timeline-band.ts';

interface TimelineGesturesInput {
  readonly axis: Axis;
  readonly focus: Period;
  readonly recorded: () => Recorded;
  /** Puts a period into focus; what the timelines show stays. */
  readonly onPick: (focus: Focus) => void;
  /** Has the timelines show another span. */
  readonly onSpan: (span: Focus) => void;
}

/** A pointer that moved less was a click. */
const DRAG_PX = 5;

/** A page that was scrolled so shortly ago is still being scrolled: then the wheel is not for zooming. */
const SCROLLING_MS = 400;

/** One notch of a wheel, which is about 100 units, shows a quarter more or less. */
const ZOOM_PER_UNIT = Math.log(1.25) / 100;

/**
 * Dragging across the timelines picks a period, at the edges or the handle of the band it changes the focus, with Shift
 * it pans; a double click brings the focus there, and the wheel zooms around the pointer. Escape lets a drag go.
 */
export function useTimelineGestures(input: TimelineGesturesInput) {
  const areaRef = useRef<HTMLDivElement>(null);
  const newest = useRef(input);
  const begun = useRef<Drag | null>(null);
  const [drag, setDrag] = useState<Drag | null>(null);
  useEffect(() => {
    newest.current = input;
  });

  useEffect(() => {
    const area = areaRef.current;
    if (area === null) return;
    let scrolledAt = Number.NEGATIVE_INFINITY;
    let turned = 0;
    let pointerPx = 0;
    let frame: number | null = null;
    const zoom = () => {
      const { axis, recorded, onSpan } = newest.current;
      const at = momentAt(pointerPx, axis.shown, axis.leftPx, axis.widthPx);
      onSpan(zoomedFocus(axis.shown, at, Math.exp(turned * ZOOM_PER_UNIT), recorded()));
      turned = 0;
      frame = null;
    };
    const onWheel = (event: WheelEvent) => {
      if (event.deltaY === 0 || event.timeStamp - scrolledAt < SCROLLING_MS) return;
      event.preventDefault();
      turned += event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * 33 : event.deltaY;
      pointerPx = event.clientX - area.getBoundingClientRect().left;
      frame ??= requestAnimationFrame(zoom);
    };
    const onScroll = (event: Event) => {
      scrolledAt = event.timeStamp;
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || begun.current === null) return;
      begun.current = null;
      setDrag(null);
    };
    // React listens passively, and a passive listener cannot keep the page from scrolling.
    area.addEventListener('wheel', onWheel, { passive: false });
    window.addEventListener('scroll', onScroll, { passive: true });
    window.addEventListener('keydown', onKeyDown);
    return () => {
      area.removeEventListener('wheel', onWheel);
      window.removeEventListener('scroll', onScroll);
      window.removeEventListener('keydown', onKeyDown);
      if (frame !== null) cancelAnimationFrame(frame);
    };
  }, []);

  const placeOf = (event: MouseEvent<HTMLDivElement>) => {
    const { leftPx, widthPx } = newest.current.axis;
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return { x: Math.min(leftPx + widthPx, Math.max(leftPx, event.clientX - left)), y: event.clientY - top };
  };

  const letGo = () => {
    begun.current = null;
    setDrag(null);
  };

  const handlers = {
    // Else a drag would select text, and a click would leave a ring around the chart as if the keyboard were there.
    onMouseDown: (event: MouseEvent<HTMLDivElement>) => event.preventDefault(),
    onPointerDown: (event: PointerEvent<HTMLDivElement>) => {
      const { axis, focus } = newest.current;
      if (event.button !== 0 || event.pointerType === 'touch' || isOnButton(event)) return;
      const { x, y } = placeOf(event);
      begun.current = { grip: gripAt(x, y, event.shiftKey, focusBand(focus, axis)), startPx: x, endPx: x };
    },
    onPointerMove: (event: PointerEvent<HTMLDivElement>) => {
      const { current } = begun;
      if (current === null) return;
      const { x } = placeOf(event);
      if (drag === null && Math.abs(x - current.startPx) < DRAG_PX) return;
      if (drag === null) event.currentTarget.setPointerCapture(event.pointerId);
      setDrag({ ...current, endPx: x });
    },
    onPointerUp: (event: PointerEvent<HTMLDivElement>) => {
      const { current } = begun;
      letGo();
      if (current === null || drag === null) return;
      const { axis, focus, recorded, onPick, onSpan } = newest.current;
      const result = dragResult({ ...current, endPx: placeOf(event).x }, focus, axis, recorded());
      if (result?.kind === 'focus') onPick(result.to);
      else if (result?.kind === 'span') onSpan(result.to);
    },
    onPointerCancel: letGo,
    onDoubleClick: (event: MouseEvent<HTMLDivElement>) => {
      const { axis, focus, recorded, onPick } = newest.current;
      if (isOnButton(event) || focusBand(focus, axis)?.isAll === true) return;
      const at = momentAt(placeOf(event).x, axis.shown, axis.leftPx, axis.widthPx);
      onPick(centredFocus(focus, at, recorded()));
    },
  };

  const { axis, focus, recorded } = input;
  /** While something is dragged, what would be in focus. */
  const dragged: Band | null = drag === null ? null : draggedBand(drag, focus, axis, recorded());
  /** How far the timelines are pulled aside, in CSS pixels. */
  const pulledPx = drag?.grip === 'pan' ? drag.endPx - drag.startPx : 0;
  return { areaRef, dragged, pulledPx, isDragging: drag !== null, handlers };
}

function isOnButton({ target }: { readonly target: EventTarget }): boolean {
  return target instanceof Element && target.closest('button, select, input, label') !== null;
}
