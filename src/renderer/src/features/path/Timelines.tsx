import { ActionIcon } from '@mantine/core';
import { memo, useMemo } from 'react';
import type { PathEvent, PathReport } from '../../../../contract/path.ts';
import { rttScale, timeScale } from '../../format/chart-axes.ts';
import { formatDuration } from '../../format/time.ts';
import type { Focus, PathView } from '../../live-store/path-store.ts';
import { RemoveIcon } from '../../ui/icons.tsx';
import type { Period, Recorded } from './focus-change.ts';
import { TimelineChart } from './TimelineChart.tsx';
import classes from './Timelines.module.css';
import {
  AXIS_WIDTH_PX,
  HOP_HEIGHT_PX,
  plotWidth,
  ROUND_TRIP_HEIGHT_PX,
  SIDE_PX,
  TIME_AXIS_PX,
} from './timeline-layout.ts';
import { timelineMarks, timelineSeries } from './timeline-series.ts';
import { timelineTitle } from './timeline-title.ts';
import { useTimelineGestures } from './use-timeline-gestures.ts';

interface TimelinesProps {
  readonly view: PathView;
  readonly report: PathReport;
  /** Hop limits whose timelines are open, besides the round trip's. */
  readonly open: readonly number[];
  readonly timeoutMs: number;
  readonly events: readonly PathEvent[];
  readonly widthPx: number;
  readonly recorded: () => Recorded;
  readonly onFocus: (focus: Focus) => void;
  readonly onClose: (hopLimit: number) => void;
}

/** The round trip and the opened hops over the period in focus, on one time axis and one scale of round trips. */
export const Timelines = memo(function Timelines(props: TimelinesProps) {
  const { view, report, open, timeoutMs, events, widthPx, recorded, onFocus, onClose } = props;
  const { timelines } = view;
  const { fromEpochMs, toEpochMs, intervalMs, gaps } = report;
  const width = plotWidth(widthPx);
  const shown: Period = useMemo(() => ({ fromEpochMs, toEpochMs }), [fromEpochMs, toEpochMs]);
  const drawing = useMemo(() => {
    const rows = [0, ...open].map((hopLimit) => {
      const timeline = timelines.get(hopLimit);
      const series = timeline === undefined ? null : timelineSeries(timeline, shown, gaps, { intervalMs, timeoutMs });
      return { hopLimit, title: timelineTitle(report, hopLimit), series };
    });
    const longest = rows.flatMap(({ series }) => series?.maxMs ?? []);
    return {
      rows,
      rtt: rttScale(longest.length === 0 ? null : Math.max(...longest)),
      time: timeScale(shown.fromEpochMs, shown.toEpochMs, width),
      marks: timelineMarks(report, events, shown),
    };
  }, [timelines, open, report, events, shown, gaps, intervalMs, timeoutMs, width]);
  const { areaRef, selection, handlers } = useTimelineGestures({
    shown,
    plotLeftPx: AXIS_WIDTH_PX + SIDE_PX,
    plotWidthPx: width,
    recorded,
    onFocus,
  });
  const [roundTrip] = drawing.rows;
  const column = roundTrip?.series?.points[0]?.column;
  const columnMs = column === undefined ? null : column.toEpochMs - column.fromEpochMs;
  return (
    <section className={classes.card} aria-label="Timelines">
      <div ref={areaRef} className={classes.area} data-picking={selection !== null || undefined} {...handlers}>
        {drawing.rows.map(({ hopLimit, title, series }, place) => {
          const isLowest = place === drawing.rows.length - 1;
          const height = (hopLimit === 0 ? ROUND_TRIP_HEIGHT_PX : HOP_HEIGHT_PX) + (isLowest ? TIME_AXIS_PX : 0);
          return (
            <figure key={hopLimit} className={classes.timeline} aria-label={title.name}>
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
                    onClick={() => onClose(hopLimit)}
                  >
                    <RemoveIcon size={12} />
                  </ActionIcon>
                )}
              </figcaption>
              <div style={{ height }}>
                {series !== null && width > 0 && (
                  <TimelineChart
                    series={series}
                    marks={drawing.marks}
                    shown={shown}
                    rtt={drawing.rtt}
                    time={drawing.time}
                    isLowest={isLowest}
                    name={`${title.name}: the arrow keys show each value`}
                    width={width + 2 * AXIS_WIDTH_PX}
                    height={height}
                  />
                )}
              </div>
            </figure>
          );
        })}
        {selection !== null && (
          <div className={classes.selection} style={{ left: selection.leftPx, width: selection.widthPx }} />
        )}
      </div>
      <p className={classes.legend}>
        <span>
          <i className={classes.medianKey} />
          median{columnMs !== null && columnMs > 1.5 * intervalMs ? ` of each ${formatDuration(columnMs)}` : ''}
        </span>
        <span>
          <i className={classes.smokeKey} />
          smoke: middle half, middle 80 %, all
        </span>
        <span>
          <i className={classes.lossKey} />
          loss, from the top
        </span>
        <span>
          <i className={classes.noDataKey} />
          no data
        </span>
        <span className={classes.hint}>Drag picks a period, the wheel zooms.</span>
      </p>
    </section>
  );
});
