import { describe, expect, it } from 'vitest';
import { duration, percent, shortTime } from './quantities.ts';

describe('quantities in words', () => {
  it('never show little loss as none nor much as all', () => {
    expect([0, 0.0001, 0.1234, 0.9999, 1].map(percent)).toEqual(['0%', '0.1%', '12.3%', '99.9%', '100%']);
  });

  it('fit a time into a column', () => {
    expect([0.01234, 9.994, 9.996, 123.456].map(shortTime)).toEqual(['0.01', '9.99', '10.0', '123.5']);
  });

  it('tell a short duration with three digits, to the millisecond', () => {
    expect([0, 1.6, 47.31, 50, 250, 1_250, 9_994, 9_998].map(duration)).toEqual([
      '0 s',
      '0.002 s',
      '0.047 s',
      '0.05 s',
      '0.25 s',
      '1.25 s',
      '9.99 s',
      '10 s',
    ]);
  });

  it('tell a duration as people do', () => {
    expect([500, 1_000, 12_345, 59_600, 185_000, 7_860_000].map(duration)).toEqual([
      '0.5 s',
      '1 s',
      '12 s',
      '1 min 0 s',
      '3 min 5 s',
      '2 h 11 min',
    ]);
  });
});
