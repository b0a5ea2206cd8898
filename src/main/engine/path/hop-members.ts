import type { EpochMilliseconds } from '../../../contract/units.ts';

/** Answered rounds without a sign of a member after which it belongs to the hop no more. */
const MEMORY = 120;

/** Rounds of steadiness that count as evidence; more would not make a change any surer. */
const STEADINESS_CAP = 8;

/**
 * What belongs to one place of a path: usually one value; behind a router that spreads packets over several ways, a
 * set of them. A value that does not belong is a stranger, and the same one in consecutive observations is a run. When
 * a member is seen again, strangers have come and gone: they alternate with the members, and become members too.
 */
export class HopMembers<T> {
  /** The one that stands for the place in a path that is told; null before the first observation. */
  told: T | null = null;
  /** When it was seen last, as far as that matters: while it is not the only member. */
  toldSeenAt: EpochMilliseconds | null = null;
  /** Consecutive observations of one and the same stranger, up to now. */
  run = 0;
  /** When the first stranger was observed, be it another one. */
  runBegan: EpochMilliseconds | null = null;
  /** The path changed elsewhere while nothing was seen here: the next stranger is part of that change. */
  isUnconfirmed = false;
  /** Members and strangers with the number of the observation in which each was seen last. */
  #members = new Map<T, number>();
  #strangers = new Map<T, number>();
  #latest: T | null = null;
  #observations = 0;
  #steadiness = 0;

  /** How much speaks for a change: observations in which the members stayed the same, at most 8, and those of the run. */
  get evidence(): number {
    return this.run === 0 ? 0 : this.#steadiness + this.run;
  }

  /** Whether the one that stands for the place has ceased to belong to it, although no stranger came. */
  get hasDrifted(): boolean {
    return this.told !== null && !this.#members.has(this.told);
  }

  /** Observed last. */
  get latest(): T | null {
    return this.#latest;
  }

  observe(value: T, at: EpochMilliseconds): void {
    this.#observations += 1;
    if (this.run === 0 && value === this.told && this.#members.size === 1) {
      this.#latest = value;
      if (this.#steadiness < STEADINESS_CAP) this.#steadiness += 1;
      this.isUnconfirmed = false;
      return;
    }
    const before = this.#latest;
    this.#latest = value;
    if (this.#members.has(value)) this.#observeMember(value, at);
    else if (this.told === null || this.isUnconfirmed) {
      this.#strangers.set(value, this.#observations);
      this.adopt();
    } else {
      if (this.run === 0) this.runBegan = at;
      this.run = value === before ? this.run + 1 : 1;
      this.#strangers.set(value, this.#observations);
    }
  }

  /** What was seen in the run belongs here now, and what did before does no more. */
  adopt(): void {
    this.#members = this.#strangers;
    this.#strangers = new Map();
    this.#steadiness = Math.min(STEADINESS_CAP, Math.max(1, this.run));
    this.run = 0;
    this.isUnconfirmed = false;
    this.tellLatest();
  }

  /** The latest value stands for the place from now on. */
  tellLatest(): void {
    this.told = this.#latest;
  }

  #observeMember(value: T, at: EpochMilliseconds): void {
    if (this.run > 0) {
      for (const [stranger, seen] of this.#strangers) this.#members.set(stranger, seen);
      this.#strangers.clear();
      this.run = 0;
      this.#steadiness = 0;
    } else if (this.#steadiness < STEADINESS_CAP) this.#steadiness += 1;
    this.isUnconfirmed = false;
    this.#members.set(value, this.#observations);
    if (value === this.told) this.toldSeenAt = at;
    for (const [member, seen] of this.#members) {
      if (this.#observations - seen > MEMORY) this.#members.delete(member);
    }
  }
}
