import { type ReactNode, useCallback, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import type { AlertRecord } from '../../../../contract/alerts.ts';
import type { DemoScenario } from '../../../../contract/demo.ts';
import type { PathMonitorInfo } from '../../../../contract/path.ts';
import type { Platform, SimulatedInternet } from '../../../../contract/system.ts';
import type { EngineClient } from '../../connection/engine-client.ts';
import { StreamFailureNotice } from '../../failures/StreamFailureNotice.tsx';
import type { AlertStore } from '../../live-store/alert-store.ts';
import { useRemembered } from '../../ui/use-remembered.ts';
import { AddPaths } from './AddPaths.tsx';
import { alertMarks } from './alert-marks.ts';
import { EmptyPaths } from './EmptyPaths.tsx';
import { PathCentre } from './PathCentre.tsx';
import classes from './PathWorkspace.module.css';
import { TargetRail } from './TargetRail.tsx';
import { type PathAction, usePathActions } from './use-path-actions.ts';
import type { WorkspaceStore } from './use-path-store.ts';

interface PathWorkspaceProps {
  /** Null while there is no engine. */
  readonly client: EngineClient | null;
  readonly store: WorkspaceStore;
  readonly platform: Platform;
  /** The simulated internet that the engine is in; null in the network. */
  readonly simulated?: SimulatedInternet | null;
  /** Where a range that was typed as a target can be swept. */
  readonly sweepHref?: string;
  /** Simulated internets that can be played. */
  readonly scenarios?: readonly DemoScenario[];
  readonly onPlay?: (scenario: string) => void;
  /** Where there are lessons. */
  readonly learnHref?: string;
  /** What stands above the chosen path when it is of a lesson. */
  readonly lesson?: ReactNode;
  /** Alerts, to be marked on the timelines. */
  readonly alerts?: Pick<AlertStore, 'getAlerts' | 'subscribe'>;
  /** Asks for a report on a path; null where there are none. */
  readonly onReport?: ((path: PathMonitorInfo) => void) | null;
  readonly nowEpochMs?: () => number;
}

const NO_SCENARIOS: readonly DemoScenario[] = [];
const NONE: readonly AlertRecord[] = [];
const NO_ALERTS: Pick<AlertStore, 'getAlerts' | 'subscribe'> = { getAlerts: () => NONE, subscribe: () => () => {} };
const NO_PATHS: readonly PathMonitorInfo[] = [];

/** The targets whose path is watched, and everything about the chosen one. */
export function PathWorkspace({
  client,
  store,
  platform,
  simulated = null,
  sweepHref = '#/sweep',
  scenarios = NO_SCENARIOS,
  onPlay = () => {},
  learnHref = '#/learn',
  lesson = null,
  alerts = NO_ALERTS,
  onReport = null,
  nowEpochMs = Date.now,
}: PathWorkspaceProps) {
  const paths = useSyncExternalStore(store.subscribePaths, store.getPaths);
  const listFailure = useSyncExternalStore(store.subscribePaths, store.getListFailure);
  const view = useSyncExternalStore(store.subscribeView, store.getView);
  const raised = useSyncExternalStore(alerts.subscribe, alerts.getAlerts);
  const { add, act, failures } = usePathActions(client, store.choose);
  const fieldRef = useRef<HTMLTextAreaElement>(null);
  const connected = client !== null;
  const chosenId = view.path?.pathId ?? null;

  const [lastTarget, rememberTarget] = useRemembered('hopscope-chosen-target', '');
  const choose = useCallback(
    (pathId: string) => {
      store.choose(pathId);
      const chosen = store.getPaths()?.find((path) => path.pathId === pathId);
      if (chosen !== undefined) rememberTarget(chosen.target);
    },
    [store, rememberTarget],
  );

  // Something is always chosen while there is something to choose: the one of last time, or else the first.
  useEffect(() => {
    const chosen = store.getChosen();
    if (paths === null || paths.some(({ pathId }) => pathId === chosen) || store.isChosenAwaited()) return;
    const next = paths.find(({ target }) => target === lastTarget) ?? paths[0];
    store.choose(next?.pathId ?? null);
  }, [store, paths, lastTarget]);

  const actAndKeepFocus = useCallback(
    async (pathId: string, action: PathAction) => {
      // What is removed takes the keyboard with it.
      if (action === 'remove') fieldRef.current?.focus();
      await act(pathId, action);
    },
    [act],
  );

  const chosen = view.path;
  const marks = useMemo(() => (chosen === null ? [] : alertMarks(raised, chosen)), [raised, chosen]);
  const report = useMemo(
    () => (onReport === null || chosen === null ? null : () => onReport(chosen)),
    [onReport, chosen],
  );
  const known = paths ?? NO_PATHS;
  // A target of a simulated internet is none of the network, even where both have the same name.
  const watched = useMemo(
    () => known.filter(({ simulated }) => simulated?.scenario == null).map(({ target }) => target),
    [known],
  );
  return (
    <div className={classes.workspace}>
      <aside className={classes.side} aria-label="Targets">
        <AddPaths
          client={client}
          fieldRef={fieldRef}
          watched={watched}
          platform={platform}
          sweepHref={sweepHref}
          onAdd={add}
          scenarios={scenarios}
          onPlay={onPlay}
        />
        {known.length > 0 && (
          <TargetRail
            paths={known}
            chosenId={chosenId}
            store={store}
            platform={platform}
            connected={connected}
            onChoose={choose}
            onAct={actAndKeepFocus}
          />
        )}
      </aside>
      <div className={classes.centre}>
        <StreamFailureNotice
          failure={listFailure}
          consequence="The list of targets is not kept up to date."
          platform={platform}
          onRetry={store.retryList}
        />
        {paths === null && connected && listFailure === null && (
          <p className={classes.waiting}>Asking for the targets…</p>
        )}
        {paths?.length === 0 && (
          <EmptyPaths disabled={!connected} simulated={simulated} learnHref={learnHref} onAdd={add} />
        )}
        {lesson}
        {view.path !== null && (
          <PathCentre
            key={view.path.pathId}
            client={client}
            path={view.path}
            view={view}
            store={store}
            platform={platform}
            actionFailure={failures.get(view.path.pathId) ?? null}
            nowEpochMs={nowEpochMs}
            marks={marks}
            onAct={actAndKeepFocus}
            onReport={report}
          />
        )}
      </div>
    </div>
  );
}
