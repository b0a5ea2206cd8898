import { createTestServices } from '../../service/test-services.ts';
import { runCli } from './run-cli.ts';
import type { ExitCode, OutputLoss, Terminal } from './terminal.ts';

/** A terminal that keeps what is written to it. */
export interface TestTerminal extends Terminal {
  readonly out: string[];
  readonly notices: string[];
  interrupt(): void;
  /** The output takes no more after this many lines. */
  loseOutputAfter(lines: number, reason: OutputLoss): void;
}

export function createTestTerminal(isColoured = false): TestTerminal {
  const interrupted = new AbortController();
  const outputLost = new AbortController();
  const out: string[] = [];
  const notices: string[] = [];
  let loss: { readonly after: number; readonly reason: OutputLoss } | null = null;
  return {
    out,
    notices,
    isColoured,
    interrupted: interrupted.signal,
    outputLost: outputLost.signal,
    print: (line) => {
      if (loss !== null && out.length >= loss.after) outputLost.abort(loss.reason);
      else out.push(...line.split('\n'));
    },
    warn: (line) => void notices.push(line),
    interrupt: () => interrupted.abort(),
    loseOutputAfter: (after, reason) => {
      loss = { after, reason };
    },
  };
}

export interface FinishedCommand {
  readonly code: ExitCode;
  readonly out: readonly string[];
  readonly notices: readonly string[];
}

/** Runs one command line to its end over a simulated network; `during` may act on the terminal after some time. */
export async function runInTest(
  args: readonly string[],
  services = createTestServices(),
  terminal = createTestTerminal(),
  during: { readonly afterMs: number; readonly act: () => void } = { afterMs: 0, act: () => {} },
): Promise<FinishedCommand> {
  let code: ExitCode | null = null;
  const finished = runCli(
    {
      version: '1.2.3',
      terminal,
      openEngine: async () => ({
        handlers: services.handlers,
        logger: { info: () => {}, error: (message) => void terminal.notices.push(`log: ${message}`) },
        clock: services.clock,
        random: { uint32: () => 7 },
        [Symbol.dispose]: () => services.monitors[Symbol.dispose](),
      }),
      serveWeb: async (_, { host, port }) => {
        terminal.print(`served at ${host} ${port}`);
        return 0;
      },
    },
    args,
  );
  void finished.then((end) => {
    code = end;
  });
  await services.pass(during.afterMs);
  during.act();
  // An hour of virtual time; a command that has not ended by then does not end.
  for (let second = 0; second < 3_600 && code === null; second += 1) await services.pass(1_000);
  if (code === null) throw new Error('the command does not end');
  return { code, out: terminal.out, notices: terminal.notices };
}
