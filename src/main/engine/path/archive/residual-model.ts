/** Residuals after which older ones count half. */
const MEMORY = 32;

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

  /** Low bits that are written plainly, 0 to 40. */
  get parameter(): number {
    let parameter = 0;
    while (this.#count * 2 ** parameter < this.#sum && parameter < 40) parameter += 1;
    return parameter;
  }

  /** @param magnitude of the residual after zigzag, at least 0 */
  note(magnitude: number): void {
    this.#sum += magnitude;
    this.#count += 1;
    if (this.#count < MEMORY) return;
    this.#sum = Math.floor(this.#sum / 2);
    this.#count = MEMORY / 2;
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
