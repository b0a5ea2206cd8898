import {
  accept,
  describeOptions,
  type OptionDefinition,
  parseLine,
  quote,
  refuse,
  type Usage,
} from './option-table.ts';
import { readWholeNumber } from './option-values.ts';
import { PING_OPTIONS, type PingCommand, readPingArguments } from './ping-arguments.ts';

/** What a command line asks for. */
export type Command =
  | { readonly kind: 'print'; readonly text: string }
  | { readonly kind: 'version' }
  | PingCommand
  | { readonly kind: 'doctor'; readonly isJson: boolean }
  | ServeCommand;

export interface ServeCommand {
  readonly kind: 'serve';
  readonly host: string;
  /** Null when any port will do. */
  readonly port: number | null;
}

const HELP_OPTION: OptionDefinition = { long: '--help', short: '-h', value: null, help: 'print this and end' };

const GENERAL_OPTIONS: readonly OptionDefinition[] = [
  HELP_OPTION,
  { long: '--version', short: '-V', value: null, help: 'print the version and end' },
];

const DOCTOR_OPTIONS: readonly OptionDefinition[] = [
  { long: '--json', short: null, value: null, help: 'print the report as one JSON object' },
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
  HELP_OPTION,
];

const EXIT_CODES = `Exit code: 0 when every target answered, 1 when one did not, 2 for wrong usage or when it could not run.`;

export const GENERAL_HELP = `Usage: hopscope COMMAND [OPTION]...

Shows where a connection hurts.

Commands:
  ping TARGET...  send echo requests and print what comes back
  doctor          say which ways of sending ICMP work here, and the cure for each that does not
  serve           show Hopscope in a browser

Options:
${describeOptions(GENERAL_OPTIONS)}

"hopscope COMMAND --help" says more about a command.`;

const PING_HELP = `Usage: hopscope ping TARGET... [OPTION]...

Sends ICMP echo requests to one or more names or addresses. Ctrl-C prints the summary; a second one ends at once.

Options:
${describeOptions(PING_OPTIONS)}

${EXIT_CODES}`;

const DOCTOR_HELP = `Usage: hopscope doctor [OPTION]...

Tries every way of sending ICMP on this machine, with an echo request to the machine itself.

Options:
${describeOptions(DOCTOR_OPTIONS)}

Exit code: 0 when at least one way works, 1 when none does, 2 for wrong usage or when it could not run.`;

const SERVE_HELP = `Usage: hopscope serve [OPTION]...

Serves Hopscope's page and prints its URL, which holds a secret: whoever has it can send probes from this machine.

Options:
${describeOptions(SERVE_OPTIONS)}`;

/** Reads a command line, program and script left out. */
export function readArguments(args: readonly string[]): Usage<Command> {
  const [command, ...rest] = args;
  switch (command) {
    case 'ping': {
      const ping = readPingArguments(rest);
      if (!ping.ok) return ping;
      return accept(ping.value.kind === 'ping' ? ping.value : print(PING_HELP));
    }
    case 'doctor': {
      const line = parseLine('hopscope doctor', DOCTOR_OPTIONS, rest);
      if (!line.ok) return line;
      const { options, positionals } = line.value;
      if (options.has('--help')) return accept(print(DOCTOR_HELP));
      if (positionals[0] !== undefined)
        return refuse(`hopscope doctor takes no arguments, so ${quote(positionals[0])} is not allowed.`);
      return accept({ kind: 'doctor', isJson: options.has('--json') });
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
  return accept({ kind: 'serve', host, port: port.value });
}

function readGeneralArguments(args: readonly string[]): Usage<Command> {
  const line = parseLine('hopscope', GENERAL_OPTIONS, args);
  if (!line.ok) return line;
  const { options, positionals } = line.value;
  if (options.has('--help') || positionals[0] === 'help') return accept(print(GENERAL_HELP));
  if (options.has('--version')) return accept({ kind: 'version' });
  return refuse(`There is no command ${quote(positionals[0] ?? '')}; "hopscope --help" lists them.`);
}

function print(text: string): Command {
  return { kind: 'print', text };
}
