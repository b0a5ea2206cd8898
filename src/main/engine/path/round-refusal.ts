import type { Milliseconds } from '../../../contract/units.ts';
import type { Refusal } from './path-extent.ts';
import type { Answer } from './recording.ts';

/** The refusal of a round to pass its probes on: of all of them, the one at the lowest hop limit. */
export class RoundRefusal {
  readonly #refusedPast: Refusal | null;
  #at = Number.POSITIVE_INFINITY;
  #answer: Answer | null = null;
  #rtt: Milliseconds | null = null;

  /** @param refusedPast as in the round's plan */
  constructor(refusedPast: Refusal | null) {
    this.#refusedPast = refusedPast;
  }

  /** Hop limit of the refused probe, or infinity. */
  get at(): number {
    return this.#at;
  }

  get answer(): Answer | null {
    return this.#answer;
  }

  get rtt(): Milliseconds | null {
    return this.#rtt;
  }

  note(hopLimit: number, answer: Answer, rtt: Milliseconds): void {
    if (hopLimit >= this.#at) return;
    this.#at = hopLimit;
    this.#answer = answer;
    this.#rtt = rtt;
  }

  /**
   * The router that refuses, at the hop limit where it answered a probe that went no further, or else at that of the
   * refused probe. Null without a refusal.
   */
  placed(standing: ReadonlyArray<string | null>): Refusal | null {
    if (this.#answer === null) return null;
    const by = this.#answer.responder;
    const place = standing.lastIndexOf(by, this.#at - 1);
    if (place > 0) return { at: place, by, isPast: true };
    return { at: this.#at, by, isPast: this.#at === this.#refusedPast?.at };
  }
}
