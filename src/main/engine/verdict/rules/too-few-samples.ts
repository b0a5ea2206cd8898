import type { Verdict } from '../../../../contract/verdict.ts';
import { confidenceOf } from '../confidence.ts';
import { countEvidence, ratioEvidence } from '../evidence-items.ts';
import type { PathEvidence, Rule } from '../path-evidence.ts';
import { LEAST_PROBES, type Soundness, soundnessOf } from '../path-soundness.ts';
import { counted } from '../words.ts';

/** Nothing can be concluded yet. Judged only when no other rule found a fault. */
export const tooFewSamples: Rule = (evidence) => {
  const soundness = soundnessOf(evidence);
  if (soundness.isKnown) return [];
  const { loss, of } = soundness;
  const { received, late } = evidence.report.roundTrip;
  return [
    {
      id: 'too-few-samples',
      severity: 'info',
      hopLimit: null,
      segment: null,
      ...wordsOf(soundness, evidence),
      confidence: confidenceOf(loss.probes),
      evidence: [
        ...(loss.probes === 0
          ? [countEvidence('probes to the destination that have come to an end', 0)]
          : [ratioEvidence(`loss at ${of} so far`, loss)]),
        ...(late === 0
          ? []
          : [countEvidence('answers of the destination that came after the timeout', late, received)]),
      ],
    },
  ];
};

/** What there is too little of, and what would help. */
function wordsOf(
  { loss, isMostlyLate }: Soundness,
  { report }: PathEvidence,
): Pick<Verdict, 'sentence' | 'surer' | 'advice'> {
  const advice = 'Keep measuring, best while the trouble is felt.';
  const { received, late } = report.roundTrip;
  if (loss.probes === 0) {
    const surer = `At least ${LEAST_PROBES} probes: a loss of 10 % would then show 19 times in 20.`;
    return { sentence: 'No probe to the destination has come to an end, so nothing can be said yet.', surer, advice };
  }
  if (isMostlyLate) {
    return {
      sentence: `${late.toLocaleString('en')} of ${counted(received, 'answer')} came after the timeout, so nothing can be said of latency or jitter.`,
      surer: `At least ${LEAST_PROBES} answers that come in time.`,
      advice: 'Measure again with a longer timeout.',
    };
  }
  if (loss.probes < LEAST_PROBES) {
    return {
      sentence: `With ${counted(loss.probes, 'probe')} so far nothing can be said of loss or jitter.`,
      surer: `At least ${LEAST_PROBES} probes: a loss of 10 % would then show 19 times in 20.`,
      advice,
    };
  }
  return {
    sentence:
      received === 0
        ? `The destination answered none of ${counted(loss.probes, 'probe')}, and what came back instead does not say why.`
        : `${loss.lost.toLocaleString('en')} of ${counted(loss.probes, 'probe')} were lost, too few to tell a fault from a mishap.`,
    surer: `A longer measurement: ${(2 * loss.probes).toLocaleString('en')} probes would show whether it goes on.`,
    advice,
  };
}
