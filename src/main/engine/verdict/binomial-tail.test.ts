import { describe, expect, it } from 'vitest';
import { binomialUpperTail } from './binomial-tail.ts';

describe('the upper tail of the binomial distribution', () => {
  it.each([
    // Of ten tosses of a fair coin, by counting: (10 choose 8) + (10 choose 9) + 1 of 1,024.
    [8, 10, 0.5, 56 / 1024],
    // 1 − 0.9^29: why 30 probes are asked for.
    [1, 29, 0.1, 1 - 0.9 ** 29],
    [3, 3, 0.2, 0.008],
    [0, 5, 0.3, 1],
    [6, 5, 0.3, 0],
  ])('is right for %i or more of %i at %f', (hits, trials, ratio, expected) => {
    expect(binomialUpperTail(hits, trials, ratio)).toBeCloseTo(expected, 12);
  });

  it('agrees with the Poisson limit for many trials', () => {
    // Of a Poisson variable with mean 0.6: 1 − e^−0.6 (1 + 0.6 + 0.18).
    expect(binomialUpperTail(3, 600_000, 1e-6)).toBeCloseTo(1 - Math.exp(-0.6) * 1.78, 6);
  });

  it('does not underflow to 1 or NaN far out', () => {
    const tail = binomialUpperTail(5_000, 100_000, 0.001);
    expect(tail).toBeGreaterThanOrEqual(0);
    expect(tail).toBeLessThan(1e-300);
  });
});
