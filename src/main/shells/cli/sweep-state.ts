import type { Files } from './files.ts';
import { accept, quote, refuse, type Usage } from './option-table.ts';
import { type ListedRanges, osCodeOf, readText } from './sweep-ranges.ts';

const FORMAT = 'hopscope-sweep-1';

/** What `--state FILE` holds. */
interface State {
  readonly format: typeof FORMAT;
  readonly ranges: readonly string[];
  /** Addresses before it have their outcome. */
  readonly nextIndex: number;
  readonly isComplete: boolean;
}

/** How far a sweep of these ranges came, or null when the file does not exist yet. */
export async function readState(
  files: Files,
  path: string,
  { ranges, total }: ListedRanges,
): Promise<Usage<State | null>> {
  const text = await readText(files, path);
  if (!text.ok) return text;
  if (text.value === null) return accept(null);
  const state = parse(text.value);
  if (state === null) return refuse(`${quote(path)} is not a state of a sweep: give another file, or remove it.`);
  // Nothing of it was swept: the run could not begin, perhaps for a range that has been mended since.
  if (state.nextIndex === 0 && !state.isComplete) return accept(null);
  if (JSON.stringify(state.ranges) !== JSON.stringify(ranges)) {
    return refuse(`${quote(path)} is the state of a sweep of other ranges: give those, or another file.`);
  }
  if (state.nextIndex > total) {
    return refuse(
      `${quote(path)} is damaged: it goes on at address ${state.nextIndex}, and there are ${total}. Give another file, or remove it.`,
    );
  }
  return accept(state);
}

function parse(text: string): State | null {
  try {
    const read = JSON.parse(text) as Partial<Record<keyof State, unknown>> | null;
    if (read?.format !== FORMAT || !Array.isArray(read.ranges)) return null;
    const { ranges, nextIndex, isComplete } = read;
    if (!ranges.every((range) => typeof range === 'string') || typeof isComplete !== 'boolean') return null;
    if (typeof nextIndex !== 'number' || !Number.isInteger(nextIndex) || nextIndex < 0) return null;
    return { format: FORMAT, ranges, nextIndex, isComplete };
  } catch {
    return null;
  }
}

/** Writes how far it came, one writing at a time, the last state always. Tells a failure once. */
export class StateFile {
  readonly #files: Files;
  readonly #path: string;
  readonly #ranges: readonly string[];
  readonly #onFailure: (sentence: string) => void;
  #writing: Promise<void> | null = null;
  #next: State | null = null;
  #failure: string | null = null;
  #hasTold = false;

  constructor(files: Files, path: string, ranges: readonly string[], onFailure: (sentence: string) => void) {
    this.#files = files;
    this.#path = path;
    this.#ranges = ranges;
    this.#onFailure = onFailure;
  }

  save(nextIndex: number, isComplete: boolean): void {
    this.#next = { format: FORMAT, ranges: this.#ranges, nextIndex, isComplete };
    this.#writing ??= this.#write().finally(() => {
      this.#writing = null;
    });
  }

  /** Why the last state could not be written; null when it was. To be asked once settled. */
  get failure(): string | null {
    return this.#failure;
  }

  /** Resolves when nothing is left to write. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  async #write(): Promise<void> {
    while (this.#next !== null) {
      const state = this.#next;
      this.#next = null;
      try {
        await this.#files.write(this.#path, `${JSON.stringify(state)}\n`);
        this.#failure = null;
      } catch (error) {
        this.#failure = `The file ${quote(this.#path)} could not be written (${osCodeOf(error)}).`;
        if (!this.#hasTold) this.#onFailure(this.#failure);
        this.#hasTold = true;
      }
    }
  }
}
