import type { RouteChange } from '../../../contract/path.ts';
import type { EpochMilliseconds } from '../../../contract/units.ts';
import { HopMembers } from './hop-members.ts';

/** Evidence, in rounds, that confirms a change of one hop. */
const ENOUGH_OF_ONE = 10;

/** Least run of strangers at one hop that can confirm a change. */
const LEAST_RUN = 2;

/** Evidence, in rounds, that confirms a change of several hops together. */
const ENOUGH_OF_SEVERAL = 18;

/** Run of strangers after which a change is told although the destination did not answer since. */
const PATIENCE = 5;

/** A round as far as it shows the path. */
export interface ObservedPath {
  readonly at: EpochMilliseconds;
  /** Who stood at each hop limit up to `end`: passed the probe no further, or is the destination. Null: silent. */
  readonly standing: ReadonlyArray<string | null>;
  readonly end: number;
  /** Hop limit at which the destination replied, or null. */
  readonly repliedAt: number | null;
}

/**
 * Tells a change of the route from routers that spread packets over several ways.
 *
 * Each hop limit has members, the addresses that answer there, and so has the length of the path. An answer of another
 * address is a stranger's. A hop's evidence of a change is the number of answered rounds before the strangers in which
 * its members stayed the same (8 at most) plus the number of consecutive answered rounds with one and the same stranger.
 * A change is confirmed
 * - by one hop with the same stranger in 2 or more consecutive answered rounds and evidence of 10, or
 * - by several hops with evidence of 18 together.
 *
 * So a path that was steady for 8 rounds changes after two rounds at one hop, after one round at several. Were it a
 * router that picks one of two ways at random, 8 rounds of one and 2 of the other would come once in 2^9 runs; what
 * was seen for a shorter time needs that much longer to convince.
 *
 * When a member answers before that, the strangers alternate with it: they become members, and their coming and going
 * is no change. A member that was not seen in 120 answered rounds is one no more; if it stood for the hop, the route
 * has changed from it to those that remain. A swap that was confirmed is over: its return is a change of its own.
 *
 * A silent hop says nothing; nor does the destination when it answers at a lower hop limit that had been silent so far:
 * it stood there before. After a change, hops that were silent in the round that confirmed it take whoever answers
 * next as part of it. Where the destination is known but did not reply, its new place is waited for up to five rounds.
 */
export class PathChange {
  readonly #hops: HopMembers<string>[] = [];
  #length = new HopMembers<number>();

  /** Takes the next round, in order, and gives the change that it confirms, if any. */
  observe(path: ObservedPath): RouteChange | null {
    // The destination answers where nobody ever did: its answers were lost before, and the path is no other.
    const isCorrected = path.repliedAt !== null && (this.#hops[path.repliedAt]?.told ?? null) === null;
    let isStrange = false;
    for (let hopLimit = 1; hopLimit <= path.end; hopLimit += 1) {
      const address = path.standing[hopLimit];
      if (address === null || address === undefined) continue;
      const hop = this.#hop(hopLimit);
      hop.observe(address, path.at);
      if (hop.run > 0 || hop.hasDrifted) isStrange = true;
    }
    if (path.repliedAt === null) this.#doubtLength(path);
    else {
      if (isCorrected && path.repliedAt < (this.#length.told ?? 0)) this.#correctLength(path.repliedAt);
      this.#length.observe(path.repliedAt, path.at);
      if (this.#length.run > 0 || this.#length.hasDrifted) isStrange = true;
    }
    return isStrange && this.#isConfirmed(path) ? this.#change(path) : null;
  }

  get #places(): Array<HopMembers<string> | HopMembers<number>> {
    return [this.#length, ...this.#hops.slice(1)];
  }

  /** The path as told, hop limit by hop limit from 1. */
  get #told(): Array<string | null> {
    const told = this.#hops.slice(1).map((hop) => hop.told);
    const known = this.#length.told ?? told.findLastIndex((address) => address !== null) + 1;
    return Array.from({ length: known }, (_, index) => told[index] ?? null);
  }

  #hop(hopLimit: number): HopMembers<string> {
    while (this.#hops.length <= hopLimit) this.#hops.push(new HopMembers());
    return this.#hops[hopLimit] as HopMembers<string>;
  }

  /** A router stands where the destination was seen last, as a stranger: it is at its former place as well. */
  #doubtLength({ standing, at }: ObservedPath): void {
    const { run, latest, told } = this.#length;
    const isContradicted = run > 0 && latest !== null && (standing[latest] ?? null) !== null;
    if (isContradicted && told !== null) this.#length.observe(told, at);
  }

  #correctLength(hopLimit: number): void {
    this.#length = new HopMembers();
    this.#hops.length = hopLimit + 1;
  }

  #isConfirmed(path: ObservedPath): boolean {
    const strange = this.#places.filter((place) => place.run > 0);
    const isEndKnown = this.#length.told === null || path.repliedAt !== null;
    if (!isEndKnown && strange.every((place) => place.run < PATIENCE)) return false;
    if (strange.some((place) => place.run >= LEAST_RUN && place.evidence >= ENOUGH_OF_ONE)) return true;
    const evidence = strange.reduce((sum, place) => sum + place.evidence, 0);
    if (strange.length > 1 && evidence >= ENOUGH_OF_SEVERAL) return true;
    return this.#places.some((place) => place.hasDrifted);
  }

  #change(path: ObservedPath): RouteChange {
    const before = this.#told;
    let began: number = path.at;
    for (const place of this.#places) {
      if (place.hasDrifted) {
        began = Math.min(began, place.toldSeenAt ?? began);
        place.tellLatest();
      }
      if (place.run === 0) continue;
      began = Math.min(began, place.runBegan ?? began);
      place.adopt();
    }
    for (let hopLimit = 1; hopLimit < this.#hops.length; hopLimit += 1) {
      if ((path.standing[hopLimit] ?? null) === null) this.#hop(hopLimit).isUnconfirmed = true;
    }
    if (path.repliedAt === null) this.#length.isUnconfirmed = true;
    else this.#hops.length = Math.min(this.#hops.length, path.repliedAt + 1);
    return { atEpochMs: began, before, after: this.#told };
  }
}
