import { describeFailure, describeSendFailure, describeSilence } from '../../../../contract/describe-failure.ts';
import { describeIcmpError } from '../../../../contract/describe-icmp-error.ts';
import type { Explanation } from '../../../../contract/explanation.ts';
import type { Monitor } from '../../../../contract/monitor.ts';
import { conditionOf, type PathCondition } from '../../../../contract/path-condition.ts';
import type { Sample } from '../../../../contract/probe.ts';
import { DEFAULT_SETTINGS } from '../../../../contract/settings.ts';
import type { Platform } from '../../../../contract/system.ts';
import { conditionStatus, type PathStatus, type StatusLimits } from '../../live-store/path-status.ts';
import { recentOfSamples } from './recent-samples.ts';

/** So many probes in a row that this machine could not send, and that is what is wrong; one may be an accident. */
const UNSENT_RUN = 3;

/** How many of the last probes are asked for a word of why they were not answered. */
const RECENT = 10;

/** The status while there is no engine to ask. */
export const UNKNOWN_STATUS: PathStatus = { tone: 'waiting', label: 'State unknown', explanation: null };

/**
 * The status of a monitor from its phase and its samples in the order in which they came to their end: the condition is
 * that of a path to the same place; what keeps it from answering is told in a sentence.
 */
export function monitorStatus(
  monitor: Monitor,
  samples: readonly Sample[],
  platform: Platform,
  limits: StatusLimits = DEFAULT_SETTINGS,
): PathStatus {
  const { state } = monitor;
  if (state.phase === 'failed') return badly(describeFailure(state.failure, platform));
  if (state.phase !== 'running') return conditionStatus(state.phase, NOTHING_RECENT, limits);
  const unsent = samples.length - 1 - samples.findLastIndex(({ fate }) => fate !== 'send-failed');
  const last = samples.at(-1);
  if (last?.fate === 'send-failed' && (unsent >= UNSENT_RUN || unsent === samples.length)) {
    return badly(describeSendFailure(last.reason, last.osCode, monitor.family ?? 4, platform));
  }
  const recent = recentOfSamples(samples);
  if (!ANSWERLESS.includes(conditionOf(state.phase, recent, limits))) {
    return conditionStatus(state.phase, recent, limits);
  }
  const lastReply = samples.findLastIndex(({ fate }) => fate === 'echo-reply');
  return badly(explain(monitor, samples.slice(lastReply + 1), lastReply >= 0, platform));
}

/** Where there is a reason to tell. */
const ANSWERLESS: readonly PathCondition[] = ['refused', 'silent', 'stopped'];
const NOTHING_RECENT = recentOfSamples([]);

function badly(explanation: Explanation): PathStatus {
  return { tone: 'bad', label: explanation.title, explanation };
}

/**
 * A word from the network or from this machine outweighs silence: routers limit how often they say why, so most
 * probes of an unreachable destination just time out.
 */
function explain(
  monitor: Monitor,
  unanswered: readonly Sample[],
  answeredBefore: boolean,
  platform: Platform,
): Explanation {
  const family = monitor.family ?? 4;
  const spoken = unanswered.slice(-RECENT).findLast(({ fate }) => fate === 'icmp-error' || fate === 'send-failed');
  if (spoken?.fate === 'icmp-error') return describeIcmpError({ ...spoken, family });
  if (spoken?.fate === 'send-failed') return describeSendFailure(spoken.reason, spoken.osCode, family, platform);
  return describeSilence(monitor.destination ?? monitor.target, unanswered.length, answeredBefore);
}
