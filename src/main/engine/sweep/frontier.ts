/** Addresses that may be open behind the first open one: more than are ever under way. */
const SPAN = 1 << 17;

/**
 * How far a sweep has come: the number before which every address has its outcome. Outcomes come in any order; one byte
 * of memory for each address that may be open.
 */
export class Frontier {
  readonly #closed = new Uint8Array(SPAN);
  #position: number;

  /** @param start number of the first address */
  constructor(start: number) {
    this.#position = start;
  }

  /** Every address before this one has its outcome. */
  get position(): number {
    return this.#position;
  }

  /** Whether this address may be taken up: not too far beyond the first open one. */
  hasRoomFor(index: number): boolean {
    return index - this.#position < SPAN;
  }

  /** The address has its outcome. */
  close(index: number): void {
    if (index < this.#position) return;
    this.#closed[index & (SPAN - 1)] = 1;
    while (this.#closed[this.#position & (SPAN - 1)] === 1) {
      this.#closed[this.#position & (SPAN - 1)] = 0;
      this.#position += 1;
    }
  }
}
