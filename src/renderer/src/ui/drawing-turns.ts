import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';

/**
 * What one frame may spend on parts that wait for their turn, in milliseconds: half of a frame at 60 Hz, so that the other
 * half is left for layout, paint and a person's input. A part that takes longer by itself is not cut short.
 */
const FRAME_BUDGET_MS = 8;

/**
 * How often the time that a frame spent passes before the next part has its turn: the parts together take at most a
 * quarter of the time, so that where drawing is slow they are drawn less often, and the rest of the page stays quick.
 */
const REST_FACTOR = 4;

export interface DrawingTurnsDeps {
  /** Calls once before the next picture; never while the page is hidden. */
  readonly requestFrame: (callback: () => void) => void;
  readonly nowMs: () => number;
}

/** Lets the costly parts of a page be drawn one after the other, in as many frames as it takes, each with what is newest. */
export class DrawingTurns {
  readonly #deps: DrawingTurnsDeps;
  /** In the order in which they came; a part that comes again before its turn keeps its place. */
  readonly #waiting = new Map<object, () => void>();
  #restsUntilMs = Number.NEGATIVE_INFINITY;

  constructor(deps: DrawingTurnsDeps) {
    this.#deps = deps;
  }

  /** Draws a part when it is its turn. What it was to draw before and did not, it does not draw any more. */
  ask(part: object, draw: () => void): void {
    if (this.#waiting.size === 0) this.#deps.requestFrame(this.#onFrame);
    this.#waiting.set(part, draw);
  }

  /** A part that is there no more. */
  leave(part: object): void {
    this.#waiting.delete(part);
  }

  readonly #onFrame = (): void => {
    const began = this.#deps.nowMs();
    if (began >= this.#restsUntilMs) {
      let spent = 0;
      for (const [part, draw] of this.#waiting) {
        this.#waiting.delete(part);
        draw();
        spent = this.#deps.nowMs() - began;
        if (spent >= FRAME_BUDGET_MS) break;
      }
      this.#restsUntilMs = began + spent * REST_FACTOR;
    }
    if (this.#waiting.size > 0) this.#deps.requestFrame(this.#onFrame);
  };
}

const pageTurns = new DrawingTurns({
  requestFrame: (callback) => void requestAnimationFrame(callback),
  nowMs: () => performance.now(),
});

/**
 * A value as it was when this part of the page last had its turn; the first is there at once. A part that is costly to
 * draw draws this, so that several that change together do not hold up one frame.
 */
export function useInTurn<Value>(value: Value, turns = pageTurns): Value {
  const [shown, setShown] = useState(value);
  const [part] = useState(() => ({}));
  const isFirst = useRef(true);
  useEffect(() => {
    // What is shown already waits for nothing.
    if (isFirst.current) isFirst.current = false;
    // Drawn within its turn, so that the turn knows how long it took.
    else turns.ask(part, () => flushSync(() => setShown(value)));
  }, [turns, part, value]);
  useEffect(() => () => turns.leave(part), [turns, part]);
  return shown;
}
