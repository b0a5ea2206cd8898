import { describe, expect, it } from 'vitest';
import { formatRttTick, rttScale, timeScale } from '../../../contract/chart/chart-scale.ts';
import { formatTimeTick } from './chart-axes.ts';

describe('rttScale', () => {
  it('goes from 0 over a few round steps to a value not below the largest', () => {
    expect(rttScale(38)).toEqual({ max: 40, ticks: [0, 10, 20, 30, 40], decimals: 0 });
    expect(rttScale(0.083)).toEqual({ max: 0.1, ticks: [0, 0.025, 0.05, 0.075, 0.1], decimals: 3 });
    expect(rttScale(1_240)).toEqual({ max: 1_500, ticks: [0, 500, 1_000, 1_500], decimals: 0 });
  });

  it('always holds the largest value, with three to five labels', () => {
    for (let exponent = -2; exponent < 5; exponent += 0.013) {
      const largest = 10 ** exponent;
      const { max, ticks } = rttScale(largest);
      expect(max).toBeGreaterThanOrEqual(largest * (1 - 1e-9));
      expect(max).toBeLessThanOrEqual(largest * 2.01);
      expect(ticks.length).toBeGreaterThanOrEqual(3);
      expect(ticks.length).toBeLessThanOrEqual(5);
    }
  });

  it('has a scale before there is a value', () => {
    expect(rttScale(null).max).toBe(10);
  });

  it('labels with the same digits after the point, without the noise of binary fractions', () => {
    const labels = (maxMs: number) => {
      const { ticks, decimals } = rttScale(maxMs);
      return ticks.map((tick) => formatRttTick(tick, decimals));
    };
    expect(labels(0.3)).toEqual(['0', '0.1', '0.2', '0.3']);
    expect(labels(0.15)).toEqual(['0', '0.05', '0.10', '0.15']);
    expect(labels(9)).toEqual(['0', '2.5', '5.0', '7.5', '10.0']);
    expect(labels(2_000)).toEqual(['0', '500', '1,000', '1,500', '2,000']);
  });
});

describe('timeScale', () => {
  const noon = new Date(2026, 10, 22, 12, 0, 30).getTime();

  it('labels whole minutes of the wall clock in five minutes', () => {
    const { ticks, withSeconds } = timeScale(noon - 300_000, noon, 800);
    expect(ticks.map((at) => formatTimeTick(at, withSeconds))).toEqual(['11:56', '11:57', '11:58', '11:59', '12:00']);
  });

  it('shows seconds when the labels are less than a minute apart', () => {
    const { ticks, withSeconds } = timeScale(noon - 60_000, noon, 400);
    expect(ticks.map((at) => formatTimeTick(at, withSeconds))).toEqual([
      '11:59:30',
      '11:59:45',
      '12:00:00',
      '12:00:15',
      '12:00:30',
    ]);
  });

  it('has the day too where the same hour comes twice', () => {
    const { ticks, withSeconds, withDay } = timeScale(noon - 2 * 86_400_000, noon, 500);
    expect(withDay).toBe(true);
    expect(formatTimeTick(ticks[0] ?? 0, withSeconds, withDay)).toMatch(/^11-2[01] \d\d:00$/);
    expect(timeScale(noon - 86_400_000, noon, 500).withDay).toBe(false);
  });

  it('never sets labels closer than they are wide', () => {
    for (const widthPx of [90, 200, 500, 1_500]) {
      for (const durationMs of [60_000, 300_000, 900_000, 3_600_000]) {
        const { ticks } = timeScale(noon - durationMs, noon, widthPx);
        const step = (ticks[1] ?? Number.POSITIVE_INFINITY) - (ticks[0] ?? 0);
        expect((step / durationMs) * widthPx).toBeGreaterThanOrEqual(48);
      }
    }
  });
});
