import { describe, expect, it } from 'vitest';
import {
  DEFAULT_COLUMNS,
  formatColumns,
  moveColumn,
  parseColumns,
  placeColumn,
  resizeColumn,
  tableLayout,
  toggleColumn,
} from './column-choice.ts';

const CHOICE = parseColumns('loss,mean,p95');

describe('the choice of columns', () => {
  it('is remembered with its order and its widths, and what is not a column is passed over', () => {
    expect(parseColumns('mean:90,nonsense,loss,mean,host:240,p95:x')).toEqual({
      columns: [
        { id: 'mean', widthPx: 90 },
        { id: 'loss', widthPx: null },
        { id: 'p95', widthPx: null },
      ],
      hostPx: 240,
    });
    expect(parseColumns('')).toEqual({ columns: [], hostPx: null });
    for (const word of [DEFAULT_COLUMNS, 'mean:90,loss,host:240']) expect(formatColumns(parseColumns(word))).toBe(word);
  });

  it('takes one in and out again', () => {
    expect(formatColumns(toggleColumn(CHOICE, 'sent'))).toBe('loss,mean,p95,sent');
    expect(formatColumns(toggleColumn(CHOICE, 'loss'))).toBe('mean,p95');
  });

  it('moves one, as far as there is a place', () => {
    expect(formatColumns(moveColumn(CHOICE, 'p95', -1))).toBe('loss,p95,mean');
    expect(formatColumns(moveColumn(CHOICE, 'loss', -1))).toBe('loss,mean,p95');
    expect(formatColumns(moveColumn(CHOICE, 'sent', 1))).toBe('loss,mean,p95');
  });

  it('puts one where another stands, from either side', () => {
    expect(formatColumns(placeColumn(CHOICE, 'p95', 'loss'))).toBe('p95,loss,mean');
    expect(formatColumns(placeColumn(CHOICE, 'loss', 'p95'))).toBe('mean,p95,loss');
  });

  it('gives one a width within bounds, and its own again', () => {
    const wide = resizeColumn(CHOICE, 'mean', 90.4);
    expect(formatColumns(wide)).toBe('loss,mean:90,p95');
    expect(formatColumns(resizeColumn(wide, 'mean', null))).toBe('loss,mean,p95');
    expect(formatColumns(resizeColumn(CHOICE, 'mean', 3))).toBe('loss,mean:44,p95');
    expect(formatColumns(resizeColumn(CHOICE, 'host', 9_000))).toBe('loss,mean,p95,host:400');
  });
});

const ids = (remembered: string, widthPx: number) =>
  tableLayout(parseColumns(remembered), widthPx).columns.map(({ id }) => id);

describe('the width of the table', () => {
  it('holds all columns of the first choice where it is wide, in the order chosen', () => {
    // 48 + 180 + 180 for hop, host and range; 58 + 84 + 58 + 6 × 63 for the numbers: 986.
    expect(ids(DEFAULT_COLUMNS, 986).join()).toBe(DEFAULT_COLUMNS);
    expect(ids('mean,loss', 986)).toEqual(['mean', 'loss']);
  });

  it('leaves out the least important where it is narrow, and keeps the graphic', () => {
    // 986 without the 58 of "sent" and one pixel of the 84 of "interval".
    expect(ids(DEFAULT_COLUMNS, 927)).toEqual(['loss', 'last', 'mean', 'best', 'worst', 'p95', 'jitter']);
    const { columns, rangePx } = tableLayout(parseColumns(DEFAULT_COLUMNS), 600);
    expect(columns.map(({ id }) => id)).toEqual(['loss', 'last', 'mean']);
    expect(rangePx).toBeGreaterThanOrEqual(180);
  });

  it('prefers a column that was chosen on purpose to all but the loss', () => {
    expect(ids(`${DEFAULT_COLUMNS},mos`, 48 + 180 + 180 + 58 + 56)).toEqual(['loss', 'mos']);
  });

  it('is used up exactly by its parts, whatever widths were chosen', () => {
    for (const remembered of [DEFAULT_COLUMNS, 'loss:100,mean,host:250']) {
      const { columns, hostPx, rangePx } = tableLayout(parseColumns(remembered), 1_200);
      expect(48 + hostPx + rangePx + columns.reduce((sum, { widthPx }) => sum + widthPx, 0)).toBe(1_200);
    }
    expect(tableLayout(parseColumns('loss,host:250'), 1_200).hostPx).toBe(250);
  });
});
