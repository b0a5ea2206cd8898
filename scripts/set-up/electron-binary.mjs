import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ELECTRON = join(import.meta.dirname, '../../node_modules/electron');
/** A slow line needs minutes for 120 MB; a line that is silently cut must not hold up an installation for ever. */
const DOWNLOAD_LIMIT_MS = 10 * 60_000;

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
 * Downloads the Electron program when it is not there yet.
 * @returns {string | null} its path, or null when it cannot be had.
 */
export function ensureElectron() {
  const found = findElectron();
  if (found !== null) return found;
  const installer = join(ELECTRON, 'install.js');
  if (!existsSync(installer)) return null;
  spawnSync(process.execPath, [installer], { stdio: 'ignore', timeout: DOWNLOAD_LIMIT_MS });
  return findElectron();
}
