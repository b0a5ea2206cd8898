/** Numbers in one slab: 64 KiB, some eighty roll-ups. */
const SLAB_LENGTH = 8_192;

/**
 * Room for the roll-ups of one level. Each is a view of a slab shared with its neighbours, because an array buffer of
 * its own would cost more than what it holds. A slab is freed with the last roll-up in it, so that those of different
 * levels, which live for different times, must not share one.
 */
export class RollUpArena {
  #slab = new Float64Array(0);
  #used = 0;

  /** Room for so many numbers: that of what is replaced, if it is as long. */
  room(length: number, replaced: Float64Array | undefined): Float64Array {
    if (replaced?.length === length) return replaced;
    if (this.#used + length > this.#slab.length) {
      this.#slab = new Float64Array(Math.max(SLAB_LENGTH, length));
      this.#used = 0;
    }
    this.#used += length;
    return this.#slab.subarray(this.#used - length, this.#used);
  }
}
