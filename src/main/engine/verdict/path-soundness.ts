import { everydayLoss } from './everyday-loss.ts';
import { type LossCount, lossOfRoundTrip, ratioOf, timedAnswersOf } from './loss-count.ts';
import type { PathEvidence } from './path-evidence.ts';
import { destinationReluctant } from './rules/destination-reluctant.ts';

/** Fewest probes that can call a path clean: of 29, a loss of 10 %, which ruins a call, spares all only 1 time in 20. */
export const LEAST_PROBES = 30;
/** One lost probe is a mishap. More of them must be rarer than this to be called nothing. */
const LEAST_DOUBTFUL = { lost: 2, ratio: 0.02 } as const;

/** What can be said of a path on which no fault was found. */
export interface Soundness {
  readonly loss: LossCount;
  /** Of whom the loss is: the destination, or the hop before one that limits its answers. */
  readonly of: string;
  readonly isOfDestination: boolean;
  /** Whether most answers of the destination came after the timeout: then nothing is known of how long they take. */
  readonly isMostlyLate: boolean;
  /** Whether it is enough to call the path clean. */
  readonly isKnown: boolean;
}

/** Judges by the destination, or by the hop before it when the destination limits how often it answers. */
export function soundnessOf(evidence: PathEvidence): Soundness {
  const { report } = evidence;
  const before = everydayLoss(evidence).findLast(({ isDestination }) => !isDestination);
  const isReluctant = destinationReluctant(evidence).length > 0 && before !== undefined;
  const loss = isReluctant ? { lost: before.lost, probes: before.probes } : lossOfRoundTrip(report.roundTrip);
  const isDoubtful = loss.lost >= LEAST_DOUBTFUL.lost && ratioOf(loss) >= LEAST_DOUBTFUL.ratio;
  const isMostlyLate = 2 * timedAnswersOf(report.roundTrip) < report.roundTrip.received;
  return {
    loss,
    isMostlyLate,
    isOfDestination: !isReluctant,
    of: isReluctant ? `hop ${before.hopLimit}` : 'the destination',
    isKnown: loss.probes >= LEAST_PROBES && report.roundTrip.received > 0 && !isDoubtful && !isMostlyLate,
  };
}
