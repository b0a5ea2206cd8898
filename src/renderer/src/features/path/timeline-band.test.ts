import { describe, expect, it } from 'vitest';
import { type Axis, dragResult, focusBand, gripAt } from './timeline-band.ts';

/** 100 s in 200 px: half a second a pixel. */
const AXIS: Axis = { shown: { fromEpochMs: 0, toEpochMs: 100_000 }, leftPx: 50, widthPx: 200 };
const FOCUS = { fromEpochMs: 20_000, toEpochMs: 60_000 };
const RECORDED = { fromEpochMs: -50_000, toEpochMs: 150_000 };
const BAND = { leftPx: 90, widthPx: 80, isAll: false };

describe('the band of the focus', () => {
  it('stands where its period is, cut to what is shown', () => {
    expect(focusBand(FOCUS, AXIS)).toEqual(BAND);
    expect(focusBand({ fromEpochMs: -10_000, toEpochMs: 50_000 }, AXIS)).toEqual({
      leftPx: 50,
      widthPx: 100,
      isAll: false,
    });
    expect(focusBand({ fromEpochMs: 100, toEpochMs: 99_900 }, AXIS)?.isAll).toBe(true);
  });

  it('is seen however short, also at the right edge, and is none out of sight', () => {
    expect(focusBand({ fromEpochMs: 99_999, toEpochMs: 100_000 }, AXIS)).toEqual({
      leftPx: 247,
      widthPx: 3,
      isAll: false,
    });
    expect(focusBand({ fromEpochMs: 100_001, toEpochMs: 100_002 }, AXIS)).toBeNull();
  });
});

describe('a drag', () => {
  it('takes hold of an edge or of the handle of the band, and else picks; with Shift it pans', () => {
    const grips = [
      gripAt(92, 50, false, BAND),
      gripAt(168, 50, false, BAND),
      gripAt(130, 4, false, BAND),
      gripAt(130, 50, false, BAND),
      gripAt(92, 50, true, BAND),
      gripAt(92, 50, false, { ...BAND, isAll: true }),
    ];
    expect(grips).toEqual(['from', 'to', 'move', 'pick', 'pan', 'pick']);
  });

  it('gives the period between its ends, from either side', () => {
    const picked = { kind: 'focus', to: { kind: 'period', fromEpochMs: 10_000, toEpochMs: 30_000 } };
    expect(dragResult({ grip: 'pick', startPx: 70, endPx: 110 }, FOCUS, AXIS, RECORDED)).toEqual(picked);
    expect(dragResult({ grip: 'pick', startPx: 110, endPx: 70 }, FOCUS, AXIS, RECORDED)).toEqual(picked);
  });

  it('at an edge moves that edge, also across the other one', () => {
    const to = (grip: 'from' | 'to', endPx: number) =>
      dragResult({ grip, startPx: 0, endPx }, FOCUS, AXIS, RECORDED)?.to;
    expect(to('from', 70)).toEqual({ kind: 'period', fromEpochMs: 10_000, toEpochMs: 60_000 });
    expect(to('to', 70)).toEqual({ kind: 'period', fromEpochMs: 10_000, toEpochMs: 20_000 });
  });

  it('of the handle moves the focus as it is, and with Shift what is shown the other way', () => {
    expect(dragResult({ grip: 'move', startPx: 130, endPx: 150 }, FOCUS, AXIS, RECORDED)).toEqual({
      kind: 'focus',
      to: { kind: 'period', fromEpochMs: 30_000, toEpochMs: 70_000 },
    });
    expect(dragResult({ grip: 'pan', startPx: 130, endPx: 150 }, FOCUS, AXIS, RECORDED)).toEqual({
      kind: 'span',
      to: { kind: 'period', fromEpochMs: -10_000, toEpochMs: 90_000 },
    });
  });
});
