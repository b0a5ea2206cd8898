/** Runs the cases of the Windows addon under wine, in the kernel lab, and what needs no Node. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { ensurePrograms } from '../set-up/packages.mjs';
import { ensureLab } from '../set-up-tests.mjs';
import { ensurePackage } from './pinned-packages.mjs';

const ROOT = resolve(import.meta.dirname, '../..');
const CROSS = join(ROOT, 'native/build/cross');
/** Debian's wine64 puts it where no PATH leads. */
const WINE_PATH = '/usr/lib/wine';
/** Debian's 64-bit one; `wineserver` is of a package that is not needed. */
const WINE_SERVER = 'wineserver64';
/** A stalled case must not hold up whoever waits for the table. */
const LONGEST_RUN_MS = 300_000;

/** What a program under wine sees as a path. @param {string} path */
function windowsPath(path) {
  return `Z:${path.replaceAll('/', '\\')}`;
}

/**
 * Of programs of Windows.
 * @param {string} prefix folder of that Windows @returns {NodeJS.ProcessEnv}
 */
function wineEnvironment(prefix) {
  return {
    ...process.env,
    WINEPREFIX: prefix,
    WINEARCH: 'win64',
    WINEDEBUG: '-all',
    // No window, no browser engine: nothing of them is needed or installed.
    DISPLAY: '',
    WINEDLLOVERRIDES: 'mscoree,mshtml=',
  };
}

/**
 * Ends what wine keeps running in that Windows for some seconds after a program. In the lab nothing may be left of
 * before: those services would send from outside. @param {NodeJS.ProcessEnv} environment
 */
function endServices(environment) {
  spawnSync(WINE_SERVER, ['--kill'], { env: environment, stdio: 'ignore' });
}

/**
 * Makes a Windows in an empty folder.
 * @param {NodeJS.ProcessEnv} environment
 * @returns {string | null} null, or a sentence with what went wrong.
 */
function makeWindows(environment) {
  // Node refuses to run on the Windows that wine is by default.
  for (const parameters of [
    ['wineboot', '-i'],
    ['winecfg', '-v', 'win10'],
  ]) {
    const done = spawnSync('wine64', parameters, { env: environment, stdio: 'ignore' });
    endServices(environment);
    if (done.status !== 0) return `wine64 ${parameters.join(' ')} failed (${done.error?.message ?? done.status}).`;
  }
  return null;
}

/**
 * Runs a Windows program, in the lab or outside, and gives what it printed: into a file, since Node cannot print into a
 * pipe there.
 * @param {string} program @param {readonly string[]} parameters @param {boolean} isInLab @param {NodeJS.ProcessEnv} env
 * @returns {{ readonly held: boolean, readonly said: string }}
 */
function runProgram(program, parameters, isInLab, env) {
  const folder = mkdtempSync(join(CROSS, 'run-'));
  try {
    const file = join(folder, 'said');
    const printed = openSync(file, 'w');
    const command = ['wine64', program, ...parameters];
    const lab = [process.execPath, join(ROOT, 'e2e/lab/run-in-lab.ts')];
    const [first = '', ...rest] = isInLab ? [...lab, ...command] : command;
    const done = spawnSync(first, rest, {
      env,
      stdio: ['ignore', printed, printed],
      timeout: LONGEST_RUN_MS,
    });
    endServices(env);
    return { held: done.status === 0, said: readFileSync(file, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A package as it is installed: sources, cases, and the addon where the loader looks for it. @param {string} addon */
function stage(addon) {
  const folder = join(CROSS, 'wine');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'prebuilds/win32-x64'), { recursive: true });
  cpSync(addon, join(folder, 'prebuilds/win32-x64/hopscope.node'));
  for (const part of ['src/contract', 'src/main/base', 'src/main/icmp', 'e2e/windows', 'e2e/lab/addresses.ts']) {
    cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  }
  return folder;
}

/**
 * Runs all cases over the addon, in Node under its own name and under another, as Electron's is.
 * @param {string} addon @param {readonly string[]} programs Windows programs that test what needs no Node
 * @returns {boolean} whether all held; what was seen has been printed.
 */
export function runUnderWine(addon, programs) {
  process.env.PATH = `${process.env.PATH}:${WINE_PATH}`;
  const missing = ensurePrograms([{ program: 'wine64', debianPackage: 'wine64' }]) ?? ensureLab();
  if (missing !== null) {
    console.error(missing);
    return false;
  }
  // Not kept beside the packages: wine works only in a folder of the account that it runs as, and that may change.
  const prefix = mkdtempSync(join(tmpdir(), 'hopscope-wine-'));
  const environment = wineEnvironment(prefix);
  try {
    const failure = makeWindows(environment);
    if (failure !== null) {
      console.error(failure);
      return false;
    }
    return runCases(addon, programs, environment);
  } finally {
    rmSync(prefix, { recursive: true, force: true });
  }
}

/** @param {string} addon @param {readonly string[]} programs @param {NodeJS.ProcessEnv} environment */
function runCases(addon, programs, environment) {
  const node = join(ensurePackage('node-for-windows'), 'bin/node.exe');
  const folder = stage(addon);
  const renamed = join(folder, 'MyApp.exe');
  cpSync(node, renamed);
  const cases = ['--no-warnings', '--experimental-strip-types', windowsPath(join(folder, 'e2e/windows/cases.ts'))];
  const runs = [
    ...programs.map((program) => ({ program, parameters: [], isInLab: false })),
    { program: node, parameters: cases, isInLab: true },
    { program: renamed, parameters: cases, isInLab: true },
  ];
  return runs
    .map(({ program, parameters, isInLab }) => {
      const { held, said } = runProgram(program, parameters, isInLab, environment);
      console.log(
        `── ${relative(ROOT, program).startsWith('..') ? 'node.exe' : relative(CROSS, program)}\n${said.trimEnd()}`,
      );
      return held;
    })
    .every((held) => held);
}
