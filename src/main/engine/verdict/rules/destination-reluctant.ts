import { confidenceOf } from '../confidence.ts';
import { everydayLoss } from '../everyday-loss.ts';
import { countEvidence, rateEvidence, ratioEvidence } from '../evidence-items.ts';
import { lonelyLosses } from '../lonely-loss.ts';
import { ratioOf } from '../loss-count.ts';
import type { Rule } from '../path-evidence.ts';
import { rateLimitSignatureOf } from '../rate-limit-signature.ts';
import { percent } from '../words.ts';

/** Least loss of a destination that limits its answers: the pattern of less cannot be told from chance. */
const LEAST_RATIO = 0.05;
/** Most that the hop before may lose beside it. */
const GREATEST_SHARE = 0.34;

/** The destination answers at a steady rate, whatever it is asked, while the hops before it are well. */
export const destinationReluctant: Rule = (evidence) => {
  const all = everydayLoss(evidence);
  const lonely = new Set(lonelyLosses(all).map(({ witness }) => witness));
  const witnesses = all.filter((witness) => !lonely.has(witness));
  const destination = witnesses.at(-1);
  const last = witnesses.at(-2);
  if (!destination?.isDestination || last === undefined || ratioOf(destination) < LEAST_RATIO) return [];
  if (ratioOf(last) > GREATEST_SHARE * ratioOf(destination)) return [];
  const signature = rateLimitSignatureOf(evidence.outcomes(0));
  if (signature === null) return [];
  return [
    {
      id: 'destination-reluctant',
      severity: 'info',
      hopLimit: destination.hopLimit,
      segment: 'destination',
      sentence: `The destination answers only ${percent(1 - ratioOf(destination))} of the probes, evenly spaced: it limits how often it answers, and the path to it is well.`,
      confidence: confidenceOf(destination.probes),
      surer: 'A measurement with twice the interval: a limit would then leave fewer probes unanswered.',
      evidence: [
        ratioEvidence('loss at the destination', destination),
        ratioEvidence(`loss at hop ${last.hopLimit}, the last before it that can be judged`, last),
        rateEvidence('answers of the destination, evenly spaced', signature.answersPerSecond),
        countEvidence(
          'unevenness of the spacing of these answers (0: even, 1: by chance)',
          Math.round(signature.regularity * 100) / 100,
          signature.spacings,
        ),
      ],
      advice: 'Nothing to do on the path. Use a longer interval, or judge this target by the hop before it.',
    },
  ];
};
