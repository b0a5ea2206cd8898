import { type ReactNode, useCallback, useState } from 'react';
import type { Platform } from '../../../../contract/system.ts';
import type { EngineClient } from '../../connection/engine-client.ts';
import { ReportDialog } from './ReportDialog.tsx';
import type { ReportSubject } from './report-choices.ts';

interface ReportHostProps {
  /** Null while there is no engine. */
  readonly client: EngineClient | null;
  readonly platform: Platform;
  /** The view; it is given what opens the dialog. */
  readonly children: (onReport: (subject: ReportSubject) => void) => ReactNode;
}

/** A view from which sessions can be saved as files. */
export function ReportHost({ client, platform, children }: ReportHostProps) {
  const [subject, setSubject] = useState<ReportSubject | null>(null);
  const close = useCallback(() => setSubject(null), []);
  return (
    <>
      {children(setSubject)}
      {subject !== null && <ReportDialog client={client} platform={platform} subject={subject} onClose={close} />}
    </>
  );
}
