import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ELECTRON = join(import.meta.dirname, '../../node_modules/electron');
/** There since a download failed, so that not every start waits for the same failure. `npm ci` removes it. */
const FAILED = join(import.meta.dirname, '../../node_modules/.cache/hopscope/electron-download-failed');
const PLACES = { installer: join(ELECTRON, 'install.js'), failedMark: FAILED };
/** 120 MB on a line of 8 Mbit/s; a line that is silently cut must not hold up a start or an installation for long. */
const DOWNLOAD_LIMIT_MS = 2 * 60_000;

/** What a person does about a download that failed. */
export const ELECTRON_CURE = 'to try again: npx install-electron --no';

/**
 * Path of the Electron program, or null when it is not installed. ELECTRON_EXEC_PATH names another one to use.
 * @returns {string | null}
 */
export function findElectron() {
  const chosen = process.env.ELECTRON_EXEC_PATH;
  if (chosen !== undefined && chosen !== '') return chosen;
  const pathFile = join(ELECTRON, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const program = join(ELECTRON, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(program) ? program : null;
}

/**
 * Downloads the Electron program, says so first, and remembers a failure.
 * @param {{ installer: string, failedMark: string }} [places] of Electron's own downloader and of the remembered failure
 * @returns {string | null} its path, or null when it cannot be had.
 */
export function downloadElectron({ installer, failedMark } = PLACES) {
  if (!existsSync(installer)) return null;
  console.log('Downloading Electron…');
  const { status } = spawnSync(process.execPath, [installer], { stdio: 'ignore', timeout: DOWNLOAD_LIMIT_MS });
  const found = findElectron();
  if (status === 0 && found !== null) {
    rmSync(failedMark, { force: true });
  } else {
    mkdirSync(dirname(failedMark), { recursive: true });
    writeFileSync(failedMark, '');
  }
  return found;
}

/**
 * The Electron program, downloaded when it is not there yet, unless that has failed before.
 * @param {{ installer: string, failedMark: string }} [places] as above
 * @returns {string | null} its path, or null when it cannot be had.
 */
export function ensureElectron(places = PLACES) {
  return findElectron() ?? (existsSync(places.failedMark) ? null : downloadElectron(places));
}
