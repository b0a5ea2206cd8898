/** A hop of each path, or of one of them: hop limits, counted from 1. */
export interface AlignedHop {
  readonly before: number | null;
  readonly after: number | null;
}

/** What it is worth that hops stand beside each other. A common responder outweighs any number of silent pairs. */
const SAME_RESPONDER = 1_000;
const BOTH_SILENT = 1;

/**
 * Puts the hops of two paths beside each other, in order, by who answers there, so that a path that grew by one hop is
 * not all new (Needleman and Wunsch, 1970). Hops of which both are silent may stand together; hops of different
 * responders never do. @param before addresses by hop, an empty list for a silent one
 */
export function alignHops(before: readonly (readonly string[])[], after: readonly (readonly string[])[]): AlignedHop[] {
  /** Best worth of the hops from i and from j on. */
  const worth = Array.from({ length: before.length + 1 }, () => new Float64Array(after.length + 1));
  const of = (i: number, j: number) => worth[i]?.[j] ?? 0;
  const together = (i: number, j: number) => worthOf(before[i] ?? [], after[j] ?? []);
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      const pair = together(i, j);
      const paired = pair === 0 ? 0 : pair + of(i + 1, j + 1);
      (worth[i] as Float64Array)[j] = Math.max(paired, of(i + 1, j), of(i, j + 1));
    }
  }
  const aligned: AlignedHop[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const pair = i < before.length && j < after.length ? together(i, j) : 0;
    if (pair > 0 && of(i, j) === pair + of(i + 1, j + 1)) aligned.push({ before: ++i, after: ++j });
    else if (i < before.length && (j === after.length || of(i + 1, j) >= of(i, j + 1))) {
      aligned.push({ before: ++i, after: null });
    } else aligned.push({ before: null, after: ++j });
  }
  return aligned;
}

function worthOf(before: readonly string[], after: readonly string[]): number {
  if (before.length === 0 && after.length === 0) return BOTH_SILENT;
  return before.some((address) => after.includes(address)) ? SAME_RESPONDER : 0;
}
