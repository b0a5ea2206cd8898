import { describe, expect, it } from 'vitest';
import { DEFAULT_COLUMNS, HOP_COLUMNS, parseColumns, tableLayout, toggleColumn } from './hop-columns.ts';
import { statistics, times } from './test-reports.ts';

const ids = (chosen: readonly string[], widthPx: number) => tableLayout(chosen, widthPx).columns.map(({ id }) => id);

describe('the numbers of a hop', () => {
  it('are told with their units, and a dash where there is none', () => {
    const series = statistics(times(10), { lossRatio: 0.04, lossLow: 0.016, lossHigh: 0.098, jitterMs: 0.25 });
    const texts = Object.fromEntries(HOP_COLUMNS.map(({ id, text }) => [id, text(series, 'isp')]));
    expect(texts).toMatchObject({
      loss: '4.0 %',
      interval: '1.6–9.8 %',
      sent: '100',
      last: '10.0 ms',
      mean: '10.0 ms',
      best: '5.00 ms',
      worst: '20.0 ms',
      p95: '15.0 ms',
      jitter: '0.250 ms',
      mos: '–',
      part: 'provider',
    });
  });

  it('each have a column of their own, with a meaning', () => {
    expect(new Set(HOP_COLUMNS.map(({ id }) => id)).size).toBe(HOP_COLUMNS.length);
    expect(HOP_COLUMNS.every(({ meaning }) => meaning.length > 5)).toBe(true);
  });
});

describe('the choice of columns', () => {
  it('is remembered as a list, in which what is not a column is passed over', () => {
    expect(parseColumns('loss,nonsense,p95')).toEqual(['loss', 'p95']);
    expect(parseColumns('')).toEqual([]);
  });

  it('takes one in and out again', () => {
    expect(toggleColumn(['loss', 'mean'], 'p95')).toBe('loss,mean,p95');
    expect(toggleColumn(['loss', 'mean'], 'loss')).toBe('mean');
  });
});

describe('the width of the table', () => {
  it('holds all columns of the first choice where it is wide, in the order in which they stand', () => {
    // 48 + 180 + 180 for hop, host and range; 58 + 84 + 58 + 6 × 63 for the numbers: 986.
    expect(ids(parseColumns(DEFAULT_COLUMNS), 986)).toEqual([
      'loss',
      'interval',
      'sent',
      'last',
      'mean',
      'best',
      'worst',
      'p95',
      'jitter',
    ]);
  });

  it('leaves out the least important where it is narrow, and keeps the graphic', () => {
    // 986 without the 58 of "sent" and one pixel of the 84 of "interval".
    expect(ids(parseColumns(DEFAULT_COLUMNS), 927)).toEqual(['loss', 'last', 'mean', 'best', 'worst', 'p95', 'jitter']);
    const { columns, rangePx } = tableLayout(parseColumns(DEFAULT_COLUMNS), 600);
    expect(columns.map(({ id }) => id)).toEqual(['loss', 'last', 'mean']);
    expect(rangePx).toBeGreaterThanOrEqual(180);
  });

  it('prefers a column that was chosen on purpose to all but the loss', () => {
    expect(ids([...parseColumns(DEFAULT_COLUMNS), 'mos'], 48 + 180 + 180 + 58 + 56)).toEqual(['loss', 'mos']);
  });

  it('is used up exactly by its parts', () => {
    const { columns, hostPx, rangePx } = tableLayout(parseColumns(DEFAULT_COLUMNS), 1_200);
    expect(48 + hostPx + rangePx + columns.reduce((sum, { widthPx }) => sum + widthPx, 0)).toBe(1_200);
  });
});
