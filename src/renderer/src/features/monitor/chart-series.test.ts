import { describe, expect, it } from 'vitest';
import type { Sample } from '../../../../contract/probe.ts';
import { noRoute, reply, timedOut, unreachable } from '../../live-store/test-samples.ts';
import { chartSeries, POINT_LIMIT, type Viewport } from './chart-series.ts';

const NOW = 1_700_000_000_000;

const view = (durationMs: number, more: Partial<Viewport> = {}): Viewport => ({
  fromEpochMs: NOW - durationMs,
  toEpochMs: NOW,
  widthPx: 800,
  intervalMs: 1_000,
  timeoutMs: 2_000,
  ...more,
});

/** One sample a second, the last one `newestAgoMs` before now. */
const everySecond = (count: number, make: (place: number, at: number) => Sample, newestAgoMs = 0): Sample[] =>
  Array.from({ length: count }, (_, place) => make(place, NOW - newestAgoMs - (count - 1 - place) * 1_000));

describe('the line', () => {
  it('has one point for each probe while there is room, in the order of sending', () => {
    const samples = everySecond(5, (place, at) => reply(place, at, 10 + place));
    const mixed = [samples[2], samples[0], samples[4], samples[1], samples[3]] as Sample[];
    const { points, columnMs } = chartSeries(mixed, view(60_000));
    expect(points.map(({ rttMs }) => rttMs)).toEqual([10, 11, 12, 13, 14]);
    expect(columnMs).toBeNull();
  });

  it('is interrupted by a lost probe and does not bridge it', () => {
    const samples = everySecond(3, (place, at) => (place === 1 ? timedOut(place, at) : reply(place, at, 5)));
    expect(chartSeries(samples, view(60_000)).points.map(({ rttMs }) => rttMs)).toEqual([5, null, 5]);
  });

  it('starts one probe before the viewport, so that it enters from the edge, and no earlier', () => {
    const samples = everySecond(20, (place, at) => reply(place, at, place));
    const { points } = chartSeries(samples, view(5_500));
    expect(points.map(({ rttMs }) => rttMs)).toEqual([13, 14, 15, 16, 17, 18, 19]);
  });

  it('shows a reply between two losses as a dot, because a line cannot', () => {
    const samples = everySecond(5, (place, at) => (place % 2 === 0 ? timedOut(place, at) : reply(place, at, place)));
    expect(chartSeries(samples, view(60_000)).dots.map(({ rttMs }) => rttMs)).toEqual([1, 3]);
  });
});

describe('columns', () => {
  const hour = everySecond(3_600, (place, at) => {
    if (place % 97 === 0) return timedOut(place, at);
    return reply(place, at, place === 1_777 ? 900 : 10 + (place % 7));
  });

  it('hold minimum, mean and maximum of their probes, as computed from the samples directly', () => {
    const viewport = view(3_600_000);
    const { points, columnMs } = chartSeries(hour, viewport);
    expect(columnMs).not.toBeNull();
    for (const { moment } of points) {
      if (moment?.kind !== 'column') throw new Error('a column was expected');
      const inside = hour.filter(
        ({ sentAtEpochMs }) => sentAtEpochMs >= moment.fromEpochMs && sentAtEpochMs < moment.toEpochMs,
      );
      const rtts = inside.flatMap((one) => (one.fate === 'echo-reply' ? [one.rttMs] : []));
      expect(moment.received).toBe(rtts.length);
      expect(moment.lost).toBe(inside.length - rtts.length);
      expect(moment.rttMs?.min).toBe(Math.min(...rtts));
      expect(moment.rttMs?.max).toBe(Math.max(...rtts));
      expect(moment.rttMs?.mean).toBeCloseTo(rtts.reduce((sum, rtt) => sum + rtt, 0) / rtts.length, 9);
    }
    const counted = points.reduce(
      (sum, { moment }) => sum + (moment?.kind === 'column' ? moment.received + moment.lost : 0),
      0,
    );
    expect(counted).toBe(3_600);
  });

  it('keep a single spike of an hour', () => {
    expect(chartSeries(hour, view(3_600_000)).maxMs).toBe(900);
  });

  it('stand at fixed times, so that the picture moves without changing its shape', () => {
    const wholeColumns = (nowShiftMs: number) =>
      chartSeries(hour, {
        ...view(3_600_000),
        fromEpochMs: NOW - 3_600_000 + nowShiftMs,
        toEpochMs: NOW + nowShiftMs,
      }).points.slice(2, -2);
    const before = new Map(wholeColumns(0).map((point) => [point.atEpochMs, point.rttMs]));
    const after = wholeColumns(1_000);
    expect(after.length).toBeGreaterThan(100);
    for (const { atEpochMs, rttMs } of after) expect(before.get(atEpochMs) ?? rttMs).toBe(rttMs);
  });

  it('give a share of loss as high as the lost part of the column', () => {
    const samples = everySecond(900, (place, at) => (place % 2 === 0 ? timedOut(place, at) : reply(place, at, 3)));
    const { bars } = chartSeries(samples, view(900_000));
    expect(Math.min(...bars.map(({ share }) => share))).toBeGreaterThan(0.3);
    expect(Math.max(...bars.map(({ share }) => share))).toBeLessThan(0.7);
  });
});

describe('the number of points', () => {
  it('never goes above the limit, at any period, width and pattern', () => {
    for (const durationMs of [60_000, 300_000, 900_000, 3_600_000]) {
      for (const widthPx of [100, 400, 1_600]) {
        for (const every of [1, 2, 3, 1_000_000]) {
          const samples = everySecond(3_600, (place, at) =>
            place % every === 0 ? timedOut(place, at) : reply(place, at, 4),
          ).filter((_, place) => place % 31 < 25);
          expect(chartSeries(samples, view(durationMs, { widthPx })).points.length).toBeLessThanOrEqual(POINT_LIMIT);
        }
      }
    }
  });

  it('leaves five minutes at one probe a second probe by probe', () => {
    const samples = everySecond(600, (place, at) => reply(place, at, 4));
    const { points, columnMs } = chartSeries(samples, view(300_000));
    expect([points.length, columnMs]).toEqual([300, null]);
  });
});

describe('bars', () => {
  it('mark lost probes and probes refused by an ICMP error alike, each as wide as its interval', () => {
    const samples = [
      reply(0, NOW - 9_000, 1),
      timedOut(1, NOW - 8_000),
      reply(2, NOW - 7_000, 1),
      unreachable(3, NOW - 6_000),
    ];
    expect(chartSeries(samples, view(60_000)).bars).toEqual([
      { kind: 'lost', fromEpochMs: NOW - 8_500, toEpochMs: NOW - 7_500, share: 1 },
      { kind: 'lost', fromEpochMs: NOW - 6_500, toEpochMs: NOW - 5_500, share: 1 },
    ]);
  });

  it('join where losses follow each other', () => {
    const samples = everySecond(4, (place, at) => timedOut(place, at + (place % 2) * 20), 1_000);
    expect(chartSeries(samples, view(60_000)).bars).toEqual([
      { kind: 'lost', fromEpochMs: NOW - 4_500, toEpochMs: NOW - 480, share: 1 },
    ]);
  });

  it('show a probe that could not be sent as not sent, never as lost', () => {
    expect(chartSeries([noRoute(0, NOW - 5_000)], view(60_000)).bars).toEqual([
      { kind: 'not-sent', fromEpochMs: NOW - 5_500, toEpochMs: NOW - 4_500, share: 1 },
    ]);
  });
});

describe('gaps', () => {
  it('are where nothing was measured, and interrupt the line, but are no loss', () => {
    const samples = [
      ...everySecond(10, (p, at) => reply(p, at, 1), 40_000),
      ...everySecond(10, (p, at) => reply(p, at, 1)),
    ];
    const { gaps, bars, points } = chartSeries(samples, view(60_000));
    expect(gaps).toEqual([{ fromEpochMs: NOW - 39_500, toEpochMs: NOW - 9_500 }]);
    expect(bars).toEqual([]);
    expect(points.filter(({ rttMs }) => rttMs === null)).toHaveLength(1);
  });

  it('go on to the right edge while a monitor is paused', () => {
    const samples = everySecond(10, (place, at) => reply(place, at, 1), 30_000);
    expect(chartSeries(samples, view(60_000)).gaps).toEqual([{ fromEpochMs: NOW - 29_500, toEpochMs: NOW }]);
  });

  it('begin at the left edge when the pause began before it', () => {
    const samples = everySecond(10, (place, at) => reply(place, at, 1), 300_000);
    expect(chartSeries(samples, view(60_000)).gaps).toEqual([{ fromEpochMs: NOW - 60_000, toEpochMs: NOW }]);
  });

  it('are not seen in probes that may still be waiting for their answer', () => {
    // The probes of the last three seconds time out only after two, and arrive here in batches.
    expect(
      chartSeries(
        everySecond(10, (place, at) => reply(place, at, 1), 3_000),
        view(60_000),
      ).gaps,
    ).toEqual([]);
  });

  it('are not claimed before the first probe', () => {
    expect(
      chartSeries(
        everySecond(5, (place, at) => reply(place, at, 1)),
        view(60_000),
      ).gaps,
    ).toEqual([]);
    expect(chartSeries([], view(60_000))).toEqual({
      points: [],
      columnMs: null,
      bars: [],
      gaps: [],
      dots: [],
      maxMs: null,
    });
  });
});
