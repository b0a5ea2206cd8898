import type { Outage } from '../../../contract/path.ts';
import { lossOfHop } from './loss-count.ts';
import type { PathEvidence } from './path-evidence.ts';

/** Fewest lost probes in a row that are an outage. Three or four in a row are a burst, and count as loss. */
const LEAST_PROBES = 5;
/** A run shorter than this may be one of the ordinary bursts, and is used to learn how long those are. */
const BURST_PROBES = 10;
/** How improbable a run must be among the ordinary bursts of the same path to be something of another kind. */
const SIGNIFICANCE = 1e-4;

/**
 * The times without any answer that are no mere bursts of the loss which the path shows anyway. Where a loss is followed
 * by another with probability q, lengths are geometric, and one of R bursts is L or longer with one of R q^(L−1).
 * A destination that has never answered has no outage, because nobody knows whether it answers at all.
 */
export function lastingOutages({ report }: PathEvidence): readonly Outage[] {
  const { outages, roundTrip, destinationHopLimit } = report;
  if (roundTrip.received === 0) return destinationHopLimit === null ? [] : outages;
  const long = outages.filter(({ lostProbes }) => lostProbes >= BURST_PROBES);
  const bursts = Math.max(0, roundTrip.lossRuns.count - long.length);
  const lostInBursts = Math.max(0, lossOfHop(roundTrip).lost - sumOfLost(long));
  return outages.filter(({ lostProbes }) => {
    if (lostProbes < LEAST_PROBES) return false;
    const isBurst = lostProbes < BURST_PROBES;
    const otherBursts = bursts - (isBurst ? 1 : 0);
    if (otherBursts <= 0) return true;
    const otherLost = lostInBursts - (isBurst ? lostProbes : 0);
    // How often a loss follows a loss; half a case more (Jeffreys), since few bursts tell it only roughly.
    const continues = Math.min(1, (Math.max(0, otherLost - otherBursts) + 0.5) / (otherLost + 1));
    return (otherBursts + 1) * continues ** (lostProbes - 1) < SIGNIFICANCE;
  });
}

/** Probes of the round trip that were lost in them. */
export function sumOfLost(outages: readonly Outage[]): number {
  return outages.reduce((sum, { lostProbes }) => sum + lostProbes, 0);
}

/** Whether a moment lies in one of them, an interval to either side included: hops notice a little before or after. */
export function isWithin(outages: readonly Outage[], at: number, interval: number): boolean {
  return outages.some(({ fromEpochMs, toEpochMs }) => at >= fromEpochMs - interval && at <= toEpochMs + interval);
}
