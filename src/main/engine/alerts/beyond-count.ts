/** How many of the last rounds were beyond a limit. Constant work a round. */
export class BeyondCount {
  readonly #isBeyond: Uint8Array;
  #known = 0;
  #beyond = 0;

  constructor(rounds: number) {
    this.#isBeyond = new Uint8Array(rounds);
  }

  /** Rounds beyond among those looked back on. */
  get beyond(): number {
    return this.#beyond;
  }

  /** Rounds looked back on: all that were taken, up to the number asked for. */
  get known(): number {
    return Math.min(this.#known, this.#isBeyond.length);
  }

  get isFull(): boolean {
    return this.#known >= this.#isBeyond.length;
  }

  take(isBeyond: boolean): void {
    const place = this.#known % this.#isBeyond.length;
    if (this.isFull) this.#beyond -= this.#isBeyond[place] as number;
    this.#isBeyond[place] = isBeyond ? 1 : 0;
    if (isBeyond) this.#beyond += 1;
    this.#known += 1;
  }
}
