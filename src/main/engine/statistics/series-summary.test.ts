import { describe, expect, it } from 'vitest';
import type { SeriesStatistics } from '../../../contract/path-statistics.ts';
import { milliseconds } from '../../../contract/units.ts';
import { SeededRandom, unit } from '../../base/random.ts';
import { SeriesSummary } from './series-summary.ts';

const INTERVAL = milliseconds(1_000);

interface Probe {
  readonly fate: 'answered' | 'late' | 'timed-out' | 'refused';
  readonly rtt: number;
  readonly isOutlier: boolean;
  readonly at: number;
  readonly segment: number;
}

function addTo(summary: SeriesSummary, { fate, rtt, isOutlier, at, segment }: Probe): void {
  const marks = { isReordered: rtt > 60, isOutlier, isOutlierOfResponder: false, isRejection: false };
  if (fate === 'answered') summary.addAnswer(rtt, marks, at, segment);
  if (fate === 'late') summary.addLate(marks, segment);
  if (fate === 'timed-out') summary.addTimeout(segment);
  if (fate === 'refused') summary.addRefusal(segment);
}

function packed(probes: readonly Probe[]): Float64Array {
  const summary = new SeriesSummary(INTERVAL);
  for (const probe of probes) addTo(summary, probe);
  const into = new Float64Array(summary.packedLength);
  summary.pack(into);
  return into;
}

/** A series with bursts of loss, pauses of which some are gaps, and a long tail. */
function randomProbes(seed: number, count: number): Probe[] {
  const random = new SeededRandom(seed);
  let [at, segment, isBad] = [0, 0, false];
  return Array.from({ length: count }, () => {
    at += unit(random) < 0.05 ? 7_000 : 1_000;
    if (unit(random) < 0.04) segment += 1;
    isBad = unit(random) < (isBad ? 0.7 : 0.1);
    const fates = isBad ? (['timed-out', 'timed-out', 'refused', 'late'] as const) : (['answered'] as const);
    const fate = fates[Math.floor(fates.length * unit(random))] ?? 'answered';
    return { fate, rtt: 10 + 80 * unit(random) ** 4, isOutlier: unit(random) < 0.1, at, segment };
  });
}

/** Cuts a series at random places, some of them the same, so that stretches are empty, short or long. */
function randomStretches(probes: readonly Probe[], seed: number): Probe[][] {
  const random = new SeededRandom(seed);
  const places = Array.from({ length: 12 }, () => Math.floor((probes.length + 1) * unit(random)));
  const cuts = [0, ...places.sort((a, b) => a - b), probes.length];
  return cuts.slice(1).map((end, index) => probes.slice(cuts[index], end));
}

/** The numbers that a stretch's joints could spoil, from the list alone. */
function worked(probes: readonly Probe[]): Partial<Record<string, number | null>> {
  const isLost = (probe: Probe | undefined) => probe?.fate === 'timed-out' || probe?.fate === 'refused';
  const answered = probes.filter(({ fate }) => fate === 'answered');
  const rtts = answered.map(({ rtt }) => rtt);
  const mean = rtts.reduce((sum, rtt) => sum + rtt, 0) / rtts.length;
  const differences = answered.slice(1).flatMap((probe, index) => {
    const before = answered[index] as Probe;
    return probe.segment === before.segment && probe.at - before.at <= 5_500 ? [Math.abs(probe.rtt - before.rtt)] : [];
  });
  const runs: number[] = [];
  const distances: number[] = [];
  let lastLost = -1;
  for (const [index, probe] of probes.entries()) {
    if (!isLost(probe)) continue;
    const before = probes[index - 1];
    if (isLost(before) && before?.segment === probe.segment) runs.push((runs.pop() ?? 0) + 1);
    else runs.push(1);
    if (lastLost >= 0 && probes[lastLost]?.segment === probe.segment) distances.push(index - lastLost);
    lastLost = index;
  }
  const meanOf = (values: readonly number[]) =>
    values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    sent: probes.length,
    received: probes.filter((probe) => !isLost(probe)).length,
    icmpErrors: probes.filter(({ fate }) => fate === 'refused').length,
    timedOut: probes.filter(({ fate }) => fate === 'timed-out').length,
    late: probes.filter(({ fate }) => fate === 'late').length,
    reordered: probes.filter((probe) => !isLost(probe) && probe.rtt > 60).length,
    outliers: answered.filter(({ isOutlier }) => isOutlier).length,
    last: rtts.at(-1) ?? null,
    min: Math.min(...rtts),
    max: Math.max(...rtts),
    mean,
    stddev: Math.sqrt(rtts.reduce((sum, rtt) => sum + (rtt - mean) ** 2, 0) / (rtts.length - 1)),
    jitter: meanOf(differences),
    maxJitter: Math.max(...differences),
    smoothedJitter: differences.reduce((jitter, difference) => jitter + (difference - jitter) / 16, 0),
    runs: runs.length,
    runMean: meanOf(runs),
    runMax: Math.max(...runs),
    distance: meanOf(distances),
  };
}

function numbersOf(statistics: SeriesStatistics): Record<string, number | null> {
  const { sent, received, icmpErrors, timedOut, late, reordered, outliers, rttMs, lossRuns } = statistics;
  const { p50: _p50, p95: _p95, p99: _p99, ...moments } = rttMs;
  const jitter = { jitter: statistics.jitterMs, maxJitter: statistics.maxJitterMs };
  const loss = { runs: lossRuns.count, runMean: lossRuns.meanLength, runMax: lossRuns.maxLength };
  const smoothed = { smoothedJitter: statistics.smoothedJitterMs, distance: lossRuns.meanDistance };
  return {
    sent,
    received,
    icmpErrors,
    timedOut,
    late,
    reordered,
    outliers,
    ...moments,
    ...jitter,
    ...loss,
    ...smoothed,
  };
}

function closeTo(numbers: Partial<Record<string, number | null>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(numbers).map(([name, value]) => [name, value === null ? null : expect.closeTo(value as number, 8)]),
  );
}

/** A way to join: each stretch as it is, or several of them joined and packed again first. */
function joined(stretches: readonly Probe[][], group: number): SeriesSummary {
  const whole = new SeriesSummary(INTERVAL);
  for (let first = 0; first < stretches.length; first += group) {
    const part = new SeriesSummary(INTERVAL);
    for (const stretch of stretches.slice(first, first + group)) part.append(packed(stretch));
    const into = new Float64Array(part.packedLength);
    part.pack(into);
    whole.append(into);
  }
  return whole;
}

describe('a summary of a series', () => {
  const seeds = Array.from({ length: 40 }, (_, seed) => seed);

  it.each(seeds)('is the same joined from stretches, cut anywhere, as worked out from the list (seed %d)', (seed) => {
    const probes = randomProbes(seed, 40 + 20 * seed);
    const stretches = randomStretches(probes, seed);
    const expected = closeTo(worked(probes));
    expect(numbersOf(joined([probes], 1).statistics())).toEqual(expected);
    expect(numbersOf(joined(stretches, 1).statistics())).toEqual(expected);
    expect(numbersOf(joined(stretches, 3).statistics())).toEqual(expected);
  });

  it('has percentiles within 1 % of the order statistics when joined, and exact ones when told so', () => {
    const probes = randomProbes(7, 900);
    const ascending = probes
      .filter(({ fate }) => fate === 'answered')
      .map(({ rtt }) => rtt)
      .sort((a, b) => a - b);
    const p95At = (ascending.length - 1) * 0.95;
    const [lower, upper] = [ascending[Math.floor(p95At)] ?? 0, ascending[Math.ceil(p95At)] ?? 0];
    const exact = new SeriesSummary(INTERVAL);
    exact.reset(true);
    for (const probe of probes) addTo(exact, probe);
    const { rttMs, pdvP95Ms, percentilesAreExact } = exact.statistics();
    const p95 = lower + (upper - lower) * (p95At - Math.floor(p95At));
    expect([rttMs.p95, pdvP95Ms, percentilesAreExact]).toEqual([
      expect.closeTo(p95, 10),
      expect.closeTo(p95 - (ascending[0] ?? 0), 10),
      true,
    ]);
    const rolledUp = joined(randomStretches(probes, 7), 2).statistics();
    expect(rolledUp.percentilesAreExact).toBe(false);
    expect(rolledUp.rttMs.p95).toBeGreaterThanOrEqual(0.99 * lower);
    expect(rolledUp.rttMs.p95).toBeLessThanOrEqual(1.01 * upper);
  });

  it('has a PDV as near as the percentile it is made from, however small itself: within 1 % of the round trip', () => {
    const summary = new SeriesSummary(INTERVAL);
    const marks = { isReordered: false, isOutlier: false, isOutlierOfResponder: false, isRejection: false };
    // A thousand between 200 and 201 ms, evenly, and one of 260: the true PDV is 0.95 ms.
    for (let index = 0; index < 1_000; index += 1) summary.addAnswer(200 + index / 1_000, marks, 1_000 * index, 0);
    summary.addAnswer(260, marks, 1_000_000, 0);
    expect(Math.abs((summary.statistics().pdvP95Ms ?? Number.NaN) - 0.95)).toBeLessThan(0.01 * 200.95);
  });

  it('counts as slow what is above 1.2 times the least and 5 ms more than it', () => {
    const summary = new SeriesSummary(INTERVAL);
    summary.reset(true);
    const marks = { isReordered: false, isOutlier: false, isOutlierOfResponder: false, isRejection: false };
    for (const [index, rtt] of [10, 12.1, 15, 15.1, 40].entries()) summary.addAnswer(rtt, marks, 1_000 * index, 0);
    expect(summary.statistics().slowRatio).toBe(0.4);
    summary.reset(true);
    for (const [index, rtt] of [100, 119.9, 120.1, 105].entries()) summary.addAnswer(rtt, marks, 1_000 * index, 0);
    expect(summary.statistics().slowRatio).toBe(0.25);
  });

  it('says null where there are too few probes, and keeps nothing of before when it is used again', () => {
    const summary = new SeriesSummary(INTERVAL);
    for (const probe of randomProbes(3, 200)) addTo(summary, probe);
    summary.reset(false);
    summary.addInFlight();
    const unknown = { p50: null, p95: null, p99: null, last: null, min: null, mean: null, max: null, stddev: null };
    expect(summary.statistics()).toEqual({
      sent: 1,
      received: 0,
      inFlight: 1,
      icmpErrors: 0,
      timedOut: 0,
      sendFailures: 0,
      duplicates: 0,
      late: 0,
      lossRatio: null,
      lossLow: null,
      lossHigh: null,
      rttMs: unknown,
      jitterMs: null,
      reordered: 0,
      smoothedJitterMs: null,
      maxJitterMs: null,
      pdvP95Ms: null,
      slowRatio: null,
      outliers: 0,
      lossRuns: { count: 0, meanLength: null, maxLength: null, meanDistance: null },
      mos: null,
      mosPingPlotter: null,
      percentilesAreExact: false,
    });
  });

  it('leaves what is in flight or was not sent out of the part of a responder', () => {
    const summary = new SeriesSummary(INTERVAL);
    summary.addInFlight();
    summary.addSendFailure();
    summary.addAnswer(
      10,
      { isReordered: false, isOutlier: true, isOutlierOfResponder: false, isRejection: false },
      0,
      0,
    );
    const { sent, inFlight, sendFailures, outliers } = summary.statistics();
    expect({ sent, inFlight, sendFailures, outliers }).toEqual({ sent: 2, inFlight: 1, sendFailures: 1, outliers: 1 });
    const part = summary.statisticsOfResponder();
    expect([part.sent, part.inFlight, part.sendFailures, part.outliers]).toEqual([1, 0, 0, 0]);
  });
});
