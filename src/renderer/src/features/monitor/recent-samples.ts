import { LOSS_PERIOD_MS, type RecentRoundTrips, SHORT_MEMORY } from '../../../../contract/path-condition.ts';
import type { Sample } from '../../../../contract/probe.ts';

/**
 * The last round trips among samples, which stand in the order in which they came to their end. A probe that this machine
 * could not send is none, as in a path.
 */
export function recentOfSamples(samples: readonly Sample[]): RecentRoundTrips {
  const newest: (number | null)[] = [];
  let last: Exclude<Sample, { fate: 'send-failed' }> | null = null;
  let counted = 0;
  let lost = 0;
  for (let place = samples.length - 1; place >= 0; place--) {
    const sample = samples[place];
    if (sample === undefined || sample.fate === 'send-failed') continue;
    last ??= sample;
    const isRecent = sample.sentAtEpochMs > last.sentAtEpochMs - LOSS_PERIOD_MS;
    if (!isRecent && newest.length === SHORT_MEMORY) break;
    const rttMs = sample.fate === 'echo-reply' ? sample.rttMs : null;
    if (newest.length < SHORT_MEMORY) newest.push(rttMs);
    if (!isRecent) continue;
    counted += 1;
    if (rttMs === null) lost += 1;
  }
  return {
    lastFate: last === null ? null : FATES[last.fate],
    lost,
    lossRatio: counted === 0 ? null : lost / counted,
    newest: newest.reverse(),
  };
}

const FATES = { 'echo-reply': 'answered', 'timed-out': 'lost', 'icmp-error': 'refused' } as const;
