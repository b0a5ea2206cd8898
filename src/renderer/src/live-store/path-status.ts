import { describeFailure } from '../../../contract/describe-failure.ts';
import type { Explanation } from '../../../contract/explanation.ts';
import type { PathMonitorInfo } from '../../../contract/path.ts';
import type { Platform } from '../../../contract/system.ts';
import type { PathPulse } from './path-store.ts';

/** How a path is doing now, in a word or two and, where it failed, in a sentence. */
export interface PathStatus {
  readonly tone: 'good' | 'waiting' | 'trouble' | 'bad' | 'resting';
  readonly label: string;
  readonly explanation: Explanation | null;
}

const plain = (tone: PathStatus['tone'], label: string): PathStatus => ({ tone, label, explanation: null });

/** So many of the newest round trips without an answer, and it has stopped answering: one lost packet is everyday. */
const OUTAGE_RUN = 3;

/** The status of a path, from its phase and the last minutes of it. Without an engine to ask it is unknown. */
export function pathStatus(
  path: PathMonitorInfo,
  pulse: PathPulse,
  platform: Platform,
  isConnected: boolean,
): PathStatus {
  const { state } = path;
  if (!isConnected) return plain('waiting', 'State unknown');
  switch (state.phase) {
    case 'resolving':
      return plain('waiting', 'Looking up');
    case 'paused':
      return plain('resting', 'Paused');
    case 'failed': {
      const explanation = describeFailure(state.failure, platform);
      return { tone: 'bad', label: explanation.title, explanation };
    }
    case 'running':
      return pulse.failure === null ? runningStatus(pulse) : plain('waiting', 'State unknown');
  }
}

function runningStatus({ lastFate, lossRatio, spark }: PathPulse): PathStatus {
  if (lastFate === null) return plain('waiting', 'Waiting for the first answer');
  if (lastFate === 'refused') return plain('bad', 'Refused');
  if (spark.every((rtt) => rtt === null)) return plain('bad', 'No answer so far');
  const newest = spark.slice(-OUTAGE_RUN);
  if (newest.length === OUTAGE_RUN && newest.every((rtt) => rtt === null)) return plain('bad', 'Stopped answering');
  return (lossRatio ?? 0) > 0 ? plain('trouble', 'Losing probes') : plain('good', 'Answering');
}
