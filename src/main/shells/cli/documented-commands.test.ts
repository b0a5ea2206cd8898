import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { readArguments } from './arguments.ts';

const ROOT = join(import.meta.dirname, '../../../..');
const DOCUMENTS = ['README.md', ...globSync('docs/**/*.md', { cwd: ROOT })];
/** A line of code that is one command, without the comment behind it. */
const COMMAND = /^ {4}(?:npm run -s hopscope -- |hopscope )(.*?)(?: +#.*)?$/gm;

/** The words of a command line as a shell would split it, as far as documents use quotes. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

const commands = DOCUMENTS.flatMap((document) =>
  [...readFileSync(join(ROOT, document), 'utf8').matchAll(COMMAND)].map(([, line = '']) => ({ document, line })),
);

it('reads every command line that the documents show', () => {
  expect(commands.length).toBeGreaterThan(20);
  const refused = commands.map(({ document, line }) => ({ document, line, read: readArguments(wordsOf(line)) }));
  expect(refused.filter(({ read }) => !read.ok)).toEqual([]);
});

it('has every scenario that the documents name in a command', () => {
  const scenarios = new Set(
    globSync('resources/scenarios/*.json', { cwd: ROOT }).map((path) => basename(path, '.json')),
  );
  const named = commands.flatMap(({ line }) => /--simulate ([a-z0-9-]+)/.exec(line)?.[1] ?? []);
  expect(named.filter((name) => !scenarios.has(name))).toEqual([]);
});
