import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failure, Result } from '../../../../contract/failure.ts';
import type { DoctorReport } from '../../../../contract/system.ts';
import type { EngineClient } from '../../connection/engine-client.ts';

/** What is known of whether this machine can send, and when it was found out. */
export interface Doctor {
  /** The last report; null before the first. It stays while a newer one is asked for. */
  readonly report: DoctorReport | null;
  readonly checkedAtEpochMs: number | null;
  /** Why the last check brought no report; null when it did. */
  readonly failure: Failure | null;
  readonly isChecking: boolean;
  /** Tries everything again; without effect while there is no engine. */
  readonly checkAgain: () => void;
}

type Known = Omit<Doctor, 'checkAgain'>;

const NOTHING: Known = { report: null, checkedAtEpochMs: null, failure: null, isChecking: false };

/** Asks each engine once what works, and again when told to. */
export function useDoctor(client: EngineClient | null, nowEpochMs: () => number): Doctor {
  const [known, setKnown] = useState(NOTHING);
  const newest = useRef(0);
  const checkAgain = useCallback(() => {
    if (client === null) return;
    newest.current += 1;
    const check = newest.current;
    setKnown((before) => ({ ...before, isChecking: true }));
    void client.system.doctor({}).then((result) => {
      if (check === newest.current) setKnown((before) => after(before, result, nowEpochMs()));
    });
  }, [client, nowEpochMs]);
  useEffect(checkAgain, [checkAgain]);
  return { ...known, checkAgain };
}

function after(before: Known, result: Result<DoctorReport>, checkedAtEpochMs: number): Known {
  if (result.ok) return { report: result.value, checkedAtEpochMs, failure: null, isChecking: false };
  // A lost connection is told by whoever keeps it, and the next engine is asked anew.
  const failure = result.failure.code === 'connection-lost' ? null : result.failure;
  return { ...before, failure, isChecking: false };
}
