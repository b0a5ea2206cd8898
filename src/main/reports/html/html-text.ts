import { escapeControls } from '../../../contract/escape-controls.ts';
import { tellInstants } from '../../../contract/instants.ts';
import { formatLocal, formatOffset } from '../local-times.ts';

const MEANINGS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that means nothing but itself in HTML and SVG, within quotes too; names come from strangers. */
export function escapeHtml(text: string): string {
  return escapeControls(text).replace(/[&<>"']/g, (character) => MEANINGS[character] ?? character);
}

/** A moment in UTC and in the time of whoever makes the report: `2026-11-22 14:03:20 UTC (15:03:20 local)`. */
export function bothTimes(epochMs: number): string {
  const utc = new Date(epochMs).toISOString().slice(0, 19).replace('T', ' ');
  const local = formatLocal(epochMs);
  // The day once, unless it is another one there.
  const shown = local.slice(0, 10) === utc.slice(0, 10) ? local.slice(11) : local;
  return `${utc} UTC (${shown} local, ${formatOffset(epochMs)})`;
}

/** A sentence with its moments in both times, as HTML. */
export function sentenceHtml(text: string): string {
  return escapeHtml(tellInstants(text, bothTimes));
}

/** A table whose cells are HTML; columns of numbers stand at the right. */
export function tableHtml(
  caption: string,
  columns: readonly { readonly label: string; readonly isNumber: boolean }[],
  rows: readonly (readonly string[])[],
): string {
  const style = (place: number) => (columns[place]?.isNumber === true ? ' class="number"' : '');
  const head = columns.map(({ label }, place) => `<th scope="col"${style(place)}>${escapeHtml(label)}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map((cell, place) => `<td${style(place)}>${cell}</td>`).join('')}</tr>`);
  return `<div class="wide" role="region" aria-label="${escapeHtml(caption)}" tabindex="0"><table><caption>${escapeHtml(caption)}</caption><thead><tr>${head}</tr></thead><tbody>${body.join('\n')}</tbody></table></div>`;
}
