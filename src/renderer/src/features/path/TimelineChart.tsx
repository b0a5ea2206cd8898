import { memo, useEffect } from 'react';
import { CartesianGrid, Line, LineChart, Tooltip, useActiveTooltipLabel, XAxis, YAxis } from 'recharts';
import { formatRttTick, type Scale, type TimeScale } from '../../../../contract/chart/chart-scale.ts';
import type { TimelineMark, TimelinePoint, TimelineSeries } from '../../../../contract/chart/timeline-series.ts';
import { formatTimeTick } from '../../format/chart-axes.ts';
import type { Period } from './focus-change.ts';
import { TimelineMarks } from './TimelineMarks.tsx';
import { TimelineTooltip } from './TimelineTooltip.tsx';
import { AXIS_WIDTH_PX, TIME_AXIS_PX, TOP_PX } from './timeline-layout.ts';

export interface TimelineChartProps {
  readonly series: TimelineSeries;
  readonly marks: readonly TimelineMark[];
  readonly shown: Period;
  readonly rtt: Scale;
  readonly time: TimeScale;
  /** Only the lowest of several carries the labels of the time axis. */
  readonly isLowest: boolean;
  /** What a screen reader calls the chart. */
  readonly name: string;
  /** Is told the moment whose values are shown; null: none are. */
  readonly onMoment: (atEpochMs: number | null) => void;
  /** In CSS pixels. */
  readonly width: number;
  readonly height: number;
}

/** At the right stands the scale of loss, which the marks draw. */
const MARGIN = { top: TOP_PX, right: AXIS_WIDTH_PX, bottom: 7, left: 0 };
const LOWEST_MARGIN = { ...MARGIN, bottom: 0 };
const TICK = { fill: 'var(--dim)', fontSize: 11 };
const CURSOR = { stroke: 'var(--dim)', strokeWidth: 1, strokeDasharray: '3 3' };
const ACTIVE_DOT = { r: 3.5, fill: 'var(--signal)', stroke: 'var(--surface)', strokeWidth: 1.5 };
const ESCAPE = { x: false, y: true };
const ABOVE = { zIndex: 5 };

const atEpochMs = (point: TimelinePoint) => point.atEpochMs;
const medianMs = (point: TimelinePoint) => point.medianMs;

/** The median as a line over its smoke, loss as bars from the top on its own scale. Draws what it is given. */
export const TimelineChart = memo(function TimelineChart(props: TimelineChartProps) {
  const { series, marks, shown, rtt, time, isLowest, name, onMoment, width, height } = props;
  return (
    <LineChart
      aria-label={name}
      width={width}
      height={height}
      margin={isLowest ? LOWEST_MARGIN : MARGIN}
      data={series.points as TimelinePoint[]}
      syncId="timelines"
      syncMethod="value"
    >
      <CartesianGrid yAxisId="rtt" stroke="var(--grid)" />
      <XAxis
        type="number"
        dataKey={atEpochMs}
        domain={[shown.fromEpochMs, shown.toEpochMs]}
        allowDataOverflow
        ticks={time.ticks as number[]}
        tickFormatter={(at: number) => formatTimeTick(at, time.withSeconds, time.withDay)}
        interval={0}
        hide={!isLowest}
        height={TIME_AXIS_PX}
        tick={TICK}
        tickSize={4}
        stroke="var(--line)"
      />
      <YAxis
        yAxisId="rtt"
        type="number"
        domain={[0, rtt.max]}
        allowDataOverflow
        ticks={rtt.ticks as number[]}
        tickFormatter={(tick: number) => formatRttTick(tick, rtt.decimals)}
        interval={0}
        width={AXIS_WIDTH_PX}
        tick={TICK}
        tickLine={false}
        axisLine={false}
      />
      <TimelineMarks series={series} marks={marks} shown={shown} rttMax={rtt.max} />
      <ActiveMoment onMoment={onMoment} />
      <Tooltip
        isAnimationActive={false}
        filterNull={false}
        cursor={CURSOR}
        content={TimelineTooltip}
        allowEscapeViewBox={ESCAPE}
        wrapperStyle={ABOVE}
      />
      <Line
        yAxisId="rtt"
        dataKey={medianMs}
        type="linear"
        stroke="var(--signal)"
        strokeWidth={1.6}
        dot={false}
        activeDot={ACTIVE_DOT}
        isAnimationActive={false}
        connectNulls={false}
      />
    </LineChart>
  );
});

/** Tells which moment the pointer or the arrow keys are at. It draws nothing. */
function ActiveMoment({ onMoment }: Pick<TimelineChartProps, 'onMoment'>) {
  const label = useActiveTooltipLabel();
  useEffect(() => onMoment(typeof label === 'number' ? label : null), [label, onMoment]);
  return null;
}
