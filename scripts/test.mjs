/**
 * `npm test`: every check, cheapest first, and a table of what held. `node scripts/test.mjs CHECK...` runs only the
 * named ones, after the builds that they need, and `node scripts/test.mjs CHECK -- PARAMETER...` hands parameters to
 * one, as in `npm run test:kernel -- NAME`.
 */
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { ensureBuild } from './build.mjs';
import { ensureNative } from './build-native.mjs';
import { findElectron } from './set-up/electron-binary.mjs';
import { ensureTestTools } from './set-up-tests.mjs';
import { CHECKS } from './test/checks.mjs';
import { readChoice } from './test/read-choice.mjs';
import { runSideBySide } from './test/run-side-by-side.mjs';

/** @import { Check } from './test/checks.mjs' */

const ROOT = resolve(import.meta.dirname, '..');
/** Vitest 5 and the TypeScript sources of the lab run on nothing older. */
const NEEDED_NODE = 24;
const LINES_REPEATED = 60;

/** @param {string} sentence @returns {never} */
function giveUp(sentence) {
  console.error(sentence);
  process.exit(1);
}

/**
 * Makes what the check needs.
 * @param {Check} check
 * @returns {boolean} whether it is there now; if not, the reason has been printed.
 */
function ensureNeeds({ needs, needsElectron }) {
  if (needsElectron === true && findElectron() === null) {
    console.error('Electron’s program is not installed. Run: npx install-electron --no');
    return false;
  }
  if (needsElectron === true && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    console.error('The real Electron needs a display (DISPLAY or WAYLAND_DISPLAY). Run: xvfb-run npm run e2e:electron');
    return false;
  }
  switch (needs) {
    case 'nothing':
      return true;
    case 'addon':
      return ensureNative();
    case 'build':
      return ensureBuild();
  }
}

/**
 * What failed, and what it printed.
 * @type {{ readonly name: string, readonly said: string }[]}
 */
const failures = [];

/** Prints the ends of what failed once more: a log is read from its end, and some keep no more of it. */
function repeatFailures() {
  for (const { name, said } of failures) {
    console.log(
      `\n── ${name}: the end of what it said\n${said.trimEnd().split('\n').slice(-LINES_REPEATED).join('\n')}`,
    );
  }
}

/**
 * @param {string} name @param {Check} check
 * @param {readonly string[]} more what the check is told besides
 * @returns {Promise<boolean>} whether it held.
 */
async function run(name, check, more) {
  if (!ensureNeeds(check)) return false;
  const { chosen, environment = {} } = check;
  const rounds = more.length > 0 && chosen !== undefined ? [[chosen]] : check.rounds;
  let allHeld = true;
  for (const scripts of rounds) {
    const commands = scripts.map(([script = '', ...parameters], index) => ({
      name: scripts.length === 1 ? name : `${name}, ${index + 1} of ${scripts.length}`,
      words: [join(ROOT, script), ...parameters, ...more],
      environment,
    }));
    for (const [index, { held, said }] of (await runSideBySide(commands, ROOT)).entries()) {
      if (held) continue;
      allHeld = false;
      if (said !== '') failures.push({ name: commands[index]?.name ?? name, said });
    }
  }
  return allHeld;
}

/**
 * Runs the checks, all of them, and says of each whether it held.
 * @param {readonly string[]} names
 * @param {readonly string[]} more what the only one is told besides
 * @returns {Promise<boolean>} whether all held.
 */
async function runAll(names, more) {
  const started = performance.now();
  /** @type {string[]} */
  const table = [];
  let allHeld = true;
  /** @param {number} since */
  const passed = (since) => `${((performance.now() - since) / 1_000).toFixed(1)} s`;
  for (const name of names) {
    const check =
      CHECKS[name] ?? giveUp(`There is no check named ${name}. There are: ${Object.keys(CHECKS).join(', ')}.`);
    if (check.onlyLinux === true && process.platform !== 'linux') {
      table.push(`${name.padEnd(14)} not run: it needs Linux`);
      continue;
    }
    const checkStarted = performance.now();
    const held = await run(name, check, more);
    allHeld &&= held;
    table.push(`${name.padEnd(14)} ${held ? 'held' : 'FAILED'} (${passed(checkStarted)})`);
  }
  repeatFailures();
  console.log(`\n${table.join('\n')}\n${'in all'.padEnd(14)} ${passed(started)}`);
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
const all = Object.keys(CHECKS).filter((name) => CHECKS[name]?.onlyByName !== true);
process.exit((await runAll(choice.checks.length > 0 ? choice.checks : all, choice.parameters)) ? 0 : 1);
