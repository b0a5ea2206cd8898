import { type Focus, formatFocus, parseFocus } from './focus.ts';
import type { KeptFocus } from './focus-page.ts';

/** What the sessions view shows, as the query of its address has it, so that a reload and a link show the same. */
export type SessionsAddress =
  | { readonly kind: 'list' }
  | { readonly kind: 'open'; readonly sessionId: string; readonly kept: KeptFocus }
  | { readonly kind: 'compare'; readonly before: PeriodAddress | null; readonly after: PeriodAddress | null };

/** A period of a session; null is its beginning or its end. */
export interface PeriodAddress {
  readonly sessionId: string;
  readonly fromEpochMs: number | null;
  readonly toEpochMs: number | null;
}

/** Of a session that is opened without more being said: all of it. */
export const WHOLE_SESSION: KeptFocus = { focus: { kind: 'live', lengthMs: null }, span: null };

export function parseSessionsAddress(query: string): SessionsAddress {
  const parameters = new URLSearchParams(query);
  const sessionId = parameters.get('open');
  if (sessionId !== null && sessionId !== '') {
    const focus = parseFocus(parameters.get('focus'));
    const span = focus === null ? null : parseFocus(parameters.get('span'));
    return { kind: 'open', sessionId, kept: focus === null ? WHOLE_SESSION : { focus, span } };
  }
  const [before, after] = [parsePeriod(parameters.get('before')), parsePeriod(parameters.get('after'))];
  return before === null && after === null && !parameters.has('compare')
    ? { kind: 'list' }
    : { kind: 'compare', before, after };
}

export function formatSessionsAddress(address: SessionsAddress): string {
  const parameters = new URLSearchParams();
  switch (address.kind) {
    case 'list':
      break;
    case 'open':
      parameters.set('open', address.sessionId);
      if (!isWhole(address.kept)) {
        parameters.set('focus', formatFocus(address.kept.focus));
        if (address.kept.span !== null) parameters.set('span', formatFocus(address.kept.span));
      }
      break;
    case 'compare':
      parameters.set('compare', '');
      if (address.before !== null) parameters.set('before', formatPeriod(address.before));
      if (address.after !== null) parameters.set('after', formatPeriod(address.after));
      break;
  }
  // An identifier with its period stays legible.
  return parameters.toString().replaceAll('%3A', ':').replace('compare=', 'compare');
}

function isWhole({ focus, span }: KeptFocus): boolean {
  return span === null && focus.kind === 'live' && focus.lengthMs === null;
}

/** The identifier alone, or with its period behind a colon: `0123abcd:1700000000000-`. */
function formatPeriod({ sessionId, fromEpochMs, toEpochMs }: PeriodAddress): string {
  const word = (epochMs: number | null) => (epochMs === null ? '' : String(Math.round(epochMs)));
  const isAll = fromEpochMs === null && toEpochMs === null;
  return isAll ? sessionId : `${sessionId}:${word(fromEpochMs)}-${word(toEpochMs)}`;
}

const PERIOD = /^([^:]+)(?::(\d{0,16})-(\d{0,16}))?$/;

function parsePeriod(word: string | null): PeriodAddress | null {
  const [, sessionId, from = '', to = ''] = PERIOD.exec(word ?? '') ?? [];
  if (sessionId === undefined) return null;
  const moment = (text: string) => (text === '' ? null : Number(text));
  return { sessionId, fromEpochMs: moment(from), toEpochMs: moment(to) };
}

/** A focus on a period of a session that is being looked at, as a period to compare. */
export function periodOfFocus(sessionId: string, focus: Focus, endEpochMs: number): PeriodAddress {
  if (focus.kind === 'period') return { sessionId, fromEpochMs: focus.fromEpochMs, toEpochMs: focus.toEpochMs };
  return { sessionId, fromEpochMs: focus.lengthMs === null ? null : endEpochMs - focus.lengthMs, toEpochMs: null };
}
