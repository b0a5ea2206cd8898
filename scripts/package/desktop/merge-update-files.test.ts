import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { mergeUpdateFiles } from './merge-update-files.ts';

const entry = (arch: string) => ({ url: `hopscope-1.0.0-win-${arch}-setup.exe`, sha512: `${arch}==`, size: 9 });
/** As electron-builder 26.17 writes it. */
const file = (arch: string, version = '1.0.0') => `version: ${version}
files:
  - url: ${entry(arch).url}
    sha512: ${entry(arch).sha512}
    size: 9
path: ${entry(arch).url}
sha512: ${entry(arch).sha512}
releaseDate: '2026-11-28T16:00:00.000Z'
`;

it('joins the files of two processors, x64 first, for whoever finds none of its own', () => {
  const joined = parse(mergeUpdateFiles([file('arm64'), file('x64')]));
  expect(joined).toEqual({
    version: '1.0.0',
    files: [entry('x64'), entry('arm64')],
    path: entry('x64').url,
    sha512: 'x64==',
    releaseDate: '2026-11-28T16:00:00.000Z',
  });
});

it('refuses files of different versions, and none at all', () => {
  expect(() => mergeUpdateFiles([file('x64'), file('arm64', '1.0.1')])).toThrow('1.0.0 and 1.0.1');
  expect(() => mergeUpdateFiles([])).toThrow('no file of updates');
});

it('joins the files of every channel that it finds, and leaves electron-builder’s notes where they are', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hopscope-merge-'));
  try {
    for (const arch of ['arm64', 'x64']) {
      mkdirSync(join(folder, arch));
      writeFileSync(join(folder, arch, 'beta.yml'), file(arch, '1.0.0-beta.1'));
      writeFileSync(join(folder, arch, 'builder-debug.yml'), 'x64:\n  firstOrDefaultFilePatterns: []\n');
    }
    const script = join(import.meta.dirname, 'merge-update-files.ts');
    const made = join(folder, 'release');
    const said = spawnSync(process.execPath, [script, folder, made], { encoding: 'utf8' });
    expect(said).toMatchObject({ status: 0, stdout: 'beta.yml: 2 joined\n' });
    expect(readdirSync(made)).toEqual(['beta.yml']);
    expect(parse(readFileSync(join(made, 'beta.yml'), 'utf8')).files).toEqual([entry('x64'), entry('arm64')]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
