/** Every object that others inherit from without asking, and what such objects are made by. */
const WATCHED: readonly object[] = [
  Object,
  Function,
  Array,
  String,
  Number,
  Boolean,
  Symbol,
  BigInt,
  Promise,
  Map,
  Set,
  WeakMap,
  WeakSet,
  Error,
  RangeError,
  TypeError,
  RegExp,
  Date,
  ArrayBuffer,
  Uint8Array,
  Uint16Array,
  Uint32Array,
  Float64Array,
  JSON,
  Math,
  Reflect,
].flatMap((one) => ('prototype' in one && typeof one.prototype === 'object' ? [one, one.prototype as object] : [one]));

/** The watched objects as they are now: every own property of each, with its value and whether it can be changed. */
export class BuiltInPrototypes {
  readonly #before = WATCHED.map((one) => Object.getOwnPropertyDescriptors(one));
  readonly #parents = WATCHED.map((one) => Object.getPrototypeOf(one) as unknown);

  /** What is no longer as it was, or null. */
  change(): string | null {
    for (const [index, one] of WATCHED.entries()) {
      if (Object.getPrototypeOf(one) !== this.#parents[index]) return `built-in ${index} has another prototype`;
      const before = this.#before[index] as Record<PropertyKey, PropertyDescriptor>;
      const now = Object.getOwnPropertyDescriptors(one) as Record<PropertyKey, PropertyDescriptor>;
      const keys = new Set([...Reflect.ownKeys(before), ...Reflect.ownKeys(now)]);
      for (const key of keys) {
        const [then, since] = [before[key], now[key]];
        const isSame = Object.is(then?.value, since?.value) && then?.get === since?.get && then?.set === since?.set;
        // What a regular expression matched last is kept in getters of RegExp, which stay the same.
        if (!isSame || then === undefined || since === undefined) return `built-in ${index} has another ${String(key)}`;
      }
    }
    return null;
  }
}
