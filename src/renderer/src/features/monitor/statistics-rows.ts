import type { Statistics } from '../../../../contract/probe.ts';
import { formatCount } from '../../format/count.ts';
import { formatLoss, formatLossInterval } from '../../format/loss.ts';
import { formatRtt, NO_VALUE } from '../../format/rtt.ts';

/** One number beside the chart. */
export interface StatisticsCell {
  readonly label: string;
  readonly value: string;
  /** What exactly the number means, for who points at it. */
  readonly meaning: string;
}

export interface StatisticsRows {
  /** The newest round trip. */
  readonly current: string;
  readonly loss: string;
  /** The 95 % interval of the loss, null before the first outcome. */
  readonly lossInterval: string | null;
  readonly lossCount: string;
  readonly hasLoss: boolean;
  /** Always the same cells in the same places. */
  readonly cells: readonly StatisticsCell[];
  /** What only deserves a line when it happened. */
  readonly notes: readonly StatisticsCell[];
}

const EMPTY_RTT = { last: null, min: null, mean: null, max: null, stddev: null, p50: null, p95: null, p99: null };

/** The numbers of a monitor in words, null for one that has none yet. */
export function statisticsRows(statistics: Statistics | null): StatisticsRows {
  const rttMs = statistics?.rttMs ?? EMPTY_RTT;
  return {
    current: formatRtt(rttMs.last),
    loss: formatLoss(statistics?.lossRatio ?? null),
    lossInterval: formatLossInterval(statistics?.lossLow ?? null, statistics?.lossHigh ?? null),
    lossCount: statistics === null ? NO_VALUE : lossCount(statistics),
    hasLoss: (statistics?.lossRatio ?? 0) > 0,
    cells: [
      { label: 'Min', value: formatRtt(rttMs.min), meaning: 'Shortest round trip' },
      { label: 'Mean', value: formatRtt(rttMs.mean), meaning: 'Mean of all round trips' },
      { label: 'Max', value: formatRtt(rttMs.max), meaning: 'Longest round trip' },
      { label: 'Median', value: formatRtt(rttMs.p50), meaning: 'Half of the round trips were at most this long' },
      { label: 'p95', value: formatRtt(rttMs.p95), meaning: '95 of 100 round trips were at most this long' },
      { label: 'p99', value: formatRtt(rttMs.p99), meaning: '99 of 100 round trips were at most this long' },
      {
        label: 'Jitter',
        value: formatRtt(statistics?.jitterMs ?? null),
        meaning: 'Mean difference between one round trip and the next',
      },
      { label: 'Std dev', value: formatRtt(rttMs.stddev), meaning: 'Standard deviation of the round trips (n − 1)' },
      {
        label: 'Sent',
        value: statistics === null ? NO_VALUE : formatCount(statistics.sent),
        meaning: 'Probes handed to the network',
      },
    ],
    notes: statistics === null ? [] : notes(statistics),
  };
}

function lossCount({ sent, inFlight, received }: Statistics): string {
  const ended = sent - inFlight;
  return `${formatCount(Math.max(0, ended - received))} of ${formatCount(ended)} lost`;
}

function notes(statistics: Statistics): readonly StatisticsCell[] {
  const candidates = [
    { label: 'ICMP errors', count: statistics.icmpErrors, meaning: 'Probes that a router or host refused' },
    { label: 'Duplicates', count: statistics.duplicates, meaning: 'Replies that came more than once' },
    {
      label: 'Late',
      count: statistics.late,
      meaning: 'Replies that came after the timeout; not lost, and in none of the times',
    },
    { label: 'Not sent', count: statistics.sendFailures, meaning: 'Probes that this machine could not send; no loss' },
    {
      label: 'Dropped here',
      count: statistics.localDrops,
      meaning: 'Replies that this machine dropped before reading them: a fault here, not of the network',
    },
  ];
  return candidates
    .filter(({ count }) => count > 0)
    .map(({ label, count, meaning }) => ({ label, value: formatCount(count), meaning }));
}
