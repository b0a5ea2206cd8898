import { useCallback, useState } from 'react';
import type { Failure } from '../../../../contract/failure.ts';
import type { EngineClient } from '../../connection/engine-client.ts';
import { formatCount, formatQuantity } from '../../format/count.ts';

/** Most paths that one press adds: each sends some ten probes a second and asks a person to look at it. */
export const MONITORED_AT_ONCE = 20;

/** What became of the wish to monitor addresses. */
export interface MonitoredThese {
  readonly words: string;
  readonly refused: readonly { readonly target: string; readonly failure: Failure }[];
}

export interface MonitorThese {
  /** Adds a path monitor for each address that has none yet, at most `MONITORED_AT_ONCE`. */
  readonly monitor: (addresses: readonly string[], watched: readonly string[]) => Promise<void>;
  readonly isBusy: boolean;
  /** Null before the first wish. */
  readonly done: MonitoredThese | null;
}

export function useMonitorThese(client: EngineClient | null): MonitorThese {
  const [done, setDone] = useState<MonitoredThese | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const monitor = useCallback(
    async (addresses: readonly string[], watched: readonly string[]) => {
      setIsBusy(true);
      const wanted = addresses.filter((address) => !watched.includes(address));
      const chosen = wanted.slice(0, MONITORED_AT_ONCE);
      const refused: { readonly target: string; readonly failure: Failure }[] = [];
      for (const target of chosen) {
        const result = client === null ? LOST : await client.path.add({ target });
        if (!result.ok) refused.push({ target, failure: result.failure });
      }
      setDone({ words: monitoredWords(chosen.length - refused.length, wanted.length, addresses.length), refused });
      setIsBusy(false);
    },
    [client],
  );
  return { monitor, isBusy, done };
}

const LOST = { ok: false, failure: { code: 'connection-lost' } } as const;

/** What was done, in a sentence: how many were added, and why not all. */
export function monitoredWords(added: number, wanted: number, total: number): string {
  if (wanted === 0) return total === 1 ? 'It is monitored already.' : 'All of them are monitored already.';
  const already = total - wanted;
  return [
    `${formatQuantity(added, 'address', 'addresses')} added to Paths.`,
    ...(already === 0 ? [] : [`${formatCount(already)} ${already === 1 ? 'was' : 'were'} there already.`]),
    ...(wanted <= MONITORED_AT_ONCE
      ? []
      : [
          `At most ${MONITORED_AT_ONCE} are added at once, the first of the list; press again for the next ${formatCount(Math.min(MONITORED_AT_ONCE, wanted - MONITORED_AT_ONCE))}.`,
        ]),
  ].join(' ');
}
