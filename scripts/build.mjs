/** `npm run build`: everything that runs, into out/, and the library's type declarations into out/types. */
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ADDON, ensureNative } from './build-native.mjs';
import { newestChange } from './newest-change.mjs';

const ROOT = resolve(import.meta.dirname, '..');
/** Written last, so that their ages are those of complete results: of the programs, and of the declarations. */
const BUNDLED = join(ROOT, 'out/.bundled');
const DECLARED = join(ROOT, 'out/.declared');
const INPUTS = ['src', 'resources', 'package.json', 'electron.vite.config.ts', 'tsconfig.library.json'];

/**
 * Runs a tool of node_modules; prints what it said when it fails.
 * @param {string} script @param {readonly string[]} parameters @param {boolean} quiet
 */
function run(script, parameters, quiet) {
  const done = spawnSync(process.execPath, [join(ROOT, 'node_modules', script), ...parameters], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: quiet ? 'pipe' : 'inherit',
  });
  if (done.status === 0) return true;
  if (quiet) console.error(`${done.stdout}${done.stderr}`);
  console.error('The build failed; the reason is above.');
  return false;
}

/** @param {boolean} quiet */
function bundle(quiet) {
  if (!run('electron-vite/bin/electron-vite.js', ['build', '--logLevel', 'warn'], quiet)) return false;
  chmodSync(join(ROOT, 'out/main/cli.js'), 0o755);
  // Where the loader looks first, so that what is in out/ needs nothing beside it.
  const place = join(ROOT, 'out/main/prebuilds', `${process.platform}-${process.arch}`);
  mkdirSync(place, { recursive: true });
  copyFileSync(ADDON, join(place, 'hopscope.node'));
  writeFileSync(BUNDLED, '');
  return true;
}

/** @param {boolean} quiet */
function declare(quiet) {
  rmSync(join(ROOT, 'out/types'), { recursive: true, force: true });
  if (!run('typescript/bin/tsc', ['--project', 'tsconfig.library.json'], quiet)) return false;
  writeFileSync(DECLARED, '');
  return true;
}

/** @param {string} stamp */
function isCurrent(stamp) {
  const made = statSync(stamp, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return made >= newestChange([...INPUTS.map((name) => join(ROOT, name)), ADDON]);
}

/**
 * Makes the programs, without a word, when there are none or they are older than what they were made from.
 * @returns {boolean} whether they are there now; if not, the reason has been printed.
 */
export function ensurePrograms() {
  return ensureNative() && (isCurrent(BUNDLED) || bundle(true));
}

/** The programs and the library's declarations, likewise. */
export function ensureBuild() {
  return ensurePrograms() && (isCurrent(DECLARED) || declare(true));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.exitCode = ensureNative() && bundle(false) && declare(false) ? 0 : 1;
}
