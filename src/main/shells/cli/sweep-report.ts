import { describeFailure, describeSendFailure } from '../../../contract/describe-failure.ts';
import { escapeControls } from '../../../contract/escape-controls.ts';
import type { SweepEvent, SweepSummary } from '../../../contract/sweep.ts';
import type { Platform } from '../../../contract/system.ts';
import { jsonLine } from '../../reports/path-lines.ts';
import { duration, toNanoseconds } from '../../reports/quantities.ts';
import type { Style } from '../../reports/style.ts';
import { cureLines } from './ping-text.ts';

type Answered = Extract<SweepEvent, { kind: 'answered' }>;
type NameFailed = Extract<SweepEvent, { kind: 'name-failed' }>;

/** An address that answered, as a line. */
export function answerLine(
  { index, address, family, rttMs, attempt, replyHopLimit }: Answered,
  isJson: boolean,
): string {
  if (!isJson) return `${address}  ${rttMs.toFixed(3)} ms`;
  const rtt = toNanoseconds(rttMs);
  return jsonLine({ type: 'answer', index, address, family, rttMs: rtt, ttl: replyHopLimit, attempt });
}

/** A name without an address, as the line that docs/json.md describes. */
export function nameFailedJson({ index, name, failure }: NameFailed, platform: Platform): string {
  const { sentence } = describeFailure(failure, platform);
  return jsonLine({ type: 'name-failed', index, name, message: sentence });
}

/** A name without an address, and what can be done about it, for people. */
export function nameFailedLines({ failure }: NameFailed, platform: Platform): string[] {
  const explanation = describeFailure(failure, platform);
  return [`hopscope sweep: ${escapeControls(explanation.sentence)}`, ...cureLines(explanation)];
}

/** The summary as the one line that docs/json.md describes. */
export function summaryJson(summary: SweepSummary, isComplete: boolean): string {
  const { elapsedMs, probesPerSecond, firstSendFailure, ...counts } = summary;
  return jsonLine({
    type: 'summary',
    ...counts,
    firstSendFailure: firstSendFailure ?? null,
    elapsedMs: Math.round(elapsedMs * 1_000) / 1_000,
    probesPerSecond: Math.round(probesPerSecond * 10) / 10,
    isComplete,
  });
}

/** The summary for people. */
export function summaryText(summary: SweepSummary, style: Style): string {
  const { total, probed, answered, unreachable, unresolved, sendFailures, elapsedMs, probesPerSecond, localDrops } =
    summary;
  const counts = [
    `${number(probed)} of ${number(total)} ${total === 1 ? 'address' : 'addresses'} probed`,
    (answered === 0 ? style.bad : style.good)(`${number(answered)} answered`),
    ...(unreachable === 0 ? [] : [`${number(unreachable)} unreachable`]),
    ...(unresolved === 0
      ? []
      : [style.bad(`${number(unresolved)} ${unresolved === 1 ? 'name' : 'names'} not resolved`)]),
    ...(sendFailures === 0 ? [] : [style.bad(`${number(sendFailures)} could not be sent to`)]),
    ...(localDrops === 0 ? [] : [style.bad(`${number(localDrops)} datagrams dropped by this machine`)]),
  ];
  return `${counts.join(', ')}, in ${duration(elapsedMs)} (${number(Math.round(probesPerSecond))} a second)`;
}

/** Why addresses could not be sent to; none when all could. */
export function sendFailureLines({ sendFailures, firstSendFailure }: SweepSummary, platform: Platform): string[] {
  if (firstSendFailure === undefined) return [];
  const { reason, osCode, family } = firstSendFailure;
  const explanation = describeSendFailure(reason, osCode, family, platform);
  const which = sendFailures === 1 ? 'One address' : `${number(sendFailures)} addresses`;
  const first = sendFailures === 1 ? '' : ' Of the first:';
  return [`${which} could not be sent to.${first} ${explanation.sentence}`, ...cureLines(explanation)];
}

/** How far it is, in one line. */
export function progressLine({ total, answered, nextIndex, probesPerSecond, elapsedMs }: SweepSummary): string {
  const share = total === 0 ? 0 : nextIndex / total;
  const left = share > 0.01 && share < 1 ? `, ${duration((elapsedMs / share) * (1 - share))} left` : '';
  return `${(share * 100).toFixed(1)}% of ${number(total)}, ${number(answered)} answered, ${number(Math.round(probesPerSecond))} a second${left}`;
}

function number(value: number): string {
  return value.toLocaleString('en');
}
