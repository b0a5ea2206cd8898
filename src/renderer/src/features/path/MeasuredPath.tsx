import { Menu } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { columnsFor, type TimelineMark } from '../../../../contract/chart/timeline-series.ts';
import type { PathEvent, RouteChange } from '../../../../contract/path.ts';
import type { Platform } from '../../../../contract/system.ts';
import { StreamFailureNotice } from '../../failures/StreamFailureNotice.tsx';
import { formatClock } from '../../format/time.ts';
import type { MeasuredView } from '../../live-store/measured-watch.ts';
import { useRemembered } from '../../ui/use-remembered.ts';
import { useSteadyCallback } from '../../ui/use-steady-callback.ts';
import { CommentCard } from './CommentCard.tsx';
import { commentMarks } from './comment-marks.ts';
import { EventLog } from './EventLog.tsx';
import { FocusBar } from './FocusBar.tsx';
import { askedLengthMs, type Recorded } from './focus-change.ts';
import { applyFocusKey, type FocusSituation } from './focus-keys.ts';
import { HopTable } from './HopTable.tsx';
import classes from './PathCentre.module.css';
import { RouteHistory } from './RouteHistory.tsx';
import { focusPeriod, shownPeriod } from './shown-period.ts';
import { Timelines } from './Timelines.tsx';
import { plotWidth } from './timeline-layout.ts';
import { useFocusActions } from './use-focus-actions.ts';
import { useFocusKeys } from './use-focus-keys.ts';
import type { MomentComments } from './use-moment-comments.ts';
import type { MeasuredStore } from './use-path-store.ts';
import { VerdictStrip } from './VerdictStrip.tsx';

interface MeasuredPathProps {
  readonly view: MeasuredView;
  readonly store: MeasuredStore;
  readonly platform: Platform;
  readonly connected: boolean;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  /** What is known to have happened, besides what is in the report. */
  readonly events: readonly PathEvent[];
  /** What there is to look at. */
  readonly recorded: () => Recorded;
  /** Every change of the route that is known, newest first; null: only those of the report are. */
  readonly routeChanges: readonly RouteChange[] | null;
  /** Whether more is measured. */
  readonly isGrowing: boolean;
  /** Whether it is a session: periods then are reckoned from its end, not from now. */
  readonly isRecorded: boolean;
  /** Moments to be marked on the timelines, besides those of the path itself and the comments. */
  readonly marks: readonly TimelineMark[];
  readonly comments: MomentComments;
  /** More that can be done at a moment of the timelines, as items of a menu. */
  readonly momentItems?: (atEpochMs: number) => ReactNode;
  /** What to say while there is no report; null: nothing, and no period can be chosen. */
  readonly waiting: string | null;
}

/** What is concluded of a path over the period in focus, every hop, and how it went over time; whoever measured it, and when. */
export function MeasuredPath(props: MeasuredPathProps) {
  const { view, store, platform, connected, intervalMs, timeoutMs, events, recorded, isRecorded, waiting } = props;
  const { report, reportFailure, focus } = view;
  const { comments, momentItems, routeChanges, isGrowing } = props;
  const newestFirst = useMemo(() => [...(report?.routeChanges ?? [])].reverse(), [report]);
  const { ref, width } = useElementSize();
  const [open, setOpen] = useState<readonly number[]>([]);
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
  const columns = columnsFor(askedLengthMs(span, shownMs), shownMs, intervalMs, plotWidth(width));
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
  const toggleJitter = useCallback(() => rememberJitter(jitter === 'on' ? 'off' : 'on'), [jitter, rememberJitter]);
  const situation = useCallback(
    (): FocusSituation | null =>
      inFocus === null || shown === null ? null : { focus: inFocus, shown, recorded: recorded(), actions },
    [inFocus, shown, recorded, actions],
  );
  const marks = useMemo(() => [...props.marks, ...commentMarks(comments.comments)], [props.marks, comments.comments]);
  const [asked, setAsked] = useState<{ readonly atEpochMs: number } | null>(null);
  const moment = useRef<number | null>(null);
  const onMoment = useCallback((atEpochMs: number | null) => {
    moment.current = atEpochMs;
  }, []);
  const canComment = comments.sessionId !== null;
  const itemsAt = useCallback(
    (atEpochMs: number) => (
      <>
        <Menu.Item onClick={() => setAsked({ atEpochMs })}>Comment on {formatClock(atEpochMs)}</Menu.Item>
        {momentItems?.(atEpochMs)}
        <Menu.Divider />
      </>
    ),
    [momentItems],
  );
  const onComment = useCallback(() => {
    const now = situation();
    if (now !== null) setAsked({ atEpochMs: moment.current ?? now.focus.toEpochMs });
  }, [situation]);
  useFocusKeys(situation, { onJitter: toggleJitter, onComment });
  const step = useSteadyCallback((direction: 'earlier' | 'later') => {
    const now = situation();
    if (now !== null) applyFocusKey(direction, now);
  });

  return (
    <>
      <StreamFailureNotice
        failure={reportFailure}
        consequence="The numbers below are not those of the period chosen."
        platform={platform}
        onRetry={store.retryView}
      />
      {report !== null && <VerdictStrip verdicts={report.verdicts} />}
      {(report !== null || waiting !== null) && (
        <FocusBar
          focus={focus}
          report={report}
          staleness={staleness}
          isRecorded={isRecorded}
          onFocus={store.setFocus}
          onStep={step}
        />
      )}
      <div ref={ref} className={classes.measured} data-stale={view.isStale || undefined}>
        {report === null && waiting !== null && reportFailure === null && <p className={classes.waiting}>{waiting}</p>}
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
              timeoutMs={timeoutMs}
              events={events}
              marks={marks}
              onMoment={onMoment}
              momentItems={canComment ? itemsAt : null}
              widthPx={width}
              recorded={recorded}
              actions={actions}
              onJitter={toggleJitter}
              onClose={toggle}
            />
            <CommentCard
              comments={comments}
              asked={asked}
              usualEpochMs={inFocus.toEpochMs}
              platform={platform}
              onFocus={store.setFocus}
            />
            <RouteHistory
              changes={routeChanges ?? newestFirst}
              end={isGrowing ? 'now' : 'the end of the session'}
              onFocus={store.setFocus}
            />
            <EventLog report={report} events={events} isRecorded={isRecorded} onFocus={store.setFocus} />
          </>
        )}
      </div>
    </>
  );
}
