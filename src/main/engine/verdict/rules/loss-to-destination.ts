import type { Verdict } from '../../../../contract/verdict.ts';
import { atMost, confidenceOf, moreProbes } from '../confidence.ts';
import { lastingOutages } from '../lasting-outages.ts';
import { ratioOf } from '../loss-count.ts';
import { evidenceOfLoss } from '../loss-evidence.ts';
import { type CarriedLoss, carriedLosses } from '../loss-start.ts';
import type { Rule } from '../path-evidence.ts';
import { whomToAsk } from '../whom-to-ask.ts';
import { betweenWords, placeOf } from '../witnesses.ts';
import { percent } from '../words.ts';

/** From this loss on a call or a game is of no use. */
const CRITICAL_RATIO = 0.2;

/** Loss that starts somewhere on the path and is carried to the destination. */
export const lossToDestination: Rule = (evidence) => {
  const apart = lastingOutages(evidence).length === 0 ? '' : ', outages apart,';
  return carriedLosses(evidence).map((carried) => verdictOf(carried, apart));
};

function verdictOf(carried: CarriedLoss, apart: string): Verdict {
  const { first, before, loss, destination, last, isFelt, plausible } = carried;
  const [earliest, latest] = plausible;
  const isCertain = earliest === latest;
  // The sentence tells what the row of the last place has; all places together, which tell it better, are evidence.
  const told = percent(ratioOf(last));
  const where = first.isDestination
    ? `on the last stretch, ${betweenWords(before, first)}`
    : `at or after ${placeOf(first)}, ${last.isDestination ? '' : `as hop ${last.hopLimit} shows, `}and the loss goes on to the destination`;
  return {
    id: 'loss-to-destination',
    severity: !isFelt ? 'info' : ratioOf(loss) >= CRITICAL_RATIO ? 'critical' : 'warning',
    hopLimit: first.hopLimit,
    segment: first.segment,
    sentence: `About ${told} of the packets${apart} are lost ${where}${isFelt ? '' : '; that is more than chance, but too little to be felt'}.`,
    confidence: atMost(confidenceOf(destination.probes), isCertain && !first.isDestination ? 'high' : 'medium'),
    surer: first.isDestination
      ? 'Whether the service itself stalls too: a busy destination may also leave echo requests unanswered.'
      : isCertain
        ? moreProbes(destination.probes)
        : `More probes: so far it may start anywhere from ${placeOf(earliest)} to ${placeOf(latest)}.`,
    evidence: evidenceOfLoss(carried),
    advice: isFelt
      ? whomToAsk(first.segment, before, first, `a loss of ${told}`)
      : `Nothing now. If it grows, this is the place to look at: ${betweenWords(before, first)}.`,
  };
}
