import { describe, expect, it } from 'vitest';
import { liveIntervalOf } from './live-interval.ts';

describe('how often the chosen path is asked about', () => {
  it('is once a second, or as often as the address of the page says', () => {
    expect(['', '?updates=1', '?updates=4', '?from=1&updates=10'].map(liveIntervalOf)).toEqual([
      1_000, 1_000, 250, 100,
    ]);
  });

  it('is once a second where the address says something that is not allowed', () => {
    const refused = ['?updates=', '?updates=0', '?updates=11', '?updates=2.5', '?updates=often'];
    expect(refused.map(liveIntervalOf)).toEqual(refused.map(() => 1_000));
  });
});
