import { Anchor } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { describeAnomaly, describeIncidentEnd } from '../../../../contract/describe-incident.ts';
import type { Incident } from '../../../../contract/flight.ts';
import type { Session } from '../../../../contract/sessions.ts';
import { formatQuantity } from '../../format/count.ts';
import { marksOf, sessionTitle } from '../../format/session-words.ts';
import { formatDuration, formatMoment } from '../../format/time.ts';
import { ChevronLeftIcon } from '../../ui/icons.tsx';
import classes from './SessionHeader.module.css';
import { SessionMarks } from './SessionMarks.tsx';

interface SessionHeaderProps {
  readonly session: Session;
  readonly listHref: string;
  /** Leads to the path that is recording it. */
  readonly onShowPath: (pathId: string) => void;
  /** What can be done with it. */
  readonly children?: ReactNode;
}

/** That this is a session, which one, of when, and the way back. */
export function SessionHeader({ session, listHref, onShowPath, children }: SessionHeaderProps) {
  const { sessionId, target, destination, comment, pathId, rounds, flight } = session;
  const title = sessionTitle(session);
  const headingRef = useRef<HTMLHeadingElement>(null);
  // The link that led here is gone.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another session is another place
  useEffect(() => headingRef.current?.focus({ preventScroll: true }), [sessionId]);
  const subject = [target, destination].filter((part, place, all) => part !== title && all.indexOf(part) === place);
  return (
    <header className={classes.header}>
      <div className={classes.line}>
        <Anchor href={listHref} className={classes.back} underline="hover">
          <ChevronLeftIcon size={13} /> All sessions
        </Anchor>
        <h3 ref={headingRef} className={classes.title} tabIndex={-1}>
          {title}
        </h3>
        {subject.length > 0 && <span className={classes.subject}>{subject.join(' · ')}</span>}
        <SessionMarks marks={marksOf(session)} />
        <div className={classes.actions}>{children}</div>
      </div>
      <p className={classes.words}>
        <strong>{kindOf(session)}</strong>
        {periodOf(session)}
        {`, ${formatQuantity(rounds, 'round')}.`}
        {pathId !== null && flight === null && (
          <>
            {' '}
            <button type="button" className={classes.live} onClick={() => onShowPath(pathId)}>
              Go to the path as it is now
            </button>
          </>
        )}
      </p>
      {session.incident !== null && <p className={classes.words}>{incidentWords(session.incident)}</p>}
      {comment !== '' && <p className={classes.comment}>{comment}</p>}
    </header>
  );
}

function kindOf({ flight, pathId }: Session): string {
  switch (flight) {
    case 'incident':
      return pathId === null ? 'Incident, with the minutes around it' : 'Incident, going on';
    case 'at-rest':
      return 'Of the flight recorder, at rest';
    case null:
      return pathId === null ? 'Recorded session' : 'Session being recorded';
  }
}

function incidentWords({ fromEpochMs, toEpochMs, seen, end }: Incident): string {
  const period =
    toEpochMs === null
      ? `Since ${formatMoment(fromEpochMs)}.`
      : `From ${formatMoment(fromEpochMs)} to ${formatMoment(toEpochMs)} (${formatDuration(toEpochMs - fromEpochMs)}).`;
  return [period, `Seen first: ${describeAnomaly(seen)}`, describeIncidentEnd(end) ?? ''].join(' ').trim();
}

function periodOf({ fromEpochMs, toEpochMs, pathId }: Session): string {
  if (fromEpochMs === null || toEpochMs === null) return ' without a round so far';
  const end = pathId === null ? formatMoment(toEpochMs) : 'now';
  return `, from ${formatMoment(fromEpochMs)} to ${end} (${formatDuration(toEpochMs - fromEpochMs)})`;
}
