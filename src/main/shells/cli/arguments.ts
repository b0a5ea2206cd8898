import { DEFAULT_SETTINGS } from '../../../contract/settings.ts';
import {
  accept,
  describeOptions,
  HELP_OPTION,
  type OptionDefinition,
  parseLine,
  quote,
  refuse,
  type Usage,
} from './option-table.ts';
import { readWholeNumber } from './option-values.ts';
import {
  MONITOR_OPTIONS,
  type MonitorCommand,
  readMonitorArguments,
  readTraceArguments,
  TRACE_OPTIONS,
  type TraceCommand,
} from './path-arguments.ts';
import { PING_OPTIONS, type PingCommand, readPingArguments } from './ping-arguments.ts';
import { SIMULATE_OPTION } from './probe-arguments.ts';
import { REPORT_HELP, type ReportCommand, readReportArguments } from './report-arguments.ts';
import { readSessionsArguments, SESSIONS_HELP, type SessionsCommand } from './sessions-arguments.ts';
import { readSweepArguments, SWEEP_OPTIONS, type SweepCommand } from './sweep-arguments.ts';

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

const GENERAL_OPTIONS: readonly OptionDefinition[] = [
  HELP_OPTION,
  { long: '--version', short: '-V', value: null, help: 'print the version and end' },
];

const DOCTOR_OPTIONS: readonly OptionDefinition[] = [
  { long: '--json', short: null, value: null, help: 'print the report as one JSON object' },
  { long: '--local', short: null, value: null, help: 'send nothing beyond the default gateway' },
  SIMULATE_OPTION,
  HELP_OPTION,
];

const SERVE_OPTIONS: readonly OptionDefinition[] = [
  {
    long: '--port',
    short: '-p',
    value: 'P',
    help: 'TCP port, 0 for any free one (default: the usual one, else any free one)',
  },
  { long: '--host', short: null, value: 'HOST', help: 'address to listen at (default: 127.0.0.1, this machine only)' },
  {
    long: '--allow-programs',
    short: null,
    value: null,
    help: 'let alerts run programs: whoever has the URL can then run any on this machine',
  },
  {
    long: '--flight-recorder',
    short: null,
    value: 'TARGETS',
    help: 'record these always, slowly, and file incidents; several with commas (see Sessions)',
  },
  SIMULATE_OPTION,
  {
    long: '--record',
    short: null,
    value: null,
    help: 'with --simulate: keep sessions of it too, marked as simulated',
  },
  HELP_OPTION,
];

const EXIT_CODES = `Exit code: 0 when every target answered, 1 when one did not, 2 for wrong usage or when it could not run.`;

export const GENERAL_HELP = `Usage: hopscope COMMAND [OPTION]...

Shows where a connection hurts.

Commands:
  ping TARGET...     send echo requests and print what comes back
  trace TARGET       show every hop on the way, and say what it means
  monitor TARGET...  the same, going on
  sweep RANGE...     ask every address of some ranges who answers
  sessions           list, show, export, import or delete what the app has recorded
  report SESSION     write a session as one HTML file, to hand to a provider
  doctor             say what works here, from the sockets to the hop beyond the gateway, and the cure for what does not
  serve              show Hopscope in a browser
  scenarios          list the simulated internets for --simulate

Options:
${describeOptions(GENERAL_OPTIONS)}

"hopscope COMMAND --help" says more about a command.`;

const PING_HELP = `Usage: hopscope ping TARGET... [OPTION]...

Sends ICMP echo requests to one or more names or addresses. Ctrl-C prints the summary; a second one ends at once.

Options:
${describeOptions(PING_OPTIONS)}

${EXIT_CODES}`;

const TRACE_HELP = `Usage: hopscope trace TARGET [OPTION]...

Probes every hop on the way to a name or an address, and concludes in plain sentences what is wrong, if anything is.

Options:
${describeOptions(TRACE_OPTIONS)}

Exit code: 0 when the target answered, 1 when it did not, 2 for wrong usage or when it could not run.`;

const MONITOR_HELP = `Usage: hopscope monitor TARGET... [OPTION]...

Goes on probing every hop on the way to one or more targets: a live table in a terminal, else a line a round. q or
Ctrl-C ends it and prints the report.

Options:
${describeOptions(MONITOR_OPTIONS)}

${EXIT_CODES}`;

const SWEEP_HELP = `Usage: hopscope sweep RANGE... [OPTION]...

Sends an echo request to every address of some ranges: 192.0.2.0/24, 192.0.2.1-192.0.2.99, single addresses, names.
Ctrl-C prints the summary and how to go on.

Options:
${describeOptions(SWEEP_OPTIONS)}

Exit code: 0 when something answered, 1 when nothing did, 2 for wrong usage or when it could not run.`;

const SCENARIOS_HELP = `Usage: hopscope scenarios

Lists the simulated internets that --simulate takes, each with a fault to learn from.

Options:
${describeOptions([HELP_OPTION])}`;

const DOCTOR_HELP = `Usage: hopscope doctor [OPTION]...

Tries every way of sending ICMP on this machine, then probes the machine itself, its default gateway and one hop beyond:
there it sends up to nine probes towards ${DEFAULT_SETTINGS.selfTestIpv4} and ${DEFAULT_SETTINGS.selfTestIpv6} that end two to four hops from here.

Options:
${describeOptions(DOCTOR_OPTIONS)}

Exit code: 0 when at least one way works and no layer fails over both families, 1 otherwise, 2 for wrong usage or when it could not run.`;

const SERVE_HELP = `Usage: hopscope serve [OPTION]...

Serves Hopscope's page and prints its URL, which holds a secret: whoever has it can send probes from this machine.

Options:
${describeOptions(SERVE_OPTIONS)}`;

/** Reads a command line, program and script left out. */
export function readArguments(args: readonly string[]): Usage<Command> {
  const [command, ...rest] = args;
  switch (command) {
    case 'ping':
      return orHelp(readPingArguments(rest), PING_HELP);
    case 'trace':
      return orHelp(readTraceArguments(rest), TRACE_HELP);
    case 'monitor':
      return orHelp(readMonitorArguments(rest), MONITOR_HELP);
    case 'sweep':
      return orHelp(readSweepArguments(rest), SWEEP_HELP);
    case 'sessions':
      return orHelp(readSessionsArguments(rest), SESSIONS_HELP);
    case 'report':
      return orHelp(readReportArguments(rest), REPORT_HELP);
    case 'scenarios': {
      const line = parseLine('hopscope scenarios', [HELP_OPTION], rest);
      if (!line.ok) return line;
      if (line.value.options.has('--help')) return accept(print(SCENARIOS_HELP));
      const [extra] = line.value.positionals;
      if (extra !== undefined)
        return refuse(`hopscope scenarios takes no arguments, so ${quote(extra)} is not allowed.`);
      return accept({ kind: 'scenarios' });
    }
    case 'doctor': {
      const line = parseLine('hopscope doctor', DOCTOR_OPTIONS, rest);
      if (!line.ok) return line;
      const { options, positionals } = line.value;
      if (options.has('--help')) return accept(print(DOCTOR_HELP));
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
  if (options.has('--help')) return accept(print(SERVE_HELP));
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
  if (options.has('--help') || positionals[0] === 'help') return accept(print(GENERAL_HELP));
  if (options.has('--version')) return accept({ kind: 'version' });
  return refuse(`There is no command ${quote(positionals[0] ?? '')}; "hopscope --help" lists them.`);
}

function orHelp(read: Usage<Command | { readonly kind: 'help' }>, help: string): Usage<Command> {
  if (!read.ok) return read;
  return accept(read.value.kind === 'help' ? print(help) : read.value);
}

function print(text: string): Command {
  return { kind: 'print', text };
}
