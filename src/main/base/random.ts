/** Chance, passed in wherever it is needed, so that a seeded run repeats exactly. */
export interface Random {
  /** A whole number from 0 to 2^32 − 1, each equally likely. */
  uint32(): number;
}

/** Unpredictable numbers from the platform, for cookies that a stranger must not guess. */
export class SystemRandom implements Random {
  readonly #pool = new Uint32Array(64);
  #next = this.#pool.length;

  uint32(): number {
    if (this.#next === this.#pool.length) {
      crypto.getRandomValues(this.#pool);
      this.#next = 0;
    }
    return this.#pool[this.#next++] ?? 0;
  }
}

/** The same numbers for the same seed: mulberry32, a 32-bit generator whose period is 2^32. Not for secrets. */
export class SeededRandom implements Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  uint32(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }
}

/** A number from 0 (included) to 1 (excluded). */
export function unit(random: Random): number {
  return random.uint32() / 0x1_0000_0000;
}
