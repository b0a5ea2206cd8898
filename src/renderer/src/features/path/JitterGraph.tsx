import { memo } from 'react';
import { formatRttTick, type Scale, type TimeScale } from '../../../../contract/chart/chart-scale.ts';
import type { TimelineSeries } from '../../../../contract/chart/timeline-series.ts';
import { formatTimeTick } from '../../format/chart-axes.ts';
import { jitterShape } from './jitter-shape.ts';
import classes from './Timelines.module.css';
import { AXIS_WIDTH_PX, JITTER_HEIGHT_PX, TIME_AXIS_PX } from './timeline-layout.ts';

interface JitterGraphProps {
  readonly series: TimelineSeries;
  readonly fromEpochMs: number;
  readonly toEpochMs: number;
  readonly scale: Scale;
  /** The labels of the time axis; null where another chart below has them. */
  readonly time: TimeScale | null;
  /** What a screen reader calls it. */
  readonly name: string;
  /** Of the plot, in CSS pixels. */
  readonly widthPx: number;
}

const TOP_PX = 5;
const PLOT_PX = JITTER_HEIGHT_PX - TOP_PX - 4;

/** Jitter below a timeline, on the same time axis and a scale of its own. Draws what it is given. */
export const JitterGraph = memo(function JitterGraph(props: JitterGraphProps) {
  const { series, fromEpochMs, toEpochMs, scale, time, name, widthPx } = props;
  const plot = { x: AXIS_WIDTH_PX, y: TOP_PX, width: widthPx, height: PLOT_PX };
  const shape = jitterShape(series.points, fromEpochMs, toEpochMs, scale.max, plot);
  return (
    <svg
      className={classes.jitter}
      width={widthPx + 2 * AXIS_WIDTH_PX}
      height={JITTER_HEIGHT_PX + (time === null ? 0 : TIME_AXIS_PX)}
      role="img"
      aria-label={name}
    >
      {[0, scale.max].map((ms) => (
        <g key={ms}>
          <path
            d={`M${AXIS_WIDTH_PX} ${TOP_PX + PLOT_PX * (1 - ms / scale.max)}h${widthPx}`}
            className={classes.jitterGrid}
          />
          <text
            x={AXIS_WIDTH_PX - 8}
            y={TOP_PX + PLOT_PX * (1 - ms / scale.max)}
            className="chart-label"
            textAnchor="end"
          >
            {formatRttTick(ms, scale.decimals)}
          </text>
        </g>
      ))}
      {shape !== null && (
        <>
          <path d={shape.area} className={classes.jitterArea} />
          <path d={shape.line} className={classes.jitterLine} />
        </>
      )}
      {time?.ticks.map((at) => (
        <text
          key={at}
          x={AXIS_WIDTH_PX + ((at - fromEpochMs) / Math.max(1, toEpochMs - fromEpochMs)) * widthPx}
          y={JITTER_HEIGHT_PX + 8}
          className="chart-label"
          textAnchor="middle"
        >
          {formatTimeTick(at, time.withSeconds, time.withDay)}
        </text>
      ))}
      <text x={AXIS_WIDTH_PX + widthPx + 8} y={TOP_PX + PLOT_PX / 2} className="chart-label">
        jitter
      </text>
    </svg>
  );
});
