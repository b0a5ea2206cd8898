import type { SeriesStatistics } from '../../../contract/path-statistics.ts';

/** Probes of which the fate is known, and how many of them were lost. */
export interface LossCount {
  readonly lost: number;
  readonly probes: number;
}

/** Of a series that had none. */
export const NO_PROBES: LossCount = { lost: 0, probes: 0 };

/** Answers that came in time, and so have a round trip: late ones are received too, but have none. */
export function timedAnswersOf({ received, late }: SeriesStatistics): number {
  return Math.max(0, received - late);
}

/** Probes of a hop that nothing answered. */
export function lossOfHop({ sent, inFlight, received }: SeriesStatistics): LossCount {
  const probes = sent - inFlight;
  return { lost: Math.max(0, probes - received), probes };
}

/** Probes of the round trip that nothing answered. What an ICMP error ended is no silent loss: other rules tell it. */
export function lossOfRoundTrip({ sent, inFlight, received, icmpErrors }: SeriesStatistics): LossCount {
  const probes = sent - inFlight;
  return { lost: Math.max(0, probes - received - icmpErrors), probes };
}

/** All of them together. */
export function sumOf(counts: readonly LossCount[]): LossCount {
  return counts.reduce((sum, { lost, probes }) => ({ lost: sum.lost + lost, probes: sum.probes + probes }), NO_PROBES);
}

/** Lost by sent, 0 to 1; 0 without probes. */
export function ratioOf({ lost, probes }: LossCount): number {
  return probes === 0 ? 0 : lost / probes;
}
