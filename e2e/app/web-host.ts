import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const CHECKOUT = join(import.meta.dirname, '../..');

/** A browser host of its own process, as a person starts it. */
export interface WebHostProcess {
  /** The printed URL, the token included. */
  readonly url: string;
  /** Ends it as Ctrl-C does; resolves with its exit code, or the signal that ended it. */
  interrupt(): Promise<number | NodeJS.Signals | null>;
}

/**
 * Starts the built `hopscope serve`, on a free port unless told, in the network or in a scenario, with settings of its own
 * unless told and with more options, and waits for the line with its URL.
 */
export async function startWebHostProcess(
  port = 0,
  scenario: string | null = null,
  configFolder: string | null = null,
  options: readonly string[] = [],
): Promise<WebHostProcess> {
  // Never the settings and sessions of whoever runs the tests.
  const ownFolder = configFolder ?? mkdtempSync(join(tmpdir(), 'hopscope-config-'));
  const simulated = scenario === null ? [] : ['--simulate', scenario];
  const host = spawn(
    process.execPath,
    [join(CHECKOUT, 'out/main/cli.js'), 'serve', '--port', String(port), ...simulated, ...options],
    {
      cwd: CHECKOUT,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, HOPSCOPE_CONFIG_DIR: ownFolder, HOPSCOPE_DATA_DIR: ownFolder },
    },
  );
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
    host.once('exit', (code, signal) => resolve(code ?? signal));
  });
  if (configFolder === null) void ended.then(() => rmSync(ownFolder, { recursive: true, force: true }));
  const printed = new Promise<string>((resolve, reject) => {
    createInterface(host.stdout).once('line', resolve);
    void ended.then((code) => reject(new Error(`the browser host ended with ${code}`)));
  });
  const url = /^Hopscope is at (\S+)$/.exec(await printed)?.[1];
  if (url === undefined) throw new Error(`the browser host printed no URL: ${await printed}`);
  return {
    url,
    interrupt: () => {
      host.kill('SIGINT');
      return ended;
    },
  };
}
