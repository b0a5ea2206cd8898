import type { Session } from '../../../../contract/sessions.ts';
import { sessionTitle } from '../../format/session-words.ts';
import { formatDay, formatMinute, formatMoment } from '../../format/time.ts';
import type { PeriodAddress } from '../../live-store/session-address.ts';

/** Choosing what is compared. */

export function wholeOf({ sessionId }: Pick<Session, 'sessionId'>): PeriodAddress {
  return { sessionId, fromEpochMs: null, toEpochMs: null };
}

/** Two sessions, the older one as what was before. */
export function inOrderOfTime(one: Session, other: Session): readonly [PeriodAddress, PeriodAddress] {
  const isOneOlder = (one.fromEpochMs ?? 0) <= (other.fromEpochMs ?? 0);
  return isOneOlder ? [wholeOf(one), wholeOf(other)] : [wholeOf(other), wholeOf(one)];
}

/** One session before and after a moment, within the periods that are compared already. */
export function splitAt(sessionId: string, atEpochMs: number): readonly [PeriodAddress, PeriodAddress] {
  return [
    { sessionId, fromEpochMs: null, toEpochMs: atEpochMs },
    { sessionId, fromEpochMs: atEpochMs, toEpochMs: null },
  ];
}

/** What a choice calls a session: name, and from when to when. */
export function optionWords(session: Session): string {
  const { fromEpochMs, toEpochMs, pathId, target, name } = session;
  const subject = name === '' ? target : `${sessionTitle(session)} (${target})`;
  if (fromEpochMs === null || toEpochMs === null) return `${subject}, without a round`;
  return `${subject}, ${formatMinute(fromEpochMs)} to ${pathId === null ? endWords(fromEpochMs, toEpochMs) : 'now'}`;
}

function endWords(fromEpochMs: number, toEpochMs: number): string {
  const end = formatMinute(toEpochMs);
  return formatDay(fromEpochMs) === formatDay(toEpochMs) ? end.slice(11) : end;
}

/** A period that was typed, or what is wrong with it; an empty field is the beginning, or the end. */
export function typedPeriod(
  sessionId: string,
  from: string,
  to: string,
): { readonly period: PeriodAddress } | { readonly problem: string } {
  const moment = (text: string) => (text === '' ? null : new Date(text).getTime());
  const [fromEpochMs, toEpochMs] = [moment(from), moment(to)];
  if (Number.isNaN(fromEpochMs) || Number.isNaN(toEpochMs))
    return { problem: 'Give the day and the time, or leave it empty.' };
  if (fromEpochMs !== null && toEpochMs !== null && toEpochMs <= fromEpochMs) {
    return { problem: 'The end must be after the beginning.' };
  }
  return { period: { sessionId, fromEpochMs, toEpochMs } };
}

/** `2026-11-22 12:00:00 to 13:00:00`, as it was measured. */
export function measuredWords({
  fromEpochMs,
  toEpochMs,
}: {
  readonly fromEpochMs: number;
  readonly toEpochMs: number;
}): string {
  const end = formatMoment(toEpochMs);
  return `${formatMoment(fromEpochMs)} to ${formatDay(fromEpochMs) === formatDay(toEpochMs) ? end.slice(11) : end}`;
}
