import { confidenceOf, moreProbes } from '../confidence.ts';
import { timeEvidence } from '../evidence-items.ts';
import { carriedJitter } from '../jitter-start.ts';
import { timedAnswersOf } from '../loss-count.ts';
import type { Rule } from '../path-evidence.ts';
import { type SpreadOfRoundTrips, spreadOf } from '../round-trip-spread.ts';
import { whomToAsk } from '../whom-to-ask.ts';
import { placeOf } from '../witnesses.ts';
import { time } from '../words.ts';

/** Round trips that swing, from where on every hop shows it. */
export const jitterRule: Rule = (evidence) => {
  const carried = carriedJitter(evidence);
  if (carried === null) return [];
  const { jitter, spread, destination, first, before } = carried;
  const { rttMs } = destination.statistics;
  const answers = timedAnswersOf(destination.statistics);
  const spreadBefore = before === null ? null : spreadOf(evidence, before);
  return [
    {
      id: 'jitter',
      severity: 'warning',
      hopLimit: first.hopLimit,
      segment: first.segment,
      sentence: `Round trips differ by ${time(jitter)} on average from one to the next (jitter), and it starts at ${placeOf(first)}.`,
      confidence: confidenceOf(answers),
      surer: moreProbes(answers),
      evidence: [
        timeEvidence('jitter of the round trip (mean difference from one to the next)', jitter, answers),
        timeEvidence(spreadLabel('the round trips', spread), spread.milliseconds, answers),
        ...(rttMs.p50 === null ? [] : [timeEvidence('median round trip', rttMs.p50, answers)]),
        ...(before === null || spreadBefore === null
          ? []
          : [
              timeEvidence(
                spreadLabel(`the round trips to ${placeOf(before)}`, spreadBefore),
                spreadBefore.milliseconds,
                timedAnswersOf(before.statistics),
              ),
            ]),
      ],
      advice: whomToAsk(first.segment, before, first, `jitter of ${time(jitter)}`),
    },
  ];
};

function spreadLabel(whose: string, { isAtLeast }: SpreadOfRoundTrips): string {
  return `how far ${isAtLeast ? 'at least ' : ''}the slowest 5 % of ${whose} lie above the median`;
}
