import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isSaid, quotedSentences } from './quoted-sentences.ts';

const ROOT = join(import.meta.dirname, '../..');

function readAll(pattern: string, exclude: readonly string[]): string {
  return globSync(pattern, { cwd: ROOT, exclude: [...exclude] })
    .map((path) => readFileSync(join(ROOT, path), 'utf8'))
    .join('\n');
}

it('finds a sentence whose gaps the program fills in', () => {
  const sources = `'“' + name + '” does not resolve to an address' ; \`over IPv\${family} was not answered.\``;
  expect(isSaid('… does not resolve to an address', sources)).toBe(true);
  expect(isSaid('… over IPv6 was not answered.', sources)).toBe(true);
  expect(isSaid('A request over IPv6 was not answered.', sources)).toBe(false);
  expect(isSaid('…', sources)).toBe(false);
});

it('docs/guide/troubleshooting.md quotes only what the program says', () => {
  const sources = readAll('src/**/*.{ts,tsx}', ['**/*.test.{ts,tsx}']);
  const quoted = quotedSentences(readFileSync(join(ROOT, 'docs/guide/troubleshooting.md'), 'utf8'));
  expect(quoted.length).toBeGreaterThan(25);
  expect(quoted.filter((sentence) => !isSaid(sentence, sources))).toEqual([]);
});
