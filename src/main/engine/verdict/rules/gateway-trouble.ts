import type { Verdict } from '../../../../contract/verdict.ts';
import { confidenceOf, moreProbes } from '../confidence.ts';
import { countEvidence, timeEvidence } from '../evidence-items.ts';
import { isGateway } from '../gateway.ts';
import { carriedJitter } from '../jitter-start.ts';
import { ratioOf, timedAnswersOf } from '../loss-count.ts';
import { evidenceOfLoss } from '../loss-evidence.ts';
import { carriedLosses } from '../loss-start.ts';
import type { PathEvidence, Rule } from '../path-evidence.ts';
import { namedAddress, percent, time } from '../words.ts';

/** From this loss on a call or a game is of no use. */
const CRITICAL_RATIO = 0.2;
/** Mean run of lost probes from which on loss comes in bursts, as it does over radio. Independent loss of 20 % has 1.25. */
const BURST_LENGTH = 1.7;

/** Loss or jitter that is there at the very first hop, and at all that follow. */
export const gatewayTrouble: Rule = (evidence) => {
  const loss = carriedLosses(evidence).find(({ first, isFelt }) => isFelt && isGateway(evidence, first));
  const jitter = carriedJitter(evidence);
  const ownJitter = jitter !== null && isGateway(evidence, jitter.first) ? jitter : null;
  const first = loss?.first ?? ownJitter?.first;
  if (first === undefined) return [];
  const lossRatio = loss === undefined ? null : ratioOf(loss.loss);
  const meanRun = first.statistics.lossRuns.meanLength;
  const inBursts = loss !== undefined && (meanRun ?? 1) >= BURST_LENGTH;
  const ailments = [
    ...(loss === undefined ? [] : [`about ${percent(ratioOf(first))} of the packets are lost`]),
    ...(ownJitter === null ? [] : [`round trips differ by ${time(ownJitter.jitter)} on average from one to the next`]),
  ];
  const verdict: Verdict = {
    id: 'gateway-trouble',
    severity: (lossRatio ?? 0) >= CRITICAL_RATIO ? 'critical' : 'warning',
    hopLimit: first.hopLimit,
    segment: 'local',
    sentence: `Already on the way to the first router (${namedAddress(first)}) ${ailments.join(' and ')}${first.isDestination ? '' : ', and everything beyond suffers with it'}.`,
    confidence: confidenceOf(first.probes),
    surer: moreProbes(first.probes) ?? 'The same measurement over a cable.',
    evidence: [
      ...(loss === undefined ? [] : evidenceOfLoss(loss)),
      ...(inBursts && meanRun !== null
        ? [countEvidence(`probes lost in a row at hop ${first.hopLimit}, on average`, meanRun)]
        : []),
      ...(ownJitter === null
        ? []
        : jitterEvidence(evidence, ownJitter.jitter, first.statistics.jitterMs, first.hopLimit)),
    ],
    advice: `The fault is in this network, not at the provider. ${inBursts || ownJitter !== null ? 'It looks like weak or crowded Wi-Fi. ' : ''}Move closer to the access point or use a cable, then measure again.`,
  };
  return [verdict];
};

function jitterEvidence({ report }: PathEvidence, carried: number, own: number | null, hopLimit: number) {
  return [
    timeEvidence('jitter at the destination', carried, timedAnswersOf(report.roundTrip)),
    ...(own === null ? [] : [timeEvidence(`jitter at hop ${hopLimit}`, own, null)]),
  ];
}
