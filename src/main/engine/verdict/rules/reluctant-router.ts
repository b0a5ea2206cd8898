import type { Verdict } from '../../../../contract/verdict.ts';
import { confidenceOf } from '../confidence.ts';
import { everydayLoss } from '../everyday-loss.ts';
import { countEvidence, rateEvidence, ratioEvidence, timeEvidence } from '../evidence-items.ts';
import { type LonelyLatency, lonelyLatencies } from '../lonely-latency.ts';
import { type LonelyLoss, lonelyLosses } from '../lonely-loss.ts';
import { ratioOf, timedAnswersOf } from '../loss-count.ts';
import type { PathEvidence, Rule } from '../path-evidence.ts';
import { rateLimitSignatureOf } from '../rate-limit-signature.ts';
import { placeOf } from '../witnesses.ts';
import { listed, percent, time } from '../words.ts';

const ADVICE =
  'Nothing to do: routers answer probes when they have time for it. Do not report this hop to your provider as a fault.';

/** Hops that answer seldom or slowly while everything beyond them is well. */
export const reluctantRouter: Rule = (evidence) => {
  const losses = lonelyLosses(everydayLoss(evidence));
  const latencies = lonelyLatencies(evidence);
  const hopLimits = new Set([...losses, ...latencies].map(({ witness }) => witness.hopLimit));
  return [...hopLimits]
    .sort((a, b) => a - b)
    .flatMap((hopLimit) => {
      const loss = losses.find(({ witness }) => witness.hopLimit === hopLimit);
      const latency = latencies.find(({ witness }) => witness.hopLimit === hopLimit);
      const witness = loss?.witness ?? latency?.witness;
      return witness === undefined ? [] : [verdictOf(evidence, hopLimit, witness, loss, latency)];
    });
};

function verdictOf(
  evidence: PathEvidence,
  hopLimit: number,
  witness: LonelyLoss['witness'] | LonelyLatency['witness'],
  loss: LonelyLoss | undefined,
  latency: LonelyLatency | undefined,
): Verdict {
  const how = [
    ...(loss === undefined ? [] : [`leaves ${percent(ratioOf(loss.witness))} of the probes to it unanswered`]),
    ...(latency === undefined ? [] : ['often answers late']),
  ];
  const what = [...(loss === undefined ? [] : ['scarce']), ...(latency === undefined ? [] : ['slow'])];
  return {
    id: 'reluctant-router',
    severity: 'info',
    hopLimit,
    segment: witness.segment,
    sentence: `The router at ${placeOf(witness)} ${listed(how)}, yet packets pass it unharmed: only its own answers are ${listed(what)}.`,
    confidence: confidenceOf(witness.probes),
    surer: null,
    evidence: [
      ...(loss === undefined ? [] : lossEvidence(loss, evidence)),
      ...(latency === undefined ? [] : latencyEvidence(latency)),
    ],
    advice: ADVICE,
  };
}

function lossEvidence({ witness, later, laterLoss }: LonelyLoss, evidence: PathEvidence): Verdict['evidence'] {
  const places =
    later.length === 1 ? `loss at ${later.map(placeOf).join('')}` : `loss at ${later.length} hops beyond, together`;
  const signature = rateLimitSignatureOf(evidence.outcomes(witness.hopLimit));
  return [
    ratioEvidence(`loss at hop ${witness.hopLimit}`, witness),
    ratioEvidence(places, laterLoss),
    ...(signature === null
      ? []
      : [
          rateEvidence(
            `answers of hop ${witness.hopLimit}, evenly spaced as by a rate limit`,
            signature.answersPerSecond,
          ),
          countEvidence(
            'unevenness of the spacing of these answers (0: even, 1: by chance)',
            round(signature.regularity),
            signature.spacings,
          ),
        ]),
  ];
}

function latencyEvidence({ witness, later, limit, slow, answers }: LonelyLatency): Verdict['evidence'] {
  const fastest = later.statistics.rttMs.p50;
  return [
    ratioEvidence(`answers of hop ${witness.hopLimit} that took more than ${time(limit)}`, {
      lost: slow,
      probes: answers,
    }),
    ...(fastest === null
      ? []
      : [timeEvidence(`median round trip to ${placeOf(later)}`, fastest, timedAnswersOf(later.statistics))]),
  ];
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
