import { describeFailure, describeSendFailure, describeSilence } from '../../../../contract/describe-failure.ts';
import { describeIcmpError } from '../../../../contract/describe-icmp-error.ts';
import type { Explanation } from '../../../../contract/explanation.ts';
import type { Monitor } from '../../../../contract/monitor.ts';
import type { Sample } from '../../../../contract/probe.ts';
import type { Platform } from '../../../../contract/system.ts';

/** How a monitor is doing, in a word and where there is something wrong in a sentence. */
export interface MonitorStatus {
  readonly tone: 'good' | 'waiting' | 'trouble' | 'bad' | 'resting';
  /** A word or two for the badge and for screen readers. */
  readonly label: string;
  readonly explanation: Explanation | null;
}

/**
 * So many probes in a row without a reply, after earlier ones were answered, count as an outage. Three, because one
 * lost packet is everyday and shown as a bar, and two still happen by chance at ordinary loss.
 */
const OUTAGE_RUN = 3;

/** How many of the last probes the word “losing” looks at. */
const RECENT = 10;

/** The status while there is no engine to ask. */
export const UNKNOWN_STATUS: MonitorStatus = { tone: 'waiting', label: 'State unknown', explanation: null };

/** The status of a monitor from its phase and its samples in the order in which they came to their end. */
export function monitorStatus(monitor: Monitor, samples: readonly Sample[], platform: Platform): MonitorStatus {
  const { state } = monitor;
  switch (state.phase) {
    case 'resolving':
      return { tone: 'waiting', label: 'Looking up', explanation: null };
    case 'paused':
      return { tone: 'resting', label: 'Paused', explanation: null };
    case 'failed': {
      const explanation = describeFailure(state.failure, platform);
      return { tone: 'bad', label: explanation.title, explanation };
    }
    case 'running':
      return runningStatus(monitor, samples, platform);
  }
}

function runningStatus(monitor: Monitor, samples: readonly Sample[], platform: Platform): MonitorStatus {
  const last = samples.at(-1);
  if (last === undefined) return { tone: 'waiting', label: 'Waiting for the first answer', explanation: null };
  const lastReply = samples.findLastIndex(({ fate }) => fate === 'echo-reply');
  const silentRun = samples.length - 1 - lastReply;
  const answeredBefore = lastReply >= 0;
  if (silentRun === 0 || (answeredBefore && silentRun < OUTAGE_RUN)) {
    const recentlyLost = samples.slice(-RECENT).filter(({ fate }) => fate !== 'echo-reply').length;
    return recentlyLost === 0
      ? { tone: 'good', label: 'Answering', explanation: null }
      : { tone: 'trouble', label: 'Losing probes', explanation: null };
  }
  const explanation = explain(monitor, samples.slice(lastReply + 1), answeredBefore, platform);
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
