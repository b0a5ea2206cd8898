import { MalformedBytesError } from '../journal/byte-reader.ts';
import { LONGEST_RUN, PLAIN_BITS, ResidualModel, unzigzag } from './residual-model.ts';

/** Reads what a `ResidualWriter` wrote. @throws {MalformedBytesError} where the bytes end too soon */
export class ResidualReader {
  readonly #bytes: Uint8Array;
  #place: number;
  #pending = 0;
  #pendingBits = 0;
  readonly #model = new ResidualModel();

  /** @param place where it begins among the bytes */
  constructor(bytes: Uint8Array, place: number) {
    this.#bytes = bytes;
    this.#place = place;
  }

  read(): number {
    let run = 0;
    while (run < LONGEST_RUN && this.#bit() === 1) run += 1;
    let magnitude: number;
    if (run === LONGEST_RUN) magnitude = this.#bits(PLAIN_BITS);
    else {
      const { parameter, scale } = this.#model;
      magnitude = run * scale + this.#bits(parameter);
    }
    this.#model.note(magnitude);
    return unzigzag(magnitude);
  }

  #bit(): number {
    if (this.#pendingBits === 0) this.#fill();
    const bit = this.#pending & 1;
    this.#pending >>= 1;
    this.#pendingBits -= 1;
    return bit;
  }

  #bits(count: number): number {
    let [value, scale, left] = [0, 1, count];
    while (left > 0) {
      if (this.#pendingBits === 0) this.#fill();
      const taken = Math.min(left, this.#pendingBits);
      value += (this.#pending & ((1 << taken) - 1)) * scale;
      this.#pending >>= taken;
      this.#pendingBits -= taken;
      scale *= 1 << taken;
      left -= taken;
    }
    return value;
  }

  #fill(): void {
    const byte = this.#bytes[this.#place];
    if (byte === undefined) throw new MalformedBytesError('The residuals end too soon');
    this.#place += 1;
    this.#pending = byte;
    this.#pendingBits = 8;
  }
}
