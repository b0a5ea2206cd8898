import { useCallback, useMemo } from 'react';
import type { TimelineMark } from '../../../../contract/chart/timeline-series.ts';
import { describeFailure } from '../../../../contract/describe-failure.ts';
import type { Failure } from '../../../../contract/failure.ts';
import type { PathMonitorInfo } from '../../../../contract/path.ts';
import type { Platform } from '../../../../contract/system.ts';
import type { EngineClient } from '../../connection/engine-client.ts';
import { FailureNotice } from '../../failures/FailureNotice.tsx';
import { StreamFailureNotice } from '../../failures/StreamFailureNotice.tsx';
import { pathStatus } from '../../live-store/path-status.ts';
import type { PathView } from '../../live-store/path-store.ts';
import { useSettings } from '../../live-store/settings-context.ts';
import { MeasuredPath } from './MeasuredPath.tsx';
import { PathHeader } from './PathHeader.tsx';
import { useMomentComments } from './use-moment-comments.ts';
import type { PathAction } from './use-path-actions.ts';
import { usePulse, type WorkspaceStore } from './use-path-store.ts';
import { useRouteChanges } from './use-route-changes.ts';

interface PathCentreProps {
  /** Null while there is no engine. */
  readonly client: EngineClient | null;
  readonly path: PathMonitorInfo;
  readonly view: PathView;
  readonly store: WorkspaceStore;
  readonly platform: Platform;
  /** Why the last action on this path failed. */
  readonly actionFailure: Failure | null;
  readonly nowEpochMs: () => number;
  /** Moments to be marked on the timelines, besides those of the path itself. */
  readonly marks: readonly TimelineMark[];
  readonly onAct: (pathId: string, action: PathAction) => Promise<void>;
  /** Null where nothing can be reported. */
  readonly onReport: (() => void) | null;
}

/** Everything about one target that is being measured: how it is doing now, and whatever was measured. */
export function PathCentre(props: PathCentreProps) {
  const { client, path, view, store, platform, actionFailure, nowEpochMs, marks, onAct, onReport } = props;
  const pulse = usePulse(store, path.pathId);
  const limits = useSettings();
  const connected = client !== null;
  const comments = useMomentComments(client, { kind: 'path', pathId: path.pathId });
  const status = useMemo(
    () => pathStatus(path, pulse, platform, connected, limits),
    [path, pulse, platform, connected, limits],
  );
  const known = pulse.events.filter(({ kind }) => kind === 'route-change').length;
  const routeChanges = useRouteChanges(client, comments.sessionId, known);
  const recorded = useCallback(
    () => ({ fromEpochMs: path.addedAtEpochMs, toEpochMs: nowEpochMs() }),
    [path.addedAtEpochMs, nowEpochMs],
  );
  return (
    <>
      <PathHeader
        path={path}
        status={status}
        connected={connected}
        onAct={onAct}
        // Of a simulated internet nothing is kept, unless that was asked for.
        onReport={path.simulated !== null && comments.sessionId === null ? null : onReport}
      />
      {actionFailure !== null && <FailureNotice explanation={describeFailure(actionFailure, platform)} />}
      {status.explanation !== null && <FailureNotice explanation={status.explanation} />}
      <StreamFailureNotice
        failure={pulse.failure}
        consequence="What is measured of this target does not arrive here, so its state is out of date."
        platform={platform}
        onRetry={() => store.retryPulse(path.pathId)}
      />
      <MeasuredPath
        view={view}
        store={store}
        platform={platform}
        connected={connected}
        intervalMs={path.intervalMs}
        timeoutMs={path.timeoutMs}
        events={pulse.events}
        recorded={recorded}
        isRecorded={false}
        marks={marks}
        comments={comments}
        routeChanges={routeChanges}
        isGrowing
        waiting={status.explanation === null ? waitingWords(path) : null}
      />
    </>
  );
}

function waitingWords({ state }: PathMonitorInfo): string {
  return state.phase === 'resolving' ? 'Looking up the name…' : 'Waiting for the first round of probes…';
}
