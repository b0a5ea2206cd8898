import { outputOf } from './contenders.ts';

/** What one run of one program came to. */
export interface Outcome {
  readonly answered: number;
  /** Ours and net-ping's: of the loop, without Node's start. Of other programs: of the whole run. */
  readonly elapsedMs: number;
  readonly cpuMs: number;
}

/** Runs a script of ours under Node; the last thing it prints is its outcome as JSON. */
export async function runNode(node: string, parameters: readonly string[]): Promise<Outcome> {
  const output = await outputOf(node, parameters);
  return JSON.parse(output.slice(output.indexOf('{')));
}

/** Runs a command line and gives what it printed, how long it took, and how much of the processors. */
export async function runTimed(
  commandLine: string,
): Promise<{ readonly output: string; readonly elapsedMs: number; readonly cpuMs: number }> {
  const output = await outputOf('bash', ['-c', `TIMEFORMAT='times %R %U %S'; time ${commandLine}`]);
  const [real, user, system] = (/times ([\d.]+) ([\d.]+) ([\d.]+)/.exec(output) ?? [])
    .slice(1)
    .map((text) => Number(text) * 1_000);
  return { output, elapsedMs: real ?? Number.NaN, cpuMs: (user ?? Number.NaN) + (system ?? Number.NaN) };
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
