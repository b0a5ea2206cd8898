import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { downloadElectron, ensureElectron } from './electron-binary.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopscope-electron-'));
  vi.spyOn(console, 'log').mockImplementation(() => {});
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

/** A downloader that counts its runs in a file and ends with this code. */
function placesWithDownloader(code: number) {
  const runs = join(folder, 'runs');
  const installer = join(folder, 'install.cjs');
  writeFileSync(
    installer,
    `require('node:fs').appendFileSync(${JSON.stringify(runs)}, 'x'); process.exitCode = ${code};`,
  );
  return { places: { installer, failedMark: join(folder, 'cache/failed') }, runs: () => readFileSync(runs, 'utf8') };
}

it('remembers a download that failed, says each one, and tries again only when asked to', () => {
  const { places, runs } = placesWithDownloader(1);
  // Electron's program may be installed on this machine: whether it is found must not decide this test.
  vi.stubEnv('ELECTRON_EXEC_PATH', '');
  downloadElectron(places);
  expect(existsSync(places.failedMark)).toBe(true);
  ensureElectron(places);
  expect(runs()).toBe('x');
  downloadElectron(places);
  expect(runs()).toBe('xx');
  expect(vi.mocked(console.log).mock.calls).toEqual([['Downloading Electron…'], ['Downloading Electron…']]);
});

it('forgets the failure when a download succeeds', () => {
  const { places } = placesWithDownloader(0);
  writeFileSync(join(folder, 'failed'), '');
  vi.stubEnv('ELECTRON_EXEC_PATH', '/usr/bin/electron');
  expect(downloadElectron({ ...places, failedMark: join(folder, 'failed') })).toBe('/usr/bin/electron');
  expect(existsSync(join(folder, 'failed'))).toBe(false);
});
