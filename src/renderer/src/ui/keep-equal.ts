import { useRef } from 'react';

/**
 * The next value, but with every part that is equal to the one before being the very same object, and the whole too when
 * all of it is: what is drawn from it need not be drawn again. Plain objects, arrays, maps and single values.
 */
export function keepEqual<Value>(before: unknown, next: Value): Value {
  if (Object.is(before, next)) return next;
  if (Array.isArray(before) && Array.isArray(next)) return keepEqualList(before, next) as Value;
  if (before instanceof Map && next instanceof Map) return keepEqualMap(before, next) as Value;
  if (isPlain(before) && isPlain(next)) return keepEqualObject(before, next) as Value;
  return next;
}

/** `keepEqual` from one drawing to the next. */
export function useKeptEqual<Value>(value: Value): Value {
  const kept = useRef(value);
  kept.current = keepEqual(kept.current, value);
  return kept.current;
}

function keepEqualList(before: readonly unknown[], next: readonly unknown[]): readonly unknown[] {
  const merged = next.map((item, place) => keepEqual(before[place], item));
  return before.length === next.length && merged.every((item, place) => Object.is(item, before[place]))
    ? before
    : merged;
}

function keepEqualMap(
  before: ReadonlyMap<unknown, unknown>,
  next: ReadonlyMap<unknown, unknown>,
): ReadonlyMap<unknown, unknown> {
  const merged = new Map([...next].map(([key, item]) => [key, keepEqual(before.get(key), item)]));
  const isSame = before.size === merged.size && [...merged].every(([key, item]) => Object.is(item, before.get(key)));
  return isSame ? before : merged;
}

function keepEqualObject(
  before: Readonly<Record<string, unknown>>,
  next: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const keys = Object.keys(next);
  const merged = Object.fromEntries(keys.map((key) => [key, keepEqual(before[key], next[key])]));
  const isSame =
    keys.length === Object.keys(before).length &&
    keys.every((key) => key in before && Object.is(merged[key], before[key]));
  return isSame ? before : merged;
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
