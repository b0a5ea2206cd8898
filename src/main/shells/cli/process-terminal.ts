import type { Writable } from 'node:stream';
import { createProcessScreen, type ScreenInput } from './process-screen.ts';
import type { OutputLoss, Screen, Terminal } from './terminal.ts';

/**
 * How long the loop may go on after the last line before what holds it up is given up. On a busy machine closing files and
 * threads alone takes some hundred milliseconds, and a program that ended well is not to look killed.
 */
const HELD_UP_AFTER_MS = 1_000;

type Stream = Writable & { readonly isTTY?: boolean; readonly columns?: number; readonly rows?: number };

/** To the beginning of the line, and all of it away (ECMA-48 EL). */
const CLEAR_LINE = '\r\u001b[K';

/** The parts of Node's `process` that a terminal program uses. */
export interface TerminalProcess {
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly stdin: ScreenInput & { readonly isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly pid: number;
  on(signal: EndingSignal, listener: () => void): unknown;
  off(signal: EndingSignal, listener: () => void): unknown;
  kill(pid: number, signal: EndingSignal): unknown;
}

/** Signals that ask a program to end: Ctrl-C, and `kill` without more. */
type EndingSignal = 'SIGINT' | 'SIGTERM';

const ENDING_SIGNALS: readonly EndingSignal[] = ['SIGINT', 'SIGTERM'];

export interface ProcessTerminal extends Terminal {
  /**
   * To be called after the last line. The process ends by itself, unless the system's lookup still has a name: nothing
   * can interrupt that (it also holds up `process.exit`), so the process then ends by a signal.
   */
  leave(): void;
}

/** The terminal of this process. Its first ending signal is told, the second one ends the process at once. */
export function createProcessTerminal(own: TerminalProcess): ProcessTerminal {
  const interrupted = new AbortController();
  const outputLost = new AbortController();
  let endingSignal: EndingSignal = 'SIGTERM';

  let screen: Screen | null = null;
  let progress: string | null = null;

  const endBy = (signal: EndingSignal) => {
    endingSignal = signal;
    if (interrupted.signal.aborted) endBySignal();
    else interrupted.abort();
  };
  const listeners = ENDING_SIGNALS.map((signal) => {
    const listener = () => endBy(signal);
    own.on(signal, listener);
    return { signal, listener };
  });
  /** Without a listener the signal does what it does to every program, and the caller's shell is told the truth. */
  const endBySignal = () => {
    screen?.[Symbol.dispose]();
    clearProgress();
    for (const { signal, listener } of listeners) own.off(signal, listener);
    own.kill(own.pid, endingSignal);
  };

  const clearProgress = () => {
    if (progress !== null) own.stderr.write(CLEAR_LINE);
    progress = null;
  };

  own.stdout.on('error', ({ code }: NodeJS.ErrnoException) => outputLost.abort(toOutputLoss(code ?? 'unknown')));
  own.stderr.on('error', () => {}); // there is nowhere left to say so
  return {
    print: (line) => {
      if (outputLost.signal.aborted) return;
      // Where both are one terminal the line would be written behind it.
      if (own.stdout.isTTY === true) clearProgress();
      own.stdout.write(`${line}\n`);
    },
    warn: (line) => {
      clearProgress();
      own.stderr.write(`${line}\n`);
    },
    showProgress: (line) => {
      if (own.stderr.isTTY !== true || line === progress) return;
      if (line === null) clearProgress();
      else own.stderr.write(`${CLEAR_LINE}${line}`);
      progress = line;
    },
    columns: own.stdout.isTTY === true ? (own.stdout.columns ?? null) : null,
    openScreen: () => {
      if (own.stdout.isTTY !== true || own.stdin.isTTY !== true || own.env.TERM === 'dumb') return null;
      screen = createProcessScreen(own.stdout, own.stdin, () => endBy('SIGINT'));
      return screen;
    },
    // https://no-color.org: any value but the empty one switches colours off.
    isColoured: own.stdout.isTTY === true && (own.env.NO_COLOR ?? '') === '' && own.env.TERM !== 'dumb',
    interrupted: interrupted.signal,
    outputLost: outputLost.signal,
    printed: () =>
      new Promise((resolve) => {
        // Behind all that was written; why that failed is told in the turn after.
        own.stdout.write('', () => setImmediate(resolve));
      }),
    leave: () => void setTimeout(endBySignal, HELD_UP_AFTER_MS).unref(),
  };
}

function toOutputLoss(code: string): OutputLoss {
  switch (code) {
    case 'EPIPE':
      return { kind: 'reader-gone' };
    default:
      return { kind: 'refused', osCode: code };
  }
}
