import { describe, expect, it } from 'vitest';
import type { Statistics } from '../../../../contract/probe.ts';
import { statisticsRows } from './statistics-rows.ts';

const statistics: Statistics = {
  sent: 1_200,
  received: 1_170,
  inFlight: 1,
  icmpErrors: 0,
  timedOut: 29,
  sendFailures: 0,
  duplicates: 0,
  late: 0,
  lossRatio: 29 / 1_199,
  lossLow: 0.0169,
  lossHigh: 0.0345,
  rttMs: { last: 12.4, min: 0.083, mean: 13.1, max: 1_240, stddev: 3.2, p50: 12.1, p95: 18, p99: 44 },
  jitterMs: 0.91,
  mdevMs: null,
  ewmaMs: null,
  localDrops: 0,
};

describe('statisticsRows', () => {
  it('gives every number with its unit', () => {
    const { current, loss, lossInterval, lossCount, cells } = statisticsRows(statistics);
    expect([current, loss, lossInterval, lossCount]).toEqual(['12.4 ms', '2.4 %', '1.7–3.5 %', '29 of 1,199 lost']);
    expect(Object.fromEntries(cells.map(({ label, value }) => [label, value]))).toEqual({
      Min: '0.083 ms',
      Mean: '13.1 ms',
      Max: '1.24 s',
      Median: '12.1 ms',
      p95: '18.0 ms',
      p99: '44.0 ms',
      Jitter: '0.910 ms',
      'Std dev': '3.20 ms',
      Sent: '1,200',
    });
  });

  it('has the same cells before the first outcome, with dashes', () => {
    const { cells, loss, notes } = statisticsRows(null);
    expect(cells.map(({ label }) => label)).toEqual(statisticsRows(statistics).cells.map(({ label }) => label));
    expect(new Set(cells.map(({ value }) => value))).toEqual(new Set(['–']));
    expect([loss, notes]).toEqual(['–', []]);
  });

  it('tells of rare events only when they happened, and local faults apart from loss', () => {
    const { notes } = statisticsRows({ ...statistics, duplicates: 2, late: 1, sendFailures: 7, localDrops: 3 });
    expect(notes.map(({ label, value }) => `${label} ${value}`)).toEqual([
      'Duplicates 2',
      'Late 1',
      'Not sent 7',
      'Dropped here 3',
    ]);
  });
});
