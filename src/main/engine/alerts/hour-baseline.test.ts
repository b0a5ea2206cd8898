import { describe, expect, it } from 'vitest';
import { HourBaseline, unusualAbove } from './hour-baseline.ts';
import { START } from './test-rounds.ts';

const HOUR_MS = 3_600_000;
const START_HOUR = START / HOUR_MS;

/** A minute's worth of round trips in an hour, the same few over and over. */
function measureHour(baseline: HourBaseline, hour: number, rtts: readonly number[], count = 60): boolean[] {
  return Array.from({ length: count }, (_, index) =>
    baseline.take(rtts[index % rtts.length] ?? 0, START + hour * HOUR_MS + index * 1_000),
  );
}

describe('what is usual in an hour of the day', () => {
  it('is known from the same hour of the day before on, and not from the hours between', () => {
    const baseline = new HourBaseline();
    measureHour(baseline, 0, [10, 20, 30]);
    expect(baseline.usual).toBeNull();
    measureHour(baseline, 1, [100]);
    expect(baseline.usual).toBeNull();
    measureHour(baseline, 24, [50]);
    // Of twenty of each: quartiles 10 and 30, which a normal distribution has 1.349 standard deviations apart.
    expect(baseline.usual).toEqual({ medianMs: 20, spreadMs: 20 / 1.349 });
  });

  it('is the median of the days, so that one bad day does not become the rule', () => {
    const baseline = new HourBaseline();
    for (const [day, rtt] of [20, 21, 400, 22].entries()) measureHour(baseline, day * 24, [rtt]);
    measureHour(baseline, 5 * 24, [20]);
    expect(baseline.usual).toEqual({ medianMs: 21.5, spreadMs: 0 });
  });

  it('remembers the last seven days that have the hour', () => {
    const baseline = new HourBaseline();
    for (let day = 0; day < 9; day += 1) measureHour(baseline, day * 24, [20]);
    expect(baseline.measured.map(({ hour }) => (hour - START_HOUR) / 24)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('is not made of an hour with fewer than sixty round trips', () => {
    const baseline = new HourBaseline();
    measureHour(baseline, 0, [20], 59);
    measureHour(baseline, 1, [20]);
    expect(baseline.measured).toEqual([]);
  });

  it('says when an hour is to be kept, and goes on from what was kept', () => {
    const baseline = new HourBaseline();
    measureHour(baseline, 0, [20]);
    expect(measureHour(baseline, 1, [30]).indexOf(true)).toBe(0);
    const next = new HourBaseline(baseline.measured);
    measureHour(next, 24, [70]);
    expect(next.usual).toEqual({ medianMs: 20, spreadMs: 0 });
  });

  it('is left by at least a fifth and five milliseconds, however steady the path is', () => {
    expect(unusualAbove({ medianMs: 2, spreadMs: 0.1 }, 4)).toBe(7);
    expect(unusualAbove({ medianMs: 100, spreadMs: 1 }, 4)).toBe(120);
    expect(unusualAbove({ medianMs: 100, spreadMs: 10 }, 4)).toBe(140);
  });
});
