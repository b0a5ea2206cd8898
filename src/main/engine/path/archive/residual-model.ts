/** Residuals after which older ones count half. */
const MEMORY = 32;

const GREATEST_PARAMETER = 40;

/** Longest run of ones; a residual that would need a longer one is written as it is. */
export const LONGEST_RUN = 24;
/** Bits of a residual that is written as it is. */
export const PLAIN_BITS = 50;

/**
 * How large the next residual will probably be, after those before it: the parameter of its Golomb–Rice code (Rice, 1979;
 * adapted as in JPEG-LS, ITU-T T.87 §A.5.1). The same on both sides, so that it need not be kept.
 */
export class ResidualModel {
  #sum = 16;
  #count = 1;
  #parameter = 0;
  #scale = 1;

  constructor() {
    this.#adapt();
  }

  /** Low bits that are written plainly, 0 to 40. */
  get parameter(): number {
    return this.#parameter;
  }

  /** Two to the power of the parameter. */
  get scale(): number {
    return this.#scale;
  }

  /** @param magnitude of the residual after zigzag, at least 0 */
  note(magnitude: number): void {
    this.#sum += magnitude;
    this.#count += 1;
    if (this.#count === MEMORY) {
      this.#sum = Math.floor(this.#sum / 2);
      this.#count = MEMORY / 2;
    }
    this.#adapt();
  }

  /** The least parameter with which count × 2^parameter reaches the sum. */
  #adapt(): void {
    while (this.#parameter < GREATEST_PARAMETER && this.#count * this.#scale < this.#sum) {
      this.#parameter += 1;
      this.#scale *= 2;
    }
    while (this.#parameter > 0 && (this.#count * this.#scale) / 2 >= this.#sum) {
      this.#parameter -= 1;
      this.#scale /= 2;
    }
  }
}

/** A whole number as one that is not negative, small when it was near 0. */
export function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

/** The number that `zigzag` was given. */
export function unzigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}
