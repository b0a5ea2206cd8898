import type { Responder } from '../../../../contract/path.ts';
import type { SeriesStatistics } from '../../../../contract/path-statistics.ts';
import type { Segment } from '../../../../contract/verdict.ts';
import { formatCount } from '../../format/count.ts';
import { formatLoss, formatLossInterval } from '../../format/loss.ts';
import { formatRtt, NO_VALUE } from '../../format/rtt.ts';

/** What a cell of the hop table is told from. */
export interface CellSubject {
  readonly statistics: SeriesStatistics;
  readonly segment: Segment | null;
  /** Who answers most there; null for the round trip and where nobody does. */
  readonly responder: Responder | null;
}

/** A column of the hop table. */
export interface HopColumn {
  readonly id: string;
  readonly label: string;
  /** What exactly the number means, for who points at the heading. */
  readonly meaning: string;
  /** Unless another width was chosen. */
  readonly widthPx: number;
  readonly text: (subject: CellSubject) => string;
  /** The same for another program: a number in `unit`, or words; null where there is none. */
  readonly value: (subject: CellSubject) => number | string | null;
  readonly unit: 'ms' | '%' | null;
}

const SEGMENT_WORDS: Readonly<Record<Segment, string>> = {
  local: 'local',
  isp: 'provider',
  transit: 'transit',
  destination: 'destination',
};

/** Whose part of the way a segment is, in a word. */
export function segmentWord(segment: Segment): string {
  return SEGMENT_WORDS[segment];
}

const time = (
  id: string,
  label: string,
  meaning: string,
  value: (statistics: SeriesStatistics) => number | null,
): HopColumn => ({
  id,
  label,
  meaning,
  widthPx: 63,
  text: ({ statistics }) => formatRtt(value(statistics)),
  value: ({ statistics }) => rounded(value(statistics)),
  unit: 'ms',
});

const count = (
  id: string,
  label: string,
  meaning: string,
  value: (statistics: SeriesStatistics) => number | null,
): HopColumn => ({
  id,
  label,
  meaning,
  widthPx: 58,
  text: ({ statistics }) => {
    const number = value(statistics);
    if (number === null) return NO_VALUE;
    return Number.isInteger(number) ? formatCount(number) : number.toFixed(1);
  },
  value: ({ statistics }) => rounded(value(statistics)),
  unit: null,
});

const score = (
  id: string,
  label: string,
  meaning: string,
  value: (statistics: SeriesStatistics) => number | null,
): HopColumn => ({
  id,
  label,
  meaning,
  widthPx: 56,
  text: ({ statistics }) => value(statistics)?.toFixed(1) ?? NO_VALUE,
  value: ({ statistics }) => rounded(value(statistics)),
  unit: null,
});

/** To the microsecond: no clock here has more. */
function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 1_000) / 1_000;
}

function percentOf(ratio: number | null): number | null {
  return rounded(ratio === null ? null : ratio * 100);
}

/** Every column there is, those that say most before the others; each with its definition. */
export const HOP_COLUMNS: readonly HopColumn[] = [
  {
    id: 'loss',
    label: 'Loss',
    meaning:
      'Probes lost, of those whose fate is known: sent, no longer in flight. An answer after the timeout is late, not lost.',
    widthPx: 58,
    text: ({ statistics }) => formatLoss(statistics.lossRatio),
    value: ({ statistics }) => percentOf(statistics.lossRatio),
    unit: '%',
  },
  {
    id: 'interval',
    label: 'Loss, 95 %',
    meaning: 'The true loss lies in this interval with 95 % confidence (Wilson score). More probes make it narrower.',
    widthPx: 84,
    text: ({ statistics: { lossLow, lossHigh } }) => formatLossInterval(lossLow, lossHigh) ?? NO_VALUE,
    value: ({ statistics: { lossLow, lossHigh } }) => formatLossInterval(lossLow, lossHigh),
    unit: null,
  },
  count('sent', 'Sent', 'Probes handed to the network, those still in flight included.', ({ sent }) => sent),
  count('received', 'Received', 'Probes that were answered, also late.', ({ received }) => received),
  time('last', 'Last', 'The newest round trip.', ({ rttMs }) => rttMs.last),
  time('mean', 'Mean', 'Arithmetic mean of all round trips in time.', ({ rttMs }) => rttMs.mean),
  time('best', 'Best', 'The shortest round trip.', ({ rttMs }) => rttMs.min),
  time('worst', 'Worst', 'The longest round trip.', ({ rttMs }) => rttMs.max),
  time(
    'stddev',
    'StDev',
    'Sample standard deviation of the round trips (n − 1, Welford).',
    ({ rttMs }) => rttMs.stddev,
  ),
  time('median', 'Median', 'Half of the round trips were at most this long.', ({ rttMs }) => rttMs.p50),
  time(
    'p95',
    'p95',
    '95 of 100 round trips were at most this long (type 7 of Hyndman and Fan).',
    ({ rttMs }) => rttMs.p95,
  ),
  time(
    'p99',
    'p99',
    '99 of 100 round trips were at most this long (type 7 of Hyndman and Fan).',
    ({ rttMs }) => rttMs.p99,
  ),
  time(
    'jitter',
    'Jitter',
    'Mean absolute difference between one round trip and the next; never across a gap.',
    ({ jitterMs }) => jitterMs,
  ),
  time(
    'smoothed-jitter',
    'J',
    'Smoothed jitter, J += (|D| − J) / 16 as RTP has it (RFC 3550), with D of round trips; at the end of the period.',
    ({ smoothedJitterMs }) => smoothedJitterMs,
  ),
  time(
    'max-jitter',
    'Jmax',
    'The greatest absolute difference between one round trip and the next.',
    ({ maxJitterMs }) => maxJitterMs,
  ),
  time(
    'pdv',
    'PDV p95',
    'Packet delay variation: 95 of 100 round trips were at most this much above the best (RFC 5481).',
    ({ pdvP95Ms }) => pdvP95Ms,
  ),
  {
    id: 'slow',
    label: 'Slow',
    meaning: 'Round trips above 1.2 times the best and at least 5 ms above it, of all round trips.',
    widthPx: 58,
    text: ({ statistics }) => formatLoss(statistics.slowRatio),
    value: ({ statistics }) => percentOf(statistics.slowRatio),
    unit: '%',
  },
  count(
    'outliers',
    'Outliers',
    'Round trips far from the 120 before them (modified z-score above 3.5; Iglewicz and Hoaglin).',
    ({ outliers }) => outliers,
  ),
  count(
    'loss-runs',
    'Runs',
    'Runs of consecutive lost probes (loss periods of RFC 3357).',
    ({ lossRuns }) => lossRuns.count,
  ),
  count('longest-loss', 'Max run', 'Most probes lost in a row.', ({ lossRuns }) => lossRuns.maxLength),
  count(
    'mean-loss',
    'Mean run',
    'Probes lost in a row, on average over the runs.',
    ({ lossRuns }) => lossRuns.meanLength,
  ),
  count(
    'loss-distance',
    'Distance',
    'Probes from one lost probe to the next, on average (loss distance of RFC 3357).',
    ({ lossRuns }) => lossRuns.meanDistance,
  ),
  count('late', 'Late', 'Answers after the timeout: not lost, and in none of the times.', ({ late }) => late),
  count('duplicates', 'Twice', 'Further answers to a probe that was answered already.', ({ duplicates }) => duplicates),
  count(
    'reordered',
    'Overtaken',
    'Answers that came after the answer to a later probe (RFC 4737).',
    ({ reordered }) => reordered,
  ),
  count(
    'errors',
    'Errors',
    'Probes that ended in an ICMP error which says that they go no further.',
    ({ icmpErrors }) => icmpErrors,
  ),
  count(
    'send-failures',
    'Not sent',
    'Probes that never left this machine; they count as neither sent nor lost.',
    ({ sendFailures }) => sendFailures,
  ),
  score(
    'mos',
    'MOS',
    'Speech quality from 1 to about 4.4: an estimate by the E-model (ITU-T G.107) for G.711 with concealment.',
    ({ mos }) => mos,
  ),
  score(
    'mos-pingplotter',
    'MOS, PP',
    'The same by the formula that PingPlotter publishes, for comparison with its figures.',
    ({ mosPingPlotter }) => mosPingPlotter,
  ),
  {
    id: 'asn',
    label: 'AS',
    meaning:
      'Autonomous system that the address belongs to; known where the look-up is switched on, which tells a public service what is looked at.',
    widthPx: 92,
    text: ({ responder }) => (responder?.asn == null ? NO_VALUE : `AS${responder.asn.number}`),
    value: ({ responder }) => (responder?.asn == null ? null : `AS${responder.asn.number}`),
    unit: null,
  },
  {
    id: 'part',
    label: 'Part',
    meaning: 'Whose part of the way it is: this network (local), the provider, transit, or the destination.',
    widthPx: 84,
    text: ({ segment }) => (segment === null ? NO_VALUE : segmentWord(segment)),
    value: ({ segment }) => (segment === null ? null : segmentWord(segment)),
    unit: null,
  },
];
