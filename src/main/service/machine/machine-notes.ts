import type { MachineChange } from '../../../contract/machine-change.ts';
import { elapsed, type MonotonicMilliseconds, seconds } from '../../../contract/units.ts';
import type { MachineNetwork } from './machine-network.ts';
import { changeOf, factsOf, inOrder, type MachineFact, type MachineFacts, withKnown } from './network-changes.ts';

/** A change to be told. */
export interface MachineNote {
  readonly change: MachineChange;
  /** Changes of the same thing that were seen but not told since the last one told. */
  readonly untold: number;
}

/** Changes of one thing told within so long; an adapter that comes and goes all day would push all else from the log. */
const MOST_TOLD = 5;
const TOLD_WITHIN = seconds(60);

/** What was told of one thing. */
interface Told {
  fact: MachineFact | null;
  untold: number;
  at: MonotonicMilliseconds[];
}

/**
 * Tells what has changed since the last look. What changes often is told at most five times a minute: then how it is
 * now against how it was when last told, and how many changes lay between.
 */
export class MachineNotes {
  #network: MachineNetwork;
  #seen: MachineFacts;
  readonly #told = new Map<string, Told>();

  constructor(network: MachineNetwork) {
    this.#network = network;
    this.#seen = factsOf(network);
    for (const [key, fact] of this.#seen) this.#told.set(key, { fact, untold: 0, at: [] });
  }

  take(network: MachineNetwork, now: MonotonicMilliseconds): readonly MachineNote[] {
    const before = this.#seen;
    this.#network = withKnown(this.#network, network);
    this.#seen = factsOf(this.#network);
    for (const key of this.#seen.keys()) {
      if (!this.#told.has(key)) this.#told.set(key, { fact: null, untold: 0, at: [] });
    }
    return inOrder(this.#told.keys())
      .map((key) => this.#takeOne(key, before.get(key) ?? null, now))
      .filter((note) => note !== null);
  }

  #takeOne(key: string, before: MachineFact | null, now: MonotonicMilliseconds): MachineNote | null {
    const told = this.#told.get(key);
    if (told === undefined) return null;
    const fact = this.#seen.get(key) ?? null;
    const isChanged = changeOf(before, fact) !== null;
    if (isChanged) told.untold += 1;
    told.at = told.at.filter((at) => elapsed(at, now) < TOLD_WITHIN);
    const change = changeOf(told.fact, fact);
    if (change === null || told.at.length >= MOST_TOLD) {
      // An interface that is gone for good is not remembered for ever.
      if (fact === null && told.fact === null && told.untold === 0 && told.at.length === 0) this.#told.delete(key);
      return null;
    }
    const untold = told.untold - 1;
    told.fact = fact;
    told.untold = 0;
    told.at.push(now);
    return { change, untold };
  }
}
