import type { Sample, Statistics } from '../../../contract/probe.ts';

/** Statistics for the fake engine, straight from the definitions: slow and simple. */
export function statisticsOf(samples: readonly Sample[]): Statistics {
  const rtts = samples.flatMap((sample) => (sample.fate === 'echo-reply' ? [sample.rttMs] : []));
  const count = (fate: Sample['fate']) => samples.filter((sample) => sample.fate === fate).length;
  const sent = samples.length - count('send-failed');
  const lossRatio = sent === 0 ? null : (sent - rtts.length) / sent;
  const ordered = [...rtts].sort((a, b) => a - b);
  const differences = rtts.slice(1).map((rtt, place) => Math.abs(rtt - (rtts[place] ?? rtt)));
  return {
    sent,
    received: rtts.length,
    inFlight: 0,
    icmpErrors: count('icmp-error'),
    timedOut: count('timed-out'),
    sendFailures: count('send-failed'),
    duplicates: 0,
    late: 0,
    lossRatio,
    ...wilson(lossRatio, sent),
    rttMs: {
      last: rtts.at(-1) ?? null,
      min: ordered[0] ?? null,
      mean: mean(rtts),
      max: ordered.at(-1) ?? null,
      stddev: standardDeviation(rtts),
      p50: quantile(ordered, 0.5),
      p95: quantile(ordered, 0.95),
      p99: quantile(ordered, 0.99),
    },
    jitterMs: mean(differences),
    // The page shows neither.
    mdevMs: null,
    ewmaMs: null,
    localDrops: 0,
  };
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function standardDeviation(values: readonly number[]): number | null {
  const middle = mean(values);
  if (middle === null || values.length < 2) return null;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1));
}

function quantile(ordered: readonly number[], q: number): number | null {
  const low = ordered[Math.floor((ordered.length - 1) * q)];
  const high = ordered[Math.ceil((ordered.length - 1) * q)];
  return low === undefined || high === undefined ? null : low + (high - low) * (((ordered.length - 1) * q) % 1);
}

/** Wilson 1927 with z = 1.96. */
function wilson(p: number | null, n: number): { lossLow: number | null; lossHigh: number | null } {
  if (p === null) return { lossLow: null, lossHigh: null };
  const z = 1.96;
  const middle = p + z ** 2 / (2 * n);
  const half = z * Math.sqrt((p * (1 - p)) / n + z ** 2 / (4 * n ** 2));
  const scale = 1 + z ** 2 / n;
  return { lossLow: (middle - half) / scale, lossHigh: (middle + half) / scale };
}
