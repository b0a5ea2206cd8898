import { type Milliseconds, milliseconds } from '../../contract/units.ts';
import type { Clock } from '../base/clock.ts';

/** A millionth of a millisecond: due times are sums of fractions, and a timer may fire that little before its time. */
const ROUNDING_MS = 1e-6;
const FIRST_CAPACITY = 256;

/**
 * Values handed over at their times, those of equal time in the order of adding. However many wait, there is one timer
 * of the clock; nothing is allocated for an entry.
 */
export class DeliveryQueue implements Disposable {
  readonly #clock: Clock;
  /** A binary heap over three arrays, least due time first. */
  #dues = new Float64Array(FIRST_CAPACITY);
  #orders = new Float64Array(FIRST_CAPACITY);
  #slots = new Uint32Array(FIRST_CAPACITY);
  #length = 0;
  #nextOrder = 0;
  readonly #receivers: (((value: never) => void) | null)[] = [];
  readonly #values: unknown[] = [];
  readonly #freeSlots: number[] = [];
  #timer: Disposable | null = null;
  #timerDue = Infinity;
  #isDelivering = false;
  #isDisposed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Calls `receive` with the value when the clock reads `due`, never from within this call. */
  add<Value>(due: number, receive: (value: Value) => void, value: Value): void {
    if (this.#isDisposed) return;
    const slot = this.#freeSlots.pop() ?? this.#values.length;
    this.#receivers[slot] = receive;
    this.#values[slot] = value;
    this.#push(due, slot);
    if (!this.#isDelivering && due < this.#timerDue) this.#arm();
  }

  /** After this nothing is handed over. */
  [Symbol.dispose](): void {
    this.#isDisposed = true;
    this.#length = 0;
    this.#receivers.length = 0;
    this.#values.length = 0;
    this.#timer?.[Symbol.dispose]();
    this.#timer = null;
  }

  #arm(): void {
    this.#timer?.[Symbol.dispose]();
    this.#timerDue = this.#dues[0] as number;
    const delay: Milliseconds = milliseconds(Math.max(0, this.#timerDue - this.#clock.now()));
    this.#timer = this.#clock.after(delay, this.#deliver);
  }

  readonly #deliver = (): void => {
    this.#timer = null;
    this.#timerDue = Infinity;
    this.#isDelivering = true;
    const until = this.#clock.now() + ROUNDING_MS;
    try {
      while (this.#length > 0 && (this.#dues[0] as number) <= until) {
        const slot = this.#pop();
        const receive = this.#receivers[slot] as (value: unknown) => void;
        const value = this.#values[slot];
        this.#receivers[slot] = null;
        this.#values[slot] = null;
        this.#freeSlots.push(slot);
        receive(value);
      }
    } finally {
      this.#isDelivering = false;
      if (this.#length > 0) this.#arm();
    }
  };

  #push(due: number, slot: number): void {
    if (this.#length === this.#dues.length) this.#double();
    const order = this.#nextOrder++;
    let index = this.#length++;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      // Of equal due times the one that came first stays first.
      if ((this.#dues[parent] as number) <= due) break;
      this.#move(parent, index);
      index = parent;
    }
    this.#put(index, due, order, slot);
  }

  #pop(): number {
    const taken = this.#slots[0] as number;
    const last = --this.#length;
    const due = this.#dues[last] as number;
    const order = this.#orders[last] as number;
    const slot = this.#slots[last] as number;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= last) break;
      if (child + 1 < last && this.#isBefore(child + 1, this.#dues[child] as number, this.#orders[child] as number)) {
        child += 1;
      }
      if (!this.#isBefore(child, due, order)) break;
      this.#move(child, index);
      index = child;
    }
    this.#put(index, due, order, slot);
    return taken;
  }

  #isBefore(index: number, due: number, order: number): boolean {
    const own = this.#dues[index] as number;
    return own < due || (own === due && (this.#orders[index] as number) < order);
  }

  #move(from: number, to: number): void {
    this.#put(to, this.#dues[from] as number, this.#orders[from] as number, this.#slots[from] as number);
  }

  #put(index: number, due: number, order: number, slot: number): void {
    this.#dues[index] = due;
    this.#orders[index] = order;
    this.#slots[index] = slot;
  }

  #double(): void {
    const dues = new Float64Array(this.#dues.length * 2);
    const orders = new Float64Array(dues.length);
    const slots = new Uint32Array(dues.length);
    dues.set(this.#dues);
    orders.set(this.#orders);
    slots.set(this.#slots);
    this.#dues = dues;
    this.#orders = orders;
    this.#slots = slots;
  }
}
