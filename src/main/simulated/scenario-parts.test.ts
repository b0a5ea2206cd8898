import { describe, expect, it } from 'vitest';
import type { Jitter } from '../../contract/scenario-properties.ts';
import { milliseconds } from '../../contract/units.ts';
import { VirtualClock } from '../base/clock.ts';
import { DeliveryQueue } from './delivery-queue.ts';
import { nextChangeAfter, occurrenceAt } from './event-period.ts';
import { drawJitter } from './jitter-draw.ts';
import { mix, share } from './keyed-chance.ts';
import { TokenBucket } from './token-bucket.ts';

const DRAWS = 100_000;

function draw(jitter: Jitter): Float64Array {
  return Float64Array.from({ length: DRAWS }, (_, index) => drawJitter(jitter, mix(index))).sort();
}

function moments(values: Float64Array): { mean: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1) };
}

/** Largest distance of the empirical distribution from `cumulative` (Kolmogorov and Smirnov). */
function distance(values: Float64Array, cumulative: (x: number) => number): number {
  return values.reduce(
    (most, value, index) => Math.max(most, Math.abs((index + 0.5) / values.length - cumulative(value))),
    0,
  );
}

describe('jitter', () => {
  // A true sample of 100,000 is further away than this once in a million times: sqrt(ln(2 / 1e-6) / 2n).
  const FAR = Math.sqrt(Math.log(2 / 1e-6) / (2 * DRAWS));

  it('is distributed as it is called', () => {
    const uniform = draw({ kind: 'uniform', maxMs: 8 });
    const exponential = draw({ kind: 'exponential', meanMs: 5 });
    const pareto = draw({ kind: 'pareto', scaleMs: 2, shape: 1.5, maxMs: 1e4 });
    const shapeTwo = draw({ kind: 'gamma', shape: 2, scaleMs: 3 });
    const logistic = (x: number) => 1 / (1 + Math.exp(-1.702 * x));
    const normal = draw({ kind: 'normal', stddevMs: 1 });
    expect(distance(uniform, (x) => x / 8)).toBeLessThan(FAR);
    expect(distance(exponential, (x) => 1 - Math.exp(-x / 5))).toBeLessThan(FAR);
    expect(distance(pareto, (x) => 1 - (1 + x / 2) ** -1.5)).toBeLessThan(FAR);
    expect(distance(shapeTwo, (x) => 1 - Math.exp(-x / 3) * (1 + x / 3))).toBeLessThan(FAR);
    // The logistic curve with 1.702 is within 0.0095 of the normal distribution (Camilli, 1994).
    expect(distance(normal, logistic)).toBeLessThan(0.0095 + FAR);
  });

  it('has the mean and variance of a gamma distribution at any shape', () => {
    for (const shape of [0.3, 1, 7.5]) {
      const { mean, variance } = moments(draw({ kind: 'gamma', shape, scaleMs: 2 }));
      expect(Math.abs(mean / (shape * 2) - 1)).toBeLessThan(0.03);
      expect(Math.abs(variance / (shape * 4) - 1)).toBeLessThan(0.06);
    }
  });

  it('caps a Pareto tail', () => {
    expect(Math.max(...draw({ kind: 'pareto', scaleMs: 50, shape: 0.6, maxMs: 300 }))).toBe(300);
  });
});

describe('keyed chance', () => {
  it('is even, and does not tell one key from the next', () => {
    const values = Float64Array.from({ length: DRAWS }, (_, index) => share(index));
    const pairs = values
      .subarray(1)
      .reduce((sum, value, index) => sum + (value - 0.5) * ((values[index] ?? 0) - 0.5), 0);
    // Correlation of neighbours: five standard errors are 5 / sqrt(n).
    expect(Math.abs((pairs / DRAWS) * 12)).toBeLessThan(5 / Math.sqrt(DRAWS));
    expect(Math.abs(moments(values).mean - 0.5)).toBeLessThan(0.005);
  });
});

describe('a token bucket', () => {
  it('gives its burst at once, then so many a second, and saves up no more than the burst', () => {
    const bucket = new TokenBucket(2, 3);
    const taken = (at: number) => Array.from({ length: 5 }, () => bucket.take(at)).filter(Boolean).length;
    expect([0, 400, 500, 999, 1_000, 60_000].map(taken)).toEqual([3, 0, 1, 0, 1, 3]);
  });
});

describe('the period of an event', () => {
  it('begins and ends at its moments, again and again', () => {
    const period = { atS: 1, forS: 2, everyS: 10, untilS: 22.5 };
    const moments = [0, 1_000, 2_999, 3_000, 11_000, 21_500, 22_500, 31_000];
    expect(moments.map((at) => occurrenceAt(period, at))).toEqual([
      null,
      1_000,
      1_000,
      null,
      11_000,
      21_000,
      null,
      null,
    ]);
    expect(moments.map((at) => nextChangeAfter(period, at))).toEqual([
      1_000,
      3_000,
      3_000,
      11_000,
      13_000,
      22_500,
      Infinity,
      Infinity,
    ]);
    expect([occurrenceAt({ atS: 1 }, 1e9), nextChangeAfter({ atS: 1 }, 1_000)]).toEqual([1_000, Infinity]);
  });
});

describe('the delivery queue', () => {
  it('hands over in order of time, then of adding, with one timer whatever waits', () => {
    const clock = new VirtualClock();
    using queue = new DeliveryQueue(clock);
    const got: number[] = [];
    // A full period of a generator modulo 1,024, so that times come in no order and each twice.
    for (let index = 0; index < 2_048; index++) {
      queue.add((index * 421) % 1_024, (value: number) => got.push(value), index);
    }
    clock.advance(milliseconds(2_000));
    const expected = Array.from({ length: 2_048 }, (_, index) => index).sort(
      (a, b) => ((a * 421) % 1_024) - ((b * 421) % 1_024) || a - b,
    );
    expect(got).toEqual(expected);
    expect(clock.untilNextTimer()).toBeNull();
  });

  it('hands over the rest although a receiver throws, and what receivers add', () => {
    const clock = new VirtualClock();
    using queue = new DeliveryQueue(clock);
    const got: string[] = [];
    const again = (value: string) => {
      got.push(value);
      if (value === 'first') queue.add(clock.now() + 5, again, 'third');
    };
    queue.add(1, again, 'first');
    queue.add(
      2,
      () => {
        throw new Error('a bug of the receiver');
      },
      null,
    );
    queue.add(3, again, 'second');
    expect(() => clock.advance(milliseconds(10))).toThrow('a bug of the receiver');
    clock.advance(milliseconds(10));
    expect(got).toEqual(['first', 'second', 'third']);
  });
});
