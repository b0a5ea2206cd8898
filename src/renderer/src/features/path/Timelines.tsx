import { ActionIcon, VisuallyHidden } from '@mantine/core';
import { type MouseEvent, memo, type ReactNode, useCallback, useMemo, useRef } from 'react';
import { rttScale, timeScale } from '../../../../contract/chart/chart-scale.ts';
import {
  gapsOf,
  type TimelineMark,
  timelineMarks,
  timelineSeries,
} from '../../../../contract/chart/timeline-series.ts';
import { momentAt } from '../../../../contract/chart/timeline-shapes.ts';
import type { PathEvent, PathReport } from '../../../../contract/path.ts';
import { formatClock, formatDay, formatDuration } from '../../format/time.ts';
import type { MeasuredView } from '../../live-store/measured-watch.ts';
import { ContextMenu, useContextMenu } from '../../ui/ContextMenu.tsx';
import { RemoveIcon } from '../../ui/icons.tsx';
import { useKeptEqual } from '../../ui/keep-equal.ts';
import { PictureItems } from '../../ui/PictureMenu.tsx';
import { type PictureForm, takePicture } from '../../ui/take-picture.ts';
import { useCopy } from '../../ui/use-copy.ts';
import { useSteadyCallback } from '../../ui/use-steady-callback.ts';
import { FocusBand } from './FocusBand.tsx';
import type { Period, Recorded } from './focus-change.ts';
import { JitterGraph } from './JitterGraph.tsx';
import { greatestJitter } from './jitter-shape.ts';
import { TimelineInTurn } from './TimelineInTurn.tsx';
import { TimelineLegend } from './TimelineLegend.tsx';
import classes from './Timelines.module.css';
import { TimelineTools } from './TimelineTools.tsx';
import { focusBand } from './timeline-band.ts';
import {
  AXIS_WIDTH_PX,
  HOP_HEIGHT_PX,
  plotWidth,
  ROUND_TRIP_HEIGHT_PX,
  SIDE_PX,
  TIME_AXIS_PX,
} from './timeline-layout.ts';
import { timelineTitle } from './timeline-title.ts';
import type { FocusActions } from './use-focus-actions.ts';
import { useSteadyPeriod } from './use-steady-period.ts';
import { useTimelineGestures } from './use-timeline-gestures.ts';

interface TimelinesProps {
  readonly view: MeasuredView;
  readonly report: PathReport;
  /** The period that the timelines show, and the one in focus. */
  readonly shown: Period;
  readonly focus: Period;
  /** Hop limits whose timelines are open, besides the round trip's. */
  readonly open: readonly number[];
  readonly withJitter: boolean;
  readonly timeoutMs: number;
  readonly events: readonly PathEvent[];
  /** Moments to be marked, besides those of the path itself. */
  readonly marks: readonly TimelineMark[];
  /** Is told the moment that is looked at by pointer or keyboard; null: none. */
  readonly onMoment: (atEpochMs: number | null) => void;
  /** What can be done at a moment that was pointed at, as items of a menu; null: nothing. */
  readonly momentItems: ((atEpochMs: number) => ReactNode) | null;
  readonly widthPx: number;
  readonly recorded: () => Recorded;
  readonly actions: FocusActions;
  readonly onJitter: () => void;
  readonly onClose: (hopLimit: number) => void;
}

/** The round trip and the opened hops, on one time axis and one scale of round trips, with the focus as a band over all. */
export const Timelines = memo(function Timelines(props: TimelinesProps) {
  const { view, report, focus, open, withJitter, timeoutMs, events, marks, widthPx, recorded, actions } = props;
  const { intervalMs } = report;
  const width = plotWidth(widthPx);
  const shown = useSteadyPeriod(props.shown.fromEpochMs, props.shown.toEpochMs, width);
  const timelines = useKeptEqual(view.timelines);
  const computed = useMemo(() => {
    const gaps = gapsOf(report, events);
    const rows = [0, ...open].map((hopLimit) => {
      const timeline = timelines.get(hopLimit);
      const series = timeline === undefined ? null : timelineSeries(timeline, shown, gaps, { intervalMs, timeoutMs });
      return { hopLimit, title: timelineTitle(report, hopLimit), series };
    });
    const longest = rows.flatMap(({ series }) => series?.maxMs ?? []);
    const jitters = rows.flatMap(({ series }) => (series === null ? [] : (greatestJitter(series.points) ?? [])));
    return {
      rows,
      rtt: rttScale(longest.length === 0 ? null : Math.max(...longest)),
      jitter: rttScale(jitters.length === 0 ? null : Math.max(...jitters)),
      time: timeScale(shown.fromEpochMs, shown.toEpochMs, width),
      marks: timelineMarks(report, events, shown, marks),
    };
  }, [timelines, open, report, events, marks, shown, intervalMs, timeoutMs, width]);
  // A chart of which nothing has changed that can be seen is not drawn again.
  const drawing = useKeptEqual(computed);
  const axis = useMemo(() => ({ shown, leftPx: AXIS_WIDTH_PX + SIDE_PX, widthPx: width }), [shown, width]);
  const { areaRef, dragged, pulledPx, isDragging, handlers } = useTimelineGestures({
    axis,
    focus,
    recorded,
    onPick: actions.pick,
    onSpan: actions.setSpan,
  });
  const chartsRef = useRef<HTMLDivElement>(null);
  const copying = useCopy();
  const savePicture = useSteadyCallback(async (element: HTMLElement | null, form: PictureForm) => {
    const of = element === chartsRef.current ? null : (element?.getAttribute('aria-label') ?? '');
    const period = `${formatDay(shown.fromEpochMs)}, ${formatClock(shown.fromEpochMs)} to ${formatClock(shown.toEpochMs)}`;
    await takePicture(copying, element, form, {
      caption: `${report.simulated === null ? '' : 'Simulated internet, '}${report.target}, ${period}`,
      what: `${of ?? 'the timelines'} as a picture`,
      fileName: [of ?? 'timelines of', report.target],
    });
  });
  const saveAll = useCallback((form: PictureForm) => void savePicture(chartsRef.current, form), [savePicture]);
  const fit = useSteadyCallback(() =>
    actions.setFocus(view.focus.kind === 'period' ? view.focus : { kind: 'period', ...focus }),
  );
  const { momentItems } = props;
  const { open: menu, openAt, close } = useContextMenu<{ readonly figure: HTMLElement; readonly atEpochMs: number }>();
  const active = useRef<number | null>(null);
  const onMoment = useCallback(
    (atEpochMs: number | null) => {
      active.current = atEpochMs;
      props.onMoment(atEpochMs);
    },
    [props.onMoment],
  );
  const openMenu = (event: MouseEvent<HTMLElement>) => {
    const figure = event.currentTarget;
    const isByKeyboard = event.clientX === 0 && event.clientY === 0;
    const pointed = momentAt(event.clientX - figure.getBoundingClientRect().left, shown, AXIS_WIDTH_PX, width);
    openAt(event, { figure, atEpochMs: isByKeyboard ? (active.current ?? shown.toEpochMs) : pointed });
  };
  // Closed it need not be drawn with every second that passes.
  const timelineMenu = useMemo(
    () => (
      <ContextMenu
        place={menu?.place ?? null}
        name={menu?.subject.figure.getAttribute('aria-label') ?? ''}
        onClose={close}
      >
        {menu !== null && (
          <>
            {momentItems?.(menu.subject.atEpochMs)}
            <PictureItems onChoose={(form) => void savePicture(menu.subject.figure, form)} />
          </>
        )}
      </ContextMenu>
    ),
    [menu, close, momentItems, savePicture],
  );
  const column = drawing.rows[0]?.series?.points[0]?.column;
  const columnMs = column === undefined ? 0 : column.toEpochMs - column.fromEpochMs;
  return (
    <section className={classes.card} aria-label="Timelines">
      <TimelineTools
        shown={`${formatDuration(shown.toEpochMs - shown.fromEpochMs)} shown`}
        isLinked={actions.isLinked}
        withJitter={withJitter}
        onFit={fit}
        onJitter={props.onJitter}
        onPicture={saveAll}
      />
      <div ref={areaRef} className={classes.area} data-picking={isDragging || undefined} {...handlers}>
        <FocusBand
          axis={axis}
          band={isDragging && pulledPx === 0 ? dragged : focusBand(focus, axis)}
          isDragged={isDragging}
        />
        <div
          ref={chartsRef}
          className={classes.charts}
          style={pulledPx === 0 ? undefined : { transform: `translateX(${pulledPx}px)` }}
        >
          {drawing.rows.map(({ hopLimit, title, series }, place) => {
            const isLowest = place === drawing.rows.length - 1;
            const hasTimes = isLowest && !withJitter;
            const height = (hopLimit === 0 ? ROUND_TRIP_HEIGHT_PX : HOP_HEIGHT_PX) + (hasTimes ? TIME_AXIS_PX : 0);
            return (
              <figure key={hopLimit} className={classes.timeline} aria-label={title.name} onContextMenu={openMenu}>
                <figcaption className={classes.caption}>
                  <strong>{title.heading}</strong>
                  {title.detail !== null && <span className={classes.detail}>{title.detail}</span>}
                  {hopLimit !== 0 && (
                    <ActionIcon
                      className={classes.close}
                      size={20}
                      variant="subtle"
                      color="gray"
                      aria-label={`Close the timeline of hop ${hopLimit}`}
                      onClick={() => props.onClose(hopLimit)}
                    >
                      <RemoveIcon size={12} />
                    </ActionIcon>
                  )}
                </figcaption>
                <div style={{ height }}>
                  {series !== null && width > 0 && (
                    <TimelineInTurn
                      series={series}
                      marks={drawing.marks}
                      shown={shown}
                      rtt={drawing.rtt}
                      time={drawing.time}
                      isLowest={hasTimes}
                      name={`${title.name}: the arrow keys show each value`}
                      onMoment={onMoment}
                      width={width + 2 * AXIS_WIDTH_PX}
                      height={height}
                    />
                  )}
                </div>
                {withJitter && series !== null && width > 0 && (
                  <JitterGraph
                    series={series}
                    fromEpochMs={shown.fromEpochMs}
                    toEpochMs={shown.toEpochMs}
                    scale={drawing.jitter}
                    time={isLowest ? drawing.time : null}
                    name={`Jitter, ${title.name}`}
                    widthPx={width}
                  />
                )}
              </figure>
            );
          })}
        </div>
      </div>
      {timelineMenu}
      <VisuallyHidden role="status">{copying.outcome}</VisuallyHidden>
      <TimelineLegend columnMs={columnMs > 1.5 * intervalMs ? columnMs : null} />
    </section>
  );
});
