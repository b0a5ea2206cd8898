/**
 * `npm test`: every check, cheapest first, and a table of what held. `node scripts/test.mjs STEP...` runs only the
 * named ones, after the builds that they need, and `node scripts/test.mjs STEP -- PARAMETER...` hands parameters to
 * one, as in `npm run test:kernel -- NAME`.
 */
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { ensureBuild } from './build.mjs';
import { ensureNative } from './build-native.mjs';
import { findElectron } from './set-up/electron-binary.mjs';
import { ensureTestTools } from './set-up-tests.mjs';
import { readChoice } from './test/read-choice.mjs';

const ROOT = resolve(import.meta.dirname, '..');
/** Vitest 5 and the TypeScript sources of the lab run on nothing older. */
const NEEDED_NODE = 24;

const lab = ['e2e/lab/run-in-lab.ts', process.execPath];
const vitest = 'node_modules/vitest/vitest.mjs';
/** Biome colours every letter of a difference, also in a log. */
const colors = process.stdout.isTTY ? [] : ['--colors=off'];
const playwright = ['node_modules/playwright/cli.js', 'test'];

/**
 * A check: the Node script to run, and what must have been made before.
 * @typedef {object} Step
 * @property {readonly string[]} command
 * @property {'nothing' | 'addon' | 'build'} needs
 * @property {boolean} [onlyLinux] It needs Linux network namespaces.
 * @property {boolean} [onlyByName] Not part of `npm test`.
 * @property {boolean} [needsElectron] It needs the real Electron.
 * @property {Record<string, string>} [environment]
 */

/** @type {Record<string, Step>} */
const STEPS = {
  format: { command: ['node_modules/@biomejs/biome/bin/biome', 'ci', ...colors, '.'], needs: 'nothing' },
  layers: { command: ['scripts/check-layers.ts'], needs: 'nothing' },
  types: { command: ['node_modules/typescript/bin/tsc', '--build'], needs: 'addon' },
  unit: { command: [vitest, 'run', '--project', 'unit', '--project', 'renderer'], needs: 'addon' },
  build: { command: ['scripts/build.mjs'], needs: 'addon' },
  sanitizers: { command: ['native/test/run-sanitizers.mjs'], needs: 'nothing', onlyLinux: true },
  kernel: { command: [...lab, vitest, 'run', '--project', 'kernel'], needs: 'build', onlyLinux: true },
  e2e: { command: [...lab, ...playwright], needs: 'build', onlyLinux: true },
  'e2e-electron': {
    command: [...lab, ...playwright, '--project', 'desktop'],
    needs: 'build',
    onlyLinux: true,
    onlyByName: true,
    needsElectron: true,
    environment: { HOPSCOPE_REAL_ELECTRON: '1' },
  },
};

/** @param {string} sentence @returns {never} */
function giveUp(sentence) {
  console.error(sentence);
  process.exit(1);
}

/** @param {Step} step @param {readonly string[]} more what the command is told besides */
function run({ command, needs, environment, needsElectron }, more) {
  if (needsElectron === true && findElectron() === null) {
    console.error('Electron’s program is not installed. Run: npx install-electron --no');
    return false;
  }
  if (needsElectron === true && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    console.error('The real Electron needs a display (DISPLAY or WAYLAND_DISPLAY). Run: xvfb-run npm run e2e:electron');
    return false;
  }
  if (needs === 'addon' && !ensureNative()) return false;
  if (needs === 'build' && !ensureBuild()) return false;
  const [script = '', ...parameters] = command;
  const env = { ...process.env, ...environment };
  return (
    spawnSync(process.execPath, [join(ROOT, script), ...parameters, ...more], { cwd: ROOT, env, stdio: 'inherit' })
      .status === 0
  );
}

/**
 * Runs the steps, all of them, and says of each whether it held.
 * @param {readonly string[]} names
 * @param {readonly string[]} more what the only one is told besides
 * @returns {boolean} whether all held.
 */
function runAll(names, more) {
  /** @type {string[]} */
  const table = [];
  let allHeld = true;
  for (const name of names) {
    const step = STEPS[name] ?? giveUp(`There is no check named ${name}. There are: ${Object.keys(STEPS).join(', ')}.`);
    if (step.onlyLinux === true && process.platform !== 'linux') {
      table.push(`${name.padEnd(14)} not run: it needs Linux`);
      continue;
    }
    console.log(`\n── ${name}`);
    const started = performance.now();
    const held = run(step, more);
    allHeld &&= held;
    table.push(
      `${name.padEnd(14)} ${held ? 'held' : 'FAILED'} (${((performance.now() - started) / 1_000).toFixed(1)} s)`,
    );
  }
  console.log(`\n${table.join('\n')}`);
  return allHeld;
}

if (Number(process.versions.node.split('.')[0]) < NEEDED_NODE) {
  giveUp(
    `The tests need Node ${NEEDED_NODE} or newer, and this is Node ${process.versions.node}. ` +
      'On Linux x64 `npm ci` brings it along; elsewhere install it from nodejs.org.',
  );
}
const choice = readChoice(process.argv.slice(2));
if (typeof choice === 'string') giveUp(choice);
const missing = ensureTestTools();
if (missing !== null) giveUp(missing);
const all = Object.keys(STEPS).filter((name) => STEPS[name]?.onlyByName !== true);
process.exit(runAll(choice.checks.length > 0 ? choice.checks : all, choice.parameters) ? 0 : 1);
