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

/** Longest delay of a timeout, 2^31 − 1 ms or 24.8 days; a longer one would be made one of a millisecond. */
const LONGEST_TIMEOUT = milliseconds(2_147_483_647);

/** The machine's own clocks and timers. */
export class SystemClock implements Clock {
  now(): MonotonicMilliseconds {
    return monotonicMilliseconds(performance.now());
  }

  wallNow(): EpochMilliseconds {
    return epochMilliseconds(Date.now());
  }

  after(delay: Milliseconds, callback: () => void): Disposable {
    if (delay <= 0) {
      // A timeout of 0 would be made one of a millisecond.
      const turn = setImmediate(callback);
      return { [Symbol.dispose]: () => clearImmediate(turn) };
    }
    let timer: ReturnType<typeof setTimeout>;
    const wait = (rest: number) => {
      timer =
        rest <= LONGEST_TIMEOUT
          ? setTimeout(callback, rest)
          : setTimeout(() => wait(rest - LONGEST_TIMEOUT), LONGEST_TIMEOUT);
    };
    wait(delay);
    return { [Symbol.dispose]: () => clearTimeout(timer) };
  }
}

/** A timer that knows its place in the heap, so that ending it costs no search however many wait. */
class VirtualTimer implements Disposable {
  readonly due: number;
  readonly order: number;
  readonly callback: () => void;
  /** Index in the heap, or -1 once it has fired or ended. */
  place = -1;
  readonly #heap: VirtualTimer[];

  constructor(heap: VirtualTimer[], due: number, order: number, callback: () => void) {
    this.#heap = heap;
    this.due = due;
    this.order = order;
    this.callback = callback;
  }

  [Symbol.dispose](): void {
    if (this.place >= 0) removeHeapAt(this.#heap, this.place);
  }
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
    const timer = new VirtualTimer(this.#timers, this.#now + Math.max(0, delay), this.#order++, callback);
    pushHeap(this.#timers, timer);
    return timer;
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
  timer.place = heap.length;
  heap.push(timer);
  siftUp(heap, heap.length - 1);
}

function removeHeapAt(heap: VirtualTimer[], index: number): void {
  const removed = heap[index];
  if (removed !== undefined) removed.place = -1;
  const last = heap.pop();
  if (last === undefined || index >= heap.length) return;
  heap[index] = last;
  last.place = index;
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
  b.place = first;
  a.place = second;
  return true;
}
