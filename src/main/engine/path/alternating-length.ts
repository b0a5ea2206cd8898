/** Rounds for which the other length is remembered. */
const MEMORY = 60;

/**
 * A path whose packets take ways of different length by turns: a router spreads them over several. It is noticed when
 * the path becomes longer again soon after it became shorter, or after a search found it no longer than it was. Rounds then go as far as the longer way, so that each of
 * them finds the destination, whichever way its probes take.
 */
export class AlternatingLength {
  #longest = 0;
  #shrunkIn = Number.NEGATIVE_INFINITY;
  #guessedIn = Number.NEGATIVE_INFINITY;
  #shortSeenIn = Number.NEGATIVE_INFINITY;
  #longSeenIn = Number.NEGATIVE_INFINITY;
  #isOn = false;

  get isOn(): boolean {
    return this.#isOn;
  }

  /** Hop limit of the destination by the longer way. */
  get longest(): number {
    return this.#longest;
  }

  /** What a round finds: `none` where the length does not alternate, else which of the two ways is still in use. */
  stateIn(round: number): 'none' | 'both' | 'short-only' | 'long-only' {
    if (!this.#isOn) return 'none';
    if (round - this.#longSeenIn > MEMORY) return 'short-only';
    return round - this.#shortSeenIn > MEMORY ? 'long-only' : 'both';
  }

  /** The destination answered at a lower hop limit than before. */
  noteShrink(round: number, former: number): void {
    this.#longest = Math.max(this.#isOn ? this.#longest : 0, former);
    this.#shrunkIn = round;
  }

  /** A search found the destination where it had been: the longer way is one hop longer, or more than last guessed. */
  noteReturn(round: number, place: number): void {
    const known = round - this.#guessedIn > MEMORY ? place : Math.max(this.#longest, place);
    this.#longest = known + 1;
    this.#guessedIn = round;
    this.#shrunkIn = round;
  }

  /** A router answered where the destination had: whether that is the longer way again. */
  noteGrowth(round: number): boolean {
    if (round - this.#shrunkIn > MEMORY) return false;
    this.#isOn = true;
    this.#shortSeenIn = round;
    this.#longSeenIn = round;
    return true;
  }

  noteShort(round: number): void {
    this.#shortSeenIn = Math.max(this.#shortSeenIn, round);
  }

  noteLong(round: number): void {
    this.#longSeenIn = Math.max(this.#longSeenIn, round);
  }

  end(): void {
    this.#isOn = false;
    this.#shrunkIn = Number.NEGATIVE_INFINITY;
  }
}
