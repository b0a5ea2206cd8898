import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import type { Place } from './addresses.ts';

const CHECKOUT = join(import.meta.dirname, '../..');
const NATIVE_LOADER = join(CHECKOUT, 'scripts/native-loader.mjs');
/** User and group `nobody`. */
const NOBODY = '65534';
/** Longer than any single kernel test waits. */
const OUTPUT_TIMEOUT_MS = 30_000;

/** What a finished process left behind. */
export interface Finished {
  /** Exit code, or null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * What the lab may do: `root` is the machine's own user 0, who can become other users; in a `user-namespace` there is
 * only user 0 and its group, so an unprivileged run can only give up the capabilities.
 */
export function labRights(): 'root' | 'user-namespace' {
  return process.env.HOPSCOPE_LAB_RIGHTS === 'root' ? 'root' : 'user-namespace';
}

/** Runs a command in another place of the lab and waits for it. Throws with its own words when it fails. */
export function inNamespace(place: Place, command: string, ...parameters: readonly string[]): string {
  const done = spawnSync('ip', ['netns', 'exec', place, command, ...parameters], { encoding: 'utf8' });
  if (done.error) throw done.error;
  if (done.status !== 0) throw new Error(`${command} in ${place} ended with ${done.status}: ${done.stderr.trim()}`);
  return done.stdout;
}

function canNobodyRead(): boolean {
  const check = ['--reuid', NOBODY, '--regid', NOBODY, '--clear-groups', process.execPath, '--check', NATIVE_LOADER];
  return spawnSync('setpriv', check).status === 0;
}

let unprivileged: readonly string[] | undefined;

/**
 * The words to put before a command so that it runs without any capability: as user nobody when the lab is real root
 * and nobody can read the checkout, else as user 0 with every capability dropped.
 */
export function withoutPrivileges(): readonly string[] {
  unprivileged ??= [
    'setpriv',
    ...(labRights() === 'root' && canNobodyRead() ? ['--reuid', NOBODY, '--regid', NOBODY, '--clear-groups'] : []),
    ...['--bounding-set=-all', '--inh-caps=-all', '--ambient-caps=-all'],
  ];
  return unprivileged;
}

/**
 * Runs a script of the checkout (TypeScript or JavaScript, path relative to the checkout or absolute) without
 * privileges in the client's namespace. Resolves with whatever it left, also when it failed; rejects only when it
 * cannot be started.
 */
export function runUnprivileged(script: string, ...parameters: readonly string[]): Promise<Finished> {
  accessSync(join(CHECKOUT, script), constants.R_OK);
  const [command = '', ...words] = withoutPrivileges();
  return finished(command, [...words, process.execPath, '--import', NATIVE_LOADER, script, ...parameters]);
}

/** Runs a command in the client's namespace, from the checkout's root, and gives everything it left. */
export function finished(command: string, parameters: readonly string[]): Promise<Finished> {
  const { promise, resolve, reject } = Promise.withResolvers<Finished>();
  const child = spawn(command, parameters, {
    cwd: CHECKOUT,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: OUTPUT_TIMEOUT_MS,
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  child.on('error', reject);
  child.on('close', (code) => resolve({ code, ...output }));
  return promise;
}

let firewallCount = 0;

/**
 * Holds nftables rules in a place (null: the client itself) while `body` runs, and removes them whatever happens.
 *
 * @param rules the inside of one `table inet`, for example
 *   `chain forward { type filter hook forward priority 0; icmp type echo-request drop; }`.
 */
export async function withFirewall<T>(place: Place | null, rules: string, body: () => Promise<T> | T): Promise<T> {
  firewallCount += 1;
  const table = `lab_${process.pid}_${firewallCount}`;
  const nft = (input: string): void => {
    const [command = '', ...words] = place === null ? ['nft'] : ['ip', 'netns', 'exec', place, 'nft'];
    const done = spawnSync(command, [...words, '-f', '-'], { input: `${input}\n`, encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`nft: ${done.stderr}`);
  };
  nft(`table inet ${table} {\n${rules.replaceAll('}', '\n}')}\n}`);
  try {
    return await body();
  } finally {
    nft(`delete table inet ${table}`);
  }
}
