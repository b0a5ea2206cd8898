import { describe, expect, it } from 'vitest';
import {
  formatClock,
  formatClockExactly,
  formatClockMinutes,
  formatDuration,
  formatMinute,
  formatMoment,
} from './time.ts';

const at = new Date(2026, 10, 22, 4, 3, 7, 250).getTime();

describe('clock times', () => {
  it('are local, with two digits each', () => {
    expect([formatClock(at), formatClockMinutes(at), formatClockExactly(at + 0.7)]).toEqual([
      '04:03:07',
      '04:03',
      '04:03:07.250',
    ]);
  });
});

describe('moments', () => {
  it('have the local day before the clock', () => {
    expect([formatMinute(at), formatMoment(at)]).toEqual(['2026-11-22 04:03', '2026-11-22 04:03:07']);
  });
});

describe('formatDuration', () => {
  it('uses the largest whole units', () => {
    expect(
      [400, 8_000, 60_000, 125_000, 3_600_000, 3_840_000, 172_740_000, 172_800_000, 277_200_000].map(formatDuration),
    ).toEqual(['0 s', '8 s', '1 min', '2 min 5 s', '1 h', '1 h 4 min', '47 h 59 min', '2 d', '3 d 5 h']);
  });
});
