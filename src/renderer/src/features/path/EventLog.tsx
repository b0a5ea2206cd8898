import { Button } from '@mantine/core';
import { memo, useMemo } from 'react';
import type { PathEvent, PathReport } from '../../../../contract/path.ts';
import { formatQuantity } from '../../format/count.ts';
import type { Focus } from '../../live-store/path-store.ts';
import classes from './EventLog.module.css';
import { eventRows } from './event-rows.ts';
import { focusAround } from './focus-change.ts';

interface EventLogProps {
  readonly report: PathReport;
  /** What the stream told, besides what is in the report. */
  readonly events: readonly PathEvent[];
  readonly onFocus: (focus: Focus) => void;
}

/** What happened within the period, newest first. */
export const EventLog = memo(function EventLog({ report, events, onFocus }: EventLogProps) {
  const rows = useMemo(() => eventRows(report, events), [report, events]);
  return (
    <section className={classes.card} aria-label="Events">
      <h4 className={classes.heading}>
        Events <span className={classes.count}>{rows.length > 0 && formatQuantity(rows.length, 'event')}</span>
      </h4>
      {rows.length === 0 ? (
        <p className={classes.none}>No route change, gap, clock step or failure to send in this period.</p>
      ) : (
        <ul className={classes.list}>
          {rows.map((row) => (
            <li key={row.key} className={classes.event} data-kind={row.kind}>
              <span className={classes.when}>{row.when}</span>
              <span className={classes.title}>{row.title}</span>
              <span className={classes.sentence}>{row.sentence}</span>
              <Button
                size="compact-xs"
                variant="subtle"
                aria-label={`Show the time around ${row.title}, ${row.when}`}
                onClick={() => onFocus(focusAround(row))}
              >
                Show
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
});
