import { readRange } from '../../../contract/address-ranges.ts';
import type { Files } from './files.ts';
import { accept, quote, refuse, type Usage } from './option-table.ts';
import type { SweepCommand } from './sweep-arguments.ts';

/** Most ranges of one sweep, the contract's own limit. */
const MOST_RANGES = 100_000;

/** What to sweep, each range known to be one. */
export interface ListedRanges {
  readonly ranges: readonly string[];
  /** Addresses in them all; a name is one. */
  readonly total: number;
}

/** Ranges of the command line, then those of the list. */
export async function readRanges(files: Files, { ranges, file }: SweepCommand): Promise<Usage<ListedRanges>> {
  const listed = file === null ? accept([]) : await readList(files, file);
  if (!listed.ok) return listed;
  const all = [...ranges, ...listed.value];
  if (all.length === 0) return refuse(`There is no range in ${quote(file ?? '')}.`);
  if (all.length > MOST_RANGES) {
    return refuse(
      `At most ${MOST_RANGES.toLocaleString('en')} ranges are allowed, not ${all.length.toLocaleString('en')}.`,
    );
  }
  let total = 0;
  for (const range of all) {
    const read = readRange(range);
    if (read.kind === 'wrong') return refuse(read.sentence);
    total += read.kind === 'span' ? read.span.count : 1;
  }
  return accept({ ranges: all, total });
}

async function readList(files: Files, path: string): Promise<Usage<string[]>> {
  const text = await readText(files, path);
  if (!text.ok) return text;
  if (text.value === null) return refuse(`There is no file ${quote(path)}.`);
  const lines = text.value.split(/\r?\n/).map((line) => (line.split('#', 1)[0] ?? '').trim());
  return accept(lines.flatMap((line) => line.split(/[\s,;]+/)).filter((range) => range !== ''));
}

/** The text of a file, null when there is none, or why it cannot be read. */
export async function readText(files: Files, path: string): Promise<Usage<string | null>> {
  try {
    return accept(await files.read(path));
  } catch (error) {
    return refuse(`The file ${quote(path)} could not be read (${osCodeOf(error)}).`);
  }
}

/** The operating system's name of an error of a file. */
export function osCodeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
