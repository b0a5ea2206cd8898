import { describe, expect, it } from 'vitest';
import type { HopRow } from './hop-rows.ts';
import { rangeScale, rangeShapes, rangeTicks, rangeZones } from './range-geometry.ts';

const base: HopRow = {
  key: '',
  kind: 'hop',
  hopLimit: 1,
  number: '1',
  host: '',
  address: null,
  others: 0,
  isUnfolded: false,
  hints: [],
  cells: [],
  lossRatio: 0,
  isLossCarried: true,
  range: null,
  description: '',
  severity: null,
};

const row = (minMs: number, meanMs: number, maxMs: number, more: Partial<HopRow> = {}): HopRow => ({
  ...base,
  range: { minMs, meanMs, p95Ms: maxMs, maxMs, lastMs: meanMs },
  ...more,
});

const silent: HopRow = { ...base, kind: 'silent' };

/** 8 px of air on each side leave 100 px for 100 ms: 1 px for each. */
const SCALE = { max: 100, ticks: [0, 50, 100], decimals: 0 };
const WIDTH_PX = 116;

describe('rangeScale', () => {
  it('is one for all rows and holds the longest round trip', () => {
    expect(rangeScale([row(1, 2, 4), row(10, 40, 75)]).max).toBe(80);
  });

  it('leaves out lone longest round trips that would squeeze the rest', () => {
    const spike: HopRow = { ...base, range: { minMs: 10, meanMs: 20, p95Ms: 40, maxMs: 900, lastMs: 30 } };
    expect(rangeScale([row(1, 2, 4), spike]).max).toBe(40);
  });

  it('goes to 10 ms while nothing was answered', () => {
    expect(rangeScale([silent]).max).toBe(10);
  });
});

describe('rangeShapes', () => {
  it('sets whisker, mean, last and loss on the scale', () => {
    const [shape] = rangeShapes([row(10, 20, 60, { lossRatio: 0.25 })], SCALE, WIDTH_PX);
    expect(shape).toEqual({
      whisker: { x: 18, width: 50, isCut: false },
      meanX: 28,
      lastX: 28,
      lossWidth: 25,
      isLossCarried: true,
      line: null,
    });
  });

  it('ends a whisker beyond the scale at its edge, and says so', () => {
    expect(rangeShapes([row(50, 60, 400)], SCALE, WIDTH_PX)[0]?.whisker).toEqual({ x: 58, width: 50, isCut: true });
  });

  it('shows the slightest loss, and none for silence', () => {
    const shapes = rangeShapes([row(1, 1, 1, { lossRatio: 0.001 }), silent], SCALE, WIDTH_PX);
    expect(shapes.map(({ lossWidth }) => lossWidth)).toEqual([3, 0]);
  });

  it('joins the means from row to row, meeting at their borders', () => {
    // 20 → 60 → 40 ms: the borders lie half way, at 40 and 50 ms.
    const lines = rangeShapes([row(0, 20, 90), row(0, 60, 90), row(0, 40, 90)], SCALE, WIDTH_PX).map(
      ({ line }) => line,
    );
    expect(lines).toEqual(['28,14 48,28', '48,0 68,14 58,28', '58,0 48,14']);
  });

  it('crosses silent rows and responders in a straight line, and ends before the round trip', () => {
    // 10 → 50 ms over two rows: 20 ms at the first border, 40 ms at the second.
    const lines = rangeShapes(
      [row(0, 10, 90), silent, row(0, 50, 90), row(0, 70, 90, { kind: 'round-trip' })],
      SCALE,
      WIDTH_PX,
    ).map(({ line }) => line);
    expect(lines).toEqual(['18,14 28,28', '28,0 48,28', '48,0 58,14', null]);
  });
});

describe('rangeZones', () => {
  it('are good, warn and bad at 100 and 300 ms, as far as the scale goes', () => {
    const wide = { max: 400, ticks: [0, 400], decimals: 0 };
    // 400 px for 400 ms, with 8 px of air that the outer zones fill.
    expect(rangeZones(wide, 416)).toEqual([
      { tone: 'good', x: 0, width: 108 },
      { tone: 'warn', x: 108, width: 200 },
      { tone: 'bad', x: 308, width: 108 },
    ]);
    expect(rangeZones({ max: 40, ticks: [0, 40], decimals: 0 }, 416)).toEqual([{ tone: 'good', x: 0, width: 416 }]);
  });
});

describe('rangeTicks', () => {
  it('stand where the scale has them, with labels as far as they have room beside the last', () => {
    expect(rangeTicks(SCALE, WIDTH_PX)).toEqual([
      { x: 8, value: 0, isLabelled: true },
      { x: 58, value: 50, isLabelled: false },
      { x: 108, value: 100, isLabelled: true },
    ]);
    expect(rangeTicks(SCALE, 216).map(({ isLabelled }) => isLabelled)).toEqual([true, true, true]);
  });
});
