/** Emphasis for words in a terminal; without colours every function gives its text back. */
export interface Style {
  good(text: string): string;
  caution(text: string): string;
  bad(text: string): string;
  faint(text: string): string;
  strong(text: string): string;
}

/** SGR parameters (ECMA-48 §8.3.117): green, yellow, red, faint, bold, each with what ends it. */
export function createStyle(isColoured: boolean): Style {
  const wrap = (on: number, off: number) => (text: string) =>
    isColoured ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  return { good: wrap(32, 39), caution: wrap(33, 39), bad: wrap(31, 39), faint: wrap(2, 22), strong: wrap(1, 22) };
}
