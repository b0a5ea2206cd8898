import { type MouseEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import type { Focus } from '../../live-store/path-store.ts';
import { type Period, pickedFocus, type Recorded, zoomedFocus } from './focus-change.ts';
import { momentAt } from './timeline-shapes.ts';

interface TimelineGesturesInput {
  readonly shown: Period;
  /** Where the plots begin within the area, and how wide they are, in CSS pixels. */
  readonly plotLeftPx: number;
  readonly plotWidthPx: number;
  readonly recorded: () => Recorded;
  readonly onFocus: (focus: Focus) => void;
}

interface Selection {
  readonly leftPx: number;
  readonly widthPx: number;
}

/** A pointer that moved less was a click. */
const DRAG_PX = 5;

/** A page that was scrolled so shortly ago is still being scrolled: then the wheel is not for zooming. */
const SCROLLING_MS = 400;

/** One notch of a wheel, which is about 100 units, shows a quarter more or less. */
const ZOOM_PER_UNIT = Math.log(1.25) / 100;

/** Dragging across the timelines picks a period; the wheel zooms around the pointer. Escape lets a drag go. */
export function useTimelineGestures(input: TimelineGesturesInput) {
  const areaRef = useRef<HTMLDivElement>(null);
  const newest = useRef(input);
  const startPx = useRef<number | null>(null);
  const [selection, setSelection] = useState<Selection | null>(null);
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
      const { shown, plotLeftPx, plotWidthPx, recorded, onFocus } = newest.current;
      const at = momentAt(pointerPx, shown, plotLeftPx, plotWidthPx);
      onFocus(zoomedFocus(shown, at, Math.exp(turned * ZOOM_PER_UNIT), recorded()));
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
      if (event.key !== 'Escape' || startPx.current === null) return;
      startPx.current = null;
      setSelection(null);
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

  const pxOf = (event: PointerEvent<HTMLDivElement>) => {
    const { plotLeftPx, plotWidthPx } = newest.current;
    const px = event.clientX - event.currentTarget.getBoundingClientRect().left;
    return Math.min(plotLeftPx + plotWidthPx, Math.max(plotLeftPx, px));
  };

  const handlers = {
    // Else a drag would select text, and a click would leave a ring around the chart as if the keyboard were there.
    onMouseDown: (event: MouseEvent<HTMLDivElement>) => event.preventDefault(),
    onPointerDown: (event: PointerEvent<HTMLDivElement>) => {
      const isOnButton = event.target instanceof Element && event.target.closest('button') !== null;
      if (event.button === 0 && event.pointerType !== 'touch' && !isOnButton) startPx.current = pxOf(event);
    },
    onPointerMove: (event: PointerEvent<HTMLDivElement>) => {
      if (startPx.current === null) return;
      const px = pxOf(event);
      if (selection === null && Math.abs(px - startPx.current) < DRAG_PX) return;
      if (selection === null) event.currentTarget.setPointerCapture(event.pointerId);
      setSelection({ leftPx: Math.min(px, startPx.current), widthPx: Math.abs(px - startPx.current) });
    },
    onPointerUp: (event: PointerEvent<HTMLDivElement>) => {
      const start = startPx.current;
      startPx.current = null;
      setSelection(null);
      if (start === null || selection === null) return;
      const { shown, plotLeftPx, plotWidthPx, onFocus } = newest.current;
      const moment = (px: number) => momentAt(px, shown, plotLeftPx, plotWidthPx);
      const picked = pickedFocus(moment(start), moment(pxOf(event)));
      if (picked !== null) onFocus(picked);
    },
    onPointerCancel: () => {
      startPx.current = null;
      setSelection(null);
    },
  };

  return { areaRef, selection, handlers };
}
