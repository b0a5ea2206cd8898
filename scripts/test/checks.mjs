/**
 * One Node script and its parameters, from the root of the checkout.
 * @typedef {readonly string[]} Script
 */

/**
 * A check: scripts to run, and what must have been made before.
 * @typedef {object} Check
 * @property {readonly (readonly Script[])[]} rounds One round after another; the scripts of a round side by side.
 * @property {Script} [chosen] Runs what parameters choose of the check, as one script; default: the only one of its rounds.
 * @property {'nothing' | 'addon' | 'build'} needs
 * @property {boolean} [onlyLinux] It needs Linux network namespaces.
 * @property {boolean} [onlyByName] Not part of `npm test`.
 * @property {boolean} [needsElectron] It needs the real Electron.
 * @property {Record<string, string>} [environment]
 */

/** Every one makes a lab network of its own, so that two at once do not count each other's packets. */
const lab = ['e2e/lab/run-in-lab.ts', process.execPath];
/** Biome colours every letter of a difference, also in a log. */
const colors = process.stdout.isTTY ? [] : ['--colors=off'];
const vitest = ['node_modules/vitest/vitest.mjs', 'run'];
const crash = ['e2e/crash/crash-test.ts'];
const fuzz = ['e2e/fuzz/fuzz.ts'];
/** As much as some ten seconds hold, the same each time. */
const someFuzz = [...fuzz, '--seed=1', '--messages=10000', '--files=100'];
const sanitizers = ['native/test/run-sanitizers.mjs'];
const playwright = ['node_modules/playwright/cli.js', 'test'];

/** @param {readonly string[]} names @returns {string[]} */
function projects(...names) {
  return names.flatMap((name) => ['--project', name]);
}

/** @type {Record<string, Check>} */
export const CHECKS = {
  format: { rounds: [[['node_modules/@biomejs/biome/bin/biome', 'ci', ...colors, '.']]], needs: 'nothing' },
  layers: { rounds: [[['scripts/check-layers.ts']]], needs: 'nothing' },
  types: { rounds: [[['node_modules/typescript/bin/tsc', '--build']]], needs: 'addon' },
  // Left to itself Vitest keeps a core free, which on two cores is one worker.
  unit: { rounds: [[[...vitest, '--maxWorkers=2', ...projects('unit', 'renderer')]]], needs: 'addon' },
  build: { rounds: [[['scripts/build.mjs']], [['scripts/check-built.ts']]], needs: 'addon' },
  // The first two leave a core idle for much of their time.
  robustness: {
    rounds: [process.platform === 'linux' ? [crash, sanitizers, someFuzz] : [crash, someFuzz]],
    needs: 'addon',
  },
  crash: { rounds: [[crash]], needs: 'nothing', onlyByName: true },
  fuzz: { rounds: [[fuzz]], needs: 'addon', onlyByName: true },
  sanitizers: { rounds: [[sanitizers]], needs: 'nothing', onlyLinux: true, onlyByName: true },
  kernel: {
    // Most of these tests wait. Those that measure, or see what the whole machine does, come after the others, alone.
    rounds: [
      [1, 2, 3, 4].map((part) => [...lab, ...vitest, ...projects('kernel'), `--shard=${part}/4`, '--no-cache']),
      [[...lab, ...vitest, ...projects('kernel-alone')]],
    ],
    chosen: [...lab, ...vitest, ...projects('kernel', 'kernel-alone')],
    needs: 'build',
    onlyLinux: true,
  },
  e2e: {
    // A page waits for rounds of probes for a third of its time.
    rounds: [
      [['browser', '--shard=1/2'], ['browser', '--shard=2/2'], ['desktop']].map(([host = '', ...part], index) => [
        ...lab,
        ...playwright,
        ...projects(host),
        ...part,
        `--output=artifacts/playwright/${index + 1}`,
      ]),
    ],
    chosen: [...lab, ...playwright],
    needs: 'build',
    onlyLinux: true,
  },
  'e2e-electron': {
    rounds: [[[...lab, ...playwright, ...projects('desktop')]]],
    needs: 'build',
    onlyLinux: true,
    onlyByName: true,
    needsElectron: true,
    environment: { HOPSCOPE_REAL_ELECTRON: '1' },
  },
};
