import { describe, expect, it } from 'vitest';
import { columnLines } from './column-lines.ts';
import { column, emptyColumn, lostColumn, NOON } from './test-reports.ts';

describe('columnLines', () => {
  it('tells when and how the round trips lay, and what was lost', () => {
    expect(columnLines(column(NOON, { received: 9, lossRatio: 0.1 }))).toEqual({
      when: '12:00:00 – 12:00:10',
      lines: [
        'Median 20.0 ms',
        'Middle half 15.0 ms to 25.0 ms',
        'All 10.0 ms to 40.0 ms',
        'Jitter 2.00 ms',
        '10.0 % of 10 probes lost',
      ],
    });
  });

  it('tells the day too where a timeline goes over several', () => {
    expect(columnLines(column(NOON, { toEpochMs: NOON + 600_000 })).when).toBe('2026-11-22 12:00:00 – 12:10:00');
  });

  it('tells a single answer as it is', () => {
    const single = column(NOON, { toEpochMs: NOON + 900, rounds: 1, sent: 1, received: 1, jitterMs: 3 });
    expect(columnLines(single)).toEqual({ when: '12:00:00', lines: ['20.0 ms'] });
    expect(columnLines({ ...lostColumn(NOON), sent: 1 }).lines).toEqual(['Lost']);
  });

  it('tells loss, waiting and nothing at all apart', () => {
    expect(columnLines(lostColumn(NOON)).lines).toEqual(['100 % of 10 probes lost']);
    expect(columnLines({ ...lostColumn(NOON), lossRatio: null }).lines).toEqual(['Waiting for an answer']);
    expect(columnLines(emptyColumn(NOON)).lines).toEqual(['Nothing was measured']);
    expect(columnLines({ ...emptyColumn(NOON), rounds: 3 }).lines).toEqual(['This hop was not probed']);
  });
});
