import type { Branches, Hop, PathMtu, Responder, RouteChange } from '../../contract/path.ts';
import type { SeriesStatistics } from '../../contract/path-statistics.ts';
import type { ToldPath } from './path-told.ts';
import { toMillionths, toNanoseconds, wholeMilliseconds } from './quantities.ts';

/** A path as the one document that docs/json.md describes. */
export function pathJson({ target, report, verdicts, message, branches, pathMtu }: ToldPath): object {
  return {
    target,
    simulated: report?.simulated ?? null,
    destination: report?.destination ?? null,
    family: report?.family ?? null,
    reached: report?.reached ?? false,
    destinationHopLimit: report?.destinationHopLimit ?? null,
    fromEpochMs: report === null ? null : wholeMilliseconds(report.fromEpochMs),
    toEpochMs: report === null ? null : wholeMilliseconds(report.toEpochMs),
    intervalMs: report?.intervalMs ?? null,
    rounds: report?.rounds ?? 0,
    hops: report?.hops.map(hopJson) ?? [],
    roundTrip: report === null ? null : seriesJson(report.roundTrip),
    gaps: report?.gaps.map(spanJson) ?? [],
    routeChanges: report?.routeChanges.map(changeJson) ?? [],
    outages: report?.outages.map(spanJson) ?? [],
    localDrops: report?.localDrops ?? 0,
    branches: branches === null ? null : branchesJson(branches),
    pathMtu: pathMtu === null ? null : pathMtuJson(pathMtu),
    verdicts,
    message,
  };
}

/** A gap or an outage. */
export function spanJson<T extends { readonly fromEpochMs: number; readonly toEpochMs: number }>(span: T): T {
  const { fromEpochMs, toEpochMs } = span;
  return { ...span, fromEpochMs: wholeMilliseconds(fromEpochMs), toEpochMs: wholeMilliseconds(toEpochMs) };
}

export function changeJson(change: RouteChange): RouteChange {
  return { ...change, atEpochMs: wholeMilliseconds(change.atEpochMs) };
}

function hopJson({ hopLimit, statistics, responders, segment }: Hop): object {
  return { hopLimit, ...seriesJson(statistics), segment, responders: responders.map(responderJson) };
}

function responderJson(responder: Responder): object {
  const { address, name, asn, statistics, icmpType, icmpCode, mpls, mtuBytes } = responder;
  const { quotedHopLimit, isQuoteAltered, replyHopLimit, interfaceName } = responder;
  return {
    address,
    name,
    asn,
    ...seriesJson(statistics),
    icmpType,
    icmpCode,
    mpls,
    mtu: mtuBytes,
    quotedHopLimit,
    isQuoteAltered,
    replyHopLimit,
    interfaceName,
  };
}

function seriesJson(series: SeriesStatistics): object {
  const { sent, received, inFlight, icmpErrors, timedOut, sendFailures, duplicates, late, reordered } = series;
  const { min, mean, max, stddev, p50, p95, p99, last } = series.rttMs;
  return {
    sent,
    received,
    lossRatio: toMillionths(series.lossRatio),
    lossLow: toMillionths(series.lossLow),
    lossHigh: toMillionths(series.lossHigh),
    rttMs: {
      min: toNanoseconds(min),
      mean: toNanoseconds(mean),
      max: toNanoseconds(max),
      stddev: toNanoseconds(stddev),
      p50: toNanoseconds(p50),
      p95: toNanoseconds(p95),
      p99: toNanoseconds(p99),
      last: toNanoseconds(last),
    },
    jitterMs: toNanoseconds(series.jitterMs),
    smoothedJitterMs: toNanoseconds(series.smoothedJitterMs),
    maxJitterMs: toNanoseconds(series.maxJitterMs),
    pdvP95Ms: toNanoseconds(series.pdvP95Ms),
    slowRatio: toMillionths(series.slowRatio),
    outliers: series.outliers,
    lossRuns: series.lossRuns,
    mos: toMillionths(series.mos),
    mosPingPlotter: toMillionths(series.mosPingPlotter),
    inFlight,
    icmpErrors,
    timedOut,
    sendFailures,
    duplicates,
    late,
    reordered,
  };
}

function branchesJson({ hops, links }: Branches): object {
  return { hops, links };
}

function pathMtuJson({ pathMtuBytes, isBlackHole, hops }: PathMtu): object {
  return { pathMtuBytes, isBlackHole, hops };
}
