/** What is asked again and again, and who hears the answers. */
export interface Question<Answer> {
  /** Never rejects. */
  readonly ask: () => Promise<Answer>;
  /** From one asking to the next, or longer when the answer takes longer. */
  readonly intervalMs: () => number;
  readonly onAnswer: (answer: Answer) => void;
}

export interface RepeatedAskDeps {
  /** Calls once after a delay; gives the function that calls it off. */
  readonly after: (delayMs: number, callback: () => void) => () => void;
  /** Nothing is asked while this is false; `wake` tells that it may be true again. */
  readonly mayAsk: () => boolean;
}

/**
 * Asks one question at a time, again at each interval, until there is another. There are never two askings under way:
 * another question waits for the answer to the one before, which then nobody hears.
 */
export class RepeatedAsk<Answer> {
  readonly #deps: RepeatedAskDeps;
  #question: Question<Answer> | null = null;
  #isUnderWay = false;
  /** Calls off the timer; null when it is time to ask. */
  #callOff: (() => void) | null = null;

  constructor(deps: RepeatedAskDeps) {
    this.#deps = deps;
  }

  /** Asks this from now on, at once; null asks nothing. */
  set(question: Question<Answer> | null): void {
    this.#question = question;
    this.again();
  }

  /** Asks at once what is asked anyway. */
  again(): void {
    this.#callOff?.();
    this.#callOff = null;
    this.#askIfDue();
  }

  /** Asks now if that was not allowed when it was time. */
  wake(): void {
    this.#askIfDue();
  }

  #askIfDue(): void {
    const question = this.#question;
    if (question === null || this.#isUnderWay || this.#callOff !== null || !this.#deps.mayAsk()) return;
    this.#isUnderWay = true;
    this.#callOff = this.#deps.after(question.intervalMs(), () => {
      this.#callOff = null;
      this.#askIfDue();
    });
    void question.ask().then((answer) => {
      this.#isUnderWay = false;
      if (this.#question === question) question.onAnswer(answer);
      this.#askIfDue();
    });
  }
}
