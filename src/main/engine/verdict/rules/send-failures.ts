import { describeSendFailure, type SendFailureReason } from '../../../../contract/describe-failure.ts';
import { sendFailureReasonSchema } from '../../../../contract/probe.ts';
import type { Verdict } from '../../../../contract/verdict.ts';
import { countEvidence, secondsEvidence, textEvidence } from '../evidence-items.ts';
import type { PathEvidence, Rule } from '../path-evidence.ts';
import { type UnmeasuredTime, unmeasuredTime } from '../unmeasured-time.ts';
import { continued, lasting, percent } from '../words.ts';

/** Share of the measurement from which on what is missing is felt, and from which on nothing works. */
const FELT_SHARE = 0.01;
const CRITICAL_SHARE = 0.5;

/** Probes that this machine could not send, or time in which it had no way to. Nothing is lost, but nothing learned. */
export const sendFailures: Rule = (evidence) => {
  const { report, sendFailures: failures } = evidence;
  const count = failures.reduce((sum, failure) => sum + failure.count, 0);
  const time = unmeasuredTime(evidence);
  if (count === 0 && time.unsent === 0) return [];
  const sent = report.hops.reduce((sum, { statistics }) => sum + statistics.sent, 0);
  const ofTime = time.unsent === 0 ? 0 : time.unsent / time.wanted;
  const ofProbes = count === 0 ? 0 : count / (sent + count);
  const share = ofTime + (1 - ofTime) * ofProbes;
  const { reason, osCode, cure } = causeOf(evidence);
  const verdict: Verdict = {
    id: 'send-failures',
    severity: share >= CRITICAL_SHARE ? 'critical' : share >= FELT_SHARE ? 'warning' : 'info',
    hopLimit: null,
    segment: 'local',
    sentence: `This machine could not send ${whatWords(time, ofTime, ofProbes)}: ${reason}.`,
    confidence: 'high',
    surer: null,
    evidence: [
      ...(time.unsent === 0
        ? []
        : [
            secondsEvidence('time in which nothing could be sent', time.unsent),
            secondsEvidence('time of the period that was to be measured', time.wanted),
          ]),
      ...(count === 0 ? [] : [countEvidence('probes that could not be sent', count, sent + count)]),
      ...failures.map((failure) =>
        countEvidence(`probes that could not be sent: ${failure.osCode} (${failure.reason})`, failure.count),
      ),
      ...(osCode === null ? [] : [textEvidence('most frequent answer of the operating system', osCode)]),
    ],
    advice: cure ?? 'Look at the network settings of this machine.',
  };
  return [verdict];
};

/** The greater part first; what is not felt beside it is left to the evidence. */
function whatWords({ unsent, wanted }: UnmeasuredTime, ofTime: number, ofProbes: number): string {
  if (unsent === 0) return `${percent(ofProbes)} of the probes`;
  const others = ofProbes >= FELT_SHARE ? `, nor ${percent(ofProbes)} of the probes at other times` : '';
  return `anything for ${lasting(unsent)} of ${lasting(wanted)} (${percent(ofTime)})${others}`;
}

/** Why, by the failure that came most often; where none was told, there was nothing to send through. */
function causeOf({ report, sendFailures: failures }: PathEvidence): {
  readonly reason: string;
  readonly osCode: string | null;
  readonly cure: string | null;
} {
  const most = failures.reduce<PathEvidence['sendFailures'][number] | null>(
    (best, failure) => (failure.count > (best?.count ?? 0) ? failure : best),
    null,
  );
  if (most === null) {
    const cure = 'See whether the interface was down, a cable loose or a VPN switched at that time.';
    return { reason: 'the interface or the address it sends from was not there', osCode: null, cure };
  }
  const { sentence, cure } = describeSendFailure(reasonOf(most.reason), most.osCode, report.family, 'other');
  return { reason: continued(sentence), osCode: most.osCode, cure: cure?.sentence ?? null };
}

function reasonOf(reason: string): SendFailureReason {
  return sendFailureReasonSchema.options.find((known) => known === reason) ?? 'other';
}
