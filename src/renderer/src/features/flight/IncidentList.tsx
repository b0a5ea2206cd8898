import { ActionIcon, Button } from '@mantine/core';
import { useState } from 'react';
import type { Failure } from '../../../../contract/failure.ts';
import type { Session } from '../../../../contract/sessions.ts';
import type { SessionStore } from '../../live-store/session-store.ts';
import { PinIcon } from '../../ui/icons.tsx';
import { SeverityMark } from '../../ui/SeverityMark.tsx';
import classes from './FlightRecorder.module.css';
import type { FlightHrefs } from './FlightRecorder.tsx';
import type { IncidentRow } from './flight-rows.ts';

/** Incidents shown at first. */
const SHOWN = 20;

interface IncidentListProps {
  readonly rows: readonly IncidentRow[];
  readonly sessions: SessionStore;
  readonly hrefs: FlightHrefs;
  readonly onReport: (session: Session) => void;
  readonly onRefused: (what: string) => (failure: Failure | null) => void;
}

/** Incidents, the newest first: each leads to its period in the workspace. */
export function IncidentList({ rows, sessions, hrefs, onReport, onRefused }: IncidentListProps) {
  const [isWhole, setWhole] = useState(false);
  if (rows.length === 0) return <p className={classes.none}>No incident so far.</p>;
  const shown = isWhole ? rows : rows.slice(0, SHOWN);
  return (
    <>
      <ol className={classes.incidents} aria-label="Incidents, the newest first">
        {shown.map(({ session, fromEpochMs, toEpochMs, when, lasted, isOpen, title, seen, verdict, end }) => {
          const { sessionId, target, comment, isPinned } = session;
          const called = `${title} of ${target}, ${when}`;
          return (
            <li key={sessionId} className={classes.incident}>
              <span className={classes.mark}>
                {verdict !== null && <SeverityMark severity={verdict.severity} size={15} />}
              </span>
              <span className={classes.when}>
                {when}
                <span className={classes.about}>{isOpen ? `going on for ${lasted}` : lasted}</span>
              </span>
              <span className={classes.words}>
                <a className={classes.name} href={hrefs.openAt({ sessionId, fromEpochMs, toEpochMs })}>
                  {target}: {title}
                </a>
                {verdict !== null && <span>{verdict.sentence}</span>}
                <span className={classes.about}>
                  Seen first: {seen} {end}
                </span>
                {comment !== '' && <span className={classes.about}>“{comment}”</span>}
              </span>
              <span className={classes.buttons}>
                <ActionIcon
                  size={24}
                  variant="subtle"
                  color={isPinned ? 'signal' : 'gray'}
                  aria-label={isPinned ? `Unpin ${called}` : `Pin ${called}`}
                  aria-pressed={isPinned}
                  title={isPinned ? 'Pinned: kept for ever' : 'Pin: keep it for ever'}
                  onClick={() =>
                    void sessions
                      .change(sessionId, { isPinned: !isPinned })
                      .then(onRefused('The incident is as it was'))
                  }
                >
                  <PinIcon size={14} isFilled={isPinned} />
                </ActionIcon>
                <Button
                  size="compact-xs"
                  variant="subtle"
                  aria-label={`Report on ${called}`}
                  onClick={() => onReport(session)}
                >
                  Report…
                </Button>
                <Button
                  size="compact-xs"
                  variant="subtle"
                  aria-label={`Delete ${called}`}
                  disabled={isOpen}
                  title={isOpen ? 'It is not deleted while it lasts' : undefined}
                  onClick={() => void sessions.remove([session]).then(onRefused('The incident was not deleted'))}
                >
                  Delete
                </Button>
              </span>
            </li>
          );
        })}
      </ol>
      {shown.length < rows.length && (
        <Button size="compact-xs" variant="default" className={classes.more} onClick={() => setWhole(true)}>
          Show all {rows.length}
        </Button>
      )}
    </>
  );
}
