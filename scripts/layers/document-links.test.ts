import { expect, it } from 'vitest';
import { brokenLinks } from './document-links.ts';

const exists = (path: string) => ['docs/json.md', 'docs/a picture.png', 'README.md', 'docs'].includes(path);

it('finds relative links and pictures whose target does not exist', () => {
  const source = '[a](json.md) [b](gone.md#part)\n![c](<pictures/no such.png>) [d](../LICENSE "the licence")';
  expect(brokenLinks('docs/a.md', source, exists)).toEqual([
    'links to gone.md, which does not exist',
    'links to pictures/no such.png, which does not exist',
    'links to ../LICENSE, which does not exist',
  ]);
});

it('follows a link from the folder of its document, to a file, a part of it or a folder', () => {
  const source = '[a](json.md#keys) [b](../README.md) [c](a%20picture.png) [d](../docs)';
  expect(brokenLinks('docs/a.md', source, exists)).toEqual([]);
});

it('leaves alone what is elsewhere, a part of the same document, and code', () => {
  const source =
    '[a](https://example.org/x) [b](mailto:a@example.org) [c](#part) `[d](gone.md)`\n```\n[e](gone.md)\n```\n';
  expect(brokenLinks('README.md', source, exists)).toEqual([]);
});
