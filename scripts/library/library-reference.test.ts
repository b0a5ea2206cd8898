import { expect, it } from 'vitest';
import { createLibraryReference, readLibraryReference } from './library-reference.ts';

it('docs/library says what the docstrings of hopscope/icmp say (npm run docs:library writes it)', () => {
  expect(Object.fromEntries(readLibraryReference())).toEqual(Object.fromEntries(createLibraryReference()));
});
