/** Rounds that share one chunk. */
export const CHUNK_ROUNDS = 1_024;

/**
 * What is kept by round, in chunks: allocated when their first round is written, and given to later rounds when as many
 * chunks are in use as there may be. Constant work per call.
 */
export class ChunkRing<Chunk> {
  readonly #capacity: number;
  readonly #make: () => Chunk;
  readonly #clear: (chunk: Chunk) => void;
  readonly #slots: Array<{ readonly number: number; readonly chunk: Chunk } | undefined>;
  /** Number and chunk of the last call, because rounds are asked for one after the other. */
  #lastNumber = -1;
  #last: Chunk | undefined;

  /** @param rounds least number of rounds that stay readable */
  constructor(rounds: number, make: () => Chunk, clear: (chunk: Chunk) => void) {
    this.#capacity = Math.ceil(rounds / CHUNK_ROUNDS) + 1;
    this.#slots = new Array(this.#capacity).fill(undefined);
    this.#make = make;
    this.#clear = clear;
  }

  /** The chunk of a round, or undefined when nothing was written to it. */
  find(round: number): Chunk | undefined {
    const number = Math.floor(round / CHUNK_ROUNDS);
    if (number === this.#lastNumber) return this.#last;
    const slot = this.#slots[number % this.#capacity];
    if (slot === undefined || slot.number !== number) return undefined;
    this.#lastNumber = number;
    this.#last = slot.chunk;
    return slot.chunk;
  }

  /** The chunk of a round, to be written to; an empty one if it is new. */
  use(round: number): Chunk {
    const found = this.find(round);
    if (found !== undefined) return found;
    const number = Math.floor(round / CHUNK_ROUNDS);
    const slot = this.#slots[number % this.#capacity];
    const chunk = slot?.chunk ?? this.#make();
    if (slot !== undefined) this.#clear(chunk);
    this.#slots[number % this.#capacity] = { number, chunk };
    this.#lastNumber = number;
    this.#last = chunk;
    return chunk;
  }
}
