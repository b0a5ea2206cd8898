import { createClient } from '../../../contract/client.ts';
import { describeFailure } from '../../../contract/describe-failure.ts';
import { escapeControls } from '../../../contract/escape-controls.ts';
import type { Failure, Result } from '../../../contract/failure.ts';
import { contract, type HopscopeContract } from '../../../contract/index.ts';
import { createLocalLinks } from '../../../contract/link.ts';
import { type Handlers, serve } from '../../../contract/serve.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import type { Random } from '../../base/random.ts';
import { createStyle } from '../../reports/style.ts';
import { createBugNotice } from '../bug-notice.ts';
import { type Command, readArguments, type ServeCommand } from './arguments.ts';
import type { Files } from './files.ts';
import { runDoctor } from './run-doctor.ts';
import { runMonitor } from './run-monitor.ts';
import { runPing } from './run-ping.ts';
import { runReport } from './run-report.ts';
import { runSessions } from './run-sessions.ts';
import { runSweep } from './run-sweep.ts';
import { runTrace } from './run-trace.ts';
import { scenarioLines } from './scenario-lines.ts';
import type { ExitCode, OutputLoss, Terminal } from './terminal.ts';

/** What the terminal needs of an engine; commands reach it only through the contract. */
export interface CliEngine extends Disposable {
  readonly handlers: Handlers<HopscopeContract>;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly random: Random;
  /** Whether rules of alerts may run programs. */
  readonly programs: { give(isGiven: boolean): void };
}

export interface ScenarioDescription {
  readonly name: string;
  readonly title: string;
  /** What there is to see in it, and what that means. */
  readonly lesson: string;
  /** A target in it, as a person would type it. */
  readonly target: string;
  /** A flow that meets what there is to see; null when every one does. */
  readonly flow: number | null;
  /** What only a search finds. */
  readonly searches: readonly ('branches' | 'path-mtu')[];
}

/**
 * `measure`: nothing is remembered. `host`: with this person's settings, targets and sessions; `recording-host`: with
 * sessions of a simulated internet too. `sessions`: with the sessions only, to look at them. `record`: to keep what is
 * measured as sessions, in a scenario too.
 */
export type EnginePurpose = 'measure' | 'host' | 'recording-host' | 'sessions' | 'record';

export interface CliDeps {
  readonly version: string;
  readonly terminal: Terminal;
  readonly files: Files;
  /**
   * Opened only for commands that need one, in a scenario (its name, or the path of a file) or, with null, in the
   * network. Rejects when a part of the program cannot be loaded.
   */
  readonly openEngine: (scenario: string | null, purpose: EnginePurpose) => Promise<Result<CliEngine>>;
  /** The scenarios that come with the program. */
  readonly describeScenarios: () => Promise<readonly ScenarioDescription[]>;
  /** Runs the browser host until the terminal is interrupted. */
  readonly serveWeb: (engine: CliEngine, command: ServeCommand, terminal: Terminal) => Promise<0 | 2>;
}

/** Runs one command line, program and script left out. What went wrong is told on standard error; nothing is thrown. */
export async function runCli(deps: CliDeps, args: readonly string[]): Promise<ExitCode> {
  const { terminal } = deps;
  const command = readArguments(args);
  if (!command.ok) {
    terminal.warn(`hopscope: ${escapeControls(command.sentence)}`);
    return 2;
  }
  const code = await runCommand(deps, command.value).catch((error: unknown): ExitCode => {
    terminal.warn(`hopscope: ${faultSentence(error)}`);
    return 2;
  });
  await terminal.printed();
  if (!terminal.outputLost.aborted) return code;
  const lost = terminal.outputLost.reason as OutputLoss;
  switch (lost.kind) {
    case 'reader-gone': // (`| head`) it has seen enough
      return code;
    case 'refused':
      terminal.warn(`hopscope: The output could not be written (${lost.osCode}), so the rest of it is missing.`);
      return 2;
  }
}

async function runCommand(deps: CliDeps, command: Command): Promise<ExitCode> {
  const { terminal } = deps;
  switch (command.kind) {
    case 'print':
      terminal.print(command.text);
      return 0;
    case 'version':
      terminal.print(`hopscope ${deps.version}`);
      return 0;
    case 'scenarios': {
      const scenarios = await deps.describeScenarios();
      for (const line of scenarioLines(scenarios, createStyle(terminal.isColoured), terminal.columns))
        terminal.print(line);
      return 0;
    }
    case 'serve':
    case 'ping':
    case 'trace':
    case 'monitor':
    case 'sweep':
    case 'sessions':
    case 'report':
    case 'doctor': {
      const scenario = 'simulate' in command ? command.simulate : null;
      const opened = await deps.openEngine(scenario, purposeOf(command));
      if (!opened.ok) {
        terminal.warn(`hopscope: ${escapeControls(sentenceOf(opened.failure))}`);
        return 2;
      }
      using engine = opened.value;
      if (command.kind === 'serve') {
        engine.programs.give(command.arePrograms);
        for (const target of command.flightTargets) {
          const added = await engine.handlers.flight.add({ target });
          if (added.ok) continue;
          terminal.warn(`hopscope: ${escapeControls(`${target} is not recorded: ${sentenceOf(added.failure)}`)}`);
          return 2;
        }
        return await deps.serveWeb(engine, command, terminal);
      }
      return await runWith(engine, deps, command);
    }
  }
}

function purposeOf(command: Exclude<Command, { kind: 'print' | 'version' | 'scenarios' }>): EnginePurpose {
  switch (command.kind) {
    case 'serve':
      return command.isSimulatedKept ? 'recording-host' : 'host';
    case 'sessions':
    case 'report':
      return 'sessions';
    case 'monitor':
      return command.isRecorded ? 'record' : 'measure';
    case 'ping':
    case 'trace':
    case 'sweep':
    case 'doctor':
      return 'measure';
  }
}

async function runWith(
  engine: CliEngine,
  { terminal, files }: CliDeps,
  command: Exclude<Command, { kind: 'print' | 'version' | 'scenarios' | 'serve' }>,
): Promise<ExitCode> {
  const links = createLocalLinks();
  using _serving = serve({ onBug: createBugNotice(engine) }, contract, engine.handlers, links.server);
  const client = createClient(contract, links.client);
  if (command.kind === 'doctor') return await runDoctor({ client, terminal }, command);
  if (command.kind === 'sessions')
    return await runSessions({ name: 'hopscope sessions', client, terminal, files }, command);
  if (command.kind === 'report') return await runReport({ name: 'hopscope report', client, terminal, files }, command);
  const about = await client.system.about({});
  const platform = about.ok ? about.value.platform : 'other';
  const deps = { client, terminal, platform, clock: engine.clock, files };
  switch (command.kind) {
    case 'ping':
      return await runPing(deps, command);
    case 'trace':
      return await runTrace(deps, command);
    case 'monitor':
      return await runMonitor(deps, command);
    case 'sweep':
      return await runSweep(deps, command);
  }
}

/** A scenario that cannot be read says itself what is wrong with it. */
function sentenceOf(failure: Failure): string {
  return failure.code === 'invalid-arguments' ? `${failure.issue}.` : describeFailure(failure, 'other').sentence;
}

/** A part that cannot be loaded is mended by installing or building it; anything else is a bug and shows where. */
function faultSentence(error: unknown): string {
  if (!(error instanceof Error)) return `A fault in Hopscope: ${escapeControls(String(error))}`;
  const code = 'code' in error ? String(error.code) : null;
  switch (code) {
    case 'ERR_DLOPEN_FAILED':
    case 'ERR_MODULE_NOT_FOUND':
    case 'MODULE_NOT_FOUND':
      return `A part of Hopscope could not be loaded (${code}). Install it again; in a checkout, run "npm ci" and "npm run build".`;
    default:
      return `A fault in Hopscope: ${error.stack ?? error.message}`;
  }
}
