import type { Dice } from './dice.ts';
import { junk, oddNumber, oddString, PROTOTYPE_KEYS, poisoned } from './junk.ts';

type Container = Record<string, unknown> | unknown[];

/** A value somewhere in another: what holds it, and under which key. */
interface Place {
  readonly holder: Container;
  readonly key: string;
}

/** Lists longer than this are looked into at their beginning only. */
const MOST_LOOKED_INTO = 50;
const MOST_PLACES = 400;

/** A copy of a value, spoilt in one to three places. The value is of plain objects and lists. */
export function mutated(dice: Dice, value: unknown, isCloned: boolean): unknown {
  const root = { value: structuredClone(value) };
  for (let times = dice.between(1, 3); times > 0; times -= 1) {
    const places = placesIn(root);
    if (places.length === 0) break;
    spoil(dice, dice.pick(places), isCloned);
  }
  return root.value;
}

function placesIn(root: Container): Place[] {
  const places: Place[] = [];
  const waiting: Container[] = [root];
  while (waiting.length > 0 && places.length < MOST_PLACES) {
    const holder = waiting.shift() as Container;
    for (const key of Object.keys(holder).slice(0, MOST_LOOKED_INTO)) {
      places.push({ holder, key });
      const held = at({ holder, key });
      if (isContainer(held)) waiting.push(held);
    }
  }
  return places;
}

function spoil(dice: Dice, place: Place, isCloned: boolean): void {
  const value = at(place);
  switch (dice.between(0, 6)) {
    case 0:
      put(place, junk(dice, isCloned));
      return;
    case 1:
      delete (place.holder as Record<string, unknown>)[place.key];
      return;
    case 2:
      if (isContainer(value)) addKey(dice, value, isCloned);
      else put(place, poisoned(dice));
      return;
    case 3:
      put(place, [value]);
      return;
    case 4:
      if (Array.isArray(value))
        put(
          place,
          Array.from({ length: dice.between(0, 300) }, () => value[0]),
        );
      else put(place, { value });
      return;
    default:
      put(place, oddOf(dice, value, isCloned));
  }
}

/** Something of the same kind that is hardly ever seen. */
function oddOf(dice: Dice, value: unknown, isCloned: boolean): unknown {
  if (typeof value === 'number') return dice.chance(0.5) ? oddNumber(dice) : value + dice.pick([-1, 1, 0.5, 1e9]);
  if (typeof value === 'string') {
    const at = dice.between(0, value.length);
    return dice.pick([
      oddString(dice),
      value.slice(0, at),
      `${value.slice(0, at)}${oddString(dice)}${value.slice(at)}`,
      value.toUpperCase(),
    ]);
  }
  if (typeof value === 'boolean') return dice.pick([!value, 0, 1, 'true', null]);
  return junk(dice, isCloned);
}

function addKey(dice: Dice, container: Container, isCloned: boolean): void {
  const key = dice.chance(0.7) ? dice.pick(PROTOTYPE_KEYS) : oddString(dice);
  Object.defineProperty(container, key, {
    value: junk(dice, isCloned),
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null && (Array.isArray(value) || isPlain(value));
}

function isPlain(value: object): boolean {
  return Object.getPrototypeOf(value) === Object.prototype;
}

function at({ holder, key }: Place): unknown {
  return Object.getOwnPropertyDescriptor(holder, key)?.value as unknown;
}

function put({ holder, key }: Place, value: unknown): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}
