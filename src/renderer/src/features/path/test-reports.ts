import type { Hop, PathMonitorInfo, PathReport, Responder } from '../../../../contract/path.ts';
import type { SeriesStatistics } from '../../../../contract/path-statistics.ts';
import type { Timeline, TimelineColumn } from '../../../../contract/timeline.ts';
import type { Verdict } from '../../../../contract/verdict.ts';

/** Hand-made reports for the tests of the workspace. Nothing here is computed. */

/** 2026-11-22 12:00:00, local time. */
export const NOON = new Date(2026, 10, 22, 12, 0, 0).getTime();

type Times = Partial<SeriesStatistics['rttMs']>;

const NO_TIMES = { last: null, min: null, mean: null, max: null, stddev: null, p50: null, p95: null, p99: null };

/** A series of 100 probes, all answered unless said otherwise. */
export function statistics(times: Times = {}, more: Partial<SeriesStatistics> = {}): SeriesStatistics {
  return {
    sent: 100,
    received: 100,
    inFlight: 0,
    icmpErrors: 0,
    timedOut: 0,
    sendFailures: 0,
    duplicates: 0,
    late: 0,
    lossRatio: 0,
    lossLow: 0,
    lossHigh: 0.037,
    rttMs: { ...NO_TIMES, ...times },
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
    percentilesAreExact: true,
    ...more,
  };
}

/** Round trips around a mean: from half of it to twice it, the 95th percentile at one and a half. */
export function times(mean: number): Times {
  return { last: mean, min: mean / 2, mean, max: mean * 2, p50: mean, p95: mean * 1.5, p99: mean * 2, stddev: 1 };
}

export function responder(address: string, more: Partial<Responder> = {}): Responder {
  return {
    address,
    name: null,
    asn: null,
    statistics: statistics(times(10)),
    icmpType: 11,
    icmpCode: 0,
    mpls: [],
    mtuBytes: null,
    quotedHopLimit: 1,
    isQuoteAltered: false,
    replyHopLimit: 60,
    interfaceName: null,
    ...more,
  };
}

export function hop(hopLimit: number, more: Partial<Hop> = {}): Hop {
  return {
    hopLimit,
    statistics: statistics(times(10)),
    responders: [responder(`10.0.0.${hopLimit}`)],
    segment: null,
    ...more,
  };
}

/** A hop that never answered. */
export function silentHop(hopLimit: number): Hop {
  return hop(hopLimit, {
    responders: [],
    statistics: statistics({}, { received: 0, timedOut: 100, lossRatio: 1, lossLow: 0.963, lossHigh: 1 }),
  });
}

export function report(more: Partial<PathReport> = {}): PathReport {
  return {
    target: 'host.example',
    destination: '192.0.2.9',
    family: 4,
    reached: true,
    destinationHopLimit: 3,
    fromEpochMs: NOON - 100_000,
    toEpochMs: NOON,
    intervalMs: 1_000,
    rounds: 100,
    hops: [hop(1), hop(2), hop(3)],
    roundTrip: statistics(times(10)),
    gaps: [],
    routeChanges: [],
    outages: [],
    localDrops: 0,
    simulated: null,
    verdicts: [],
    ...more,
  };
}

export function verdict(more: Partial<Verdict> = {}): Verdict {
  return {
    id: 'clean',
    severity: 'good',
    hopLimit: null,
    segment: null,
    sentence: 'The path is clean.',
    confidence: 'high',
    surer: null,
    evidence: [{ label: 'loss', value: 0, unit: 'ratio', low: 0, high: 0.037, samples: 100 }],
    advice: 'Nothing to do.',
    ...more,
  };
}

/** Five probes around 20 ms, all answered. */
export function column(fromEpochMs: number, more: Partial<TimelineColumn> = {}): TimelineColumn {
  return {
    fromEpochMs,
    toEpochMs: fromEpochMs + 10_000,
    rounds: 10,
    sent: 10,
    received: 10,
    lossRatio: 0,
    minMs: 10,
    p10Ms: 12,
    p25Ms: 15,
    p50Ms: 20,
    p75Ms: 25,
    p90Ms: 30,
    maxMs: 40,
    jitterMs: 2,
    ...more,
  };
}

const NOTHING = {
  minMs: null,
  p10Ms: null,
  p25Ms: null,
  p50Ms: null,
  p75Ms: null,
  p90Ms: null,
  maxMs: null,
  jitterMs: null,
};

/** A column in which every probe was lost. */
export function lostColumn(fromEpochMs: number): TimelineColumn {
  return column(fromEpochMs, { ...NOTHING, received: 0, lossRatio: 1 });
}

/** A column in which nothing was measured. */
export function emptyColumn(fromEpochMs: number, toEpochMs = fromEpochMs + 10_000): TimelineColumn {
  return column(fromEpochMs, { ...NOTHING, toEpochMs, rounds: 0, sent: 0, received: 0, lossRatio: null });
}

export function timeline(columns: readonly TimelineColumn[], hopLimit = 0): Timeline {
  return { hopLimit, fromEpochMs: NOON - 100_000, toEpochMs: NOON, columns: [...columns] };
}

export function pathInfo(more: Partial<PathMonitorInfo> = {}): PathMonitorInfo {
  return {
    pathId: 'p-1',
    target: 'host.example',
    destination: '192.0.2.9',
    family: 4,
    transport: 'simulated',
    timestampSource: 'kernel',
    intervalMs: 1_000,
    timeoutMs: 2_000,
    addedAtEpochMs: NOON - 600_000,
    state: { phase: 'running' },
    simulated: null,
    verdict: null,
    ...more,
  };
}
