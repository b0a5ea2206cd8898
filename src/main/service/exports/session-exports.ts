import type { ExportCursor } from '../../../contract/exports.ts';
import { addressesOf, maskedHead } from '../../../contract/masked-report.ts';
import { createMask, type Mask, type MaskOptions, maskedAddresses } from '../../../contract/privacy-mask.ts';
import type { SessionHead } from '../../../contract/session-file.ts';
import type { MomentComment } from '../../../contract/sessions.ts';
import { epochMilliseconds } from '../../../contract/units.ts';
import { CHUNK_ROUNDS } from '../../engine/path/chunk-ring.ts';
import { between, type Period } from '../period.ts';
import type { ExportingProgram, ExportPiece } from '../sessions/keeper-calls.ts';
import type { KeptSession } from '../sessions/kept-session.ts';
import { PROBES_HEADING, probeLines } from './probes-csv.ts';
import { chunkOfRounds } from './session-chunk.ts';
import { type ExportedRounds, headOfSession } from './session-head.ts';
import { CLOSING, chunkLine, headLine } from './session-json.ts';

/** A piece ends with the chunk in which it becomes this long, in UTF-16 units. */
const PIECE_LENGTH = 256 * 1_024;

/** What is to be exported, and how. */
export type ExportOrder = Period & {
  /** Null for the first piece. */
  readonly cursor: ExportCursor | null;
  /** Null: nothing is masked. */
  readonly mask: MaskOptions | null;
  readonly by: ExportingProgram;
};

/** What a mask hides of a file. */
export function maskOf(head: SessionHead, options: MaskOptions, { ownAddresses }: ExportingProgram): Mask {
  return createMask(maskedAddresses(addressesOf(head), options, ownAddresses));
}

/** The next piece of a session as a file. */
export function exportPiece(
  kept: KeptSession,
  comments: readonly MomentComment[],
  { format, cursor, mask, by, ...period }: ExportOrder & { readonly format: 'json' | 'csv' },
): ExportPiece {
  const rounds = cursor === null ? exportedRounds(kept, period) : null;
  const { first, end, at } = cursor ?? { first: rounds?.first ?? 0, end: rounds?.end ?? 0, at: rounds?.first ?? 0 };
  const texts: string[] = [];
  if (rounds !== null && format === 'csv') texts.push(`${PROBES_HEADING}\r\n`);
  if (rounds !== null && format === 'json') {
    const head = headOfSession(kept, comments, rounds);
    texts.push(headLine(mask === null ? head : maskedHead(head, maskOf(head, mask, by))));
  }
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
