import { spawn } from 'node:child_process';

/**
 * A Node script to run, with its parameters.
 * @typedef {object} Command
 * @property {string} name What its output is headed with.
 * @property {readonly string[]} words The script, absolute, and its parameters.
 * @property {Record<string, string>} [environment] Besides this process's own.
 */

/**
 * @typedef {object} Outcome
 * @property {boolean} held It ended with 0.
 * @property {string} said All that it printed; '' where it printed straight to a terminal.
 */

/** A terminal's Ctrl-C reaches the commands by itself; they end, and then we say what they said. */
const FORWARDED = /** @type {const} */ (['SIGTERM', 'SIGHUP']);

/**
 * Runs a command until it has ended, and says whether it held: ended with 0.
 * @param {Command} command
 * @param {string} folder where it runs
 * @param {((chunk: Buffer) => void) | null} hear takes what it prints; null: it prints for itself
 * @returns {Promise<boolean>}
 */
function run({ words, environment }, folder, hear) {
  const { promise, resolve, reject } = Promise.withResolvers();
  const child = spawn(process.execPath, words, {
    cwd: folder,
    env: { ...process.env, ...(process.stdout.isTTY && hear !== null ? { FORCE_COLOR: '1' } : {}), ...environment },
    stdio: hear === null ? 'inherit' : ['ignore', 'pipe', 'pipe'],
  });
  const forward = FORWARDED.map((signal) => /** @type {const} */ ([signal, () => child.kill(signal)]));
  for (const [signal, listener] of forward) process.on(signal, listener);
  if (hear !== null) for (const stream of [child.stdout, child.stderr]) stream?.on('data', hear);
  child.on('error', reject);
  child.on('close', (code) => {
    for (const [signal, listener] of forward) process.off(signal, listener);
    resolve(code === 0);
  });
  return promise;
}

/**
 * @param {Command} command @param {string} folder @param {(chunk: Buffer) => void} hear
 * @returns {Promise<Outcome>}
 */
async function runKept(command, folder, hear) {
  /** @type {Buffer[]} */
  const said = [];
  const held = await run(command, folder, (chunk) => {
    said.push(chunk);
    hear(chunk);
  });
  return { held, said: Buffer.concat(said).toString() };
}

/**
 * Runs commands at the same time, and tells how each ended, in their order. One alone prints as it goes; what several
 * print is shown whole when each has ended.
 * @param {readonly Command[]} commands
 * @param {string} folder where they run
 * @returns {Promise<readonly Outcome[]>}
 */
export async function runSideBySide(commands, folder) {
  const stay = () => {};
  process.on('SIGINT', stay);
  try {
    const [only] = commands;
    if (only !== undefined && commands.length === 1) {
      console.log(`\n── ${only.name}`);
      if (process.stdout.isTTY) return [{ held: await run(only, folder, null), said: '' }];
      return [await runKept(only, folder, (chunk) => process.stdout.write(chunk))];
    }
    console.log(`\nSide by side: ${commands.map(({ name }) => name).join(' · ')}`);
    return await Promise.all(
      commands.map(async (command) => {
        const outcome = await runKept(command, folder, () => {});
        process.stdout.write(`\n── ${command.name}\n${outcome.said}`);
        return outcome;
      }),
    );
  } finally {
    process.off('SIGINT', stay);
  }
}
