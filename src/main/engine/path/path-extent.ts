import { AlternatingLength } from './alternating-length.ts';

/** Silent hop limits beyond the last one that answered that are still probed while the destination never answered. */
const MARGIN = 5;

/** Of so many rounds one has scouts to every other hop limit while the destination never answered. */
const FULL_ROUND_EVERY = 60;

/** Lost round trips in a row after which the first scouts go out; the distance doubles up to FULL_ROUND_EVERY. */
const FIRST_SCOUTS_AFTER = 3;

/** Rounds of scouts in a row that must find the destination further away before it is believed. */
const SCOUTS_TO_BELIEVE = 2;

/** And how likely the destination's silence may be, as often as it was silent before, for that. */
const LIKELY_SILENCE = 0.001;

/** Round trips from which that is told; of more, the earlier ones count for less and less. */
const REMEMBERED_ROUND_TRIPS = 512;

/** A router that refuses to pass probes on. */
export interface Refusal {
  /** Its hop limit. */
  readonly at: number;
  readonly by: string;
  /** Whether it refuses only what would go further, rather than whatever comes. */
  readonly isPast: boolean;
}

/** How far a round goes. */
export interface RoundPlan {
  /** Hop limits 1 to `reach` belong to the round. */
  readonly reach: number;
  /** Hop limit at which the destination is expected, or null while it is searched for. */
  readonly expected: number | null;
  /** Hop limits up to this one are probed, those beyond `reach` as scouts: they are not part of the recording. */
  readonly probes: number;
  /** A router, the last of the round, that refuses what would go further: its probe has a hop limit one higher. Or null. */
  readonly refusedPast: Refusal | null;
}

/** What the extent must know of a round that has ended. */
export interface EndedRound {
  readonly number: number;
  /** The router that refused to pass probes on while nothing beyond replied, or null. */
  readonly refusal: Refusal | null;
  /** Lowest hop limit at which the destination replied, scouts apart, or null. */
  readonly repliedAt: number | null;
  readonly roundTripFate: 'answered' | 'late' | 'lost' | 'refused' | null;
  /** Lowest hop limit of a scout that the destination replied to, or null. */
  readonly foundBeyond: number | null;
  /** Whether a router answered a scout: the path is longer than it was. */
  readonly isLonger: boolean;
  /** Whether probes left at all. */
  readonly hasLeft: boolean;
}

/**
 * How far away the destination is, and so how far each round goes.
 *
 * - The lowest hop limit at which the destination answers is the destination's; rounds go there and no further.
 * - A lower one wins at once: the path became shorter.
 * - A router that answers at the destination's hop limit shows that the path became longer: the following rounds go to
 *   the greatest hop limit until the destination is found again. When that happens within 60 rounds after the path
 *   became shorter, its length alternates, and rounds go as far as the longer way until one of the two is used no more.
 * - Where the destination has fallen silent, a silent router may have taken its place: after 3, 6, 12, 24, 48, 96 lost
 *   round trips in a row and then every 60 of them, scouts go beyond it. A router's answer to one of them begins a search; the
 *   destination's own answers in two such rounds in a row are its new hop limit, unless so many of its answers are lost
 *   anyway that the silence is nothing strange.
 * - While it never answered, every hop limit is probed until a round of that kind has ended, then those up to 5
 *   beyond the last one that answered; in every 60th round scouts go to all the others.
 * - Where a router refuses, rounds go no further than to it, and ask it once, for such routers say little: with a probe
 *   that it has to refuse. Three lost round trips in a row, or an answer from beyond, end this.
 *
 * Rounds overlap: what an older round says of the destination is not believed against a newer one.
 */
export class PathExtent {
  readonly #maxHops: number;
  /** Where alternating, the lower place. */
  #destination: number | null = null;
  #repliedAt: number | null = null;
  /** Number of the round that told where the destination is, or that it is there no more. */
  #toldBy = -1;
  #isSearching = true;
  #isFullRoundDue = true;
  #lastAnswering = 0;
  #refusal: Refusal | null = null;
  #unrefusedInARow = 0;
  #lostInARow = 0;
  /** Round trips before those: answered, and not. */
  #answered = 0;
  #missed = 0;
  #scoutsAfter = FIRST_SCOUTS_AFTER;
  #scoutDistance = FIRST_SCOUTS_AFTER;
  #foundBeyond = 0;
  readonly #alternation = new AlternatingLength();
  /** Whether a refusal is the end of the path. Not so where the destination was seen to answer from beyond it. */
  doesRefusalEnd = true;

  constructor(maxHops: number) {
    this.#maxHops = maxHops;
  }

  /** As last learned, where its place alternates that of the last round; null while it never answered. */
  get destinationHopLimit(): number | null {
    return this.#alternation.isOn ? (this.#repliedAt ?? this.#destination) : this.#destination;
  }

  get maxHops(): number {
    return this.#maxHops;
  }

  /** In a round without a reply, hop limits beyond this one show nothing: they were probed for the destination's sake. */
  get silentEnd(): number {
    if (this.#alternation.isOn && this.#repliedAt !== null) return this.#repliedAt;
    return Math.min(this.#maxHops, this.#lastAnswering + MARGIN);
  }

  plan(round: number): RoundPlan {
    if (this.#isSearching || this.#destination === null) {
      const refusal = this.#refusal;
      const reach = refusal?.at ?? (this.#isFullRoundDue ? this.#maxHops : this.silentEnd);
      const probes = round % FULL_ROUND_EVERY === 0 ? this.#maxHops : reach;
      return { reach, expected: null, probes, refusedPast: refusal?.isPast ? refusal : null };
    }
    const alternation = this.#alternation.stateIn(round);
    if (alternation === 'both') {
      const reach = Math.min(this.#maxHops, this.#alternation.longest);
      return { reach, expected: null, probes: reach, refusedPast: null };
    }
    if (alternation === 'long-only') this.#settleOn(round, this.#alternation.longest);
    if (alternation !== 'none') this.#alternation.end();
    const reach = this.#destination;
    if (this.#lostInARow < this.#scoutsAfter) return { reach, expected: reach, probes: reach, refusedPast: null };
    this.#scoutsAfter = this.#lostInARow + this.#scoutDistance;
    this.#scoutDistance = Math.min(2 * this.#scoutDistance, FULL_ROUND_EVERY);
    return { reach, expected: reach, probes: this.#maxHops, refusedPast: null };
  }

  /** The destination answered at a hop limit of a round. */
  learnDestination(round: number, hopLimit: number): void {
    if (round < this.#toldBy) return;
    const isFound = this.#isSearching && round > this.#toldBy;
    if (hopLimit === this.#destination) this.#alternation.noteShort(round);
    if (this.#destination === null || hopLimit < this.#destination || isFound) {
      // Replies of one round come in any order: a lower one is no news of the path.
      if (round > this.#toldBy) this.#noteLength(round, hopLimit);
      this.#settleOn(round, hopLimit);
    }
  }

  /** A router passed a probe of a round no further than its hop limit allowed. */
  learnRouter(round: number, hopLimit: number, expected: number | null): void {
    if (hopLimit > this.#lastAnswering) this.#lastAnswering = hopLimit;
    if (hopLimit === this.#destination) this.#alternation.noteLong(round);
    const isInItsPlace = hopLimit === this.#destination && hopLimit === expected && round >= this.#toldBy;
    if (!isInItsPlace || this.#isSearching) return;
    if (this.#alternation.noteGrowth(round)) this.#toldBy = round;
    else this.#search(round);
  }

  /** A router refused to pass a probe on, and that ends the path. */
  learnRefusal(refusal: Refusal): void {
    this.#refusal = refusal;
  }

  learnEnded(plan: RoundPlan, ended: EndedRound): void {
    this.#learnWhetherRefused(plan, ended);
    this.#repliedAt = ended.repliedAt ?? this.#repliedAt;
    if (plan.expected === null) {
      const isOutgrown = plan.reach === this.#alternation.longest && ended.roundTripFate === null && ended.hasLeft;
      if (isOutgrown && this.#alternation.stateIn(ended.number) !== 'none') this.#search(ended.number);
      if (ended.isLonger || ended.foundBeyond !== null) this.#isFullRoundDue = true;
      else if (plan.reach === this.#maxHops && ended.hasLeft) this.#isFullRoundDue = false;
      return;
    }
    if (ended.roundTripFate === 'lost') this.#lostInARow += 1;
    else if (ended.roundTripFate !== null) this.#learnAnswered();
    if (plan.probes > plan.reach && ended.roundTripFate === 'lost') this.#learnFromScouts(plan.reach, ended);
  }

  #learnWhetherRefused(plan: RoundPlan, ended: EndedRound): void {
    if (ended.refusal !== null) {
      this.#refusal = ended.refusal;
      this.#unrefusedInARow = 0;
    } else if (ended.repliedAt !== null) this.#refusal = null;
    else if (plan.reach === this.#refusal?.at) {
      this.#unrefusedInARow += 1;
      const isSilent = ended.roundTripFate === 'lost' && this.#unrefusedInARow < FIRST_SCOUTS_AFTER;
      if (ended.hasLeft && !isSilent) this.#refusal = null;
    }
  }

  #learnAnswered(): void {
    this.#answered += 1;
    this.#missed += this.#lostInARow;
    if (this.#answered + this.#missed > REMEMBERED_ROUND_TRIPS) {
      this.#answered /= 2;
      this.#missed /= 2;
    }
    this.#endSilence();
  }

  /** Whether what is lost on this path does not explain that the destination has not answered. */
  get #isSilenceStrange(): boolean {
    // By the rule of succession, for a path of which little is known.
    const lossRatio = (this.#missed + 1) / (this.#answered + this.#missed + 2);
    return lossRatio ** this.#lostInARow <= LIKELY_SILENCE;
  }

  #noteLength(round: number, hopLimit: number): void {
    if (this.#destination === null) return;
    if (hopLimit < this.#destination) this.#alternation.noteShrink(round, this.#destination);
    if (hopLimit === this.#destination) this.#alternation.noteReturn(round, hopLimit);
  }

  #learnFromScouts(reach: number, { number, foundBeyond, isLonger }: EndedRound): void {
    if (reach !== this.#destination || number < this.#toldBy || this.#isSearching) return;
    if (isLonger) {
      this.#search(number);
      return;
    }
    this.#foundBeyond = foundBeyond === null ? 0 : this.#foundBeyond + 1;
    if (foundBeyond === null) return;
    if (this.#foundBeyond >= SCOUTS_TO_BELIEVE && this.#isSilenceStrange) this.#settleOn(number, foundBeyond);
    else this.#scoutsAfter = 0;
  }

  #search(round: number): void {
    this.#isSearching = true;
    this.#isFullRoundDue = true;
    this.#refusal = null;
    this.#toldBy = round;
    this.#alternation.end();
    this.#endSilence();
  }

  #settleOn(round: number, hopLimit: number): void {
    this.#destination = hopLimit;
    this.#toldBy = round;
    this.#isSearching = false;
    this.#endSilence();
  }

  #endSilence(): void {
    this.#lostInARow = 0;
    this.#foundBeyond = 0;
    this.#scoutsAfter = FIRST_SCOUTS_AFTER;
    this.#scoutDistance = FIRST_SCOUTS_AFTER;
  }
}
