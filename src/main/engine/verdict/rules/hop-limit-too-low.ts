import type { Verdict } from '../../../../contract/verdict.ts';
import { confidenceOfRepeats } from '../confidence.ts';
import { addressEvidence, countEvidence, hopEvidence } from '../evidence-items.ts';
import type { Rule } from '../path-evidence.ts';
import { rejectionsIn } from '../rejections.ts';
import { mainResponder } from '../witnesses.ts';
import { counted, destinationWords, namedAddress } from '../words.ts';

/** Time exceeded in transit: RFC 792 and RFC 4443 §3.3. */
const TIME_EXCEEDED = { 4: 11, 6: 3 } as const;
/** Hop limits that nearly every path of the internet stays below; what goes on beyond is more likely a circle. */
const USUAL_HOPS = 30;

/**
 * The destination lies further away than the measurement goes: it never answered, and a router still answers the
 * farthest probe of a round that its hops are used up. Only at the highest hop limit that may be probed does a round
 * trip end so; below it the probes would go further.
 */
export const hopLimitTooLow: Rule = (evidence) => {
  const { report } = evidence;
  const { received, icmpErrors, sent, inFlight } = report.roundTrip;
  const last = report.hops.at(-1);
  if (received > 0 || icmpErrors === 0 || last === undefined || report.destinationHopLimit !== null) return [];
  if (rejectionsIn(evidence).length > 0) return [];
  const router = mainResponder(last);
  const isPassing = last.responders.some(({ icmpType }) => icmpType === TIME_EXCEEDED[report.family]);
  if (router === null || !isPassing) return [];
  const { hopLimit, segment } = last;
  const verdict: Verdict = {
    id: 'hop-limit-too-low',
    severity: 'warning',
    hopLimit,
    segment,
    sentence: `${destinationWords(report)} is not reached within ${counted(hopLimit, 'hop')}: the path goes on beyond hop ${hopLimit} (${namedAddress(router)}), the last one probed.`,
    confidence: confidenceOfRepeats(icmpErrors),
    surer: confidenceOfRepeats(icmpErrors) === 'high' ? null : 'More rounds.',
    evidence: [
      countEvidence('probes that were still on their way at the last hop probed', icmpErrors, sent - inFlight),
      hopEvidence('last hop probed', hopLimit),
      addressEvidence('router that answers there', router.address),
    ],
    advice:
      hopLimit < USUAL_HOPS
        ? `Raise the highest hop limit (--max-hops), which now ends the measurement at hop ${hopLimit}.`
        : 'Raise the highest hop limit (--max-hops). Few paths are so long: if more hops only repeat the same routers, packets go round in a circle.',
  };
  return [verdict];
};
