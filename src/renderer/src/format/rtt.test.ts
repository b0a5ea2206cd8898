import { describe, expect, it } from 'vitest';
import { formatRtt, formatRttExactly } from './rtt.ts';

describe('formatRtt', () => {
  it('shows about three digits, with the unit that needs the fewest', () => {
    expect([0.083, 1.236, 12.44, 123.6, 1_240, 60_000].map(formatRtt)).toEqual([
      '0.083 ms',
      '1.24 ms',
      '12.4 ms',
      '124 ms',
      '1.24 s',
      '60.0 s',
    ]);
  });

  it('never shows a digit more because of rounding at a border', () => {
    expect([0.9996, 9.996, 99.96, 999.6, 9_996].map(formatRtt)).toEqual([
      '1.00 ms',
      '10.0 ms',
      '100 ms',
      '1.00 s',
      '10.0 s',
    ]);
  });

  it('shows a dash for no number, and not 0', () => {
    expect(formatRtt(null)).toBe('–');
    expect(formatRtt(0)).toBe('0.000 ms');
  });
});

describe('formatRttExactly', () => {
  it('keeps the microseconds', () => {
    expect(formatRttExactly(12.4371)).toBe('12.437 ms');
  });
});
