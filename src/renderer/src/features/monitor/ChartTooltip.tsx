import type { TooltipContentProps } from 'recharts';
import classes from './ChartTooltip.module.css';
import type { ChartPoint } from './chart-series.ts';
import { momentLines } from './moment-lines.ts';

/** The exact values at the pointer. */
export function ChartTooltip({ active, payload, family }: TooltipContentProps & { readonly family: 4 | 6 | null }) {
  const point = payload?.[0]?.payload as ChartPoint | undefined;
  if (!active || point === undefined || point.moment === null) return null;
  const { when, lines } = momentLines(point.moment, family);
  return (
    <div className={classes.tooltip}>
      <div className={classes.when}>{when}</div>
      {lines.map((line) => (
        <div key={line}>{line}</div>
      ))}
    </div>
  );
}
