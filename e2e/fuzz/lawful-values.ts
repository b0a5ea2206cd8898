import type * as v from 'valibot';
import type { Dice } from './dice.ts';

/** Values that a schema of the contract allows, made from the schema itself: a method that is added is fuzzed as well. */

type Schema = v.GenericSchema;

/** What stands in a schema, of those kinds that the contract uses. */
interface SchemaParts {
  readonly type: string;
  readonly entries?: Readonly<Record<string, Schema>>;
  readonly options?: readonly unknown[];
  readonly literal?: unknown;
  readonly wrapped?: Schema;
  readonly item?: Schema;
  readonly items?: readonly Schema[];
  readonly pipe?: readonly { readonly kind: string; readonly type: string; readonly requirement?: unknown }[];
}

/** Longest list and text that are made of schemas that allow more: what is long is made on purpose (`junk.ts`). */
const LONGEST_LIST = 6;
const LONGEST_TEXT = 40;

/** Gives a text or a whole object for a key when it knows one that means something (an identifier that was heard, a target). */
export type KnownValue = (key: string) => unknown;

export function lawful(dice: Dice, schema: Schema, known: KnownValue, key = ''): unknown {
  const parts = schema as unknown as SchemaParts;
  const whole = known(key);
  if (typeof whole === 'object' && whole !== null) return whole;
  switch (parts.type) {
    case 'object':
    case 'strict_object':
      return Object.fromEntries(
        Object.entries(parts.entries ?? {}).flatMap(([name, entry]) => {
          const value = lawful(dice, entry, known, name);
          return value === undefined ? [] : [[name, value]];
        }),
      );
    case 'intersect':
      return Object.assign(
        {},
        ...(parts.options ?? []).map((option) => lawful(dice, option as Schema, known, key) as object),
      ) as unknown;
    case 'variant':
    case 'union':
      return lawful(dice, dice.pick(parts.options ?? []) as Schema, known, key);
    case 'picklist':
      return dice.pick(parts.options ?? []);
    case 'literal':
      return parts.literal;
    case 'optional':
    case 'exact_optional':
      return dice.chance(0.3) ? undefined : lawful(dice, inner(parts), known, key);
    case 'nullable':
      return dice.chance(0.3) ? null : lawful(dice, inner(parts), known, key);
    case 'array':
      return listOf(dice, parts, known, key);
    case 'strict_tuple':
    case 'tuple':
      return (parts.items ?? []).map((item) => lawful(dice, item, known, key));
    case 'boolean':
      return dice.chance(0.5);
    case 'null':
      return null;
    case 'number':
      return numberFor(dice, parts);
    case 'string':
      return textFor(dice, parts, known, key);
    default:
      throw new Error(`The fuzzer does not know what a ${parts.type} is: teach it in lawful-values.ts.`);
  }
}

function inner({ wrapped }: SchemaParts): Schema {
  if (wrapped === undefined) throw new Error('A schema that wraps another has none in it.');
  return wrapped;
}

function requirement({ pipe = [] }: SchemaParts, type: string): number | null {
  const found = pipe.find((action) => action.kind === 'validation' && action.type === type)?.requirement;
  return typeof found === 'number' ? found : null;
}

function has({ pipe = [] }: SchemaParts, ...types: string[]): boolean {
  return pipe.some(({ type }) => types.includes(type));
}

function listOf(dice: Dice, parts: SchemaParts, known: KnownValue, key: string): unknown[] {
  const least = requirement(parts, 'min_length') ?? 0;
  const most = Math.min(requirement(parts, 'max_length') ?? LONGEST_LIST, Math.max(LONGEST_LIST, least));
  const { item } = parts;
  if (item === undefined) throw new Error('A list has no schema of its items.');
  return Array.from({ length: dice.between(least, most) }, () => lawful(dice, item, known, key));
}

function numberFor(dice: Dice, parts: SchemaParts): number {
  const least = requirement(parts, 'min_value');
  const most = requirement(parts, 'max_value');
  const isWhole = has(parts, 'integer', 'safe_integer');
  const [from, to] = [least ?? Math.min(0, most ?? 0), most ?? Math.max(1e9, least ?? 0)];
  // The borders, something near the lower one, anything between.
  const value = dice.pick([from, to, Math.min(to, from + dice.between(0, 20)), dice.between(from, to)]);
  return isWhole || dice.chance(0.8) ? Math.floor(value) : Math.min(to, value + 0.5);
}

function textFor(dice: Dice, parts: SchemaParts, known: KnownValue, key: string): string {
  const value = known(key);
  if (typeof value === 'string') return value;
  if (key === 'hex') return 'a1'.repeat(dice.between(0, 200));
  const least = requirement(parts, 'min_length') ?? 0;
  const most = Math.min(requirement(parts, 'max_length') ?? LONGEST_TEXT, LONGEST_TEXT);
  return 'lawful text of any length, cut to fit it'.slice(0, dice.between(least, Math.max(least, most)));
}
