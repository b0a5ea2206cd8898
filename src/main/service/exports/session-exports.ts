import type { ExportCursor } from '../../../contract/exports.ts';
import type { MomentComment } from '../../../contract/sessions.ts';
import { epochMilliseconds } from '../../../contract/units.ts';
import { CHUNK_ROUNDS } from '../../engine/path/chunk-ring.ts';
import { between, type Period } from '../period.ts';
import type { ExportPiece } from '../sessions/keeper-calls.ts';
import type { KeptSession } from '../sessions/kept-session.ts';
import { PROBES_HEADING, probeLines } from './probes-csv.ts';
import { chunkOfRounds } from './session-chunk.ts';
import { type ExportedRounds, headOfSession } from './session-head.ts';
import { CLOSING, chunkLine, headLine } from './session-json.ts';

/** A piece ends with the chunk in which it becomes this long, in UTF-16 units. */
const PIECE_LENGTH = 256 * 1_024;

/** The next piece of a session as a file. @param cursor null for the first */
export function exportPiece(
  kept: KeptSession,
  comments: readonly MomentComment[],
  { format, cursor, ...period }: Period & { readonly format: 'json' | 'csv'; readonly cursor: ExportCursor | null },
): ExportPiece {
  const rounds = cursor === null ? exportedRounds(kept, period) : null;
  const { first, end, at } = cursor ?? { first: rounds?.first ?? 0, end: rounds?.end ?? 0, at: rounds?.first ?? 0 };
  const texts = rounds === null ? [] : [beginOf(kept, comments, rounds, format)];
  let length = 0;
  let next = at;
  while (next < end && length < PIECE_LENGTH) {
    const count = Math.min(CHUNK_ROUNDS, end - next);
    const text = format === 'json' ? jsonOf(kept, { first, end, at: next }, count) : csvOf(kept, next, count);
    texts.push(text);
    length += text.length;
    next += count;
  }
  if (next < end) return { text: texts.join(''), next: { first, end, at: next } };
  return { text: [...texts, format === 'json' ? `${CLOSING}\n` : ''].join(''), next: null };
}

/** The rounds of a period, as they are now. */
export function exportedRounds(kept: KeptSession, asked: Period): ExportedRounds {
  const { recording } = kept;
  const now = kept.measured.sessionNow();
  const { from, to } = between(asked, now);
  if (from === null && to === null) return { first: 0, end: recording.rounds, period: null };
  const period = { from: from ?? recording.firstAt ?? now, to: to ?? epochMilliseconds(now + 1) };
  return { ...recording.timeline.locate(period.from, period.to), period };
}

function beginOf(
  kept: KeptSession,
  comments: readonly MomentComment[],
  rounds: ExportedRounds,
  format: 'json' | 'csv',
): string {
  return format === 'json' ? headLine(headOfSession(kept, comments, rounds)) : `${PROBES_HEADING}\r\n`;
}

function jsonOf({ recording }: KeptSession, { first, end, at }: ExportCursor, count: number): string {
  const gapsBefore = recording.timeline.chunk(first).segments[first % CHUNK_ROUNDS] ?? 0;
  const chunk = chunkOfRounds(recording.keptRounds(at, count), at - first, gapsBefore);
  return chunkLine(chunk, at + count === end);
}

function csvOf(kept: KeptSession, at: number, count: number): string {
  return probeLines(kept, kept.recording.keptRounds(at, count))
    .map((line) => `${line}\r\n`)
    .join('');
}
