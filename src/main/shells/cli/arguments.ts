import { commandHelp, generalHelp } from './command-help.ts';
import { COMMANDS, DOCTOR_OPTIONS, GENERAL_OPTIONS, SERVE_OPTIONS } from './command-table.ts';
import { accept, HELP_OPTION, parseLine, quote, refuse, type Usage } from './option-table.ts';
import { readWholeNumber } from './option-values.ts';
import { type MonitorCommand, readMonitorArguments, readTraceArguments, type TraceCommand } from './path-arguments.ts';
import { type PingCommand, readPingArguments } from './ping-arguments.ts';
import { type ReportCommand, readReportArguments } from './report-arguments.ts';
import { readSessionsArguments, type SessionsCommand } from './sessions-arguments.ts';
import { readSweepArguments, type SweepCommand } from './sweep-arguments.ts';

/** What a command line asks for. */
export type Command =
  | { readonly kind: 'print'; readonly text: string }
  | { readonly kind: 'version' }
  | { readonly kind: 'scenarios' }
  | PingCommand
  | TraceCommand
  | MonitorCommand
  | SweepCommand
  | SessionsCommand
  | ReportCommand
  | DoctorCommand
  | ServeCommand;

export interface DoctorCommand {
  readonly kind: 'doctor';
  readonly isJson: boolean;
  /** Whether nothing is sent beyond the default gateway. */
  readonly isLocal: boolean;
  readonly simulate: string | null;
}

export interface ServeCommand {
  readonly kind: 'serve';
  readonly host: string;
  /** Null when any port will do. */
  readonly port: number | null;
  readonly simulate: string | null;
  /** Whether rules of alerts may run programs. */
  readonly arePrograms: boolean;
  /** Whether what is measured in a simulated internet is kept too. */
  readonly isSimulatedKept: boolean;
  /** Targets that the flight recorder is to record from now on. */
  readonly flightTargets: readonly string[];
}

/** Reads a command line, program and script left out. */
export function readArguments(args: readonly string[]): Usage<Command> {
  const [command, ...rest] = args;
  switch (command) {
    case 'ping':
      return orHelp(readPingArguments(rest), 'ping');
    case 'trace':
      return orHelp(readTraceArguments(rest), 'trace');
    case 'monitor':
      return orHelp(readMonitorArguments(rest), 'monitor');
    case 'sweep':
      return orHelp(readSweepArguments(rest), 'sweep');
    case 'sessions':
      return orHelp(readSessionsArguments(rest), 'sessions');
    case 'report':
      return orHelp(readReportArguments(rest), 'report');
    case 'scenarios': {
      const line = parseLine('hopscope scenarios', [HELP_OPTION], rest);
      if (!line.ok) return line;
      if (line.value.options.has('--help')) return accept(helpOf('scenarios'));
      const [extra] = line.value.positionals;
      if (extra !== undefined)
        return refuse(`hopscope scenarios takes no arguments, so ${quote(extra)} is not allowed.`);
      return accept({ kind: 'scenarios' });
    }
    case 'doctor': {
      const line = parseLine('hopscope doctor', DOCTOR_OPTIONS, rest);
      if (!line.ok) return line;
      const { options, positionals } = line.value;
      if (options.has('--help')) return accept(helpOf('doctor'));
      if (positionals[0] !== undefined)
        return refuse(`hopscope doctor takes no arguments, so ${quote(positionals[0])} is not allowed.`);
      return accept({
        kind: 'doctor',
        isJson: options.has('--json'),
        isLocal: options.has('--local'),
        simulate: options.get('--simulate') ?? null,
      });
    }
    case 'serve':
      return readServeArguments(rest);
    case undefined:
      return refuse('A command is missing; "hopscope --help" lists them.');
    default:
      return readGeneralArguments(args);
  }
}

function readServeArguments(args: readonly string[]): Usage<Command> {
  const line = parseLine('hopscope serve', SERVE_OPTIONS, args);
  if (!line.ok) return line;
  const { options, positionals } = line.value;
  if (options.has('--help')) return accept(helpOf('serve'));
  if (positionals[0] !== undefined)
    return refuse(`hopscope serve takes no arguments, so ${quote(positionals[0])} is not allowed.`);
  const port = readWholeNumber(line.value, '--port', { from: 0, to: 65_535, fallback: null });
  if (!port.ok) return port;
  const host = options.get('--host') ?? '127.0.0.1';
  if (host.trim() === '') return refuse(`--host must be an address or a name of this machine, not ${quote(host)}.`);
  const simulate = options.get('--simulate') ?? null;
  const isSimulatedKept = options.has('--record');
  if (isSimulatedKept && simulate === null)
    return refuse('--record needs --simulate: in the network, sessions are kept as the settings say.');
  const arePrograms = options.has('--allow-programs');
  const recorded = readTargetList(options.get('--flight-recorder'));
  if (!recorded.ok) return recorded;
  if (recorded.value.length > 0 && simulate !== null && !isSimulatedKept)
    return refuse('--flight-recorder needs --record in a simulated internet, of which nothing is kept otherwise.');
  const flightTargets = recorded.value;
  return accept({ kind: 'serve', host, port: port.value, simulate, isSimulatedKept, arePrograms, flightTargets });
}

function readTargetList(text: string | undefined): Usage<readonly string[]> {
  if (text === undefined) return accept([]);
  const targets = text.split(',').map((target) => target.trim());
  return targets.includes('')
    ? refuse(`--flight-recorder must be targets with commas between them, not ${quote(text)}.`)
    : accept([...new Set(targets)]);
}

function readGeneralArguments(args: readonly string[]): Usage<Command> {
  const line = parseLine('hopscope', GENERAL_OPTIONS, args);
  if (!line.ok) return line;
  const { options, positionals } = line.value;
  if (options.has('--help') || positionals[0] === 'help') return accept(print(generalHelp()));
  if (options.has('--version')) return accept({ kind: 'version' });
  return refuse(`There is no command ${quote(positionals[0] ?? '')}; "hopscope --help" lists them.`);
}

function orHelp(read: Usage<Command | { readonly kind: 'help' }>, name: string): Usage<Command> {
  if (!read.ok) return read;
  return accept(read.value.kind === 'help' ? helpOf(name) : read.value);
}

function helpOf(name: string): Command {
  const definition = COMMANDS.find((command) => command.name === name);
  return print(definition === undefined ? generalHelp() : commandHelp(definition));
}

function print(text: string): Command {
  return { kind: 'print', text };
}
