import type { Dice } from './dice.ts';

/** Values that no schema expects: each of a kind that has broken some program. */

/** Keys under which careless code reaches what every object inherits. */
export const PROTOTYPE_KEYS = [
  '__proto__',
  'constructor',
  'prototype',
  '__defineGetter__',
  'hasOwnProperty',
  'toString',
  'valueOf',
  'toJSON',
  'then',
] as const;

const ODD_NUMBERS = [
  -1,
  -0,
  0,
  0.1,
  0.5,
  1e-320,
  -1e300,
  1e300,
  Number.MAX_VALUE,
  Number.MIN_VALUE,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  2 ** 53 + 2,
  -(2 ** 53),
  8.64e15,
  8.64e15 + 1,
  255,
  256,
  65_535,
  65_536,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
] as const;

const ODD_STRINGS = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udc00\ud800',
  '\ufeff',
  '\u202e\u2066',
  '\u001b[2J\u001b]0;x\u0007',
  '../../../../etc/passwd',
  '..\\..\\windows\\win.ini',
  '/etc/passwd',
  'file:///etc/passwd',
  '%2e%2e%2f%00',
  '{{process.exit(1)}}',
  '$(touch /tmp/x); `id` | id',
  "'; DROP TABLE session; --",
  '<img src=x onerror=alert(1)>',
  '</script><script>alert(1)</script>',
  '=cmd|"/c calc"!A1',
  '%s%s%s%n',
  'NaN',
  'undefined',
  'null',
  '1e999',
  '9'.repeat(400),
  '::1%eth0',
  'fe80::1%../../x',
  '0177.0.0.1',
  '256.256.256.256',
  '0.0.0.0/0',
  '::/0',
  '255.255.255.255-0.0.0.0',
  'xn--\u00fc',
  '\ud83d\ude00'.repeat(200),
  ...PROTOTYPE_KEYS,
] as const;

export function oddNumber(dice: Dice): number {
  return dice.pick(ODD_NUMBERS);
}

export function oddString(dice: Dice): string {
  if (dice.chance(0.9)) return dice.pick(ODD_STRINGS);
  // Up to 200,000 units; a message of the browser host holds 512 KiB.
  return dice.pick(['a', ' ', '.', '\u0000', '((', '[', 'é', '1', ',']).repeat(10 ** dice.between(2, 5));
}

/** An object that has a key of its own by a name that means something else, as JSON makes it. */
export function poisoned(dice: Dice): object {
  const key = dice.pick(PROTOTYPE_KEYS);
  const text = dice.pick([
    '{"isAdmin":true}',
    '{"prototype":{"x":1}}',
    'null',
    '1',
    '"x"',
    '[]',
    '{"__proto__":{"y":2}}',
  ]);
  return JSON.parse(`{"${key}":${text},"x":1}`) as object;
}

/** Lists or objects one in the other. */
export function nested(dice: Dice): unknown {
  const depth = 10 ** dice.between(0, 3);
  const isList = dice.chance(0.5);
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = isList ? [value] : { a: value };
  return value;
}

/** What only the link of a window carries (structured clone), and JSON does not. */
function uncommon(dice: Dice): unknown {
  const cyclic: { self?: unknown } = {};
  cyclic.self = cyclic;
  return dice.pick<() => unknown>([
    () => undefined,
    () => 10n ** 30n,
    () => new Date(Number.NaN),
    () => new Map([['a', 1]]),
    () => new Set([1]),
    () => /a/g,
    () => new ArrayBuffer(8),
    () => new Uint8Array(16),
    () => new Error('x'),
    () => cyclic,
    () => new Array(4).fill(1, 2, 3),
    () => Object(1),
    () => Object('text'),
  ])();
}

/** Any value at all. @param isCloned whether it goes by structured clone, which carries more than JSON */
export function junk(dice: Dice, isCloned: boolean): unknown {
  return dice.pick<() => unknown>([
    () => null,
    () => true,
    () => oddNumber(dice),
    () => oddNumber(dice),
    () => oddString(dice),
    () => oddString(dice),
    () => [],
    () => ({}),
    () => poisoned(dice),
    () => nested(dice),
    () => Array.from({ length: dice.between(0, 2_000) }, () => 0),
    () => (isCloned ? uncommon(dice) : oddString(dice)),
  ])();
}
