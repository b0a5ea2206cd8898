import { formatInstant } from '../../../../contract/instants.ts';
import type { Outage } from '../../../../contract/path.ts';
import type { Verdict } from '../../../../contract/verdict.ts';
import { countEvidence, hopEvidence, secondsEvidence } from '../evidence-items.ts';
import { lastingOutages, sumOfLost } from '../lasting-outages.ts';
import { lossOfHop, NO_PROBES, ratioOf, sumOf } from '../loss-count.ts';
import type { PathEvidence, Rule } from '../path-evidence.ts';
import { whomToAsk } from '../whom-to-ask.ts';
import { betweenWords, destinationHopOf, type Witness, witnessesOf } from '../witnesses.ts';
import { counted, destinationWords, lasting } from '../words.ts';

/** A hop that answered fewer of its probes in that time was cut off too. */
const CUT_OFF = 0.2;
/** Fewest probes of a hop in that time that tell. */
const LEAST_PROBES = 3;

/** Times in which the destination did not answer at all, and the first hop that was silent with it. */
export const outage: Rule = (evidence) => {
  const outages = lastingOutages(evidence);
  const longest = outages.reduce<Outage | null>(
    (best, one) => (best === null || one.lostProbes > best.lostProbes ? one : best),
    null,
  );
  if (longest === null) return [];
  const { report } = evidence;
  const place = placeOfOutage(evidence, outages);
  const whole = outages.reduce((sum, { fromEpochMs, toEpochMs }) => sum + toEpochMs - fromEpochMs, 0);
  const isOpen = outages.some((one) => one.isOpen);
  const span = lasting(longest.toEpochMs - longest.fromEpochMs);
  const when =
    outages.length === 1
      ? isOpen
        ? `has not answered for ${span}, since ${formatInstant(longest.fromEpochMs)}`
        : `did not answer for ${span} from ${formatInstant(longest.fromEpochMs)} on`
      : `fell silent ${counted(outages.length, 'time')}, the longest for ${span} from ${formatInstant(longest.fromEpochMs)} on${isOpen ? ', and is silent now' : ''}`;
  const verdict: Verdict = {
    id: 'outage',
    severity: 'critical',
    hopLimit: place?.first.hopLimit ?? null,
    segment: place?.first.segment ?? null,
    sentence: `${destinationWords(report)} ${when}${place === null ? '' : `; the silence began ${betweenWords(place.before, place.first)}`}.`,
    confidence: place === null ? 'medium' : 'high',
    surer: place === null ? 'A period around the outage itself: hops are then known probe by probe.' : null,
    evidence: [
      countEvidence('outages in the period', outages.length),
      secondsEvidence('time without an answer', whole),
      countEvidence('probes lost in the outages', sumOfLost(outages)),
      ...(place === null || place.before === null
        ? []
        : [hopEvidence('last hop that still answered meanwhile', place.before.hopLimit)]),
    ],
    advice:
      place === null
        ? 'Ask whoever runs the destination, and your provider, whether they know of a fault at that time.'
        : whomToAsk(place.first.segment, place.before, place.first, 'the outage'),
  };
  return [verdict];
};

/** Between the last hop that answered meanwhile and the first one that did not, though it answers at other times. */
function placeOfOutage(
  evidence: PathEvidence,
  outages: readonly Outage[],
): { first: Witness; before: Witness | null } | null {
  const { report } = evidence;
  const routers = witnessesOf({ ...report, roundTrip: { ...report.roundTrip, received: 0 } });
  const known = routers.flatMap((witness) => {
    const isCutOff = isCutOffByProbes(evidence, witness, outages) ?? isCutOffBySlices(evidence, witness, outages);
    return isCutOff === null ? [] : [{ witness, isCutOff }];
  });
  if (known.length === 0) return null;
  const lastHeard = known.findLastIndex(({ isCutOff }) => !isCutOff);
  const before = known[lastHeard]?.witness ?? null;
  const first = known[lastHeard + 1]?.witness ?? destinationWitness(evidence);
  return { first, before };
}

/** Whether a hop was silent in the outages, or null where its probes are not known one by one so far back. */
function isCutOffByProbes(evidence: PathEvidence, { hopLimit }: Witness, outages: readonly Outage[]): boolean | null {
  const outcomes = evidence.outcomes(hopLimit);
  const known = outages.filter(({ fromEpochMs }) => fromEpochMs >= (outcomes[0]?.at ?? Number.POSITIVE_INFINITY));
  const meanwhile = outcomes.filter(
    ({ at, fate }) => fate !== 'send-failed' && known.some((one) => at >= one.fromEpochMs && at <= one.toEpochMs),
  );
  if (meanwhile.length < LEAST_PROBES) return null;
  return meanwhile.filter(({ fate }) => fate !== 'lost').length < CUT_OFF * meanwhile.length;
}

/** The same by slices: whether a hop lost about as many as the outages did, and no such share at other times. */
function isCutOffBySlices(evidence: PathEvidence, { hopLimit }: Witness, outages: readonly Outage[]): boolean | null {
  const slices = evidence.slices.map((slice) => {
    const statistics = slice.statisticsOf(hopLimit);
    const isConcerned = outages.some(
      ({ fromEpochMs, toEpochMs }) => fromEpochMs < slice.toEpochMs && toEpochMs >= slice.fromEpochMs,
    );
    return { isConcerned, ...(statistics === null ? NO_PROBES : lossOfHop(statistics)) };
  });
  const concerned = sumOf(slices.filter(({ isConcerned }) => isConcerned));
  const others = sumOf(slices.filter(({ isConcerned }) => !isConcerned));
  if (others.probes === 0 || concerned.probes === 0) return null;
  const added = concerned.lost - ratioOf(others) * concerned.probes;
  return added > (1 - CUT_OFF) * (1 - ratioOf(others)) * sumOfLost(outages);
}

function destinationWitness({ report }: PathEvidence): Witness {
  const { destination, target, roundTrip } = report;
  return {
    hopLimit: destinationHopOf(report),
    isDestination: true,
    address: destination,
    name: target === destination ? null : target,
    segment: 'destination',
    statistics: roundTrip,
    lost: 0,
    probes: 0,
  };
}
