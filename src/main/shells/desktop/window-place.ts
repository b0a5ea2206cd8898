import type { BrowserWindow, Rectangle } from 'electron';
import { milliseconds } from '../../../contract/units.ts';
import type { Clock } from '../../base/clock.ts';
import { onDispose } from '../../base/disposables.ts';

/** Where a window was, in the screen's own pixels. */
export interface WindowPlace {
  /** Null where the system does not tell positions. */
  readonly position: { readonly x: number; readonly y: number } | null;
  readonly width: number;
  readonly height: number;
  readonly isMaximized: boolean;
  /** 0 is 100 %, each step 20 % more or less. */
  readonly zoomLevel: number;
}

export const LEAST_SIZE = { width: 900, height: 600 } as const;
const FIRST_SIZE = { width: 1_180, height: 760 } as const;

/** A window of which less is to be seen could not be taken hold of. */
const LEAST_SEEN = { width: 100, height: 40 } as const;

/** Time without a change after which a place is kept: a window that is dragged tells many. */
const SETTLED = milliseconds(500);

/**
 * Bounds for a window that was at a place, on the displays there are now (their work areas, the main one first): always
 * where it can be seen. Without `x` and `y` it is put in the middle of the main display.
 */
export function fitWindow(place: WindowPlace | null, workAreas: readonly Rectangle[]): Partial<Rectangle> {
  const { position, ...size } = place ?? { position: null, ...FIRST_SIZE };
  const home = position === null ? undefined : workAreas.find((area) => isSeen({ ...position, ...size }, area));
  const area = home ?? workAreas[0];
  const width = Math.min(Math.max(size.width, LEAST_SIZE.width), area?.width ?? size.width);
  const height = Math.min(Math.max(size.height, LEAST_SIZE.height), area?.height ?? size.height);
  if (home === undefined || position === null) return { width, height };
  return {
    x: clamp(position.x, home.x, home.x + home.width - width),
    y: clamp(position.y, home.y, home.y + home.height - height),
    width,
    height,
  };
}

/** Whether enough of a window's upper edge lies in an area. */
function isSeen(window: Rectangle, area: Rectangle): boolean {
  const left = Math.max(window.x, area.x);
  const right = Math.min(window.x + window.width, area.x + area.width);
  const isInHeight = window.y >= area.y - LEAST_SEEN.height && window.y <= area.y + area.height - LEAST_SEEN.height;
  return isInHeight && right - left >= LEAST_SEEN.width;
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}

/** Keeps the place of a window whenever it has come to rest, and when it closes. */
export function followWindow(
  deps: { readonly clock: Clock; readonly hasPositions: boolean; readonly keep: (place: WindowPlace) => void },
  window: BrowserWindow,
): void {
  let timer: Disposable | null = null;
  const keep = () => {
    timer = null;
    if (window.isDestroyed()) return;
    const { x, y, width, height } = window.getNormalBounds();
    deps.keep({
      position: deps.hasPositions ? { x, y } : null,
      width,
      height,
      isMaximized: window.isMaximized(),
      zoomLevel: window.webContents.getZoomLevel(),
    });
  };
  const changed = () => {
    timer?.[Symbol.dispose]();
    timer = deps.clock.after(SETTLED, keep);
  };
  window.on('resize', changed);
  window.on('move', changed);
  window.on('maximize', changed);
  window.on('unmaximize', changed);
  // Zooming tells nobody, so it is read here.
  window.on('close', keep);
  window.once('closed', onDispose(() => timer?.[Symbol.dispose]())[Symbol.dispose]);
}
