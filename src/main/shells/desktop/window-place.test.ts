import { describe, expect, it } from 'vitest';
import { fitWindow, type WindowPlace } from './window-place.ts';

const MAIN = { x: 0, y: 30, width: 1_920, height: 1_050 };
const SECOND = { x: 1_920, y: 0, width: 1_280, height: 1_024 };

const at = (x: number, y: number, width = 1_000, height = 700): WindowPlace => ({
  position: { x, y },
  width,
  height,
  isMaximized: false,
  zoomLevel: 0,
});

describe('where a window opens', () => {
  it('is in the middle at the first start, and where the system tells no positions', () => {
    expect(fitWindow(null, [MAIN])).toEqual({ width: 1_180, height: 760 });
    expect(fitWindow({ ...at(0, 0), position: null }, [MAIN])).toEqual({ width: 1_000, height: 700 });
  });

  it('is where it was', () => {
    expect(fitWindow(at(100, 200), [MAIN, SECOND])).toEqual({ x: 100, y: 200, width: 1_000, height: 700 });
    expect(fitWindow(at(2_000, 100), [MAIN, SECOND])).toEqual({ x: 2_000, y: 100, width: 1_000, height: 700 });
  });

  it('is the main display when its own has vanished', () => {
    expect(fitWindow(at(2_000, 100), [MAIN])).toEqual({ width: 1_000, height: 700 });
    expect(fitWindow(at(-5_000, -5_000), [MAIN, SECOND])).toEqual({ width: 1_000, height: 700 });
  });

  it('is moved to where all of it is seen', () => {
    expect(fitWindow(at(1_700, 900), [MAIN])).toEqual({ x: 920, y: 380, width: 1_000, height: 700 });
    expect(fitWindow(at(-50, 10), [MAIN])).toEqual({ x: 0, y: 30, width: 1_000, height: 700 });
  });

  it('is at most as large as the display, and at least 900 by 600 where that fits', () => {
    expect(fitWindow(at(0, 30, 5_000, 4_000), [MAIN])).toEqual({ x: 0, y: 30, width: 1_920, height: 1_050 });
    expect(fitWindow(at(0, 30, 400, 300), [MAIN])).toEqual({ x: 0, y: 30, width: 900, height: 600 });
    expect(fitWindow(at(0, 0), [{ x: 0, y: 0, width: 800, height: 480 }])).toEqual({
      x: 0,
      y: 0,
      width: 800,
      height: 480,
    });
  });

  it('always shows its upper edge, wherever it was and whatever displays there are', () => {
    for (const areas of [[MAIN], [MAIN, SECOND], [SECOND]]) {
      for (let x = -4_000; x <= 4_000; x += 250) {
        for (let y = -3_000; y <= 3_000; y += 250) {
          const { x: left, y: top, width = 0 } = fitWindow(at(x, y), areas);
          if (left === undefined || top === undefined) continue;
          const within = areas.some(
            (area) =>
              left >= area.x && left + width <= area.x + area.width && top >= area.y && top < area.y + area.height,
          );
          expect(within).toBe(true);
        }
      }
    }
  });
});
