import { useElementSize } from '@mantine/hooks';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { columnsFor, type TimelineMark } from '../../../../contract/chart/timeline-series.ts';
import { describeFailure } from '../../../../contract/describe-failure.ts';
import type { Failure } from '../../../../contract/failure.ts';
import type { PathMonitorInfo } from '../../../../contract/path.ts';
import type { Platform } from '../../../../contract/system.ts';
import { FailureNotice } from '../../failures/FailureNotice.tsx';
import { StreamFailureNotice } from '../../failures/StreamFailureNotice.tsx';
import { pathStatus } from '../../live-store/path-status.ts';
import type { PathView } from '../../live-store/path-store.ts';
import { useSettings } from '../../live-store/settings-context.ts';
import { useRemembered } from '../../ui/use-remembered.ts';
import { useSteadyCallback } from '../../ui/use-steady-callback.ts';
import { EventLog } from './EventLog.tsx';
import { FocusBar } from './FocusBar.tsx';
import { askedLengthMs } from './focus-change.ts';
import { applyFocusKey, type FocusSituation } from './focus-keys.ts';
import { HopTable } from './HopTable.tsx';
import classes from './PathCentre.module.css';
import { PathHeader } from './PathHeader.tsx';
import { focusPeriod, shownPeriod } from './shown-period.ts';
import { Timelines } from './Timelines.tsx';
import { plotWidth } from './timeline-layout.ts';
import { useFocusActions } from './use-focus-actions.ts';
import { useFocusKeys } from './use-focus-keys.ts';
import type { PathAction } from './use-path-actions.ts';
import { usePulse, type WorkspaceStore } from './use-path-store.ts';
import { VerdictStrip } from './VerdictStrip.tsx';

interface PathCentreProps {
  readonly path: PathMonitorInfo;
  readonly view: PathView;
  readonly store: WorkspaceStore;
  readonly platform: Platform;
  readonly connected: boolean;
  /** Why the last action on this path failed. */
  readonly actionFailure: Failure | null;
  readonly nowEpochMs: () => number;
  /** Moments to be marked on the timelines, besides those of the path itself. */
  readonly marks: readonly TimelineMark[];
  readonly onAct: (pathId: string, action: PathAction) => Promise<void>;
  /** Null where nothing can be reported. */
  readonly onReport: (() => void) | null;
}

/** Everything about one target: how it is doing, what is concluded, every hop, and how it went over time. */
export function PathCentre(props: PathCentreProps) {
  const { path, view, store, platform, connected, actionFailure, nowEpochMs, marks, onAct, onReport } = props;
  const { report, reportFailure, focus } = view;
  const pulse = usePulse(store, path.pathId);
  const { ref, width } = useElementSize();
  const [open, setOpen] = useState<readonly number[]>([]);
  const limits = useSettings();
  const status = useMemo(
    () => pathStatus(path, pulse, platform, connected, limits),
    [path, pulse, platform, connected, limits],
  );
  const [jitter, rememberJitter] = useRemembered('hopscope-jitter', 'off');
  const actions = useFocusActions(store, view);

  const { isLinked, span } = actions;
  const roundTrip = view.timelines.get(0);
  const shown = useMemo(
    () => (report === null ? null : shownPeriod(roundTrip, report, isLinked)),
    [roundTrip, report, isLinked],
  );
  const inFocus = useMemo(() => (report === null ? null : focusPeriod(focus, report)), [focus, report]);
  const shownMs = shown === null ? 0 : shown.toEpochMs - shown.fromEpochMs;
  const columns = columnsFor(askedLengthMs(span, shownMs), shownMs, path.intervalMs, plotWidth(width));
  const isMeasured = shown !== null && width > 0;
  useEffect(() => {
    if (isMeasured) store.setOpenTimelines(open, columns);
  }, [store, open, columns, isMeasured]);

  const isAsking = connected && reportFailure === null;
  const staleness = view.isStale ? (isAsking ? 'computing…' : 'out of date') : null;

  const toggle = useCallback(
    (hopLimit: number) =>
      setOpen((before) =>
        before.includes(hopLimit)
          ? before.filter((one) => one !== hopLimit)
          : [...before, hopLimit].sort((a, b) => a - b),
      ),
    [],
  );
  const recorded = useCallback(
    () => ({ fromEpochMs: path.addedAtEpochMs, toEpochMs: nowEpochMs() }),
    [path.addedAtEpochMs, nowEpochMs],
  );

  const toggleJitter = useCallback(() => rememberJitter(jitter === 'on' ? 'off' : 'on'), [jitter, rememberJitter]);
  const situation = useCallback(
    (): FocusSituation | null =>
      inFocus === null || shown === null ? null : { focus: inFocus, shown, recorded: recorded(), actions },
    [inFocus, shown, recorded, actions],
  );
  useFocusKeys(situation, toggleJitter);
  const step = useSteadyCallback((direction: 'earlier' | 'later') => {
    const now = situation();
    if (now !== null) applyFocusKey(direction, now);
  });

  return (
    <>
      <PathHeader path={path} status={status} connected={connected} onAct={onAct} onReport={onReport} />
      {actionFailure !== null && <FailureNotice explanation={describeFailure(actionFailure, platform)} />}
      {status.explanation !== null && <FailureNotice explanation={status.explanation} />}
      <StreamFailureNotice
        failure={pulse.failure}
        consequence="What is measured of this target does not arrive here, so its state is out of date."
        platform={platform}
        onRetry={() => store.retryPulse(path.pathId)}
      />
      <StreamFailureNotice
        failure={reportFailure}
        consequence="The numbers below are not those of the period chosen."
        platform={platform}
        onRetry={store.retryView}
      />
      {report !== null && <VerdictStrip verdicts={report.verdicts} />}
      {(report !== null || status.explanation === null) && (
        <FocusBar focus={focus} report={report} staleness={staleness} onFocus={store.setFocus} onStep={step} />
      )}
      <div ref={ref} className={classes.measured} data-stale={view.isStale || undefined}>
        {report === null && status.explanation === null && reportFailure === null && (
          <p className={classes.waiting}>
            {path.state.phase === 'resolving' ? 'Looking up the name…' : 'Waiting for the first round of probes…'}
          </p>
        )}
        {report !== null && shown !== null && inFocus !== null && (
          <>
            <HopTable report={report} open={open} onToggle={toggle} />
            <Timelines
              view={view}
              report={report}
              shown={shown}
              focus={inFocus}
              open={open}
              withJitter={jitter === 'on'}
              timeoutMs={path.timeoutMs}
              events={pulse.events}
              marks={marks}
              widthPx={width}
              recorded={recorded}
              actions={actions}
              onJitter={toggleJitter}
              onClose={toggle}
            />
            <EventLog report={report} events={pulse.events} onFocus={store.setFocus} />
          </>
        )}
      </div>
    </>
  );
}
