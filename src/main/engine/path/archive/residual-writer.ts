import { LONGEST_RUN, PLAIN_BITS, ResidualModel, zigzag } from './residual-model.ts';

/** Writes whole numbers that are mostly near 0 (differences from what was to be expected) in as few bits as they need. */
export class ResidualWriter {
  #bytes = new Uint8Array(4_096);
  #length = 0;
  /** Bits of the byte that is not full yet, and how many they are. */
  #pending = 0;
  #pendingBits = 0;
  readonly #model = new ResidualModel();

  /** @param residual between ±2^49 */
  write(residual: number): void {
    const magnitude = zigzag(residual);
    const { parameter, scale } = this.#model;
    const run = Math.floor(magnitude / scale);
    if (run < LONGEST_RUN) {
      this.#bits(2 ** run - 1, run);
      this.#bits(0, 1);
      this.#bits(magnitude % scale, parameter);
    } else {
      this.#bits(2 ** LONGEST_RUN - 1, LONGEST_RUN);
      this.#bits(magnitude, PLAIN_BITS);
    }
    this.#model.note(magnitude);
  }

  /** All that was written, filled up to whole bytes. */
  bytes(): Uint8Array {
    if (this.#pendingBits > 0) this.#bits(0, 8 - this.#pendingBits);
    return this.#bytes.slice(0, this.#length);
  }

  /** Writes the lowest bits of a number, the lowest first. */
  #bits(value: number, count: number): void {
    let [rest, left] = [value, count];
    while (left > 0) {
      const taken = Math.min(left, 8 - this.#pendingBits);
      const scale = 2 ** taken;
      this.#pending |= (rest % scale) << this.#pendingBits;
      rest = Math.floor(rest / scale);
      left -= taken;
      this.#pendingBits += taken;
      if (this.#pendingBits === 8) this.#flush();
    }
  }

  #flush(): void {
    if (this.#length === this.#bytes.length) {
      const larger = new Uint8Array(2 * this.#bytes.length);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[this.#length++] = this.#pending;
    this.#pending = 0;
    this.#pendingBits = 0;
  }
}
