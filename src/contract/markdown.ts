import { escapeControls } from './escape-controls.ts';

/**
 * What programs that show Markdown act upon wherever it stands, escaped or not: a person or a group addressed (`@`), a
 * link (`www.`, `http://`), an issue (`#7`). Only in a code span is it nothing but itself.
 */
const ACTED_UPON = /[@#]|www\.|:\/\//i;

/** Text that means nothing but itself in running Markdown; names come from strangers. */
export function escapeMarkdown(text: string): string {
  return escapeControls(text)
    .split(/( +)/)
    .map((word) => (ACTED_UPON.test(word) ? codeWord(word) : escapeWord(word)))
    .join('');
}

/** A word as code, without the marks of the sentence around it. */
function codeWord(word: string): string {
  const [, before = '', inner = word, after = ''] = /^([(“"]*)(.*?)([)”".,;:]*)$/.exec(word) ?? [];
  return `${before}${codeSpan(inner)}${after}`;
}

function escapeWord(word: string): string {
  return word
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*_[\]|~!]/g, '\\$&');
}

/** Text as code, as it is: between more backticks than it has in a row, and spaces where it has one at an end (CommonMark §6.1). */
export function codeSpan(text: string): string {
  const shown = escapeControls(text);
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const room = /^[` ]|[` ]$/.test(shown) ? ' ' : '';
  return `${fence}${room}${shown}${room}${fence}`;
}

/** The same in a cell of a table, where even in code a bar ends the cell; a bar is shown like a control character. */
export function codeCell(text: string): string {
  return codeSpan(text.replaceAll('|', '\\u007c'));
}
