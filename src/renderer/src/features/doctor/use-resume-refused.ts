import { useEffect, useRef } from 'react';
import type { DoctorReport } from '../../../../contract/system.ts';
import type { EngineClient } from '../../connection/engine-client.ts';
import type { LiveStore } from '../../live-store/live-store.ts';
import type { PathStore } from '../../live-store/path-store.ts';
import { isMute } from './doctor-findings.ts';
import { resumeRefused } from './resume-refused.ts';

/** As soon as a check finds that echo requests can be sent after all, lets go on what had failed for want of rights. */
export function useResumeRefused(
  client: EngineClient | null,
  report: DoctorReport | null,
  store: Pick<LiveStore, 'getMonitors'>,
  paths: Pick<PathStore, 'getPaths'>,
): void {
  const wasMute = useRef(false);
  useEffect(() => {
    if (report === null) return;
    const isMuteNow = isMute(report);
    if (wasMute.current && !isMuteNow && client !== null) {
      void resumeRefused(client, store.getMonitors() ?? [], paths.getPaths() ?? []);
    }
    wasMute.current = isMuteNow;
  }, [client, report, store, paths]);
}
