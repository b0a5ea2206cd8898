import { readRange } from '../../../contract/address-ranges.ts';

/** Ranges among what was typed, for which there is the sweep. */
export interface TypedRanges {
  /** Everything that was typed, set apart by spaces. */
  readonly ranges: string;
  /** Addresses in all of it; a name counts as one. */
  readonly total: number;
}

/** What was typed as ranges to sweep; null without a range of several addresses, or when a part of it means nothing. */
export function typedRanges(typed: string): TypedRanges | null {
  const words = typed.split(/[\s,;]+/).filter((word) => word !== '');
  const counts = words.map((word) => {
    const reading = readRange(word);
    return reading.kind === 'wrong' ? Number.NaN : reading.kind === 'span' ? reading.span.count : 1;
  });
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.some((count) => count > 1) && !Number.isNaN(total) ? { ranges: words.join(' '), total } : null;
}
