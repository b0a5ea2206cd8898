import { milliseconds } from '../../contract/units.ts';
import type { Clock } from '../base/clock.ts';

/** Shortest time between two messages of one stream: ten a second look continuous, and more only cost frames. */
export const PUBLISH_INTERVAL = milliseconds(100);

/**
 * Groups what happens into messages: the first notice is published at once (never from within `request`), those that
 * follow within the interval go out together at its end.
 */
export class Publisher implements Disposable {
  readonly #clock: Clock;
  readonly #publish: () => boolean;
  #timer: Disposable | null = null;
  #isWanted = false;
  #isDisposed = false;

  /** @param publish sends the message; false when the receiver is behind, then it is asked again an interval later */
  constructor(deps: { readonly clock: Clock }, publish: () => boolean) {
    this.#clock = deps.clock;
    this.#publish = publish;
  }

  /** There is something to publish. */
  request(): void {
    this.#isWanted = true;
    if (this.#timer === null && !this.#isDisposed)
      this.#timer = this.#clock.after(milliseconds(0), () => this.#flush());
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    this.#timer?.[Symbol.dispose]();
    this.#timer = null;
  }

  #flush(): void {
    this.#timer = null;
    if (!this.#isWanted) return;
    this.#isWanted = !this.#publish();
    // Publishing may have ended the stream.
    if (!this.#isDisposed) this.#timer = this.#clock.after(PUBLISH_INTERVAL, () => this.#flush());
  }
}
