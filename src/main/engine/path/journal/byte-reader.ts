const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The bytes are not what a `ByteWriter` wrote: they end too soon, or mean nothing. */
export class MalformedBytesError extends Error {
  override readonly name = 'MalformedBytesError';
}

/**
 * Reads what a `ByteWriter` wrote, in the same order.
 * @throws {MalformedBytesError} from every method, where the bytes end too soon
 */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #place = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get isAtEnd(): boolean {
    return this.#place >= this.#bytes.length;
  }

  /** Bytes read so far. */
  get place(): number {
    return this.#place;
  }

  byte(): number {
    const value = this.#bytes[this.#place];
    if (value === undefined) throw new MalformedBytesError('The bytes end too soon');
    this.#place += 1;
    return value;
  }

  unsigned(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (byte < 128) break;
      if (scale > 2 ** 49) throw new MalformedBytesError('A number is too long');
    }
    return value;
  }

  signed(): number {
    const value = this.unsigned();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  double(): number {
    this.#need(8);
    const value = this.#view.getFloat64(this.#place, true);
    this.#place += 8;
    return value;
  }

  bytes(): Uint8Array {
    const length = this.unsigned();
    this.#need(length);
    const value = this.#bytes.subarray(this.#place, this.#place + length);
    this.#place += length;
    return value;
  }

  text(): string {
    return utf8.decode(this.bytes());
  }

  #need(count: number): void {
    if (this.#place + count > this.#bytes.length) throw new MalformedBytesError('The bytes end too soon');
  }
}
