/** The period that every number on the screen is about. */
export type Focus =
  /** The last so many milliseconds up to now, moving on with time; null: everything recorded. */
  | { readonly kind: 'live'; readonly lengthMs: number | null }
  /** A period that stays; `fromEpochMs` is less than `toEpochMs`. */
  | { readonly kind: 'period'; readonly fromEpochMs: number; readonly toEpochMs: number };

/** The focus of a first start. */
export const DEFAULT_FOCUS: Focus = { kind: 'live', lengthMs: 600_000 };

/** Timelines of a shorter period that moves on with time show so much: the focus is then a band at their end. */
const SHORTEST_SPAN_MS = 600_000;

/** What the timelines show: the span chosen for them; without one (null) the focus, and what led to it where that is short. */
export function shownSpan(focus: Focus, span: Focus | null): Focus {
  if (span !== null) return span;
  const isShort = focus.kind === 'live' && focus.lengthMs !== null && focus.lengthMs < SHORTEST_SPAN_MS;
  return isShort ? { kind: 'live', lengthMs: SHORTEST_SPAN_MS } : focus;
}

/** Lengths by their letters, longest first. */
const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
] as const;

const LONGEST_LENGTH_MS = 366 * 86_400_000;

/** The greatest time that a `Date` can hold. */
const LAST_EPOCH_MS = 8.64e15;

const LENGTH = /^(\d{1,12})(d|h|m|s|ms)$/;
const PERIOD = /^(\d{1,16})-(\d{1,16})$/;

/** A focus as a word that an address can hold: `10m`, `all`, or `1700000000000-1700000600000`. */
export function formatFocus(focus: Focus): string {
  if (focus.kind === 'period') return `${Math.round(focus.fromEpochMs)}-${Math.round(focus.toEpochMs)}`;
  if (focus.lengthMs === null) return 'all';
  const lengthMs = Math.max(1, Math.round(focus.lengthMs));
  const [letter, unitMs] = UNITS.find(([, unit]) => lengthMs % unit === 0) ?? ['ms', 1];
  return `${lengthMs / unitMs}${letter}`;
}

export function isSameFocus(one: Focus | null, other: Focus | null): boolean {
  return one === other || (one !== null && other !== null && formatFocus(one) === formatFocus(other));
}

/** The focus that such a word means; null for any other. */
export function parseFocus(text: string | null): Focus | null {
  if (text === 'all') return { kind: 'live', lengthMs: null };
  const [, count, letter] = LENGTH.exec(text ?? '') ?? [];
  if (count !== undefined) {
    const lengthMs = Number(count) * (UNITS.find(([unit]) => unit === letter)?.[1] ?? 1);
    return lengthMs > 0 && lengthMs <= LONGEST_LENGTH_MS ? { kind: 'live', lengthMs } : null;
  }
  const [, from, to] = PERIOD.exec(text ?? '') ?? [];
  const [fromEpochMs, toEpochMs] = [Number(from), Number(to)];
  return fromEpochMs < toEpochMs && toEpochMs <= LAST_EPOCH_MS ? { kind: 'period', fromEpochMs, toEpochMs } : null;
}
