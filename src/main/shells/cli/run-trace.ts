import { escapeControls } from '../../../contract/escape-controls.ts';
import { milliseconds } from '../../../contract/units.ts';
import type { Clock } from '../../base/clock.ts';
import { pathLines, type ReportFormat } from '../../reports/path-lines.ts';
import { createStyle } from '../../reports/style.ts';
import type { TraceCommand } from './path-arguments.ts';
import { cureLines } from './ping-text.ts';
import type { ExitCode, Terminal } from './terminal.ts';
import { type WatchedPathEnd, type WatchPathDeps, watchPath } from './watch-path.ts';

/** How much longer than its rounds a trace may take: for the name of the target, and for a path that cannot go on. */
const PATIENCE_MS = 30_000;

export interface RunTraceDeps extends WatchPathDeps {
  readonly terminal: Terminal;
  readonly clock: Clock;
}

/** Runs `hopscope trace` to its end: all rounds done, Ctrl-C, or nobody reading any more. */
export async function runTrace(deps: RunTraceDeps, command: TraceCommand): Promise<ExitCode> {
  const { terminal, clock } = deps;
  const { intervalMs, options, format, target } = command;
  const longest = (options.count ?? 1) * intervalMs + options.timeoutMs + PATIENCE_MS;
  const overdue = new AbortController();
  using _timer = clock.after(milliseconds(longest), () => overdue.abort());
  const interrupted = AbortSignal.any([terminal.interrupted, terminal.outputLost]);
  const over = AbortSignal.any([interrupted, overdue.signal]);
  const nothing = () => {};
  const end = await watchPath(
    deps,
    target,
    command,
    { onAdded: nothing, onRounds: nothing, onEvents: nothing },
    { over, interrupted },
  );
  if (terminal.outputLost.aborted) return end.code;
  for (const line of pathLines([end.told], format, createStyle(terminal.isColoured), terminal.columns)) {
    terminal.print(line);
  }
  for (const line of troubleLines('trace', format, end)) terminal.warn(line);
  return end.code;
}

/** What went wrong with a path, for standard error, unless the report says it: JSON in `message`, people's forms by a verdict. */
export function troubleLines(command: string, format: ReportFormat, { told, trouble }: WatchedPathEnd): string[] {
  const { message, verdicts, report } = told;
  const isTold = format === 'json' || (format !== 'csv' && report === null && verdicts.length > 0);
  if (message === null || isTold) return [];
  return [`hopscope ${command}: ${escapeControls(message)}`, ...(trouble === null ? [] : cureLines(trouble))];
}
