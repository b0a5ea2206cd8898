import { fail, succeed } from '../../../contract/failure.ts';
import { createTestServices } from '../../service/test-services.ts';
import type { Files } from './files.ts';
import { runCli } from './run-cli.ts';
import type { ExitCode, OutputLoss, Screen, Terminal } from './terminal.ts';

/** A terminal that keeps what is written to it. */
export interface TestTerminal extends Terminal {
  readonly out: string[];
  readonly notices: string[];
  /** What the line of progress was, in turn. */
  readonly progress: (string | null)[];
  /** Pages that were shown, when there is a screen. */
  readonly pages: string[][];
  interrupt(): void;
  /** Presses q. */
  quit(): void;
  /** The output takes no more after this many lines. */
  loseOutputAfter(lines: number, reason: OutputLoss): void;
}

export function createTestTerminal(isColoured = false, hasScreen = false): TestTerminal {
  const quit = new AbortController();
  const progress: (string | null)[] = [];
  const pages: string[][] = [];
  const screen: Screen = {
    columns: 100,
    rows: 40,
    quit: quit.signal,
    show: (lines) => void pages.push([...lines]),
    onResize: () => ({ [Symbol.dispose]() {} }),
    [Symbol.dispose]() {},
  };
  const interrupted = new AbortController();
  const outputLost = new AbortController();
  const out: string[] = [];
  const notices: string[] = [];
  let loss: { readonly after: number; readonly reason: OutputLoss } | null = null;
  return {
    out,
    notices,
    progress,
    pages,
    isColoured,
    columns: null,
    openScreen: () => (hasScreen ? screen : null),
    showProgress: (line) => void progress.push(line),
    interrupted: interrupted.signal,
    outputLost: outputLost.signal,
    printed: async () => {},
    print: (line) => {
      if (loss !== null && out.length >= loss.after) outputLost.abort(loss.reason);
      else out.push(...line.split('\n'));
    },
    warn: (line) => void notices.push(line),
    interrupt: () => interrupted.abort(),
    quit: () => quit.abort(),
    loseOutputAfter: (after, reason) => {
      loss = { after, reason };
    },
  };
}

/** Files in memory; writing to one that begins with `read-only` fails. */
export function createTestFiles(content: Record<string, string>): Files {
  return {
    read: async (path) => content[path] ?? null,
    readPieces: async function* (path, longest) {
      const text = content[path];
      if (text === undefined) throw Object.assign(new Error('not there'), { code: 'ENOENT' });
      for (let at = 0; at < text.length; at += longest) yield text.slice(at, at + longest);
    },
    create: async (path, isReplacing) => {
      if (path.startsWith('read-only')) throw Object.assign(new Error('read-only'), { code: 'EROFS' });
      if (content[path] !== undefined && !isReplacing) throw Object.assign(new Error('there'), { code: 'EEXIST' });
      let written = '';
      return {
        write: async (text) => {
          if (path.startsWith('full')) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
          written += text;
        },
        close: async () => {
          content[path] = written;
        },
        discard: async () => {},
      };
    },
    write: async (path, text) => {
      if (path.startsWith('read-only')) throw Object.assign(new Error('read-only'), { code: 'EROFS' });
      content[path] = text;
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
  files: Files = createTestFiles({}),
): Promise<FinishedCommand> {
  let code: ExitCode | null = null;
  const finished = runCli(
    {
      version: '1.2.3',
      terminal,
      files,
      describeScenarios: async () => [
        {
          name: 'a-fault',
          title: 'A fault',
          lesson: 'What there is to see in it.',
          target: 'host.example',
          flow: null,
          searches: [],
        },
        {
          name: 'another',
          title: 'Another one',
          lesson: 'It is different.',
          target: '192.0.2.1',
          flow: 3,
          searches: ['branches', 'path-mtu'],
        },
      ],
      openEngine: async (scenario) => {
        if (scenario !== null) return fail({ code: 'invalid-arguments', issue: `There is no scenario "${scenario}"` });
        return succeed({
          handlers: services.handlers,
          logger: { info: () => {}, error: (message) => void terminal.notices.push(`log: ${message}`) },
          clock: services.clock,
          random: { uint32: () => 7 },
          programs: services.programs,
          [Symbol.dispose]: () => {
            services.monitors[Symbol.dispose]();
            services.paths[Symbol.dispose]();
          },
        });
      },
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
