/**
 * First process inside the lab's namespaces, started by run-in-lab.ts only: builds the network, runs the command in
 * it, and exits with the command's code. When this process ends the kernel kills whatever is left in the lab.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { constants } from 'node:os';
import { addresses } from './addresses.ts';
import { buildNetwork } from './build-network.ts';
import { LIFELINE, READY } from './lifeline.ts';

/** Whether user 0 here is the machine's user 0, so that other users and groups exist. */
function isRealRoot(): boolean {
  const [inside, outside, count] = readFileSync('/proc/self/uid_map', 'utf8').trim().split(/\s+/).map(Number);
  return inside === 0 && outside === 0 && count === 4_294_967_295;
}

function runCommand(lifeline: Socket, name: string, parameters: readonly string[]): void {
  const command = spawn(name, parameters, {
    stdio: 'inherit',
    env: {
      ...process.env,
      HOPSCOPE_LAB: '1',
      HOPSCOPE_LAB_RIGHTS: isRealRoot() ? 'root' : 'user-namespace',
      HOPSCOPE_LAB_ADDRESSES: JSON.stringify(addresses),
    },
  });
  command.on('error', (error: NodeJS.ErrnoException) => {
    console.error(`${name} cannot be run in the lab: ${error.code}.`);
    process.exit(127);
  });
  command.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal ?? 'SIGKILL']));
  lifeline.on('data', (data) => {
    for (const signal of data.toString().trim().split('\n')) command.kill(signal as NodeJS.Signals);
  });
}

const lifeline = new Socket({ fd: LIFELINE });
lifeline.on('close', () => process.exit(128 + constants.signals.SIGKILL));
lifeline.on('error', () => {});
// The terminal's Ctrl-C also reaches this process; it waits for the command to end by itself.
process.on('SIGINT', () => {});
try {
  // A group outside the user namespace cannot be named in it.
  await buildNetwork(isRealRoot() ? '0 2147483647' : '0 0');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
lifeline.write(READY);
const [name, ...parameters] = process.argv.slice(2);
if (name !== undefined) runCommand(lifeline, name, parameters);
