import type { SeriesStatistics } from '../../../../contract/path-statistics.ts';
import type { Segment } from '../../../../contract/verdict.ts';
import { formatCount } from '../../format/count.ts';
import { formatLoss, formatLossInterval } from '../../format/loss.ts';
import { formatRtt, NO_VALUE } from '../../format/rtt.ts';

/** A column of numbers in the hop table. */
export interface HopColumn {
  readonly id: string;
  readonly label: string;
  /** What exactly the number means, for who points at the heading. */
  readonly meaning: string;
  readonly widthPx: number;
  readonly text: (statistics: SeriesStatistics, segment: Segment | null) => string;
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
): HopColumn => ({ id, label, meaning, widthPx: 63, text: (statistics) => formatRtt(value(statistics)) });

const count = (
  id: string,
  label: string,
  meaning: string,
  value: (statistics: SeriesStatistics) => number,
): HopColumn => ({ id, label, meaning, widthPx: 58, text: (statistics) => formatCount(value(statistics)) });

/** Every column there is, in the order in which they stand. */
export const HOP_COLUMNS: readonly HopColumn[] = [
  {
    id: 'loss',
    label: 'Loss',
    meaning: 'Share of the probes whose fate is known that were not answered',
    widthPx: 58,
    text: ({ lossRatio }) => formatLoss(lossRatio),
  },
  {
    id: 'interval',
    label: 'Loss, 95 %',
    meaning: 'The true loss lies in this interval with 95 % confidence (Wilson). More probes make it narrower.',
    widthPx: 84,
    text: ({ lossLow, lossHigh }) => formatLossInterval(lossLow, lossHigh) ?? NO_VALUE,
  },
  count('sent', 'Sent', 'Probes handed to the network', ({ sent }) => sent),
  count('received', 'Received', 'Probes that were answered', ({ received }) => received),
  time('last', 'Last', 'Newest round trip', ({ rttMs }) => rttMs.last),
  time('mean', 'Mean', 'Mean of all round trips', ({ rttMs }) => rttMs.mean),
  time('best', 'Best', 'Shortest round trip', ({ rttMs }) => rttMs.min),
  time('worst', 'Worst', 'Longest round trip', ({ rttMs }) => rttMs.max),
  time('median', 'Median', 'Half of the round trips were at most this long', ({ rttMs }) => rttMs.p50),
  time('p95', 'p95', '95 of 100 round trips were at most this long', ({ rttMs }) => rttMs.p95),
  time('p99', 'p99', '99 of 100 round trips were at most this long', ({ rttMs }) => rttMs.p99),
  time('jitter', 'Jitter', 'Mean difference between one round trip and the next', ({ jitterMs }) => jitterMs),
  time(
    'smoothed-jitter',
    'Jitter, smoothed',
    'Smoothed as RTP does it (RFC 3550), at the end of the period',
    ({ smoothedJitterMs }) => smoothedJitterMs,
  ),
  time(
    'max-jitter',
    'Jitter, worst',
    'Greatest difference between one round trip and the next',
    ({ maxJitterMs }) => maxJitterMs,
  ),
  time('stddev', 'StDev', 'Standard deviation of the round trips (n − 1)', ({ rttMs }) => rttMs.stddev),
  time(
    'pdv',
    'PDV p95',
    'Packet delay variation: 95 of 100 round trips were at most this much above the best (RFC 5481)',
    ({ pdvP95Ms }) => pdvP95Ms,
  ),
  {
    id: 'slow',
    label: 'Slow',
    meaning: 'Share of round trips above 1.2 times the best, and at least 5 ms above it',
    widthPx: 58,
    text: ({ slowRatio }) => formatLoss(slowRatio),
  },
  {
    id: 'longest-loss',
    label: 'Loss run',
    meaning: 'Most probes lost in a row',
    widthPx: 58,
    text: ({ lossRuns }) => (lossRuns.maxLength === null ? NO_VALUE : formatCount(lossRuns.maxLength)),
  },
  count('reordered', 'Reordered', 'Answers that came after the answer to a later probe', ({ reordered }) => reordered),
  count('duplicates', 'Twice', 'Answers that came more than once', ({ duplicates }) => duplicates),
  count('late', 'Late', 'Answers that came after the timeout; not lost, and in none of the times', ({ late }) => late),
  {
    id: 'mos',
    label: 'MOS',
    meaning: 'Speech quality from 1 to about 4.4, estimated by the E-model (ITU-T G.107)',
    widthPx: 56,
    text: ({ mos }) => (mos === null ? NO_VALUE : mos.toFixed(1)),
  },
  {
    id: 'part',
    label: 'Part',
    meaning: 'Whose part of the way it is: this network, the provider, transit, or the destination',
    widthPx: 84,
    text: (_, segment) => (segment === null ? NO_VALUE : segmentWord(segment)),
  },
];

/** Shown at first, the most important before the others: where there is no room, the last ones give way. */
const BY_IMPORTANCE = ['loss', 'last', 'mean', 'p95', 'best', 'worst', 'jitter', 'interval', 'sent'];

export const DEFAULT_COLUMNS = BY_IMPORTANCE.join(',');

/** A remembered choice, `loss,last,mean`. What is not the id of a column is passed over. */
export function parseColumns(remembered: string): readonly string[] {
  return remembered.split(',').filter((id) => HOP_COLUMNS.some((column) => column.id === id));
}

/** The choice with one column in or out of it. */
export function toggleColumn(chosen: readonly string[], id: string): string {
  return (chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]).join(',');
}

/** Room for the hop limit, for the host, and for the range graphic, in CSS pixels. */
export const HOP_WIDTH_PX = 48;
export const LEAST_HOST_PX = 180;
export const LEAST_RANGE_PX = 180;

/** The host gets this share of what the numbers leave, up to its most; the range graphic gets the rest. */
const HOST_SHARE = 0.45;
const MOST_HOST_PX = 330;

export interface TableLayout {
  /** Those of the chosen columns that fit, in the order in which they stand. */
  readonly columns: readonly HopColumn[];
  readonly hostPx: number;
  readonly rangePx: number;
}

/** How the chosen columns share the width of the table. Where there is no room the least important ones are left out. */
export function tableLayout(chosen: readonly string[], tableWidthPx: number): TableLayout {
  let room = tableWidthPx - HOP_WIDTH_PX - LEAST_HOST_PX - LEAST_RANGE_PX;
  const fitting = new Set<string>();
  for (const { id, widthPx } of byImportance(chosen)) {
    // Once one has no room the less important ones have none either, so that they come and go in one order.
    if (widthPx > room) break;
    room -= widthPx;
    fitting.add(id);
  }
  const columns = HOP_COLUMNS.filter(({ id }) => fitting.has(id));
  const left = tableWidthPx - HOP_WIDTH_PX - columns.reduce((sum, { widthPx }) => sum + widthPx, 0);
  const hostPx = Math.max(LEAST_HOST_PX, Math.min(MOST_HOST_PX, Math.round(left * HOST_SHARE)));
  return { columns, hostPx, rangePx: Math.max(LEAST_RANGE_PX, Math.floor(left - hostPx)) };
}

/** Who chose a column that is not shown at first wants it more than all but the loss. */
function byImportance(chosen: readonly string[]): readonly HopColumn[] {
  const rank = (id: string) => {
    const place = BY_IMPORTANCE.indexOf(id);
    return place === -1 ? 0.5 : place;
  };
  return HOP_COLUMNS.filter(({ id }) => chosen.includes(id)).toSorted((a, b) => rank(a.id) - rank(b.id));
}
