import { ratioEvidence, secondsEvidence, timeEvidence } from '../evidence-items.ts';
import { latencyRise } from '../latency-rise.ts';
import type { Rule } from '../path-evidence.ts';
import { whomToAsk } from '../whom-to-ask.ts';
import { betweenWords, placeOf, type Witness } from '../witnesses.ts';
import { time } from '../words.ts';

/** Least rise of a buffer that people feel, in ms. */
const LEAST_RISE = 30;

/** The access line is the second hop, or the third behind a second router at home: what fills that, is at home. */
const ACCESS_HOP = 3;

function isNear({ hopLimit, segment }: Witness): boolean {
  return hopLimit <= ACCESS_HOP && (segment === 'local' || segment === 'isp');
}

/** Latency that climbs and falls as a buffer fills and drains, while the way itself stays as long as it was. */
export const bufferbloat: Rule = (evidence) => {
  const rise = latencyRise(evidence);
  if (rise === null || rise.shape !== 'ramp' || rise.top - rise.low < LEAST_RISE) return [];
  const { first, before, low, top, stretches, lossWhileHigh, lossWhileLow } = rise;
  const inHighTimes = stretches.reduce((sum, { fromEpochMs, toEpochMs }) => sum + toEpochMs - fromEpochMs, 0);
  const isLosing = lossWhileHigh.lost > 0;
  return [
    {
      id: 'bufferbloat',
      severity: 'warning',
      hopLimit: first.hopLimit,
      segment: first.segment,
      sentence: `The round trip climbs step by step from ${time(low)} to ${time(top)}, as when packets wait in a buffer that fills up, and it starts at ${placeOf(first)}.`,
      confidence: rise.isOpen ? 'medium' : 'high',
      surer: rise.isOpen ? 'To see it fall again when the load ends.' : null,
      evidence: [
        timeEvidence('median round trip at quiet times', low, null),
        timeEvidence('highest level of the round trip (median of neighbouring probes)', top, null),
        secondsEvidence('time during which the round trip was raised', inHighTimes),
        ...(isLosing
          ? [
              ratioEvidence('loss while the round trip was raised', lossWhileHigh),
              ratioEvidence('loss while the round trip was not raised', lossWhileLow),
            ]
          : []),
      ],
      advice: isNear(first)
        ? `Something fills the link ${betweenWords(before, first)}, most often an upload or a backup at home. Stop it to see the difference; a router with queue management (fq_codel or CAKE in its settings) keeps the delay away.`
        : whomToAsk(first.segment, before, first, 'queueing delay'),
    },
  ];
};
