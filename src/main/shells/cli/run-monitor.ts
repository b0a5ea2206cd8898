import { escapeControls } from '../../../contract/escape-controls.ts';
import { milliseconds } from '../../../contract/units.ts';
import { DisposableStore } from '../../base/disposables.ts';
import { pathJson } from '../../reports/path-json.ts';
import { jsonLine, pathLines } from '../../reports/path-lines.ts';
import { createStyle } from '../../reports/style.ts';
import { LivePage } from './live-page.ts';
import type { MonitorCommand } from './path-arguments.ts';
import { readList, recordedSessions, whyNotRecorded } from './recorded-sessions.ts';
import { eventJson, roundJson, roundText } from './round-lines.ts';
import { type RunTraceDeps, troubleLines } from './run-trace.ts';
import type { ExitCode, Terminal } from './terminal.ts';
import { type PathObserver, type WatchedPathEnd, watchPath } from './watch-path.ts';

/** How long after its duration a run still waits for the rounds under way, beside their timeout. */
const GRACE_MS = 1_000;

/** Runs `hopscope monitor` to its end: its time is over, q, Ctrl-C, or nobody reading any more. */
export async function runMonitor(deps: RunTraceDeps, command: MonitorCommand): Promise<ExitCode> {
  const { terminal } = deps;
  const { targets, format, isRecorded } = command;
  const why = isRecorded ? whyNotRecorded(await readList(deps.client)) : null;
  if (why !== null) {
    terminal.warn(`hopscope monitor: ${escapeControls(why)}`);
    return 2;
  }
  const startedAtEpochMs = deps.clock.wallNow();
  const ends = await watchAll(deps, command);
  // Told last, where a table went over the whole terminal before, and told even where nobody reads the report any more.
  if (isRecorded) await tellSessions(deps, targets, startedAtEpochMs);
  if (terminal.outputLost.aborted) return codeOf(ends);
  const style = createStyle(terminal.isColoured);
  const told = ends.map((end) => end.told);
  const lines =
    format === 'json'
      ? told.map((path) => jsonLine({ type: 'summary', ...pathJson(path) }))
      : pathLines(told, format, style, terminal.columns);
  for (const line of lines) terminal.print(line);
  for (const end of ends) {
    const name = targets.length === 1 ? 'monitor' : `monitor ${end.told.target}`;
    for (const line of troubleLines(name, format, end)) terminal.warn(line);
  }
  return codeOf(ends);
}

async function tellSessions(
  { client, terminal }: RunTraceDeps,
  targets: readonly string[],
  startedAtEpochMs: number,
): Promise<void> {
  for (const { target, sessionId } of await recordedSessions(client, targets, startedAtEpochMs)) {
    const what = sessionId === null ? `Nothing of ${target} was recorded.` : `${target} is session ${sessionId}.`;
    terminal.warn(`hopscope monitor: ${escapeControls(what)}`);
  }
}

async function watchAll(deps: RunTraceDeps, command: MonitorCommand): Promise<readonly WatchedPathEnd[]> {
  const { terminal, clock } = deps;
  const { targets, format, durationMs, options } = command;
  using owned = new DisposableStore();
  const over = new AbortController();
  if (durationMs !== null) {
    owned.add(clock.after(milliseconds(durationMs + options.timeoutMs + GRACE_MS), () => over.abort()));
  }
  const screen = format === 'text' ? terminal.openScreen() : null;
  const page =
    screen === null ? null : owned.add(new LivePage({ clock, screen }, command, createStyle(terminal.isColoured)));
  const quit = screen === null ? [] : [screen.quit];
  const interrupted = AbortSignal.any([terminal.interrupted, terminal.outputLost, ...quit]);
  const endings = { interrupted, over: AbortSignal.any([interrupted, over.signal]) };
  return await Promise.all(
    targets.map((target) =>
      watchPath(deps, target, command, page?.observe(target) ?? lineObserver(terminal, command, target), endings),
    ),
  );
}

/** Tells each round as a line, where a script or a file is reading. */
function lineObserver(terminal: Terminal, { format, targets }: MonitorCommand, target: string): PathObserver {
  const print = (line: string) => {
    if (!terminal.outputLost.aborted) terminal.print(line);
  };
  return {
    onAdded: () => {},
    onRounds: (rounds, destination) => {
      for (const round of rounds) {
        if (format === 'json') print(jsonLine(roundJson(target, destination, round)));
        if (format === 'text') print(roundText(targets.length > 1 ? target : null, round));
      }
    },
    onEvents: (events, destination) => {
      if (format !== 'json') return; // the report tells them
      for (const event of events) print(jsonLine(eventJson(target, destination, event)));
    },
  };
}

function codeOf(ends: readonly WatchedPathEnd[]): ExitCode {
  if (ends.some(({ code }) => code === 2)) return 2;
  return ends.every(({ code }) => code === 0) ? 0 : 1;
}
