import { formatClock, formatDay, formatDuration } from '../../format/time.ts';
import type { Focus } from '../../live-store/path-store.ts';

/** How the period that everything on the screen is about is changed: by a choice, a drag, the wheel or a step. */

/** A stretch of time. */
export interface Period {
  readonly fromEpochMs: number;
  readonly toEpochMs: number;
}

/** What there is to look at: from the first round to now. */
export type Recorded = Period;

export const LIVE_LENGTHS = [
  { id: '1m', label: '1 min', lengthMs: 60_000 },
  { id: '10m', label: '10 min', lengthMs: 600_000 },
  { id: '1h', label: '1 h', lengthMs: 3_600_000 },
  { id: 'all', label: 'All', lengthMs: null },
] as const;

/** Which of the lengths a focus has; an empty string for any other. */
export function liveLengthId(focus: Focus): string {
  if (focus.kind === 'period') return '';
  return LIVE_LENGTHS.find(({ lengthMs }) => lengthMs === focus.lengthMs)?.id ?? '';
}

/** The live focus of one of the lengths. */
export function liveFocus(id: string): Focus {
  return { kind: 'live', lengthMs: (LIVE_LENGTHS.find((one) => one.id === id) ?? LIVE_LENGTHS[1]).lengthMs };
}

/** A shorter period would hold hardly any round. */
const SHORTEST_MS = 5_000;

/** A period that ends so near to now, as a share of its length, is meant to follow it. */
const NEARLY_NOW = 0.02;

/** The focus of a stretch picked on a timeline, from either end; null for one that is too short to be meant. */
export function pickedFocus(oneEpochMs: number, otherEpochMs: number): Focus | null {
  const fromEpochMs = Math.round(Math.min(oneEpochMs, otherEpochMs));
  const toEpochMs = Math.round(Math.max(oneEpochMs, otherEpochMs));
  return toEpochMs - fromEpochMs < 1_000 ? null : { kind: 'period', fromEpochMs, toEpochMs };
}

/**
 * The focus after zooming by a factor, above 1 to see more, with the moment under the pointer staying where it is.
 * Never outside of what is recorded; one that reaches now follows it.
 */
export function zoomedFocus(shown: Period, atEpochMs: number, factor: number, recorded: Recorded): Focus {
  const length = shown.toEpochMs - shown.fromEpochMs;
  const scale = Math.max(factor, Math.min(1, SHORTEST_MS / Math.max(1, length)));
  return within(
    {
      fromEpochMs: atEpochMs - (atEpochMs - shown.fromEpochMs) * scale,
      toEpochMs: atEpochMs + (shown.toEpochMs - atEpochMs) * scale,
    },
    recorded,
  );
}

/** The focus moved by a share of its length, below 0 to earlier times. It keeps its length at either end. */
export function movedFocus(shown: Period, share: number, recorded: Recorded): Focus {
  const length = shown.toEpochMs - shown.fromEpochMs;
  const wanted = shown.fromEpochMs + length * share;
  const fromEpochMs = Math.max(recorded.fromEpochMs, Math.min(wanted, recorded.toEpochMs - length));
  return within({ fromEpochMs, toEpochMs: fromEpochMs + length }, recorded);
}

/** The focus on a moment, such as that of an event: a minute before and after it. */
export function focusAround(event: Period): Focus {
  return widened(event, 60_000);
}

/** What the timelines show around such a focus: what came before and after it, so that the event is seen to stand out. */
export function spanAround(event: Period): Focus {
  return widened(event, 300_000);
}

function widened({ fromEpochMs, toEpochMs }: Period, byMs: number): Focus {
  return { kind: 'period', fromEpochMs: Math.round(fromEpochMs - byMs), toEpochMs: Math.round(toEpochMs + byMs) };
}

/** The focus moved so that a moment is in its middle; it keeps its length. */
export function centredFocus(focus: Period, atEpochMs: number, recorded: Recorded): Focus {
  const length = Math.max(1, focus.toEpochMs - focus.fromEpochMs);
  return movedFocus(focus, (atEpochMs - (focus.fromEpochMs + focus.toEpochMs) / 2) / length, recorded);
}

function within({ fromEpochMs, toEpochMs }: Period, recorded: Recorded): Focus {
  const from = Math.max(fromEpochMs, recorded.fromEpochMs);
  const follows = toEpochMs >= recorded.toEpochMs - (toEpochMs - fromEpochMs) * NEARLY_NOW;
  if (!follows) return { kind: 'period', fromEpochMs: Math.round(from), toEpochMs: Math.round(toEpochMs) };
  if (fromEpochMs <= recorded.fromEpochMs) return { kind: 'live', lengthMs: null };
  return { kind: 'live', lengthMs: Math.round(Math.max(SHORTEST_MS, recorded.toEpochMs - from)) };
}

/** How long the period asked for is; what is recorded of it may be shorter. */
export function askedLengthMs(focus: Focus, recordedMs: number): number {
  return focus.kind === 'period' ? focus.toEpochMs - focus.fromEpochMs : (focus.lengthMs ?? recordedMs);
}

/** What the focus is, in words: `last 10 min`, `everything so far`, `21:03:10 to 21:13:10`; of a session the last of it. */
export function focusWords(focus: Focus, isRecorded = false): string {
  if (focus.kind === 'period') return periodWords(focus, isRecorded);
  if (focus.lengthMs === null) return isRecorded ? 'the whole session' : 'everything so far';
  return `last ${formatDuration(focus.lengthMs)}${isRecorded ? ' of the session' : ''}`;
}

/** A period by its clocks, with the day where it may be of any, and both where it goes over several. */
export function periodWords({ fromEpochMs, toEpochMs }: Period, withDay: boolean): string {
  const [fromDay, toDay] = [formatDay(fromEpochMs), formatDay(toEpochMs)];
  const from = withDay ? `${fromDay} ${formatClock(fromEpochMs)}` : formatClock(fromEpochMs);
  const to = withDay && toDay !== fromDay ? `${toDay} ${formatClock(toEpochMs)}` : formatClock(toEpochMs);
  return `${from} to ${to}`;
}

/** A moment as a field for date and time takes it: local time, `2026-11-22T21:03:10`. */
export function toFieldValue(epochMs: number): string {
  return `${formatDay(epochMs)}T${formatClock(epochMs)}`;
}

/** The focus that two such fields tell, or what is wrong with them. */
export function typedFocus(from: string, to: string): { readonly focus: Focus } | { readonly problem: string } {
  const fromEpochMs = new Date(from).getTime();
  const toEpochMs = new Date(to).getTime();
  if (Number.isNaN(fromEpochMs) || Number.isNaN(toEpochMs)) return { problem: 'Give both a beginning and an end.' };
  if (toEpochMs <= fromEpochMs) return { problem: 'The end must be after the beginning.' };
  return { focus: { kind: 'period', fromEpochMs, toEpochMs } };
}
