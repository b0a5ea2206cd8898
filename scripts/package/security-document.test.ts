import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const DOCUMENT = readFileSync(resolve(ROOT, 'SECURITY.md'), 'utf8');

/** Rows of the tables: what is asked, and the files that hold the answer. */
const ROWS = [...DOCUMENT.matchAll(/^\| (?!item|question|---)(.+?) \| .+? \| (.+?) \|$/gm)].map(
  ([, asked = '', held = '']) => ({ asked, files: [...held.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file) }),
);

describe('SECURITY.md', () => {
  it('answers each of the twenty items of Electron’s checklist, in order', () => {
    const items = ROWS.flatMap(({ asked }) => /^(\d+) /.exec(asked)?.[1] ?? []);
    expect(items).toEqual(Array.from({ length: 20 }, (_, index) => String(index + 1)));
  });

  it.each(ROWS)('names for “$asked” tests or fuzzers that exist', ({ files }) => {
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      expect(file).toMatch(/\.(test|spec)\.tsx?$|^e2e\/fuzz\//);
      expect(existsSync(resolve(ROOT, file)), file).toBe(true);
    }
  });
});

describe('the version of Electron', () => {
  it('is one, written down exactly, and the one that is installed', () => {
    const read = (path: string) => JSON.parse(readFileSync(resolve(ROOT, path), 'utf8')) as Record<string, unknown>;
    const { electron } = read('package.json')['devDependencies'] as Record<string, string>;
    expect(electron).toMatch(/^\d+\.\d+\.\d+$/);
    expect(read('node_modules/electron/package.json')['version']).toBe(electron);
  });
});
