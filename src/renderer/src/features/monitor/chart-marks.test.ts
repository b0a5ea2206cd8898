import { describe, expect, it } from 'vitest';
import { reply, timedOut } from '../../live-store/test-samples.ts';
import { markShapes } from './chart-marks.ts';
import { chartSeries, type Viewport } from './chart-series.ts';

const viewport: Viewport = { fromEpochMs: 0, toEpochMs: 100_000, widthPx: 500, intervalMs: 1_000, timeoutMs: 2_000 };
const plot = { x: 40, y: 10, width: 500, height: 200 };
/** Five pixels a second, two pixels a millisecond of round trip. */
const shapes = (samples: Parameters<typeof chartSeries>[0]) =>
  markShapes(chartSeries(samples, viewport), viewport, 100, plot);

describe('markShapes', () => {
  it('hangs a lost probe as a bar of full height around the moment it was sent', () => {
    expect(shapes([timedOut(0, 50_000)]).bars).toEqual([{ kind: 'lost', x: 287.5, width: 5, y: 10, height: 200 }]);
  });

  it('keeps a bar visible however long the period', () => {
    const hour = { ...viewport, toEpochMs: 3_600_000 };
    const bars = [{ kind: 'lost', fromEpochMs: 1_800_000, toEpochMs: 1_801_000, share: 0.5 }] as const;
    const [bar] = markShapes(
      { points: [], columnMs: null, gaps: [], dots: [], maxMs: null, bars },
      hour,
      100,
      plot,
    ).bars;
    expect(bar).toMatchObject({ width: 3, y: 10, height: 100 });
  });

  it('has the scale of loss of every chart: from the top down', () => {
    expect(shapes([]).lossLabels).toEqual([
      { x: 548, y: 10, label: '0 %' },
      { x: 548, y: 110, label: '50 %' },
      { x: 548, y: 210, label: '100 %' },
    ]);
  });

  it('cuts marks at the edges of the plot', () => {
    const [bar] = shapes([timedOut(0, 100_000)]).bars;
    expect(bar).toMatchObject({ x: 537.5, width: 2.5 });
  });

  it('puts a dot where the newest round trip is', () => {
    expect(shapes([reply(0, 50_000, 25)]).newest).toEqual({ x: 290, y: 160 });
    expect(shapes([timedOut(0, 50_000)]).newest).toBeNull();
  });

  it('says “no data” only where the words have room', () => {
    const gapOf = (fromEpochMs: number) =>
      shapes([reply(0, fromEpochMs, 1), reply(1, 90_000, 1)]).gaps[0]?.label ?? null;
    expect(gapOf(10_000)).toEqual({ x: 290, y: 110 });
    expect(gapOf(82_000)).toBeNull();
  });
});
