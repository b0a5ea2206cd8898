import { ADDRESSES_LIMIT, AddressRanges, type AddressSpan, readRange } from '../../../../contract/address-ranges.ts';
import { formatCount } from '../../format/count.ts';

/** Most ranges of one sweep, the contract's own limit. */
const RANGES_LIMIT = 100_000;

/** What a person typed, taken apart into ranges, or the first thing that is wrong with it. */
export type TypedRanges =
  | { readonly kind: 'none' }
  | { readonly kind: 'wrong'; readonly sentence: string }
  | {
      readonly kind: 'ranges';
      readonly ranges: readonly string[];
      /** Addresses in all of them; a name counts as one. */
      readonly total: number;
    };

/**
 * Takes apart what was typed at commas, semicolons, spaces and line ends; the hyphen of a span may have spaces around it.
 * Nothing is accepted unless everything is.
 */
export function readTypedRanges(typed: string): TypedRanges {
  const ranges = [...new Set(rangesOf(typed))];
  if (ranges.length === 0) return { kind: 'none' };
  if (ranges.length > RANGES_LIMIT) {
    return {
      kind: 'wrong',
      sentence: `At most ${formatCount(RANGES_LIMIT)} ranges are allowed, not ${formatCount(ranges.length)}.`,
    };
  }
  let total = 0;
  for (const range of ranges) {
    const read = readRange(range);
    if (read.kind === 'wrong') return { kind: 'wrong', sentence: read.sentence };
    total += read.kind === 'span' ? read.span.count : 1;
  }
  if (total > ADDRESSES_LIMIT) {
    return {
      kind: 'wrong',
      sentence: `A sweep may have at most ${formatCount(ADDRESSES_LIMIT)} addresses; these are ${formatCount(total)}.`,
    };
  }
  return { kind: 'ranges', ranges, total };
}

function rangesOf(typed: string): readonly string[] {
  return typed
    .replace(/\s+[-–]\s+/g, '-')
    .split(/[\s,;]+/)
    .filter((range) => range !== '');
}

/** One address of the grid. */
export interface Cell {
  /** Its place in the ranges. */
  readonly index: number;
  /** The address, or the name that stands for one. */
  readonly address: string;
  /** What tells it from the others of its group. */
  readonly short: string;
}

/** Addresses that differ only in their last part. */
export interface CellGroup {
  readonly key: string;
  /** What they have in common: `192.0.2.`; empty for names. */
  readonly common: string;
  readonly cells: readonly Cell[];
}

/** Most addresses that are shown each by itself: a /22 of IPv4. */
export const GRID_LIMIT = 1_024;

/** Every address of the ranges in its group; null when there are too many to be shown each by itself. */
export function cellGroups(ranges: readonly string[]): readonly CellGroup[] | null {
  const typed = readTypedRanges(ranges.join(' '));
  if (typed.kind !== 'ranges' || typed.total > GRID_LIMIT) return null;
  const groups: { key: string; common: string; cells: Cell[] }[] = [];
  ranges.flatMap(addressesOf).forEach(({ common, short }, index) => {
    const last = groups.at(-1);
    const group = last?.common === common ? last : { key: String(index), common, cells: [] };
    if (group !== last) groups.push(group);
    group.cells.push({ index, address: `${common}${short}`, short });
  });
  return groups;
}

function addressesOf(range: string): readonly { readonly common: string; readonly short: string }[] {
  const read = readRange(range);
  if (read.kind !== 'span') return [{ common: '', short: range.trim() }];
  return addressesIn(read.span).map((address) => {
    const cut = address.lastIndexOf(read.span.family === 4 ? '.' : ':') + 1;
    return { common: address.slice(0, cut), short: address.slice(cut) };
  });
}

function addressesIn(span: AddressSpan): readonly string[] {
  const ranges = new AddressRanges([span]);
  return Array.from({ length: ranges.total }, (_, index) => ranges.at(index).address);
}
