/**
 * Characters that could steer a terminal or reorder what it shows: C0, DEL and C1 controls (ECMA-48), and Unicode's
 * line separators, direction marks and byte order mark.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is its purpose
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/**
 * The text with every character that could steer a terminal written as `\u001b` is: whoever chose a name must not
 * choose what the terminal does. Inside a JSON text the result is JSON of the same value.
 */
export function escapeControls(text: string): string {
  return text.replace(CONTROLS, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
