import { DEFAULT_SETTINGS } from '../../../contract/settings.ts';
import { HELP_OPTION, type OptionDefinition } from './option-table.ts';
import { MONITOR_OPTIONS, TRACE_OPTIONS } from './path-arguments.ts';
import { PING_OPTIONS } from './ping-arguments.ts';
import { SIMULATE_OPTION } from './probe-arguments.ts';
import { REPORT_OPTIONS } from './report-arguments.ts';
import { DELETE_OPTIONS, EXPORT_OPTIONS, IMPORT_OPTIONS, LIST_OPTIONS, SHOW_OPTIONS } from './sessions-arguments.ts';
import { SWEEP_OPTIONS } from './sweep-arguments.ts';

/** What can be typed where a command takes no option: names or addresses of hosts, files, or nothing that is known before. */
export type Operands = 'hosts' | 'files' | 'unknown' | 'none';

/** A second word of a command, as in `hopscope sessions list`. */
export interface ActionDefinition {
  readonly name: string;
  /** In one sentence without its end. */
  readonly summary: string;
  readonly operands: Operands;
  readonly options: readonly OptionDefinition[];
}

/** A command: what `--help`, the manual page and the completions of shells tell about it, all three from here. */
export interface CommandDefinition {
  readonly name: string;
  /** Its name with what it takes, for the list of commands. */
  readonly head: string;
  /** In one sentence without its end. */
  readonly summary: string;
  /** Its command lines, without the program's name. */
  readonly usages: readonly string[];
  /** What it does, in one paragraph. */
  readonly about: string;
  readonly operands: Operands;
  readonly options: readonly OptionDefinition[];
  /** Empty when it has none; else one of them must be given. */
  readonly actions: readonly ActionDefinition[];
  /** Further paragraphs. */
  readonly notes: readonly string[];
  /** What its exit codes mean, in one sentence; null when it has only 0, and 2 for what could not be run. */
  readonly exitCode: string | null;
}

/** What the program is for, in one sentence without its end. */
export const SUMMARY = 'Shows where a connection hurts';

export const GENERAL_OPTIONS: readonly OptionDefinition[] = [
  HELP_OPTION,
  { long: '--version', short: '-V', value: null, help: 'print the version and end' },
];

export const DOCTOR_OPTIONS: readonly OptionDefinition[] = [
  { long: '--json', short: null, value: null, help: 'print the report as one JSON object' },
  { long: '--local', short: null, value: null, help: 'send nothing beyond the default gateway' },
  SIMULATE_OPTION,
  HELP_OPTION,
];

export const SERVE_OPTIONS: readonly OptionDefinition[] = [
  {
    long: '--port',
    short: '-p',
    value: 'P',
    help: 'TCP port, 0 for any free one (default: the usual one, else any free one)',
  },
  {
    long: '--host',
    short: null,
    value: 'HOST',
    help: 'address to listen at (default: 127.0.0.1, this machine only)',
    suggests: 'hosts',
  },
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
    suggests: 'hosts',
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

const EVERY_TARGET = '0 when every target answered, 1 when one did not, 2 for wrong usage or when it could not run.';

const SESSION_AND_TIME =
  'A SESSION is an ID of the list. A TIME is local ("2026-11-22 14:03" or with seconds, or the day alone), or says its offset (2026-11-22T14:03:20Z), or is in milliseconds since 1970.';

/** Every command, in the order in which they are told. */
export const COMMANDS: readonly CommandDefinition[] = [
  {
    name: 'ping',
    head: 'ping TARGET...',
    summary: 'send echo requests and print what comes back',
    usages: ['ping TARGET... [OPTION]...'],
    about:
      'Sends ICMP echo requests to one or more names or addresses. Ctrl-C prints the summary; a second one ends at once.',
    operands: 'hosts',
    options: PING_OPTIONS,
    actions: [],
    notes: [],
    exitCode: EVERY_TARGET,
  },
  {
    name: 'trace',
    head: 'trace TARGET',
    summary: 'show every hop on the way, and say what it means',
    usages: ['trace TARGET [OPTION]...'],
    about:
      'Probes every hop on the way to a name or an address, and concludes in plain sentences what is wrong, if anything is.',
    operands: 'hosts',
    options: TRACE_OPTIONS,
    actions: [],
    notes: [],
    exitCode: '0 when the target answered, 1 when it did not, 2 for wrong usage or when it could not run.',
  },
  {
    name: 'monitor',
    head: 'monitor TARGET...',
    summary: 'the same, going on',
    usages: ['monitor TARGET... [OPTION]...'],
    about:
      'Goes on probing every hop on the way to one or more targets: a live table in a terminal, else a line a round. q or Ctrl-C ends it and prints the report.',
    operands: 'hosts',
    options: MONITOR_OPTIONS,
    actions: [],
    notes: [],
    exitCode: EVERY_TARGET,
  },
  {
    name: 'sweep',
    head: 'sweep RANGE...',
    summary: 'ask every address of some ranges who answers',
    usages: ['sweep RANGE... [OPTION]...'],
    about:
      'Sends an echo request to every address of some ranges: 192.0.2.0/24, 192.0.2.1-192.0.2.99, single addresses, names. Ctrl-C prints the summary and how to go on.',
    operands: 'hosts',
    options: SWEEP_OPTIONS,
    actions: [],
    notes: [],
    exitCode: '0 when something answered, 1 when nothing did, 2 for wrong usage or when it could not run.',
  },
  {
    name: 'sessions',
    head: 'sessions',
    summary: 'list, show, export, import or delete what the app has recorded',
    usages: [
      'sessions list [OPTION]...',
      'sessions show SESSION [OPTION]...',
      'sessions export SESSION [OPTION]...',
      'sessions import FILE...',
      'sessions delete SESSION...',
    ],
    about:
      'What paths measured while the app ran, in a window or in a browser, is kept on disk as sessions, and what "hopscope monitor --record" measured, and the flight recorder ("hopscope serve --flight-recorder"). Other commands keep none, and the app keeps none when its settings say so.',
    operands: 'none',
    options: [],
    actions: [
      { name: 'list', summary: 'list the sessions, the newest first', operands: 'none', options: LIST_OPTIONS },
      {
        name: 'show',
        summary: 'print the report of a session, or of a period of it, as "hopscope trace" does',
        operands: 'unknown',
        options: SHOW_OPTIONS,
      },
      {
        name: 'export',
        summary: 'write a session, or a period of it, to standard output or a file',
        operands: 'unknown',
        options: EXPORT_OPTIONS,
      },
      {
        name: 'import',
        summary:
          'make sessions of files: what export wrote as JSON, a log of ping -D or fping -D -A (- for standard input); not while the app runs',
        operands: 'files',
        options: IMPORT_OPTIONS,
      },
      {
        name: 'delete',
        summary: 'take sessions out of every list; not while the app runs',
        operands: 'unknown',
        options: DELETE_OPTIONS,
      },
    ],
    notes: [SESSION_AND_TIME],
    exitCode:
      '0 when it was done, 1 when there is no such session or nothing in the period, 2 for wrong usage or when it could not be done.',
  },
  {
    name: 'report',
    head: 'report SESSION',
    summary: 'write a session as one HTML file, to hand to a provider',
    usages: ['report SESSION --html FILE [OPTION]...'],
    about:
      'Writes what was found in a session, or in a period of it, as one file to hand to a provider: conclusions, hops, charts, method and the raw data. It opens in any browser and fetches nothing. What is masked is masked everywhere in it.',
    operands: 'unknown',
    options: REPORT_OPTIONS,
    actions: [],
    notes: ['A SESSION is an ID of "hopscope sessions list", and a TIME is as in "hopscope sessions show".'],
    exitCode:
      '0 when it was written, 1 when there is no such session, 2 for wrong usage or when it could not be written.',
  },
  {
    name: 'doctor',
    head: 'doctor',
    summary: 'say what works here, from the sockets to the hop beyond the gateway, and the cure for what does not',
    usages: ['doctor [OPTION]...'],
    about: `Tries every way of sending ICMP on this machine, then probes the machine itself, its default gateway and one hop beyond: there it sends up to nine probes towards ${DEFAULT_SETTINGS.selfTestIpv4} and ${DEFAULT_SETTINGS.selfTestIpv6} that end two to four hops from here.`,
    operands: 'none',
    options: DOCTOR_OPTIONS,
    actions: [],
    notes: [],
    exitCode:
      '0 when at least one way works and no layer fails over both families, 1 otherwise, 2 for wrong usage or when it could not run.',
  },
  {
    name: 'serve',
    head: 'serve',
    summary: 'show Hopscope in a browser',
    usages: ['serve [OPTION]...'],
    about:
      "Serves Hopscope's page and prints its URL, which holds a secret: whoever has it can send probes from this machine.",
    operands: 'none',
    options: SERVE_OPTIONS,
    actions: [],
    notes: [],
    exitCode: null,
  },
  {
    name: 'scenarios',
    head: 'scenarios',
    summary: 'list the simulated internets for --simulate',
    usages: ['scenarios'],
    about: 'Lists the simulated internets that --simulate takes, each with a fault to learn from.',
    operands: 'none',
    options: [HELP_OPTION],
    actions: [],
    notes: [],
    exitCode: null,
  },
];
