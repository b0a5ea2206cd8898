import { memo, useCallback } from 'react';
import { CartesianGrid, Line, LineChart, Tooltip, type TooltipContentProps, XAxis, YAxis } from 'recharts';
import { formatRttTick, type Scale, type TimeScale } from '../../../../contract/chart/chart-scale.ts';
import { formatTimeTick } from '../../format/chart-axes.ts';
import { ChartMarks } from './ChartMarks.tsx';
import { ChartTooltip } from './ChartTooltip.tsx';
import { AXIS_WIDTH_PX } from './chart-layout.ts';
import type { ChartPoint, ChartSeries, Viewport } from './chart-series.ts';

interface LatencyChartProps {
  readonly series: ChartSeries;
  readonly viewport: Viewport;
  readonly rtt: Scale;
  readonly time: TimeScale;
  /** What a screen reader calls the chart. */
  readonly name: string;
  /** Null until the name is resolved. */
  readonly family: 4 | 6 | null;
  /** In CSS pixels. */
  readonly width: number;
  readonly height: number;
}

/** At the right stands the scale of loss, which the marks draw. */
const MARGIN = { top: 6, right: AXIS_WIDTH_PX, bottom: 0, left: 0 };
const TICK = { fill: 'var(--dim)', fontSize: 11 };
const CURSOR = { stroke: 'var(--dim)', strokeWidth: 1, strokeDasharray: '3 3' };
const ACTIVE_DOT = { r: 3.5, fill: 'var(--signal)', stroke: 'var(--surface)', strokeWidth: 1.5 };

const atEpochMs = (point: ChartPoint) => point.atEpochMs;
const rttMs = (point: ChartPoint) => point.rttMs;

/** Round trips as a line from 0, loss as bars on its own scale from 0 to 100 %. Draws what it is given. */
export const LatencyChart = memo(function LatencyChart(props: LatencyChartProps) {
  const { series, viewport, rtt, time, name, family, width, height } = props;
  const tooltip = useCallback(
    (content: TooltipContentProps) => <ChartTooltip {...content} family={family} />,
    [family],
  );
  return (
    <LineChart aria-label={name} width={width} height={height} margin={MARGIN} data={series.points as ChartPoint[]}>
      <CartesianGrid yAxisId="rtt" stroke="var(--grid)" vertical={false} />
      <XAxis
        type="number"
        dataKey={atEpochMs}
        domain={[viewport.fromEpochMs, viewport.toEpochMs]}
        allowDataOverflow
        ticks={time.ticks as number[]}
        tickFormatter={(at: number) => formatTimeTick(at, time.withSeconds, time.withDay)}
        interval={0}
        height={24}
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
      <ChartMarks series={series} viewport={viewport} rttMax={rtt.max} />
      <Tooltip
        isAnimationActive={false}
        filterNull={false}
        cursor={CURSOR}
        content={tooltip}
        allowEscapeViewBox={ESCAPE}
        wrapperStyle={ABOVE}
      />
      <Line
        yAxisId="rtt"
        dataKey={rttMs}
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

const ESCAPE = { x: false, y: true };
const ABOVE = { zIndex: 5 };
