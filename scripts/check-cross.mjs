/**
 * `npm run check:cross`: builds the addon for every system and architecture that it has a backend for, with Zig, and
 * runs the Windows one under wine over loopback and the kernel lab. `-- TARGET...` (`win32-x64`) builds only those.
 * What it needs, half a gigabyte at fixed versions, it fetches into a cache folder the first time. On Linux x64 only.
 */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { buildAddon, zig } from './cross/build-addon.mjs';
import { runUnderWine } from './cross/run-under-wine.mjs';
import { TARGETS, targetName } from './cross/targets.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const NATIVE = join(ROOT, 'native');

/** Programs that read what Windows hands over, without Windows: wine's is one more compiler and C library to try. */
const PORTABLE_TESTS = [
  { name: 'echo_reply_test', sources: ['windows/echo_reply.cpp', 'windows/echo_status.cpp'] },
  { name: 'icmp_message_test', sources: ['darwin/icmp_message.cpp'] },
];

/** @param {string} sentence @returns {never} */
function giveUp(sentence) {
  console.error(sentence);
  process.exit(1);
}

/** @returns {Promise<readonly string[]>} the programs, compiled for Windows. */
async function buildPortableTests() {
  const folder = join(NATIVE, 'build/cross/win32-x64');
  mkdirSync(folder, { recursive: true });
  return Promise.all(
    PORTABLE_TESTS.map(async ({ name, sources }) => {
      const made = join(folder, `${name}.exe`);
      // With -O2 and -s as the addon has them: for others Zig would compile its libraries once more.
      const failure = await zig([
        ...[
          'c++',
          '-target',
          'x86_64-windows-gnu',
          '-std=c++20',
          '-O2',
          '-s',
          '-Wall',
          '-Wextra',
          '-Wpedantic',
          '-Werror',
        ],
        ...[`-I${NATIVE}/src`, `-I${NATIVE}/test`, join(NATIVE, 'test', `${name}.cpp`)],
        ...[...sources.map((source) => join(NATIVE, 'src', source)), '-o', made],
      ]);
      return failure === null ? made : giveUp(failure);
    }),
  );
}

if (process.platform !== 'linux' || process.arch !== 'x64') giveUp('The cross builds are made on Linux x64.');
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !TARGETS.some((target) => targetName(target) === name));
if (unknown.length > 0) {
  giveUp(`There is no target ${unknown.join(', ')}. There are: ${TARGETS.map(targetName).join(', ')}.`);
}
const targets = TARGETS.filter((target) => asked.length === 0 || asked.includes(targetName(target)));
/** @type {string[]} */
const table = [];
let allHeld = true;
/** @param {string} name @param {boolean} held @param {number} started */
function note(name, held, started) {
  allHeld &&= held;
  table.push(
    `${name.padEnd(14)} ${held ? 'held' : 'FAILED'} (${((performance.now() - started) / 1_000).toFixed(1)} s)`,
  );
}
for (const target of targets) {
  const started = performance.now();
  const { addon, failures } = await buildAddon(target);
  for (const failure of failures) console.error(failure);
  note(targetName(target), failures.length === 0, started);
  if (failures.length > 0 || targetName(target) !== 'win32-x64') continue;
  const runStarted = performance.now();
  note('under wine', runUnderWine(addon, await buildPortableTests()), runStarted);
}
console.log(`\n${table.join('\n')}`);
process.exit(allHeld ? 0 : 1);
