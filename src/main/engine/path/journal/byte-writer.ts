const FIRST_CAPACITY = 1_024;

/** Largest number whose zigzag form is still a safe integer. */
const GREATEST_SIGNED = 2 ** 52;

const utf8 = new TextEncoder();

/** Bytes put one after the other, in a buffer that grows. */
export class ByteWriter {
  #bytes = new Uint8Array(FIRST_CAPACITY);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** All that was written; the writer begins anew. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.#bytes.slice(0, this.#length);
    this.#length = 0;
    return taken;
  }

  /** 0 to 255. */
  byte(value: number): void {
    this.#makeRoom(1);
    this.#bytes[this.#length++] = value;
  }

  /** A whole number from 0 to 2^53 − 1: seven bits a byte, the lowest first, the eighth says that more follow. */
  unsigned(value: number): void {
    let rest = value;
    this.#makeRoom(8);
    while (rest >= 128) {
      this.#bytes[this.#length++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    this.#bytes[this.#length++] = rest;
  }

  /** A whole number between ±2^52, small ones in few bytes: 0, −1, 1, −2, … count up (zigzag). */
  signed(value: number): void {
    if (!(Math.abs(value) < GREATEST_SIGNED)) throw new RangeError(`${value} has no zigzag form`);
    this.unsigned(value < 0 ? -2 * value - 1 : 2 * value);
  }

  /** A double as it is, in eight bytes. */
  double(value: number): void {
    this.#makeRoom(8);
    new DataView(this.#bytes.buffer).setFloat64(this.#length, value, true);
    this.#length += 8;
  }

  /** Length and bytes. */
  bytes(value: Uint8Array): void {
    this.unsigned(value.length);
    this.#makeRoom(value.length);
    this.#bytes.set(value, this.#length);
    this.#length += value.length;
  }

  /** Length and UTF-8. */
  text(value: string): void {
    this.bytes(utf8.encode(value));
  }

  #makeRoom(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + count));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
