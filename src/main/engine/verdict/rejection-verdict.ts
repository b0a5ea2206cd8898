import { describeIcmpError } from '../../../contract/describe-icmp-error.ts';
import type { Verdict } from '../../../contract/verdict.ts';
import { confidenceOfRepeats } from './confidence.ts';
import { addressEvidence, ratioEvidence, textEvidence } from './evidence-items.ts';
import type { PathEvidence } from './path-evidence.ts';
import { type Rejection, rejectionsIn } from './rejections.ts';
import { continued, counted, destinationWords, percent } from './words.ts';

/** Fewest round trips that ended so while others came back: one may be a hiccup of a route that was being changed. */
const LEAST_PROBES = 3;
/** Share of the round trips from which on the destination counts as out of reach altogether. */
const CRITICAL_SHARE = 0.5;

/**
 * The verdict for one kind of ICMP unreachable, or none when round trips did not end in it. A destination that answered
 * nothing in the period needs one such message only: routers send few of them, and nothing speaks against it.
 */
export function rejectionVerdict(evidence: PathEvidence, kind: Rejection['kind']): Verdict[] {
  const { report } = evidence;
  const { icmpErrors, received, sent, inFlight } = report.roundTrip;
  const probes = sent - inFlight;
  const hasNeverAnswered = received === 0;
  // Where several speak, the one nearest to this machine keeps the packets from the others.
  const rejection = rejectionsIn(evidence)[0];
  if (rejection?.kind !== kind) return [];
  if (hasNeverAnswered ? icmpErrors === 0 && !isTheLastHeard(report, rejection) : icmpErrors < LEAST_PROBES) return [];
  const { hopLimit, address, segment, icmpType, icmpCode } = rejection;
  const fromThisMachine = isOfThisMachine(evidence, rejection);
  const explanation = describeIcmpError({
    family: report.family,
    icmpType,
    icmpCode,
    responder: address,
    fromThisMachine,
    mtuBytes: null,
  });
  const confidence = confidenceOfRepeats(icmpErrors);
  const isCritical = hasNeverAnswered || icmpErrors >= CRITICAL_SHARE * probes;
  const verdict: Verdict = {
    id: kind,
    severity: isCritical ? 'critical' : 'warning',
    hopLimit,
    segment: hopLimit === 1 ? 'local' : segment,
    sentence: `${leadOf(report, rejection, fromThisMachine, isCritical)}: ${continued(explanation.sentence)}${howOften(icmpErrors, probes, hasNeverAnswered)}.`,
    confidence,
    surer: confidence === 'high' ? null : 'More probes: routers send such messages only now and then.',
    evidence: [
      ...(probes === 0
        ? []
        : [ratioEvidence('probes to the destination that ended in an ICMP error', { lost: icmpErrors, probes })]),
      addressEvidence('who sent the error', address),
      textEvidence('ICMP type and code of the error', `${icmpType}/${icmpCode ?? 'not told'}`),
    ],
    advice: explanation.cure?.sentence ?? `Ask whoever runs ${address} what it means.`,
  };
  return [verdict];
}

function leadOf(
  report: PathEvidence['report'],
  { kind, hopLimit, address }: Rejection,
  fromThisMachine: boolean,
  isCritical: boolean,
): string {
  const who = destinationWords(report);
  const times = isCritical ? '' : ' at times';
  if (address === report.destination) return `${who} itself turns the probes away${times}`;
  if (kind === 'refused') return `The way to ${who} is${times} closed on purpose at hop ${hopLimit}`;
  return `${who} ${isCritical ? 'cannot' : 'could at times not'} be reached ${fromThisMachine ? 'from here' : `beyond hop ${hopLimit}`}`;
}

function howOften(errors: number, probes: number, hasNeverAnswered: boolean): string {
  if (errors === 0 || errors >= probes) return '';
  const others = hasNeverAnswered ? '; nothing answered the others' : '';
  const share = hasNeverAnswered
    ? `${errors} of ${counted(probes, 'probe')}`
    : `${percent(errors / probes)} of the probes`;
  return `, in answer to ${share}${others}`;
}

/** Whether nobody else is heard beyond the one who says it: what others still pass on is not ended there. */
function isTheLastHeard({ hops }: PathEvidence['report'], { hopLimit, address }: Rejection): boolean {
  return hops.every((hop) => hop.hopLimit <= hopLimit || hop.responders.every((other) => other.address === address));
}

/** Who speaks at the first hop without being a gateway, and never lets a probe run out of hops, is this machine itself. */
function isOfThisMachine({ gateways, rejections }: PathEvidence, { hopLimit, address }: Rejection): boolean {
  if (hopLimit !== 1 || gateways.length === 0 || gateways.includes(address)) return false;
  return rejections.every((other) => other.address !== address || other.isAllItSays);
}
