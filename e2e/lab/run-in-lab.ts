/**
 * `node e2e/lab/run-in-lab.ts COMMAND [ARGUMENT...]` runs a command as the client of the lab network and exits with
 * its code, or with 125 and a sentence when the network cannot be made. README.md in this folder draws the network.
 *
 * The command gets its own process, mount and network namespaces (and a user namespace when the caller is not root).
 * Their first process is inside-lab.ts; the kernel ends everything in them when it ends. It ends when the command
 * does, and when the pipe to this process closes, so that even SIGKILL here leaves nothing behind.
 */
import { spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { ADMINISTRATION_PATH } from '../../scripts/set-up/find-program.mjs';
import { EXIT_CODE_NO_LAB, LIFELINE, READY } from './lifeline.ts';

const FORWARDED = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const;

function fail(sentence: string): never {
  console.error(`The lab cannot be made: ${sentence}`);
  process.exit(EXIT_CODE_NO_LAB);
}

function runInLab(command: readonly string[]): void {
  const isRoot = process.getuid?.() === 0;
  const lab = spawn(
    'unshare',
    [
      ...(isRoot ? [] : ['--user', '--map-root-user']),
      ...['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'],
      ...[process.execPath, join(import.meta.dirname, 'inside-lab.ts'), ...command],
    ],
    {
      stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
      // On Debian an ordinary user's PATH lacks the folders of `ip` and `nft`.
      env: { ...process.env, PATH: [process.env.PATH, ...ADMINISTRATION_PATH].join(delimiter) },
    },
  );
  lab.on('error', (error: NodeJS.ErrnoException) =>
    fail(error.code === 'ENOENT' ? '`unshare` is missing (package util-linux).' : `${error.syscall}: ${error.code}.`),
  );
  const lifeline = lab.stdio[LIFELINE];
  if (!(lifeline instanceof Socket)) fail('it has no pipe to this process.');
  let isReady = false;
  lifeline.on('data', (data) => {
    isReady ||= data.toString().includes(READY);
  });
  // A signal may find the lab gone already; its exit code then says so.
  lifeline.on('error', () => {});
  for (const signal of FORWARDED) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to the command itself as well.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) lifeline.write(`${signal}\n`);
    });
  }
  lab.on('close', (code, signal) => {
    if (isReady) process.exit(code ?? 128 + constants.signals[signal ?? 'SIGKILL']);
    fail(
      isRoot
        ? 'see the message above. It needs the right to make network, mount and process namespaces (CAP_SYS_ADMIN).'
        : 'see the message above. Either run this as root, or allow unprivileged user namespaces ' +
            '(kernel.unprivileged_userns_clone=1, kernel.apparmor_restrict_unprivileged_userns=0).',
    );
  });
}

const command = process.argv.slice(2);
if (command.length === 0) fail('no command was given. Usage: node e2e/lab/run-in-lab.ts COMMAND [ARGUMENT...]');
if (process.platform !== 'linux') fail(`it needs Linux network namespaces, and this is ${process.platform}.`);
runInLab(command);
