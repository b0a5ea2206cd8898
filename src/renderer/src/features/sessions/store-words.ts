import { describeStoreMode, describeStoreTrouble } from '../../../../contract/describe-store.ts';
import type { StoreState } from '../../../../contract/sessions.ts';
import type { Settings } from '../../../../contract/settings.ts';
import { formatBytes } from '../../format/bytes.ts';
import { formatQuantity } from '../../format/count.ts';

/** How what keeps the sessions is doing, in sentences. */
export interface StoreWords {
  /** What is wrong and what that means; null when all is well. */
  readonly trouble: string | null;
  /** What it does, where, and how much room it takes. */
  readonly state: string;
}

type Limits = Pick<Settings, 'keepSessionsDays' | 'keepSessionsMb'>;

export function storeWords(store: StoreState, sessions: number, limits: Limits): StoreWords {
  const { file, bytes, lostBatches, mode } = store;
  const what = describeStoreTrouble(store);
  const lost =
    lostBatches === 0
      ? ''
      : ` ${formatQuantity(lostBatches, 'batch', 'batches')} of half a second could not be written and ${lostBatches === 1 ? 'is' : 'are'} lost.`;
  const place =
    file === null
      ? ''
      : `${formatQuantity(sessions, 'session')} in ${file}: ${formatBytes(bytes)} of at most ${formatBytes(limits.keepSessionsMb * 1e6)}. `;
  const retention =
    mode === 'off' && file === null
      ? ''
      : ` Sessions are kept for ${formatQuantity(limits.keepSessionsDays, 'day')}, pinned ones until they are deleted.`;
  return {
    trouble: what === null && lost === '' ? null : `${what ?? ''}${lost}`.trim(),
    state: `${place}${describeStoreMode(store)}${retention}`,
  };
}
