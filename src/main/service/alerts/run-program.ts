import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { type ActionOutcome, PLACEHOLDERS, type Placeholder } from '../../../contract/alert-action.ts';
import { escapeControls } from '../../../contract/escape-controls.ts';
import { type Milliseconds, seconds } from '../../../contract/units.ts';
import type { Clock } from '../../base/clock.ts';

/** A program that takes longer is ended: rules are to tell, not to work. */
export const PROGRAM_TIMEOUT = seconds(30);

/** Longest part of what a program writes that is kept; the rest is read and thrown away, so that it does not wait. */
export const LONGEST_OUTPUT = 2_000;

/** What stands for each placeholder. */
export type PlaceholderValues = Readonly<Record<Placeholder, string>>;

export interface RunProgramDeps {
  readonly clock: Clock;
  readonly platform: NodeJS.Platform;
  readonly timeout?: Milliseconds;
}

/** Each argument stays one argument, whatever is put into it. */
export function fillArguments(args: readonly string[], values: PlaceholderValues): string[] {
  const pattern = new RegExp(`\\{(${PLACEHOLDERS.join('|')})\\}`, 'g');
  return args.map((argument) => argument.replace(pattern, (_, name: Placeholder) => values[name]));
}

/**
 * Runs a program without a shell, without input, in a group of its own on POSIX systems so that what it starts ends with
 * it. Never throws.
 */
export function runProgram(
  { clock, platform, timeout = PROGRAM_TIMEOUT }: RunProgramDeps,
  program: string,
  args: readonly string[],
): Promise<ActionOutcome> {
  const hasGroup = platform !== 'win32';
  return new Promise((resolve) => {
    let child: ChildProcess;
    try {
      child = spawn(program, [...args], {
        shell: false,
        windowsHide: true,
        detached: hasGroup,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
    } catch (error) {
      resolve(outcomeOfError(program, error));
      return;
    }
    let output = '';
    let isTimedOut = false;
    let exit: { readonly code: number | null; readonly signal: NodeJS.Signals | null } | null = null;
    const listen = (stream: Readable | null) => {
      stream?.setEncoding('utf8');
      stream?.on('data', (text: string) => {
        if (output.length < LONGEST_OUTPUT) output = `${output}${text}`.slice(0, LONGEST_OUTPUT);
      });
    };
    listen(child.stdout);
    listen(child.stderr);
    const end = () => endGroup(child, hasGroup);
    const timer = clock.after(timeout, () => {
      isTimedOut = true;
      end();
      // What it has started may hold its output open.
      child.stdout?.destroy();
      child.stderr?.destroy();
    });
    child.on('error', (error) => {
      timer[Symbol.dispose]();
      resolve(outcomeOfError(program, error));
    });
    child.on('exit', (code, signal) => {
      exit = { code, signal };
    });
    child.on('close', (code, signal) => {
      timer[Symbol.dispose]();
      const told = escapeControls(output.replace(/\s+/g, ' ').trim());
      const ended = exit ?? { code, signal };
      if (isTimedOut) resolve(failed(program, 'timed-out', null, told));
      else if (ended.code === null) resolve(failed(program, 'killed', ended.signal, told));
      else resolve({ kind: 'ran', exitCode: ended.code, output: told });
    });
  });
}

function endGroup(child: ChildProcess, hasGroup: boolean): void {
  if (child.pid === undefined) return;
  try {
    if (hasGroup) process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}

function outcomeOfError(program: string, error: unknown): ActionOutcome {
  const code = error instanceof Error && 'code' in error ? String(error.code) : null;
  switch (code) {
    case 'ENOENT':
      return failed(program, 'not-found', code, '');
    case 'EACCES':
    case 'EPERM':
      return failed(program, 'not-permitted', code, '');
    default:
      return failed(program, 'other', code, '');
  }
}

function failed(
  program: string,
  reason: Extract<ActionOutcome, { kind: 'run-failed' }>['reason'],
  osCode: string | null,
  output: string,
): ActionOutcome {
  return { kind: 'run-failed', reason, program, osCode, output };
}
