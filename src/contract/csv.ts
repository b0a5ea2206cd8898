import { escapeControls } from './escape-controls.ts';

/**
 * One cell of a CSV (RFC 4180). Text that a spreadsheet would run as a formula is made text by an apostrophe before it
 * (OWASP, "CSV Injection"): names come from strangers. Null is an empty cell.
 */
export function csvCell(cell: string | number | null): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const escaped = escapeControls(cell);
  const text = /^\s*[=+\-@＝＋－＠]/.test(escaped) ? `'${escaped}` : escaped;
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
