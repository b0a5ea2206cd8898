import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readChoice } from './read-choice.mjs';

const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
};

/** The words that the script gets from `npm run SCRIPT -- ...parameters`: npm puts them behind the script's own. */
function wordsOf(script: string, ...parameters: readonly string[]): readonly string[] {
  const [, ...words] = (manifest.scripts[script] ?? '').split(' scripts/test.mjs')[1]?.split(' ') ?? [];
  return [...words, ...parameters];
}

describe('the choice of checks', () => {
  it.each([
    ['test', []],
    ['test:kernel', ['kernel']],
    ['e2e', ['e2e']],
  ])('of `npm run %s` is its own, with no parameter', (script, checks) => {
    expect(readChoice(wordsOf(script))).toEqual({ checks, parameters: [] });
  });

  it('hands the name of a test file on to the check that runs it', () => {
    expect(readChoice(wordsOf('test:kernel', 'native-timestamps'))).toEqual({
      checks: ['kernel'],
      parameters: ['native-timestamps'],
    });
    expect(readChoice(wordsOf('e2e', 'monitor', '--project', 'browser'))).toEqual({
      checks: ['e2e'],
      parameters: ['monitor', '--project', 'browser'],
    });
  });

  it('takes several checks without parameters, and refuses parameters that it could not tell whose they are', () => {
    expect(readChoice(['layers', 'unit'])).toEqual({ checks: ['layers', 'unit'], parameters: [] });
    for (const words of [
      ['layers', 'unit', '--', 'name'],
      ['--', 'name'],
    ]) {
      expect(readChoice(words)).toContain('one check alone');
    }
  });
});
