import type { Session } from '../../../../contract/sessions.ts';
import { formatBytes } from '../../format/bytes.ts';
import { formatQuantity } from '../../format/count.ts';
import { formatMoment } from '../../format/time.ts';
import classes from './FlightRecorder.module.css';
import type { FlightHrefs } from './FlightRecorder.tsx';

interface RestListProps {
  /** The newest first. */
  readonly sessions: readonly Session[];
  readonly hrefs: Pick<FlightHrefs, 'open'>;
}

/** What was recorded while all was well, in pieces of a day. */
export function RestList({ sessions, hrefs }: RestListProps) {
  const measured = sessions.filter(({ rounds }) => rounds > 0);
  if (measured.length === 0) return null;
  return (
    <details className={classes.rest}>
      <summary>Recorded at rest: {formatQuantity(measured.length, 'piece')}</summary>
      <ul className={classes.pieces}>
        {measured.map(({ sessionId, target, fromEpochMs, toEpochMs, pathId, bytes }) => (
          <li key={sessionId}>
            <a href={hrefs.open(sessionId)}>
              {target}, {formatMoment(fromEpochMs ?? 0)} – {pathId === null ? formatMoment(toEpochMs ?? 0) : 'now'}
            </a>{' '}
            <span className={classes.about}>{formatBytes(bytes)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
