import { describeFailure } from '../../../contract/describe-failure.ts';
import type { Explanation } from '../../../contract/explanation.ts';
import type { MonitorPhase } from '../../../contract/monitor.ts';
import type { PathMonitorInfo } from '../../../contract/path.ts';
import { conditionOf, type PathCondition, type RecentRoundTrips } from '../../../contract/path-condition.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../contract/settings.ts';
import type { Platform } from '../../../contract/system.ts';
import type { PathPulse } from './path-store.ts';

/** How a path is doing now, in a word or two and, where it failed, in a sentence. */
export interface PathStatus {
  readonly tone: 'good' | 'waiting' | 'trouble' | 'bad' | 'resting';
  readonly label: string;
  readonly explanation: Explanation | null;
}

const plain = (tone: PathStatus['tone'], label: string): PathStatus => ({ tone, label, explanation: null });

/** Above which round trips a path is slow, from how much loss on it is in trouble, and bad; as the person has set. */
export type StatusLimits = Pick<Settings, 'warnUntilMs' | 'warnLossPercent' | 'badLossPercent'>;

/** The status of a path, from its phase and the last minutes of it. Without an engine to ask it is unknown. */
export function pathStatus(
  path: PathMonitorInfo,
  pulse: PathPulse,
  platform: Platform,
  isConnected: boolean,
  limits: StatusLimits = DEFAULT_SETTINGS,
): PathStatus {
  const { state } = path;
  if (!isConnected || (state.phase === 'running' && pulse.failure !== null)) return plain('waiting', 'State unknown');
  if (state.phase === 'failed') {
    const explanation = describeFailure(state.failure, platform);
    return { tone: 'bad', label: explanation.title, explanation };
  }
  return conditionStatus(state.phase, recentOf(pulse), limits);
}

/** The status of whatever is measured again and again, a path or a single destination, by its newest round trips. */
export function conditionStatus(
  phase: Exclude<MonitorPhase['phase'], 'failed'>,
  recent: RecentRoundTrips,
  limits: StatusLimits,
): PathStatus {
  const condition = conditionOf(phase, recent, limits);
  const { tone, label } = STATUSES[condition];
  return condition === 'lost-some' || condition === 'losing' ? lossStatus(recent, limits) : plain(tone, label);
}

function lossStatus({ lossRatio }: RecentRoundTrips, { warnLossPercent, badLossPercent }: StatusLimits): PathStatus {
  const lossPercent = 100 * (lossRatio ?? 0);
  if (lossPercent > badLossPercent) return plain('bad', 'Losing many probes');
  return lossPercent > warnLossPercent ? plain('trouble', 'Losing probes') : plain('good', 'Answering');
}

const STATUSES: Readonly<Record<PathCondition, Pick<PathStatus, 'tone' | 'label'>>> = {
  resolving: { tone: 'waiting', label: 'Looking up' },
  paused: { tone: 'resting', label: 'Paused' },
  failed: { tone: 'bad', label: 'Failed' },
  waiting: { tone: 'waiting', label: 'Waiting for the first answer' },
  answering: { tone: 'good', label: 'Answering' },
  slow: { tone: 'trouble', label: 'Answering slowly' },
  'lost-some': { tone: 'trouble', label: 'Losing probes' },
  losing: { tone: 'trouble', label: 'Losing probes' },
  refused: { tone: 'bad', label: 'Refused' },
  silent: { tone: 'bad', label: 'No answer so far' },
  stopped: { tone: 'bad', label: 'Stopped answering' },
};

function recentOf({ lastFate, lossRatio, lost, spark }: PathPulse): RecentRoundTrips {
  return { lastFate, lossRatio, lost, newest: spark };
}
