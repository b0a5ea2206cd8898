/**
 * Loss of a stretch of a series: loss periods and loss distances of RFC 3357, which join with the stretch that follows.
 * Told of each outcome in send order. `segment` counts the gaps before a round: neither a run of losses nor a distance
 * reaches from one segment into the next. Constant work and memory.
 */
export class LossChain {
  /** Numbers that a packed one takes. */
  static readonly FIELDS = 14;

  #outcomes = 0;
  #lost = 0;
  #runs = 0;
  #longest = 0;
  /** Losses before anything else, and after everything else. */
  #prefix = 0;
  #suffix = 0;
  #firstSegment = 0;
  #lastSegment = 0;
  #distances = 0;
  #distanceSum = 0;
  /** Outcomes before the first lost one and after the last. */
  #beforeFirstLost = 0;
  #afterLastLost = 0;
  #firstLostSegment = 0;
  #lastLostSegment = 0;

  reset(): void {
    this.#outcomes = 0;
    this.#lost = 0;
    this.#runs = 0;
    this.#longest = 0;
    this.#prefix = 0;
    this.#suffix = 0;
    this.#distances = 0;
    this.#distanceSum = 0;
    this.#beforeFirstLost = 0;
    this.#afterLastLost = 0;
  }

  get outcomes(): number {
    return this.#outcomes;
  }

  get lost(): number {
    return this.#lost;
  }

  /** Maximal runs of consecutive losses. */
  get runs(): number {
    return this.#runs;
  }

  /** Mean length of a run; null without one. */
  get meanLength(): number | null {
    return this.#runs === 0 ? null : this.#lost / this.#runs;
  }

  get maxLength(): number | null {
    return this.#runs === 0 ? null : this.#longest;
  }

  /** Mean distance between one lost probe and the next, in probes; null before the second. */
  get meanDistance(): number | null {
    return this.#distances === 0 ? null : this.#distanceSum / this.#distances;
  }

  add(isLost: boolean, segment: number): void {
    const isNeighbour = this.#outcomes > 0 && segment === this.#lastSegment;
    if (this.#outcomes === 0) this.#firstSegment = segment;
    if (isLost) {
      this.#addLost(isNeighbour, segment);
    } else {
      this.#suffix = 0;
      this.#afterLastLost += 1;
    }
    this.#outcomes += 1;
    this.#lastSegment = segment;
  }

  pack(into: Float64Array, at: number): void {
    into[at] = this.#outcomes;
    into[at + 1] = this.#lost;
    into[at + 2] = this.#runs;
    into[at + 3] = this.#longest;
    into[at + 4] = this.#prefix;
    into[at + 5] = this.#suffix;
    into[at + 6] = this.#firstSegment;
    into[at + 7] = this.#lastSegment;
    into[at + 8] = this.#distances;
    into[at + 9] = this.#distanceSum;
    into[at + 10] = this.#beforeFirstLost;
    into[at + 11] = this.#afterLastLost;
    into[at + 12] = this.#firstLostSegment;
    into[at + 13] = this.#lastLostSegment;
  }

  /** Adds a packed stretch that follows this one. */
  append(packed: Float64Array, at: number): void {
    const outcomes = packed[at] as number;
    if (outcomes === 0) return;
    this.#joinRuns(packed, at, outcomes);
    this.#joinDistances(packed, at, outcomes);
    this.#lost += packed[at + 1] as number;
    this.#outcomes += outcomes;
    this.#lastSegment = packed[at + 7] as number;
  }

  #addLost(isNeighbour: boolean, segment: number): void {
    if (this.#prefix === this.#outcomes && (isNeighbour || this.#outcomes === 0)) this.#prefix += 1;
    if (isNeighbour && this.#suffix > 0) {
      this.#suffix += 1;
    } else {
      this.#suffix = 1;
      this.#runs += 1;
    }
    this.#longest = Math.max(this.#longest, this.#suffix);
    if (this.#lost === 0) {
      this.#beforeFirstLost = this.#outcomes;
      this.#firstLostSegment = segment;
    } else if (segment === this.#lastLostSegment) {
      this.#distances += 1;
      this.#distanceSum += this.#afterLastLost + 1;
    }
    this.#lost += 1;
    this.#lastLostSegment = segment;
    this.#afterLastLost = 0;
  }

  #joinRuns(packed: Float64Array, at: number, outcomes: number): void {
    const [prefix, suffix, firstSegment] = [packed[at + 4], packed[at + 5], packed[at + 6]] as [number, number, number];
    const isNeighbour = this.#outcomes > 0 && firstSegment === this.#lastSegment;
    const isJoined = isNeighbour && this.#suffix > 0 && prefix > 0;
    this.#runs += (packed[at + 2] as number) - (isJoined ? 1 : 0);
    this.#longest = Math.max(this.#longest, packed[at + 3] as number, isJoined ? this.#suffix + prefix : 0);
    if (this.#outcomes === 0) {
      this.#prefix = prefix;
      this.#firstSegment = firstSegment;
    } else if (isJoined && this.#prefix === this.#outcomes) {
      this.#prefix += prefix;
    }
    this.#suffix = isJoined && suffix === outcomes ? this.#suffix + suffix : suffix;
  }

  #joinDistances(packed: Float64Array, at: number, outcomes: number): void {
    this.#distances += packed[at + 8] as number;
    this.#distanceSum += packed[at + 9] as number;
    if (packed[at + 1] === 0) {
      this.#afterLastLost += outcomes;
      return;
    }
    const beforeFirstLost = packed[at + 10] as number;
    if (this.#lost === 0) {
      this.#beforeFirstLost = this.#outcomes + beforeFirstLost;
      this.#firstLostSegment = packed[at + 12] as number;
    } else if (packed[at + 12] === this.#lastLostSegment) {
      this.#distances += 1;
      this.#distanceSum += this.#afterLastLost + beforeFirstLost + 1;
    }
    this.#afterLastLost = packed[at + 11] as number;
    this.#lastLostSegment = packed[at + 13] as number;
  }
}
