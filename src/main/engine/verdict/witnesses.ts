import type { Hop, PathReport } from '../../../contract/path.ts';
import type { SeriesStatistics } from '../../../contract/path-statistics.ts';
import type { Segment } from '../../../contract/verdict.ts';
import { type LossCount, lossOfHop, lossOfRoundTrip } from './loss-count.ts';
import { namedAddress } from './words.ts';

/**
 * A place on the path that can bear witness: it answered, and it was probed about as often as the destination, so that
 * what happened for a part of the period weighs the same in both.
 */
export interface Witness extends LossCount {
  readonly hopLimit: number;
  readonly isDestination: boolean;
  /** Address that answered most, or the destination's. */
  readonly address: string;
  readonly name: string | null;
  readonly segment: Segment | null;
  readonly statistics: SeriesStatistics;
}

/** What the words for a place need to know of it. */
export type PlaceInWords = Pick<Witness, 'hopLimit' | 'isDestination' | 'address' | 'name'>;

type Report = Omit<PathReport, 'verdicts'>;

/**
 * Least share of the destination's probes that a hop must have had. Hops that were found late or are asked only now
 * and then saw another period, and what they lost cannot be set beside what the destination lost.
 */
const LEAST_SHARE = 0.9;

/** Those who can bear witness, near to far; the destination comes last, when it answered at all. */
export function witnessesOf(
  report: Pick<Report, 'hops' | 'roundTrip' | 'destination' | 'target' | 'destinationHopLimit'>,
): Witness[] {
  const { hops, roundTrip } = report;
  const end = destinationHopOf(report);
  const least = LEAST_SHARE * Math.max(1, roundTrip.sent - roundTrip.inFlight);
  const routers = hops.flatMap((hop) => {
    const counts = lossOfHop(hop.statistics);
    const main = mainResponder(hop);
    if (hop.hopLimit >= end || main === null || counts.probes < least || counts.lost === counts.probes) return [];
    const { hopLimit, segment, statistics } = hop;
    return [{ ...counts, hopLimit, isDestination: false, ...main, segment, statistics }];
  });
  if (roundTrip.received === 0) return routers;
  const segment = hops.find(({ hopLimit }) => hopLimit === end)?.segment ?? 'destination';
  const { destination: address, target } = report;
  const name = target === address ? null : target;
  const counts = lossOfRoundTrip(roundTrip);
  return [...routers, { ...counts, hopLimit: end, isDestination: true, address, name, segment, statistics: roundTrip }];
}

/** Hop limit of the destination; one beyond the last hop while it is not known. */
export function destinationHopOf({ destinationHopLimit, hops }: Pick<Report, 'destinationHopLimit' | 'hops'>): number {
  return destinationHopLimit ?? (hops.at(-1)?.hopLimit ?? 0) + 1;
}

/** Who answered most of a hop's probes, or null when nobody did. */
export function mainResponder({
  responders,
}: Pick<Hop, 'responders'>): { address: string; name: string | null } | null {
  const [first, ...others] = responders;
  if (first === undefined) return null;
  const { address, name } = others.reduce(
    (most, responder) => (responder.statistics.received > most.statistics.received ? responder : most),
    first,
  );
  return { address, name };
}

/** A witness in a sentence: "hop 5 (10.0.0.5)", "hop 5 (core1.example, 10.0.0.5)" or "the destination". */
export function placeOf({ hopLimit, isDestination, address, name }: PlaceInWords): string {
  return isDestination ? 'the destination' : `hop ${hopLimit} (${namedAddress({ address, name })})`;
}

/** The link that something happens on, as far as witnesses tell: between the last without it and the first with it. */
export function betweenWords(before: PlaceInWords | null, first: PlaceInWords): string {
  return before === null
    ? `between this machine and ${placeOf(first)}`
    : `between ${placeOf(before)} and ${placeOf(first)}`;
}
