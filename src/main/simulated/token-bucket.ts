/** How a router limits what it says itself: so many a second in the long run, a few at once after a rest. */
export class TokenBucket {
  readonly #perMs: number;
  readonly #capacity: number;
  #tokens: number;
  #filledAtMs = 0;

  /** It begins full. */
  constructor(perSecond: number, burst: number) {
    this.#perMs = perSecond / 1000;
    this.#capacity = burst;
    this.#tokens = burst;
  }

  /** Takes a token if there is one. Time must not go back; if it does, no tokens are added. */
  take(nowMs: number): boolean {
    if (nowMs > this.#filledAtMs) {
      this.#tokens = Math.min(this.#capacity, this.#tokens + (nowMs - this.#filledAtMs) * this.#perMs);
      this.#filledAtMs = nowMs;
    }
    // What rounding took from a whole token must not cost it.
    if (this.#tokens < 1 - 1e-9) return false;
    this.#tokens -= 1;
    return true;
  }
}
