import { expect, it } from 'vitest';
import { declarationsOf } from './declarations.ts';
import { faultsOf, renderReference } from './render-reference.ts';

it('says what is public and has no docstring, or no page', () => {
  const source = `
/** Pings. */
export declare function ping(): void;
export declare function fresh(): void;
/** A host. */
export declare class Host {
    name: string;
    address: string;
}`;
  const faults = faultsOf(declarationsOf('all.d.ts', source));
  expect(faults.filter((fault) => !fault.endsWith('not exported.'))).toEqual([
    'fresh is on no page.',
    'fresh has no docstring.',
    'Host.address has no docstring.',
  ]);
  expect(faults).toContain('traceroute is on a page, but not exported.');
});

it('links what a docstring and a type name, and escapes what would end a cell', () => {
  const source = `
/** What \`ping\` found out. */
export declare class Host {
    /** See \`Hop.distance\`. */
    readonly first: Hop | null;
}`;
  expect(renderReference(declarationsOf('host.d.ts', source)).get('results.md')).toContain(
    [
      'What [`ping`](functions.md#ping) found out.',
      '',
      '| property | type | meaning |',
      '|---|---|---|',
      '| `first` | [`Hop`](#hop)` \\| null` | See [`Hop.distance`](#hop). |',
    ].join('\n'),
  );
});

it('tells of what is thrown as a sentence goes on', () => {
  const source = `
/**
 * Pings.
 * @param address who
 * @throws {TypeError} and {RangeError} If it cannot be one.
 * @throws {NameLookupError} When nobody has the name.
 */
export declare function ping(address: string): void;`;
  expect(renderReference(declarationsOf('ping.d.ts', source)).get('functions.md')).toContain(
    [
      'Pings.',
      '',
      '- `address`: who',
      '- Throws `TypeError` and `RangeError` if it cannot be one.',
      '- Throws [`NameLookupError`](errors.md#namelookuperror) when nobody has the name.',
    ].join('\n'),
  );
});
