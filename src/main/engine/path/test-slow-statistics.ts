import { expect } from 'vitest';
import type { SeriesStatistics } from '../../../contract/path-statistics.ts';
import { isLost, mean, quantile, type SlowProbe, type SlowRecording } from './test-slow-recording.ts';

/** What of a series does not depend on the period: which of its probes were outliers and which were reordered. */
export interface Marked {
  readonly outliers: ReadonlySet<SlowProbe>;
  readonly reordered: ReadonlySet<SlowProbe>;
}

/** Compares the statistics of a series with the definitions, worked out from its probes of the period. */
export function expectStatistics(
  actual: SeriesStatistics,
  recording: SlowRecording,
  probes: readonly SlowProbe[],
  marked: Marked,
): void {
  const rtts = probes.flatMap((probe) => (probe.fate === 'answered' && probe.rtt !== null ? [probe.rtt] : []));
  expectNumbers(actual, exactStatistics(recording, probes, rtts, marked));
  if (rtts.length === 0) {
    expect(distributionOf(actual)).toEqual({ p50: null, p95: null, p99: null, pdvP95Ms: null, slowRatio: null });
    return;
  }
  const least = Math.min(...rtts);
  const limit = Math.max(1.2 * least, least + 5);
  if (actual.percentilesAreExact) {
    expectNumbers(distributionOf(actual), {
      p50: quantile(rtts, 0.5),
      p95: quantile(rtts, 0.95),
      p99: quantile(rtts, 0.99),
      pdvP95Ms: quantile(rtts, 0.95) - least,
      slowRatio: shareAbove(rtts, limit),
    });
    return;
  }
  // Beyond the exact ones only a histogram is kept, whose values are known to 1 %.
  for (const [q, value] of [
    [0.5, actual.rttMs.p50],
    [0.95, actual.rttMs.p95],
    [0.99, actual.rttMs.p99],
    [0.95, (actual.pdvP95Ms ?? Number.NaN) + least],
  ] as const) {
    expect(value).toBeGreaterThanOrEqual(0.99 * lowerStatistic(rtts, q) - 1e-9);
    expect(value).toBeLessThanOrEqual(1.01 * upperStatistic(rtts, q) + 1e-9);
  }
  expect(actual.slowRatio).toBeGreaterThanOrEqual(shareAbove(rtts, 1.0203 * limit) - 1e-9);
  expect(actual.slowRatio).toBeLessThanOrEqual(shareAbove(rtts, limit / 1.0203) + 1e-9);
}

/** Everything but the numbers that a histogram may have rounded. */
function exactStatistics(
  recording: SlowRecording,
  probes: readonly SlowProbe[],
  rtts: readonly number[],
  { outliers, reordered }: Marked,
) {
  const count = (holds: (probe: SlowProbe) => boolean) => probes.filter(holds).length;
  const sent = count(({ fate }) => fate !== 'send-failed');
  const inFlight = count(({ fate }) => fate === 'in-flight');
  const received = count(({ fate }) => fate === 'answered' || fate === 'late');
  const lost = count(isLost);
  const interval = wilson(lost, sent - inFlight);
  const differences = recording.differences(probes);
  const runs = recording.lossRuns(probes).map((run) => run.length);
  const distances = recording.lossDistances(probes);
  const lossRatio = sent === inFlight ? null : (sent - inFlight - received) / (sent - inFlight);
  const rtt = meanOrNull(rtts);
  const jitter = meanOrNull(differences);
  const known = rtt !== null && jitter !== null && lossRatio !== null;
  return {
    sent,
    received,
    inFlight,
    icmpErrors: count(({ fate }) => fate === 'refused'),
    timedOut: count(({ fate }) => fate === 'lost'),
    sendFailures: count(({ fate }) => fate === 'send-failed'),
    duplicates: probes.reduce((sum, probe) => sum + probe.duplicates, 0),
    late: count(({ fate }) => fate === 'late'),
    reordered: count((probe) => reordered.has(probe)),
    lossRatio,
    lossLow: interval?.low ?? null,
    lossHigh: interval?.high ?? null,
    last: rtts.at(-1) ?? null,
    min: rtts.length === 0 ? null : Math.min(...rtts),
    mean: rtt,
    max: rtts.length === 0 ? null : Math.max(...rtts),
    stddev: rtts.length < 2 ? null : Math.sqrt(squares(rtts) / (rtts.length - 1)),
    jitterMs: jitter,
    smoothedJitterMs: differences.length === 0 ? null : differences.reduce((j, d) => j + (d - j) / 16, 0),
    maxJitterMs: differences.length === 0 ? null : Math.max(...differences),
    outliers: count((probe) => outliers.has(probe)),
    runCount: runs.length,
    runMean: meanOrNull(runs),
    runMax: runs.length === 0 ? null : Math.max(...runs),
    lossDistance: meanOrNull(distances),
    mos: known ? eModel(rtt, jitter, 100 * lossRatio) : null,
    mosPingPlotter: known ? pingPlotter(rtt, jitter, 100 * lossRatio) : null,
  };
}

function distributionOf(statistics: SeriesStatistics) {
  const { p50, p95, p99 } = statistics.rttMs;
  return { p50, p95, p99, pdvP95Ms: statistics.pdvP95Ms, slowRatio: statistics.slowRatio };
}

/** Compares number by number, to nine digits, under the names of the expected ones. */
function expectNumbers(
  actual: SeriesStatistics | Record<string, unknown>,
  expected: Record<string, number | null>,
): void {
  const flat: Record<string, unknown> = 'rttMs' in actual ? flatten(actual as SeriesStatistics) : actual;
  const rounded = (value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(9)) + 0 : value);
  const both = Object.keys(expected).map((name) => [name, flat[name], expected[name]] as const);
  const differing = both.filter(([, is, shall]) => !isNear(is, shall));
  expect(Object.fromEntries(differing.map(([name, is]) => [name, rounded(is)]))).toEqual(
    Object.fromEntries(differing.map(([name, , shall]) => [name, rounded(shall)])),
  );
}

function flatten(statistics: SeriesStatistics): Record<string, unknown> {
  const { rttMs, lossRuns, ...others } = statistics;
  return {
    ...others,
    ...rttMs,
    runCount: lossRuns.count,
    runMean: lossRuns.meanLength,
    runMax: lossRuns.maxLength,
    lossDistance: lossRuns.meanDistance,
  };
}

function isNear(is: unknown, shall: number | null | undefined): boolean {
  if (typeof is !== 'number' || typeof shall !== 'number') return is === shall;
  return Math.abs(is - shall) <= 1e-9 * Math.max(1, Math.abs(shall));
}

function meanOrNull(values: readonly number[]): number | null {
  return values.length === 0 ? null : mean(values);
}

function squares(values: readonly number[]): number {
  const middle = mean(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
}

function shareAbove(values: readonly number[], limit: number): number {
  return values.filter((value) => value > limit).length / values.length;
}

function lowerStatistic(values: readonly number[], q: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * q)] ?? Number.NaN;
}

function upperStatistic(values: readonly number[], q: number): number {
  return [...values].sort((a, b) => a - b)[Math.ceil((values.length - 1) * q)] ?? Number.NaN;
}

/** The ratios p at which (hits/trials − p)² = 1.96² p (1 − p) / trials: Wilson's interval by its own equation. */
function wilson(hits: number, trials: number): { low: number; high: number } | null {
  if (trials === 0) return null;
  const ratio = hits / trials;
  const share = 1.96 ** 2 / trials;
  const a = 1 + share;
  const b = -(2 * ratio + share);
  const root = Math.sqrt(Math.max(0, b * b - 4 * a * ratio * ratio));
  return { low: (-b - root) / (2 * a), high: (-b + root) / (2 * a) };
}

function eModel(rtt: number, jitter: number, lossPercent: number): number {
  const delay = rtt / 2 + 2 * jitter + 10;
  const delayImpairment = 0.024 * delay + (delay > 177.3 ? 0.11 * (delay - 177.3) : 0);
  return opinion(93.2 - delayImpairment - (95 * lossPercent) / (lossPercent + 25.1));
}

function pingPlotter(rtt: number, jitter: number, lossPercent: number): number {
  const delay = rtt + 2 * jitter + 10;
  return opinion((delay < 160 ? 93.2 - delay / 40 : 93.2 - (delay - 120) / 10) - 2.5 * lossPercent);
}

function opinion(rating: number): number {
  const r = Math.max(0, Math.min(100, rating));
  return 1 + 0.035 * r + 0.000007 * r * (r - 60) * (100 - r);
}
