/** `npm run build`: everything that runs, into out/, and the library's type declarations into out/types. */
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ADDON, ensureNative } from './build-native.mjs';
import { newestChange } from './newest-change.mjs';

const ROOT = resolve(import.meta.dirname, '..');
/** Written last, so that their ages are those of complete results: of the programs, and of the declarations. */
const BUNDLED = join(ROOT, 'out/.bundled');
const DECLARED = join(ROOT, 'out/.declared');
/** This machine's, as the loader names it. */
const TARGET = `${process.platform}-${process.arch}`;
/**
 * The addon that goes into out/: the one compiled here, or, of the folder in HOPSCOPE_ADDONS, the one that
 * `npm run build:prebuilds -- FOLDER` built ahead for this system. Releases are made with those.
 */
const PLACED =
  process.env.HOPSCOPE_ADDONS === undefined
    ? ADDON
    : resolve(ROOT, process.env.HOPSCOPE_ADDONS, 'prebuilds', TARGET, 'hopscope.node');
const PLACE = join(ROOT, 'out/main/prebuilds', TARGET, 'hopscope.node');
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
  if (!existsSync(PLACED)) {
    console.error(`HOPSCOPE_ADDONS names a folder without ${PLACED}: make it with npm run build:prebuilds.`);
    return false;
  }
  if (!run('electron-vite/bin/electron-vite.js', ['build', '--logLevel', 'warn'], quiet)) return false;
  chmodSync(join(ROOT, 'out/main/cli.js'), 0o755);
  // Where the loader looks first, so that what is in out/ needs nothing beside it.
  mkdirSync(dirname(PLACE), { recursive: true });
  copyFileSync(PLACED, PLACE);
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
  return made >= newestChange([...INPUTS.map((name) => join(ROOT, name)), PLACED]);
}

/** Whether the addon in out/ is the one that should be: the other may be older than what it is to replace. */
function isPlaced() {
  return existsSync(PLACED) && existsSync(PLACE) && readFileSync(PLACED).equals(readFileSync(PLACE));
}

/**
 * Makes the programs, without a word, when there are none or they are older than what they were made from.
 * @returns {boolean} whether they are there now; if not, the reason has been printed.
 */
export function ensurePrograms() {
  return ensureNative() && ((isCurrent(BUNDLED) && isPlaced()) || bundle(true));
}

/** The programs and the library's declarations, likewise. */
export function ensureBuild() {
  return ensurePrograms() && (isCurrent(DECLARED) || declare(true));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.exitCode = ensureNative() && bundle(false) && declare(false) ? 0 : 1;
}
