import type { SweepSummary } from '../../../../contract/sweep.ts';
import { formatCount, formatQuantity } from '../../format/count.ts';
import { formatDuration } from '../../format/time.ts';
import type { SweepState } from '../../live-store/sweep-store.ts';

/** How far a sweep is. */
export interface SweepProgress {
  /** 0 to 100. */
  readonly percent: number;
  readonly words: string;
}

/** So much must have been sent before the pace tells how long the rest takes. */
const LEAST_ELAPSED_MS = 1_000;

export function progressOf(summary: SweepSummary): SweepProgress {
  const { total, answered, probesPerSecond, elapsedMs } = summary;
  // What could not be sent to, or has no address, has been dealt with too.
  const done = summary.probed + summary.sendFailures + summary.unresolved;
  const left = probesPerSecond === 0 ? 0 : ((total - done) / probesPerSecond) * 1_000;
  const rest =
    done >= total
      ? ' · waiting for the last answers'
      : elapsedMs > LEAST_ELAPSED_MS && left > 0
        ? ` · ${formatDuration(left)} of sending left`
        : '';
  return {
    percent: total === 0 ? 100 : (done / total) * 100,
    words: `${formatCount(done)} of ${formatQuantity(total, 'address', 'addresses')} asked · ${formatCount(answered)} answered · ${formatCount(Math.round(probesPerSecond))} a second${rest}`,
  };
}

/** What a sweep came to. */
export function summaryWords(summary: SweepSummary): string {
  const { total, probed, answered, unreachable, unresolved, sendFailures, elapsedMs, probesPerSecond } = summary;
  const counts = [
    `${formatCount(probed)} of ${formatQuantity(total, 'address', 'addresses')} asked`,
    `${formatCount(answered)} answered`,
    ...(unreachable === 0 ? [] : [`${formatCount(unreachable)} unreachable (a router said so)`]),
    ...(unresolved === 0 ? [] : [`${formatQuantity(unresolved, 'name')} not resolved`]),
    ...(sendFailures === 0 ? [] : [`${formatCount(sendFailures)} could not be sent to from this machine`]),
  ];
  return `${counts.join(', ')}, in ${formatElapsed(elapsedMs)} (${formatCount(Math.round(probesPerSecond))} a second).`;
}

/** Why answers may be missing; null when none are. */
export function dropWords({ localDrops }: SweepSummary): string | null {
  if (localDrops === 0) return null;
  return `This machine dropped ${formatQuantity(localDrops, 'answer')} before reading ${localDrops === 1 ? 'it' : 'them'}, so addresses may be missing here. Sweep again at a lower rate.`;
}

/** How many names have no address besides those shown. */
export function moreNamesWords(more: number): string {
  return `${formatQuantity(more, 'more name')} could not be resolved.`;
}

/** The state of a sweep in a word or two, for the badge and for screen readers. */
export function phaseWords({ phase, isComplete, failure, summary }: SweepState): {
  readonly tone: 'good' | 'waiting' | 'bad' | 'resting';
  readonly label: string;
} {
  switch (phase) {
    case 'none':
      return { tone: 'resting', label: 'Not begun' };
    case 'running':
      return { tone: 'waiting', label: 'Sweeping' };
    case 'stopping':
      return { tone: 'waiting', label: 'Stopping' };
    case 'over':
      if (isComplete) return { tone: 'good', label: 'Complete' };
      if (failure === null) return { tone: 'resting', label: 'Stopped' };
      return { tone: 'bad', label: summary === null ? 'Could not begin' : 'Broken off' };
  }
}

/** How long a sweep takes at least: `256 addresses, about 1 s`. */
export function estimateWords(total: number, ratePerSecond: number | null): string {
  const addresses = formatQuantity(total, 'address', 'addresses');
  return ratePerSecond === null
    ? `${addresses}.`
    : `${addresses}, about ${formatDuration(Math.max(1_000, (total / ratePerSecond) * 1_000))} and the wait for the last.`;
}

function formatElapsed(elapsedMs: number): string {
  return elapsedMs < 10_000 ? `${(elapsedMs / 1_000).toFixed(1)} s` : formatDuration(elapsedMs);
}
