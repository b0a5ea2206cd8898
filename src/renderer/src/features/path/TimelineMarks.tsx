import { useId } from 'react';
import { usePlotArea } from 'recharts';
import type { TimelineMark, TimelineSeries } from '../../../../contract/chart/timeline-series.ts';
import { timelineShapes } from '../../../../contract/chart/timeline-shapes.ts';
import { ChartPatterns, LossBar, patternOf } from '../../charts/ChartPatterns.tsx';
import type { Period } from './focus-change.ts';
import classes from './TimelineMarks.module.css';

interface TimelineMarksProps {
  readonly series: TimelineSeries;
  readonly marks: readonly TimelineMark[];
  readonly shown: Period;
  /** Where the axis of round trips ends. */
  readonly rttMax: number;
}

/** What stands behind and around the median line: smoke, stretches without data, loss, and the moments marked. */
export function TimelineMarks({ series, marks, shown, rttMax }: TimelineMarksProps) {
  const id = useId();
  const plot = usePlotArea();
  if (plot === undefined) return null;
  const shapes = timelineShapes(series, marks, shown, rttMax, plot);
  const bottom = plot.y + plot.height;
  return (
    <g>
      <ChartPatterns id={id} plot={plot} />
      {shapes.lossTicks.map(({ x, y, label }) => (
        <text key={label} x={x} y={y} className="chart-label">
          {label}
        </text>
      ))}
      <g clipPath={patternOf(id, 'plot')}>
        {shapes.noData.map(({ x, width }) => (
          <rect
            key={x}
            x={x}
            y={plot.y}
            width={width}
            height={plot.height}
            fill={patternOf(id, 'gap')}
            data-mark="no-data"
          />
        ))}
        {shapes.smoke.map(({ kind, path }) => path !== null && <path key={kind} d={path} className={classes[kind]} />)}
        {shapes.lonely.map(({ x, top, bottom: low }) => (
          <path key={x} d={`M${x} ${top}V${low}`} className={classes.stroke} />
        ))}
        {shapes.loss.map((bar) => (
          <g key={bar.x} data-mark="lost">
            <LossBar bar={bar} fill={patternOf(id, 'lost')} stroke="var(--loss)" />
          </g>
        ))}
      </g>
      {shapes.lonely.map(({ x, dot }) => (
        <circle key={x} cx={x} cy={dot} r={2} fill="var(--signal)" />
      ))}
      {shapes.noData.map(
        ({ label }) =>
          label !== null && (
            <text key={label.x} x={label.x} y={label.y} className="chart-label" textAnchor="middle">
              {label.text}
            </text>
          ),
      )}
      {shapes.marks.map(({ kind, x, y, label, title }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two of a kind may be of the same moment
        <g key={`${kind}${x} ${place}`} data-mark={kind}>
          {title !== undefined && <title>{title}</title>}
          {/* A line of a pixel or two is hard to point at. */}
          {title !== undefined && <path d={`M${x} ${y - 12}V${bottom}`} className={classes.target} />}
          <path d={`M${x} ${y - 3}V${bottom}`} className={classes.mark} data-kind={kind} />
          <text x={x} y={y - 8} className="chart-label" textAnchor="middle">
            {label}
          </text>
        </g>
      ))}
    </g>
  );
}
