import { describe, expect, it } from 'vitest';
import { formatLoss, formatLossInterval } from './loss.ts';

describe('formatLoss', () => {
  it('says 0 % only for none and 100 % only for all', () => {
    expect([0, 1 / 100_000, 0.023, 0.5, 99_999 / 100_000, 1].map(formatLoss)).toEqual([
      '0 %',
      '<0.1 %',
      '2.3 %',
      '50.0 %',
      '>99.9 %',
      '100 %',
    ]);
  });

  it('shows a dash before the first outcome', () => {
    expect(formatLoss(null)).toBe('–');
  });
});

describe('formatLossInterval', () => {
  it('shows the Wilson intervals of the statistics reference: 1 of 10 and 0 of 100', () => {
    expect(formatLossInterval(0.0179, 0.4042)).toBe('1.8–40.4 %');
    expect(formatLossInterval(0, 0.037)).toBe('0–3.7 %');
  });

  it('is null while an end is unknown', () => {
    expect(formatLossInterval(null, 0.1)).toBeNull();
  });
});
