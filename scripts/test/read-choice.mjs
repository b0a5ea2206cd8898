/**
 * What `node scripts/test.mjs [CHECK...] [-- PARAMETER...]` asks for: which checks, and what the one check is told
 * besides, such as the name of a test file.
 * @typedef {object} Choice
 * @property {readonly string[]} checks Empty means all.
 * @property {readonly string[]} parameters
 */

/**
 * Reads the words behind the script's name; a sentence when they cannot be meant.
 * @param {readonly string[]} words
 * @returns {Choice | string}
 */
export function readChoice(words) {
  const border = words.indexOf('--');
  const checks = border < 0 ? words : words.slice(0, border);
  const parameters = border < 0 ? [] : words.slice(border + 1);
  if (parameters.length > 0 && checks.length !== 1) {
    return `What stands behind “--” is for one check alone: name that one before it.`;
  }
  return { checks, parameters };
}
