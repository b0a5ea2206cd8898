import type { Hop, PathReport, Responder } from '../../contract/path.ts';
import type { SeriesStatistics } from '../../contract/path-statistics.ts';
import type { Verdict } from '../../contract/verdict.ts';
import type { ToldPath } from './path-told.ts';

/** Statistics of a series with some sent, all or some received, and every round trip the same. */
export function testSeries(sent: number, received: number, rttMs: number | null): SeriesStatistics {
  const has = received > 0 ? rttMs : null;
  return {
    sent,
    received,
    inFlight: 0,
    icmpErrors: 0,
    timedOut: sent - received,
    sendFailures: 0,
    duplicates: 0,
    late: 0,
    lossRatio: sent === 0 ? null : (sent - received) / sent,
    lossLow: sent === 0 ? null : 0,
    lossHigh: sent === 0 ? null : 1,
    rttMs: { last: has, min: has, mean: has, max: has, stddev: has && 0, p50: has, p95: has, p99: has },
    jitterMs: has && 0,
    reordered: 0,
    smoothedJitterMs: has && 0,
    maxJitterMs: has && 0,
    pdvP95Ms: has && 0,
    slowRatio: has && 0,
    outliers: 0,
    lossRuns: { count: sent > received ? 1 : 0, meanLength: null, maxLength: null, meanDistance: null },
    mos: null,
    mosPingPlotter: null,
    percentilesAreExact: true,
  };
}

export function testResponder(address: string, statistics: SeriesStatistics, more: Partial<Responder> = {}): Responder {
  return {
    address,
    name: null,
    asn: null,
    statistics,
    icmpType: 11,
    icmpCode: 0,
    mpls: [],
    mtuBytes: null,
    quotedHopLimit: 1,
    isQuoteAltered: false,
    replyHopLimit: 64,
    interfaceName: null,
    ...more,
  };
}

export function testHop(hopLimit: number, statistics: SeriesStatistics, responders: readonly Responder[]): Hop {
  return { hopLimit, statistics, responders: [...responders], segment: null };
}

export const CLEAN: Verdict = {
  id: 'clean',
  severity: 'good',
  hopLimit: null,
  segment: null,
  sentence: 'The path is clean.',
  confidence: 'high',
  surer: null,
  evidence: [{ label: 'loss', value: 0, unit: 'ratio', low: 0, high: 0.04, samples: 100 }],
  advice: 'Nothing to do.',
};

/** A path of four hops: a gateway with a name, a silent hop, two responders, the destination. */
export function testReport(more: Partial<PathReport> = {}): PathReport {
  const all = testSeries(10, 10, 1.25);
  return {
    target: 'host.example',
    destination: '203.0.113.9',
    family: 4,
    reached: true,
    destinationHopLimit: 4,
    fromEpochMs: 1_700_000_000_000,
    toEpochMs: 1_700_000_010_000,
    intervalMs: 1_000,
    rounds: 10,
    hops: [
      testHop(1, all, [testResponder('192.0.2.1', all, { name: 'gw.example' })]),
      testHop(2, testSeries(10, 0, null), []),
      testHop(3, testSeries(10, 9, 20.5), [
        testResponder('198.51.100.1', testSeries(5, 5, 20.5), {
          asn: { number: 64_500, name: 'TEST' },
          mpls: [{ label: 24_001, trafficClass: 0, isBottom: true, ttl: 1 }],
        }),
        testResponder('198.51.100.2', testSeries(5, 4, 20.5)),
      ]),
      testHop(4, testSeries(10, 10, 123.456), [
        testResponder('203.0.113.9', testSeries(10, 10, 123.456), { icmpType: 0 }),
      ]),
    ],
    roundTrip: testSeries(10, 10, 123.456),
    gaps: [],
    routeChanges: [],
    outages: [],
    localDrops: 0,
    simulated: null,
    verdicts: [CLEAN],
    ...more,
  };
}

export function toldPath(report: PathReport = testReport(), more: Partial<ToldPath> = {}): ToldPath {
  const { target, verdicts } = report;
  return { target, report, verdicts, message: null, branches: null, pathMtu: null, ...more };
}
