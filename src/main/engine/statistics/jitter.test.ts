import { describe, expect, it } from 'vitest';
import { milliseconds, monotonicMilliseconds } from '../../../contract/units.ts';
import { Jitter } from './jitter.ts';

const SECOND = milliseconds(1_000);

function jitterOf(rtts: readonly number[], sentAtMs: (index: number) => number = (index) => index * 1_000): Jitter {
  const jitter = new Jitter(SECOND);
  for (const [index, rtt] of rtts.entries()) jitter.add(milliseconds(rtt), monotonicMilliseconds(sentAtMs(index)));
  return jitter;
}

describe('mean jitter', () => {
  it('is the mean of the differences of neighbours, not of all samples', () => {
    // PingPlotter's knowledge base, article 57: 48, 69, 33 and 23 make 43.25.
    expect(jitterOf([136, 184, 115, 148, 125]).mean).toBe(43.25);
  });

  it('does not take the first round trip for a difference', () => {
    // Trippy's fixture pins 265.33 here; the differences are 11 and 8.
    expect(jitterOf([777, 788, 780]).mean).toBe(9.5);
  });

  it('is zero for a constant series and unknown before the second answer', () => {
    expect(jitterOf([5, 5, 5]).mean).toBe(0);
    expect([jitterOf([]).mean, jitterOf([5]).mean, jitterOf([5]).smoothed]).toEqual([null, null, null]);
  });

  it('spans a gap of five intervals, a late timer included, and nothing longer', () => {
    expect(jitterOf([10, 14], (index) => index * 5_400).mean).toBe(4);
    expect(jitterOf([10, 14], (index) => index * 5_600).mean).toBeNull();
    expect(jitterOf([10, 14, 15], (index) => (index === 0 ? 0 : 60_000 + index * 1_000)).mean).toBe(1);
  });
});

describe('smoothed jitter', () => {
  it('tends to a constant difference at its true scale', () => {
    // Of RFC 3550 §6.4.1 with |D| = 2: after n differences 2 (1 − (15/16)^n). mtr shows 32 here, Trippy 24.
    const series = Array.from({ length: 201 }, (_, index) => (index % 2 === 0 ? 10 : 12));
    expect(jitterOf(series).smoothed).toBeCloseTo(2 * (1 - (15 / 16) ** 200), 12);
  });

  it('gives a difference a sixteenth of its weight', () => {
    // 11/16, then 11/16 + (8 − 11/16)/16.
    expect(jitterOf([777, 788, 780]).smoothed).toBeCloseTo(0.6875 + (8 - 0.6875) / 16, 12);
  });
});
