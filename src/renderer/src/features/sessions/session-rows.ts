import { tellInstants } from '../../../../contract/instants.ts';
import type { Session } from '../../../../contract/sessions.ts';
import { formatBytes } from '../../format/bytes.ts';
import { formatCount } from '../../format/count.ts';
import { formatLoss } from '../../format/loss.ts';
import { NO_VALUE } from '../../format/rtt.ts';
import { marksOf, type SessionMark, sessionTitle } from '../../format/session-words.ts';
import { BY_SEVERITY } from '../../format/severity.ts';
import { formatDuration, formatMinute, formatMoment } from '../../format/time.ts';

/** What the list says of sessions, and in which order. Pure: the same sessions give the same rows. */

export interface SessionRow {
  readonly session: Session;
  /** What a person calls it, else the target. */
  readonly title: string;
  /** Target and address, as far as the title does not say them. */
  readonly subject: string;
  readonly marks: readonly SessionMark[];
  readonly from: string;
  /** `now` while it is being recorded. */
  readonly to: string;
  readonly lasted: string;
  readonly samples: string;
  readonly loss: string;
  readonly size: string;
  /** Null while unknown. */
  readonly verdict: {
    readonly severity: NonNullable<Session['verdict']>['severity'];
    readonly sentence: string;
  } | null;
}

export function sessionRow(session: Session): SessionRow {
  const { target, destination, fromEpochMs, toEpochMs, samples, lossRatio, bytes, verdict } = session;
  const title = sessionTitle(session);
  return {
    session,
    title,
    subject: [target, destination]
      .filter((part, place, all) => part !== title && all.indexOf(part) === place)
      .join(' · '),
    marks: marksOf(session),
    from: fromEpochMs === null ? NO_VALUE : formatMinute(fromEpochMs),
    to: session.pathId !== null ? 'now' : toEpochMs === null ? NO_VALUE : formatMinute(toEpochMs),
    lasted: fromEpochMs === null || toEpochMs === null ? NO_VALUE : formatDuration(toEpochMs - fromEpochMs),
    samples: formatCount(samples),
    loss: formatLoss(lossRatio),
    size: formatBytes(bytes),
    verdict:
      verdict === null ? null : { severity: verdict.severity, sentence: tellInstants(verdict.sentence, formatMoment) },
  };
}

/** By what the list can be in order, and what its column is called. */
export const SESSION_SORTS = {
  name: 'Session',
  from: 'From',
  to: 'To',
  samples: 'Samples',
  loss: 'Loss',
  verdict: 'Verdict',
  size: 'Size',
} as const;

export type SortKey = keyof typeof SESSION_SORTS;

export interface SessionOrder {
  readonly by: SortKey;
  readonly isDescending: boolean;
}

/** The newest first. */
export const NEWEST_FIRST: SessionOrder = { by: 'to', isDescending: true };

/** A remembered order: `to`, or `-to` for descending; the newest first for anything else. */
export function parseOrder(remembered: string): SessionOrder {
  const by = (Object.keys(SESSION_SORTS) as SortKey[]).find((key) => key === remembered.replace(/^-/, ''));
  return by === undefined ? NEWEST_FIRST : { by, isDescending: remembered.startsWith('-') };
}

export function formatOrder({ by, isDescending }: SessionOrder): string {
  return `${isDescending ? '-' : ''}${by}`;
}

/** The order once a heading was pressed: the other way round, or by that column, what is most of interest first. */
export function orderAfter(order: SessionOrder, by: SortKey): SessionOrder {
  return order.by === by ? { by, isDescending: !order.isDescending } : { by, isDescending: by !== 'name' };
}

/** Sessions in an order; equals, and those of which it is not known, as they came. */
export function orderSessions(sessions: readonly Session[], { by, isDescending }: SessionOrder): readonly Session[] {
  const sign = isDescending ? -1 : 1;
  if (by === 'name') {
    const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
    return sessions.toSorted((one, other) => sign * collator.compare(sessionTitle(one), sessionTitle(other)));
  }
  const known = sessions.filter((session) => sortValue(session, by) !== null);
  const unknown = sessions.filter((session) => sortValue(session, by) === null);
  return [
    ...known.toSorted((one, other) => sign * ((sortValue(one, by) ?? 0) - (sortValue(other, by) ?? 0))),
    ...unknown,
  ];
}

function sortValue(session: Session, by: Exclude<SortKey, 'name'>): number | null {
  switch (by) {
    case 'from':
      return session.fromEpochMs;
    case 'to':
      return session.toEpochMs;
    case 'samples':
      return session.samples;
    case 'loss':
      return session.lossRatio;
    case 'verdict':
      // The most severe is the greatest.
      return session.verdict === null ? null : -BY_SEVERITY.indexOf(session.verdict.severity);
    case 'size':
      return session.bytes;
  }
}

/** Whether every word that was typed is somewhere in what the list says of a session. */
export function isFound(session: Session, typed: string): boolean {
  const { target, destination, name, comment, verdict } = session;
  const text = [target, destination, name, comment, verdict?.sentence ?? '', ...marksOf(session)]
    .join('\n')
    .toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** Which of those chosen can be deleted, and why not all of them can be; null where all can. */
export function deletable(chosen: readonly Session[]): {
  readonly sessions: readonly Session[];
  readonly note: string | null;
} {
  const sessions = chosen.filter(({ pathId }) => pathId === null);
  const recorded = chosen.length - sessions.length;
  if (recorded === 0) return { sessions, note: null };
  const what = recorded === 1 ? 'One is' : `${formatCount(recorded)} are`;
  return { sessions, note: `${what} being recorded and cannot be deleted before the path is removed.` };
}
