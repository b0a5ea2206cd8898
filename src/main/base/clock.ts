import {
  type EpochMilliseconds,
  epochMilliseconds,
  type Milliseconds,
  type MonotonicMilliseconds,
  milliseconds,
  monotonicMilliseconds,
} from '../../contract/units.ts';

/** Time, passed in wherever it is needed, so that the same code runs under a virtual clock. */
export interface Clock {
  /** The monotonic clock: for durations and deadlines. It never steps. */
  now(): MonotonicMilliseconds;
  /** The wall clock: for showing and storing only. It may step. */
  wallNow(): EpochMilliseconds;
  /**
   * Calls back once after the delay, unless disposed first. Never calls back synchronously; a delay of 0 or less
   * means as soon as possible. Timers of equal due time fire in the order they were made.
   */
  after(delay: Milliseconds, callback: () => void): Disposable;
}

/** The machine's own clocks and timers. */
export class SystemClock implements Clock {
  now(): MonotonicMilliseconds {
    return monotonicMilliseconds(performance.now());
  }

  wallNow(): EpochMilliseconds {
    return epochMilliseconds(Date.now());
  }

  after(delay: Milliseconds, callback: () => void): Disposable {
    const timer = setTimeout(callback, Math.max(0, delay));
    return { [Symbol.dispose]: () => clearTimeout(timer) };
  }
}

interface VirtualTimer {
  readonly due: number;
  readonly order: number;
  readonly callback: () => void;
}

/** A clock that moves only when told to: timers fire in order of due time, then of creation, at their exact due time. */
export class VirtualClock implements Clock {
  #now = 0;
  #wallOffset: number;
  #order = 0;
  readonly #timers: VirtualTimer[] = [];

  /** @param wallStart wall time, in epoch milliseconds, at the clock's beginning */
  constructor(wallStart = epochMilliseconds(1_700_000_000_000)) {
    this.#wallOffset = wallStart;
  }

  now(): MonotonicMilliseconds {
    return monotonicMilliseconds(this.#now);
  }

  wallNow(): EpochMilliseconds {
    return epochMilliseconds(this.#wallOffset + this.#now);
  }

  after(delay: Milliseconds, callback: () => void): Disposable {
    const timer: VirtualTimer = { due: this.#now + Math.max(0, delay), order: this.#order++, callback };
    pushHeap(this.#timers, timer);
    return {
      [Symbol.dispose]: () => {
        const index = this.#timers.indexOf(timer);
        if (index >= 0) removeHeapAt(this.#timers, index);
      },
    };
  }

  /** Moves time forward, firing every timer that falls due on the way, those they make included. */
  advance(duration: Milliseconds): void {
    const end = this.#now + duration;
    for (let next = this.#timers[0]; next !== undefined && next.due <= end; next = this.#timers[0]) {
      removeHeapAt(this.#timers, 0);
      this.#now = next.due;
      next.callback();
    }
    this.#now = end;
  }

  /** Steps the wall clock alone, as a time server does; the monotonic clock and the timers do not notice. */
  stepWall(by: Milliseconds): void {
    this.#wallOffset += by;
  }

  /** How long until the next timer, or null when none waits. */
  untilNextTimer(): Milliseconds | null {
    const next = this.#timers[0];
    return next === undefined ? null : milliseconds(next.due - this.#now);
  }
}

function before(a: VirtualTimer, b: VirtualTimer): boolean {
  return a.due < b.due || (a.due === b.due && a.order < b.order);
}

function pushHeap(heap: VirtualTimer[], timer: VirtualTimer): void {
  heap.push(timer);
  siftUp(heap, heap.length - 1);
}

function removeHeapAt(heap: VirtualTimer[], index: number): void {
  const last = heap.pop();
  if (last === undefined || index >= heap.length) return;
  heap[index] = last;
  siftUp(heap, index);
  siftDown(heap, index);
}

function siftUp(heap: VirtualTimer[], start: number): void {
  let index = start;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    if (!swapIfBefore(heap, index, parent)) return;
    index = parent;
  }
}

function siftDown(heap: VirtualTimer[], start: number): void {
  let index = start;
  for (;;) {
    const left = 2 * index + 1;
    const right = left + 1;
    let least = left;
    const leftTimer = heap[left];
    const rightTimer = heap[right];
    if (leftTimer === undefined) return;
    if (rightTimer !== undefined && before(rightTimer, leftTimer)) least = right;
    if (!swapIfBefore(heap, least, index)) return;
    index = least;
  }
}

/** Swaps two places when the first belongs before the second; says whether it did. */
function swapIfBefore(heap: VirtualTimer[], first: number, second: number): boolean {
  const a = heap[first];
  const b = heap[second];
  if (a === undefined || b === undefined || !before(a, b)) return false;
  heap[first] = b;
  heap[second] = a;
  return true;
}
