import { escapeControls } from '../../../contract/escape-controls.ts';
import type { SessionChunk, SessionHead } from '../../../contract/session-file.ts';

/**
 * The file of a session is one JSON object in lines: everything but the rounds, up to the bracket that opens `chunks`; a
 * line for each chunk; what closes it. Whoever writes it never holds all of it, and neither does who reads it.
 */

const OPENING = '"chunks":[';
export const CLOSING = ']}';

/** The first line of the file. Names in it cannot steer the terminal that it is printed to. */
export function headLine(head: SessionHead): string {
  return `${escapeControls(JSON.stringify(head)).slice(0, -1)},${OPENING}\n`;
}

/** One line. @param isLast whether no other follows */
export function chunkLine(chunk: SessionChunk, isLast: boolean): string {
  return `${JSON.stringify(chunk)}${isLast ? '' : ','}\n`;
}

/** Whether a first line begins such a file, written as it is written here. */
export function isHeadLine(line: string): boolean {
  return line.startsWith('{"format":"hopscope-session"') && line.endsWith(`,${OPENING}`);
}

/** The JSON of everything but the rounds. */
export function jsonOfHeadLine(line: string): string {
  return `${line.slice(0, -OPENING.length - 1)}}`;
}
