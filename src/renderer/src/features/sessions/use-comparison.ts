import { useEffect, useState } from 'react';
import type { Comparison } from '../../../../contract/comparison.ts';
import type { Failure, Result } from '../../../../contract/failure.ts';
import type { EngineClient } from '../../connection/engine-client.ts';
import { formatSessionsAddress, type PeriodAddress } from '../../live-store/session-address.ts';

export interface ComparisonState {
  /** Null before the answer, and where there is none. */
  readonly comparison: Comparison | null;
  readonly failure: Failure | null;
  readonly isAsking: boolean;
}

const NOTHING: ComparisonState = { comparison: null, failure: null, isAsking: false };

/** Compares two periods whenever they are others; null while one of them is not chosen. */
export function useComparison(
  client: EngineClient | null,
  before: PeriodAddress | null,
  after: PeriodAddress | null,
): ComparisonState {
  const wanted = before === null || after === null ? '' : formatSessionsAddress({ kind: 'compare', before, after });
  const [told, setTold] = useState<{ readonly of: string; readonly answer: Result<Comparison> } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address says which they are
  useEffect(() => {
    if (client === null || before === null || after === null) return;
    let isWanted = true;
    void client.sessions.compare({ before, after }).then((answer) => {
      if (isWanted) setTold({ of: wanted, answer });
    });
    return () => {
      isWanted = false;
    };
  }, [client, wanted]);
  if (wanted === '') return NOTHING;
  if (told === null || told.of !== wanted) return { ...NOTHING, isAsking: client !== null };
  const { answer } = told;
  return answer.ok
    ? { comparison: answer.value, failure: null, isAsking: false }
    : { comparison: null, failure: answer.failure, isAsking: false };
}
