import { useId } from 'react';
import { usePlotArea } from 'recharts';
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
  const { gaps, bars, bands, dots, newest, shareTicks }: MarkShapes = markShapes(series, viewport, rttMax, plot);
  const fills = { lost: `url(#${id}lost)`, 'not-sent': `url(#${id}not-sent)` };
  return (
    <g>
      <defs>
        <clipPath id={`${id}plot`}>
          <rect x={plot.x} y={plot.y} width={plot.width} height={plot.height} />
        </clipPath>
        <pattern id={`${id}lost`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="6" height="6" fill="var(--loss-fill)" />
          <path d="M0 0V6" stroke="var(--loss)" strokeWidth="2.4" />
        </pattern>
        <pattern id={`${id}not-sent`} width="4" height="4" patternUnits="userSpaceOnUse">
          <path d="M0 2H4" stroke="var(--rest)" strokeWidth="1" />
        </pattern>
      </defs>
      {shareTicks.map(({ x, y, label }) => (
        <text key={label} x={x} y={y} className="chart-label">
          {label}
        </text>
      ))}
      {gaps.map(({ x, width, label }) => (
        <g key={x}>
          <rect x={x} y={plot.y} width={width} height={plot.height} fill="var(--gap-fill)" />
          {label !== null && (
            <text x={label.x} y={label.y} className="chart-label" textAnchor="middle">
              no data
            </text>
          )}
        </g>
      ))}
      {bands.map((band) => (
        <path key={band} d={band} fill="var(--band)" clipPath={`url(#${id}plot)`} />
      ))}
      {bars.map(({ x, y, width, height, kind }) => (
        <g key={`${kind}${x}`} data-mark={kind}>
          <rect x={x} y={y} width={width} height={height} fill={fills[kind]} />
          <rect x={x} y={y} width={width} height={2} fill={kind === 'lost' ? 'var(--loss)' : 'var(--rest)'} />
        </g>
      ))}
      {dots.map(({ x, y }) => (
        <circle key={x} cx={x} cy={y} r={2} fill="var(--signal)" />
      ))}
      {newest !== null && <circle cx={newest.x} cy={newest.y} r={3} fill="var(--signal)" />}
    </g>
  );
}
