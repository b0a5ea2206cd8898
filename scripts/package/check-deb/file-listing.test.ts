import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { compareListings, listFiles } from './file-listing.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'hopscope-listing-'));
  for (const folder of ['etc', 'usr/bin', 'var/cache/debconf', 'var/lib/dpkg/info', 'proc']) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  writeFileSync(join(root, 'etc/hosts'), 'a');
  symlinkSync('a', join(root, 'usr/bin/link'));
});
afterEach(() => rmSync(root, { recursive: true }));

it('tells what has come, gone or changed on a disk', () => {
  const before = listFiles(root);
  expect(compareListings(before, listFiles(root))).toEqual([]);
  rmSync(join(root, 'usr/bin/link'));
  writeFileSync(join(root, 'etc/hosts'), 'b');
  writeFileSync(join(root, 'var/lib/dpkg/info/hopscope.list'), '');
  expect(compareListings(before, listFiles(root))).toEqual([
    expect.stringMatching(/^changed: \/etc\/hosts \(file \d+ /),
    'gone: /usr/bin/link',
    'new: /var/lib/dpkg/info/hopscope.list',
  ]);
});

it('passes over what the package manager writes for itself, and what is on no disk', () => {
  const before = listFiles(root);
  writeFileSync(join(root, 'var/lib/dpkg/status'), 'x');
  mkdirSync(join(root, 'var/cache/debconf/tmp.ci'));
  writeFileSync(join(root, 'proc/1'), '');
  expect(compareListings(before, listFiles(root))).toEqual([]);
});
