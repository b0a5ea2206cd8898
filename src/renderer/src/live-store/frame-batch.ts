/** Tells what is new once per picture, however often it changed. */
export class FrameBatch {
  readonly #requestFrame: (callback: () => void) => void;
  readonly #due = new Set<() => void>();

  /** @param requestFrame calls once before the next picture */
  constructor(requestFrame: (callback: () => void) => void) {
    this.#requestFrame = requestFrame;
  }

  /** Calls before the next picture, once even if marked again until then. */
  mark(tell: () => void): void {
    if (this.#due.size === 0) this.#requestFrame(this.#onFrame);
    this.#due.add(tell);
  }

  readonly #onFrame = (): void => {
    const due = [...this.#due];
    this.#due.clear();
    for (const tell of due) tell();
  };
}
