import { Button } from '@mantine/core';
import { memo, useId, useMemo, useState } from 'react';
import type { PathEvent, PathReport } from '../../../../contract/path.ts';
import { formatQuantity } from '../../format/count.ts';
import { formatDay } from '../../format/time.ts';
import type { Focus } from '../../live-store/path-store.ts';
import classes from './EventLog.module.css';
import { type EventRow, eventRows } from './event-rows.ts';
import { focusAround, spanAround } from './focus-change.ts';
import { RouteTable } from './RouteTable.tsx';

interface EventLogProps {
  readonly report: PathReport;
  /** What the stream told, besides what is in the report. */
  readonly events: readonly PathEvent[];
  /** Whether it is a session, which knows nothing of clock steps, of what could not be sent and of what changed around the machine. */
  readonly isRecorded: boolean;
  readonly onFocus: (focus: Focus, span: Focus) => void;
}

/** What happened within the period, newest first. */
export const EventLog = memo(function EventLog({ report, events, isRecorded, onFocus }: EventLogProps) {
  const rows = useMemo(() => eventRows(report, events), [report, events]);
  return (
    <section className={classes.card} aria-label="Events">
      <h4 className={classes.heading}>
        Events <span className={classes.count}>{rows.length > 0 && formatQuantity(rows.length, 'event')}</span>
      </h4>
      {rows.length === 0 ? (
        <p className={classes.none}>
          {isRecorded
            ? 'No route change, gap or outage in this period.'
            : 'No route change, gap, clock step, failure to send or change around this machine in this period.'}
        </p>
      ) : (
        <ul
          className={classes.list}
          data-days={formatDay(report.fromEpochMs) !== formatDay(report.toEpochMs) || undefined}
        >
          {rows.map((row) => (
            <EventItem key={row.key} row={row} onFocus={onFocus} />
          ))}
        </ul>
      )}
    </section>
  );
});

interface EventItemProps {
  readonly row: EventRow;
  readonly onFocus: (focus: Focus, span: Focus) => void;
}

/** A click anywhere on an event brings its time into focus; its button does the same for the keyboard. */
function EventItem({ row, onFocus }: EventItemProps) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const show = () => onFocus(focusAround(row), spanAround(row));
  return (
    <li className={classes.event} data-kind={row.kind}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button in it does the same for the keyboard */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above */}
      <div className={classes.line} onClick={show}>
        <span className={classes.when}>{row.when}</span>
        <span className={classes.title}>{row.title}</span>
        <span className={classes.sentence}>{row.sentence}</span>
        {row.route !== null && (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            aria-expanded={isOpen}
            aria-controls={id}
            aria-label={`Both routes, ${row.when}`}
            onClick={(event) => {
              event.stopPropagation();
              setOpen(!isOpen);
            }}
          >
            Both routes
          </Button>
        )}
        <Button
          size="compact-xs"
          variant="subtle"
          aria-label={`Show the time around ${row.title}, ${row.when}`}
          onClick={(event) => {
            event.stopPropagation();
            show();
          }}
        >
          Show
        </Button>
      </div>
      {row.route !== null && isOpen && <RouteTable id={id} steps={row.route} />}
    </li>
  );
}
