import { type Random, SeededRandom, unit } from '../../src/main/base/random.ts';

/** Chance as the fuzzers need it, the same for the same seed. */
export class Dice {
  readonly random: Random;

  constructor(seed: number) {
    this.random = new SeededRandom(seed);
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(unit(this.random) * (most - least + 1));
  }

  /** @param ratio 0 never, 1 always */
  chance(ratio: number): boolean {
    return unit(this.random) < ratio;
  }

  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new Error('There is nothing to pick from.');
    return items[this.between(0, items.length - 1)] as T;
  }
}
