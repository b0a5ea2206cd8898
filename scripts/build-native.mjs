/** `npm run build:native`: compiles the native addon into native/build/Release/hopscope.node. */
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { newestChange } from './newest-change.mjs';

const ROOT = resolve(import.meta.dirname, '..');
export const ADDON = join(ROOT, 'native/build/Release/hopscope.node');

/** Node's own headers when they came with it (as with Node's archives and version managers), so that nothing is downloaded. */
function headers() {
  const prefix = dirname(dirname(process.execPath));
  return existsSync(join(prefix, 'include/node/node_api.h')) ? [`--nodedir=${prefix}`] : [];
}

/**
 * @param {{ quiet: boolean }} options
 * @returns {boolean} whether it could be compiled; if not, the compiler's words have been printed.
 */
export function buildNative({ quiet }) {
  const nodeGyp = join(ROOT, 'node_modules/node-gyp/bin/node-gyp.js');
  const done = spawnSync(
    process.execPath,
    [nodeGyp, 'configure', 'build', '-C', 'native', '--jobs', String(availableParallelism()), ...headers()],
    { cwd: ROOT, encoding: 'utf8', stdio: quiet ? 'pipe' : 'inherit' },
  );
  if (done.status === 0) return true;
  if (quiet) console.error(`${done.stdout}${done.stderr}`);
  console.error('The native addon could not be compiled; the compiler’s own words are above.');
  return false;
}

/**
 * Compiles the addon when it is missing or older than its sources.
 * @returns {boolean} whether there is one now.
 */
export function ensureNative() {
  const sources = [join(ROOT, 'native/src'), join(ROOT, 'native/binding.gyp')];
  const isCurrent = existsSync(ADDON) && statSync(ADDON).mtimeMs >= newestChange(sources);
  return isCurrent || buildNative({ quiet: true });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.exitCode = buildNative({ quiet: false }) ? 0 : 1;
}
