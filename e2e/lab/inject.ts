import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';

const SOURCE = join(import.meta.dirname, 'inject.cc');
const BUILD_FOLDER = join(import.meta.dirname, '../../artifacts/inject');

/** One step of an injection: a whole IP packet, or a pause in milliseconds. */
export type InjectionStep = Uint8Array | { readonly waitMs: number };

let program: string | undefined;

/** The compiled program; compiled at most once for each state of its source. */
function injector(): string {
  if (program !== undefined) return program;
  const version = createHash('sha256').update(readFileSync(SOURCE)).digest('hex').slice(0, 16);
  const path = join(BUILD_FOLDER, `inject-${version}`);
  if (!existsSync(path)) {
    mkdirSync(BUILD_FOLDER, { recursive: true });
    const unfinished = `${path}.${process.pid}`;
    const done = spawnSync('g++', ['-std=c++20', '-O1', '-Wall', '-Wextra', '-o', unfinished, SOURCE], {
      encoding: 'utf8',
    });
    if (done.error) throw done.error;
    if (done.status !== 0) throw new Error(`inject.cc does not compile: ${done.stderr}`);
    renameSync(unfinished, path);
  }
  program = path;
  return path;
}

function words(steps: readonly InjectionStep[]): string[] {
  return steps.map((step) => (step instanceof Uint8Array ? Buffer.from(step).toString('hex') : `wait:${step.waitMs}`));
}

/** Sends packets, exactly as they are, from the client's namespace, and returns when they are on their way. */
export function inject(...steps: readonly InjectionStep[]): void {
  const done = spawnSync(injector(), words(steps), { encoding: 'utf8' });
  if (done.error) throw done.error;
  if (done.status !== 0) throw new Error(`The packet could not be injected: ${done.stderr.trim()}`);
}

/** Does the same beside the test, which may block its thread meanwhile; await the result after that. */
export async function injectMeanwhile(...steps: readonly InjectionStep[]): Promise<void> {
  const child = spawn(injector(), words(steps), { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`The packet could not be injected: exit code ${code}`);
}
