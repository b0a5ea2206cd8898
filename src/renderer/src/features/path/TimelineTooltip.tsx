import type { TooltipContentProps } from 'recharts';
import type { TimelinePoint } from '../../../../contract/chart/timeline-series.ts';
import { columnLines } from './column-lines.ts';
import classes from './TimelineTooltip.module.css';

/** The exact values at the pointer. */
export function TimelineTooltip({ active, payload }: TooltipContentProps) {
  const point = payload?.[0]?.payload as TimelinePoint | undefined;
  if (!active || point === undefined) return null;
  const { when, lines } = columnLines(point.column);
  return (
    <div className={classes.tooltip}>
      <div className={classes.when}>{when}</div>
      {lines.map((line, place) => (
        // Of the timelines beside the one pointed at only what matters most is shown, or they would cover each other.
        <div key={line} className={place === 0 || place === lines.length - 1 ? undefined : 'timeline-detail'}>
          {line}
        </div>
      ))}
    </div>
  );
}
