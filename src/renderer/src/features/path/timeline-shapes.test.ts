import { describe, expect, it } from 'vitest';
import { timelineSeries } from '../../../../contract/chart/timeline-series.ts';
import { momentAt, timelineShapes } from '../../../../contract/chart/timeline-shapes.ts';
import { column, emptyColumn, lostColumn, NOON, timeline } from './test-reports.ts';

/** 100 s over 200 px from x = 50, 0 to 40 ms over 100 px from y = 10: 2 px a second, 2.5 px a millisecond. */
const SHOWN = { fromEpochMs: NOON - 100_000, toEpochMs: NOON };
const PLOT = { x: 50, y: 10, width: 200, height: 100 };
const at = (place: number) => SHOWN.fromEpochMs + place * 10_000;

const shapesOf = (columns: Parameters<typeof timeline>[0], gaps: Parameters<typeof timelineSeries>[2] = []) =>
  timelineShapes(
    timelineSeries(timeline(columns), SHOWN, gaps, { intervalMs: 1_000, timeoutMs: 2_000 }),
    [{ kind: 'route-change', atEpochMs: at(5), label: 'route' }],
    SHOWN,
    40,
    PLOT,
  );

describe('the smoke', () => {
  it('outlines the percentiles of each stretch, from all to the middle half', () => {
    // Middles at 5 s and 15 s: x = 60 and 80. min 10 → y 85, max 40 → 10; p10 12 → 80, p90 30 → 35; p25 15 → 72.5, p75 25 → 47.5.
    expect(shapesOf([column(at(0)), column(at(1))]).smoke).toEqual([
      { kind: 'extremes', path: 'M60,10L80,10L80,85L60,85Z' },
      { kind: 'outer', path: 'M60,35L80,35L80,80L60,80Z' },
      { kind: 'inner', path: 'M60,47.5L80,47.5L80,72.5L60,72.5Z' },
    ]);
  });

  it('is interrupted by loss, and shows a column without neighbours as a stroke', () => {
    const { smoke, lonely } = shapesOf([column(at(0)), lostColumn(at(1)), column(at(2)), column(at(3))]);
    expect(smoke[0]?.path).toBe('M100,10L120,10L120,85L100,85Z');
    expect(lonely).toEqual([{ x: 60, top: 10, bottom: 85, dot: 60 }]);
  });
});

describe('the loss', () => {
  it('hangs from the top on its own scale', () => {
    expect(shapesOf([column(at(2), { lossRatio: 0.5 })]).loss).toEqual([{ x: 90, y: 10, width: 20, height: 50 }]);
    expect(shapesOf([]).lossTicks).toEqual([
      { x: 258, y: 10, label: '0 %' },
      { x: 258, y: 60, label: '50 %' },
      { x: 258, y: 110, label: '100 %' },
    ]);
  });

  it('is never too thin or too low to be seen', () => {
    const thin = column(at(2), { toEpochMs: at(2) + 100, lossRatio: 0.001 });
    // 0.1 s are 0.2 px, around x = 90.1.
    expect(shapesOf([thin]).loss).toEqual([{ x: 88.6, y: 10, width: 3, height: 5 }]);
  });
});

describe('stretches without data', () => {
  it('are named where the words have room, by their cause where it is known', () => {
    const columns = [0, 1, 2, 3, 4].map((place) => emptyColumn(at(place)));
    const [gap] = shapesOf(columns, [{ fromEpochMs: at(0), toEpochMs: at(5), cause: 'paused' }]).noData;
    expect(gap).toEqual({ x: 50, width: 100, label: { x: 100, y: 60, text: 'paused' } });
    expect(shapesOf([emptyColumn(at(0))]).noData).toEqual([{ x: 50, width: 20, label: null }]);
  });
});

describe('the marks', () => {
  it('stand at their moments', () => {
    expect(shapesOf([]).marks).toEqual([{ kind: 'route-change', x: 150, y: 10, label: 'route' }]);
  });

  it('leave out the label that would cover the one before, and keep the line', () => {
    const series = timelineSeries(timeline([]), SHOWN, [], { intervalMs: 1_000, timeoutMs: 2_000 });
    const mark = (place: number) => ({ kind: 'comment', atEpochMs: at(place), label: 'Rain', title: 'Rain' }) as const;
    // Four letters of 6 px and 8 px of air: 32 px, where 10 s are 20.
    const { marks } = timelineShapes(series, [mark(1), mark(2), mark(3)], SHOWN, 40, PLOT);
    expect(marks.map(({ x, label, title }) => [x, label, title])).toEqual([
      [70, 'Rain', 'Rain'],
      [90, '', 'Rain'],
      [110, 'Rain', 'Rain'],
    ]);
  });
});

describe('momentAt', () => {
  it('is the moment under the pointer, kept within the period', () => {
    const moments = [150, 0, 900].map((x) => momentAt(x, SHOWN, 50, 200) - SHOWN.fromEpochMs);
    expect(moments).toEqual([50_000, 0, 100_000]);
  });
});
