import { useElementSize } from '@mantine/hooks';
import { memo, useMemo } from 'react';
import { rttScale, timeScale } from '../../../../contract/chart/chart-scale.ts';
import type { Monitor } from '../../../../contract/monitor.ts';
import { formatRtt } from '../../format/rtt.ts';
import { formatDuration } from '../../format/time.ts';
import type { MonitorHistory } from '../../live-store/live-store.ts';
import classes from './ChartArea.module.css';
import { AXIS_WIDTH_PX } from './chart-layout.ts';
import { chartSeries } from './chart-series.ts';
import { LatencyChart } from './LatencyChart.tsx';
import type { TimeWindow } from './time-window.ts';

interface ChartAreaProps {
  readonly monitor: Monitor;
  readonly history: MonitorHistory;
  readonly timeWindow: TimeWindow;
  /** In CSS pixels. */
  readonly height: number;
}

/** Measures the room there is, makes the series for it and draws them, with a legend. */
export const ChartArea = memo(function ChartArea({ monitor, history, timeWindow, height }: ChartAreaProps) {
  const { ref, width } = useElementSize();
  const { intervalMs, timeoutMs, target } = monitor;
  const { durationMs, name } = timeWindow;
  const plotWidth = Math.max(0, width - 2 * AXIS_WIDTH_PX);
  const drawing = useMemo(() => {
    const viewport = {
      fromEpochMs: history.drawnAtEpochMs - durationMs,
      toEpochMs: history.drawnAtEpochMs,
      widthPx: plotWidth,
      intervalMs,
      timeoutMs,
    };
    const series = chartSeries(history.samples, viewport);
    return {
      viewport,
      series,
      rtt: rttScale(series.maxMs),
      time: timeScale(viewport.fromEpochMs, viewport.toEpochMs, plotWidth),
    };
  }, [history, durationMs, plotWidth, intervalMs, timeoutMs]);
  const { series } = drawing;
  return (
    <figure className={classes.area} aria-label={`Round trips of ${target}, ${name}`}>
      <figcaption className={classes.legend}>
        <span className={classes.axisTitle}>ms</span>
        <span className={classes.key}>
          <svg width="18" height="10" aria-hidden="true" focusable="false">
            <path d="M1 7 6 4 11 6 17 3" className={classes.lineKey} />
          </svg>
          {series.columnMs === null ? 'round trip' : `mean of each ${formatDuration(series.columnMs)}`}
        </span>
        {series.columnMs !== null && (
          <span className={classes.key}>
            <i className={classes.bandKey} />
            lowest to highest
          </span>
        )}
        <span className={classes.key}>
          <i className={classes.lossKey} />
          loss, from the top
        </span>
        {series.bars.some(({ kind }) => kind === 'not-sent') && (
          <span className={classes.key}>
            <i className={classes.notSentKey} />
            not sent
          </span>
        )}
        {series.gaps.length > 0 && (
          <span className={classes.key}>
            <i className={classes.gapKey} />
            no data
          </span>
        )}
        <span className={classes.lossTitle}>loss</span>
      </figcaption>
      <div ref={ref} style={{ height }}>
        {width > 0 && (
          <LatencyChart
            {...drawing}
            name={`Chart of ${target}: the arrow keys show each value`}
            family={monitor.family}
            width={width}
            height={height}
          />
        )}
      </div>
      <p className={classes.summary}>
        {series.maxMs === null
          ? 'No round trips in this period.'
          : `At most ${formatRtt(series.maxMs)} in this period.`}
      </p>
    </figure>
  );
});
