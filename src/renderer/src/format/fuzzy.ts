/** Better than a letter somewhere: at the beginning of a word, and more so right behind the one before. */
const AT_WORD = 8;
const IN_A_ROW = 12;

/** And a word that follows right after the one before. */
const NEXT_WORD = 2;

/**
 * How well what was typed fits a text: each of its letters must occur in order, whatever lies between them; more is
 * better. Letters in a row count most, then those at the beginnings of words, and of equal fits the shorter text is the better
 * one. Null when it does not fit; nothing typed fits everything equally.
 */
export function fuzzyFit(typed: string, text: string): number | null {
  const wanted = typed.toLowerCase().replaceAll(/\s+/g, '');
  if (wanted === '') return 0;
  const lower = text.toLowerCase();
  // best[i]: best sum with the i-th wanted letter at this place of the text, and the best of all places before it.
  let reachable: (number | null)[] = Array.from({ length: lower.length + 1 }, () => 0);
  let before: (number | null)[] = [];
  for (const [nth, letter] of [...wanted].entries()) {
    const ending: (number | null)[] = [];
    const best: (number | null)[] = [null];
    for (let at = 0; at < lower.length; at += 1) {
      const upTo = reachable[at] ?? null;
      let sum: number | null = null;
      if (lower[at] === letter) {
        const bonus = 1 + (isWordStart(lower, at) ? AT_WORD : 0);
        if (upTo !== null) sum = upTo + bonus;
        const neighbour = nth === 0 ? null : (before[at - 1] ?? null);
        if (neighbour !== null) sum = Math.max(sum ?? 0, neighbour + bonus + IN_A_ROW);
        const former = nth === 0 || !isWordStart(lower, at) ? null : (before[at - 2] ?? null);
        if (former !== null) sum = Math.max(sum ?? 0, former + bonus + NEXT_WORD);
      }
      ending.push(sum);
      const known = best[at] ?? null;
      best.push(sum === null ? known : Math.max(known ?? sum, sum));
    }
    before = ending;
    reachable = best;
  }
  const sum = reachable.at(-1) ?? null;
  return sum === null ? null : sum - lower.length / 1_000;
}

function isWordStart(text: string, at: number): boolean {
  return at === 0 || /[^\p{L}\p{N}]/u.test(text[at - 1] ?? '');
}
