import { isRejection } from './path-answers.ts';
import type { Answer } from './recording.ts';
import { NOBODY, OTHERS } from './roll-up.ts';

/**
 * Who ever answered at a hop, each address once, by number from 1 in the order of first answers, and the last answer of each. Bounded:
 * those beyond 254 are OTHERS, of whom nothing is kept.
 */
export class ResponderTable {
  readonly #answers: Answer[];
  readonly #rejections: Map<number, Answer>;

  /** @param answers of those known before, in the order of their numbers @param rejections by number */
  constructor(answers: readonly Answer[] = [], rejections: ReadonlyArray<readonly [number, Answer]> = []) {
    this.#answers = [...answers];
    this.#rejections = new Map(rejections);
  }

  /** The last answers of all, in the order of their numbers. */
  get answers(): readonly Answer[] {
    return this.#answers;
  }

  /** The last rejections, each with the number of who gave it. */
  get rejections(): ReadonlyArray<readonly [number, Answer]> {
    return [...this.#rejections];
  }

  /** The number of whoever gave an answer, which is noted as its last. */
  note(answer: Answer): number {
    let index = this.#answers.findIndex(({ responder }) => responder === answer.responder);
    if (index === -1) {
      if (this.#answers.length + 1 === OTHERS) return OTHERS;
      index = this.#answers.length;
    }
    this.#answers[index] = answer;
    if (isRejection(answer)) this.#rejections.set(index + 1, answer);
    return index + 1;
  }

  /** The last answer of a responder; undefined for NOBODY and OTHERS. */
  answer(responder: number): Answer | undefined {
    return responder === NOBODY ? undefined : this.#answers[responder - 1];
  }

  /** The last answer of a responder that said why a probe was not passed on, or null. */
  rejection(responder: number): Answer | null {
    return this.#rejections.get(responder) ?? null;
  }
}
