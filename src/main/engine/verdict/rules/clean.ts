import { confidenceOf, moreProbes } from '../confidence.ts';
import { ratioEvidence, timeEvidence } from '../evidence-items.ts';
import { timedAnswersOf } from '../loss-count.ts';
import type { Rule } from '../path-evidence.ts';
import { soundnessOf } from '../path-soundness.ts';
import { counted, destinationWords, time } from '../words.ts';

/** No fault, and enough probes to say so. Judged only when no other rule found a fault. */
export const clean: Rule = (evidence) => {
  const { loss, of, isOfDestination, isKnown } = soundnessOf(evidence);
  if (!isKnown) return [];
  const { rttMs, jitterMs } = evidence.report.roundTrip;
  const answers = timedAnswersOf(evidence.report.roundTrip);
  const median = rttMs.p50;
  const asFarAs = isOfDestination ? '' : `, as far as ${of} shows`;
  const losing = loss.lost === 0 ? 'none lost' : `${loss.lost.toLocaleString('en')} lost, which nobody feels`;
  return [
    {
      id: 'clean',
      severity: 'good',
      hopLimit: null,
      segment: null,
      sentence: `The path to ${destinationWords(evidence.report)} is clean${asFarAs}: ${counted(loss.probes, 'probe')}, ${losing}${median === null ? '' : `, round trip ${time(median)}`}.`,
      confidence: confidenceOf(loss.probes),
      surer: moreProbes(loss.probes),
      evidence: [
        ratioEvidence(`loss at ${of}`, loss),
        ...(median === null ? [] : [timeEvidence('median round trip', median, answers)]),
        ...(jitterMs === null
          ? []
          : [timeEvidence('jitter of the round trip (mean difference from one to the next)', jitterMs, answers)]),
      ],
      advice:
        'Nothing to do. If it still feels slow, measure while it does; the fault may lie in the service itself, or in another program on this machine.',
    },
  ];
};
