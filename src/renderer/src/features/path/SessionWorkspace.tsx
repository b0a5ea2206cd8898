import { Menu } from '@mantine/core';
import { type ReactNode, useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { TimelineMark } from '../../../../contract/chart/timeline-series.ts';
import type { PathEvent } from '../../../../contract/path.ts';
import type { Session } from '../../../../contract/sessions.ts';
import type { Platform } from '../../../../contract/system.ts';
import type { EngineClient } from '../../connection/engine-client.ts';
import type { AlertStore } from '../../live-store/alert-store.ts';
import type { Focus } from '../../live-store/focus.ts';
import type { KeptFocus } from '../../live-store/focus-page.ts';
import type { OpenSessionStore } from '../../live-store/open-session-store.ts';
import { sessionAlertMarks } from './alert-marks.ts';
import { incidentMarks } from './incident-marks.ts';
import { MeasuredPath } from './MeasuredPath.tsx';
import classes from './PathWorkspace.module.css';
import { useHappenings } from './use-happenings.ts';
import { useMomentComments } from './use-moment-comments.ts';
import { useRouteChanges } from './use-route-changes.ts';

interface SessionWorkspaceProps {
  /** Null while there is no engine. */
  readonly client: EngineClient | null;
  readonly sessionId: string;
  /** The focus that the address tells. */
  readonly kept: KeptFocus;
  readonly store: OpenSessionStore;
  /** Alerts, to be marked on the timelines. */
  readonly alerts: Pick<AlertStore, 'getAlerts' | 'subscribe'>;
  readonly platform: Platform;
  /** What stands above it. */
  readonly header: (session: Session, focus: Focus) => ReactNode;
  /** Where what was before a moment is compared with what was after it. */
  readonly splitHref: (atEpochMs: number) => string;
  /** What stands there when there is no such session. */
  readonly missing: ReactNode;
}

/** How long the newest answers of a session that is being recorded may take, in milliseconds; of others none is awaited. */
const TIMEOUT_MS = 2_000;

/** What happened to the machine is asked for anew after so many rounds of a session that is being recorded. */
const ASK_AGAIN = 5;

const NO_MARKS: readonly TimelineMark[] = [];

/** A session with everything that is known of it, as a path that is being measured is looked at. */
export function SessionWorkspace(props: SessionWorkspaceProps) {
  const { client, sessionId, kept, store, alerts, platform, header, splitHref, missing } = props;
  const connected = client !== null;
  const comments = useMomentComments(client, { kind: 'session', sessionId });
  const view = useSyncExternalStore(store.subscribeView, store.getView);
  useEffect(() => store.open(sessionId, kept), [store, sessionId, kept]);
  useEffect(() => () => store.open(null), [store]);
  const session = view.sessionId === sessionId ? view.session : null;
  const raised = useSyncExternalStore(alerts.subscribe, alerts.getAlerts);
  const marks = useMemo(
    () => (session === null ? NO_MARKS : [...sessionAlertMarks(raised, session), ...incidentMarks(session.incident)]),
    [raised, session],
  );
  // Only of a session that goes on there may be more.
  const known = session?.pathId == null ? 0 : (view.report?.routeChanges.length ?? 0);
  const routeChanges = useRouteChanges(client, sessionId, known);
  // They are marked wherever they are shown, in focus or not.
  const happenings = useHappenings(
    client,
    sessionId,
    session?.pathId == null ? 0 : Math.floor(session.rounds / ASK_AGAIN),
  );
  const events = useMemo(
    () => [...(routeChanges ?? []).map((change): PathEvent => ({ kind: 'route-change', change })), ...happenings],
    [routeChanges, happenings],
  );
  const [from, to] = [session?.fromEpochMs ?? 0, session?.toEpochMs ?? 0];
  const intervalMs = session?.intervalMs ?? 1_000;
  const recorded = useCallback(() => ({ fromEpochMs: from, toEpochMs: to + intervalMs }), [from, to, intervalMs]);
  const itemsAt = useCallback(
    (atEpochMs: number) => (
      <Menu.Item component="a" href={splitHref(atEpochMs)}>
        Compare before and after it
      </Menu.Item>
    ),
    [splitHref],
  );
  return (
    <div className={classes.centre}>
      {view.isMissing && view.sessionId === sessionId && missing}
      {session === null && !view.isMissing && connected && <p className={classes.waiting}>Opening the session…</p>}
      {session !== null && (
        <>
          {header(session, view.focus)}
          <MeasuredPath
            key={sessionId}
            view={view}
            store={store}
            platform={platform}
            connected={connected}
            intervalMs={session.closeIntervalMs ?? intervalMs}
            timeoutMs={session.pathId === null ? 0 : TIMEOUT_MS}
            events={events}
            recorded={recorded}
            isRecorded
            momentItems={itemsAt}
            marks={marks}
            comments={comments}
            routeChanges={routeChanges}
            isGrowing={session.pathId !== null}
            waiting={session.fromEpochMs === null ? 'Nothing was measured in this session.' : 'Reading the session…'}
          />
        </>
      )}
    </div>
  );
}
