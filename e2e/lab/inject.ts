import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { labProgram } from './lab-programs.ts';

/** One step of an injection: a whole IP packet, or a pause in milliseconds. */
export type InjectionStep = Uint8Array | { readonly waitMs: number };

function words(steps: readonly InjectionStep[]): string[] {
  return steps.map((step) => (step instanceof Uint8Array ? Buffer.from(step).toString('hex') : `wait:${step.waitMs}`));
}

/** Sends packets, exactly as they are, from the client's namespace, and returns when they are on their way. */
export function inject(...steps: readonly InjectionStep[]): void {
  const done = spawnSync(labProgram('lab/inject.cc'), words(steps), { encoding: 'utf8' });
  if (done.error) throw done.error;
  if (done.status !== 0) throw new Error(`The packet could not be injected: ${done.stderr.trim()}`);
}

/** Does the same beside the test, which may block its thread meanwhile; await the result after that. */
export async function injectMeanwhile(...steps: readonly InjectionStep[]): Promise<void> {
  const child = spawn(labProgram('lab/inject.cc'), words(steps), { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`The packet could not be injected: exit code ${code}`);
}
