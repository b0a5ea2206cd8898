import { useId } from 'react';
import { usePlotArea } from 'recharts';
import { ChartPatterns, LossBar, patternOf } from '../../charts/ChartPatterns.tsx';
import { type MarkShapes, markShapes } from './chart-marks.ts';
import type { ChartSeries, Viewport } from './chart-series.ts';

interface ChartMarksProps {
  readonly series: ChartSeries;
  readonly viewport: Viewport;
  /** Where the axis of round trips ends. */
  readonly rttMax: number;
}

/** What stands behind the line: stretches without data, bars of loss, and round trips too lonely for a line. */
export function ChartMarks({ series, viewport, rttMax }: ChartMarksProps) {
  const id = useId();
  const plot = usePlotArea();
  if (plot === undefined) return null;
  const { gaps, bars, bands, dots, newest, lossLabels }: MarkShapes = markShapes(series, viewport, rttMax, plot);
  return (
    <g>
      <ChartPatterns id={id} plot={plot} />
      {lossLabels.map(({ x, y, label }) => (
        <text key={label} x={x} y={y} className="chart-label">
          {label}
        </text>
      ))}
      {gaps.map(({ x, width, label }) => (
        <g key={x}>
          <rect x={x} y={plot.y} width={width} height={plot.height} fill={patternOf(id, 'gap')} />
          {label !== null && (
            <text x={label.x} y={label.y} className="chart-label" textAnchor="middle">
              no data
            </text>
          )}
        </g>
      ))}
      {bands.map((band) => (
        <path key={band} d={band} fill="var(--smoke-outer)" clipPath={patternOf(id, 'plot')} />
      ))}
      {bars.map(({ kind, ...bar }) => (
        <g key={`${kind}${bar.x}`} data-mark={kind}>
          <LossBar bar={bar} fill={patternOf(id, kind)} stroke={kind === 'lost' ? 'var(--loss)' : 'var(--rest)'} />
        </g>
      ))}
      {dots.map(({ x, y }) => (
        <circle key={x} cx={x} cy={y} r={2} fill="var(--signal)" />
      ))}
      {newest !== null && <circle cx={newest.x} cy={newest.y} r={3} fill="var(--signal)" />}
    </g>
  );
}
