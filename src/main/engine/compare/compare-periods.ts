import type { ComparedHop, Comparison } from '../../../contract/comparison.ts';
import { epochMilliseconds } from '../../../contract/units.ts';
import type { RecordedHop, RecordedPeriod, RecordingReader } from '../path/recording.ts';
import { alignHops } from './align-hops.ts';
import { conclude } from './conclusion.ts';
import { lossDifference, rttDifference } from './differences.ts';

/**
 * Round trips of each hop and side that are tested, from stretches spread evenly over the period: the test needs single
 * round trips, and more of them make it no surer than the network allows, which does not toss a coin for each probe.
 */
const STRETCHES = 20;
const PROBES_OF_STRETCH = 100;

/** A period of something recorded. */
export interface ComparedPeriod {
  readonly recording: RecordingReader;
  readonly period: RecordedPeriod;
}

/** Compares two periods: hops aligned by who answers there, loss and round trips tested. */
export function comparePeriods(
  before: ComparedPeriod,
  after: ComparedPeriod,
): Pick<Comparison, 'hops' | 'roundTrip' | 'outcome' | 'sentence'> {
  const aligned = alignHops(before.period.hops.map(addressesOf), after.period.hops.map(addressesOf));
  const hops = aligned.map((pair): ComparedHop => {
    const [a, b] = [hopOf(before, pair.before), hopOf(after, pair.after)];
    return {
      beforeHopLimit: pair.before,
      afterHopLimit: pair.after,
      beforeAddresses: a === null ? [] : addressesOf(a),
      afterAddresses: b === null ? [] : addressesOf(b),
      before: a?.statistics ?? null,
      after: b?.statistics ?? null,
      loss: lossDifference(a?.statistics ?? null, b?.statistics ?? null),
      rtt: rttDifference(roundTripsOf(before, pair.before), roundTripsOf(after, pair.after)),
    };
  });
  const roundTrip: ComparedHop = {
    beforeHopLimit: null,
    afterHopLimit: null,
    beforeAddresses: [],
    afterAddresses: [],
    before: before.period.roundTrip,
    after: after.period.roundTrip,
    loss: lossDifference(before.period.roundTrip, after.period.roundTrip),
    rtt: rttDifference(roundTripsOf(before, 0), roundTripsOf(after, 0)),
  };
  return { hops, roundTrip, ...conclude(roundTrip) };
}

function hopOf({ period }: ComparedPeriod, hopLimit: number | null): RecordedHop | null {
  return hopLimit === null ? null : (period.hops[hopLimit - 1] ?? null);
}

function addressesOf({ responders }: RecordedHop): string[] {
  return responders.map(({ answer }) => answer.responder);
}

/** Single round trips, oldest first: all of a short period, of a long one those of stretches. */
function roundTripsOf({ recording, period }: ComparedPeriod, hopLimit: number | null): number[] {
  if (hopLimit === null) return [];
  const { from, to, rounds } = period;
  const isShort = rounds <= STRETCHES * PROBES_OF_STRETCH;
  const count = isShort ? 1 : STRETCHES;
  const limit = isShort ? rounds : PROBES_OF_STRETCH;
  const border = (index: number) => epochMilliseconds(from + ((to - from) * index) / count);
  return Array.from({ length: count }, (_, index) =>
    recording.outcomes(hopLimit, border(index), border(index + 1), limit),
  ).flatMap((outcomes) => outcomes.flatMap(({ rtt }) => (rtt === null ? [] : [rtt])));
}
