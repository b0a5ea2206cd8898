import { COMMANDS, type CommandDefinition, GENERAL_OPTIONS, SUMMARY } from '../../src/main/shells/cli/command-table.ts';
import type { OptionDefinition } from '../../src/main/shells/cli/option-table.ts';
import { SYSCTL_COMMANDS } from './sysctl-file.ts';

/** What the page is made of besides the table of commands. */
export interface ManPageFacts {
  readonly version: string;
  /** Day of the release, `2026-11-28`: the same sources give the same page. */
  readonly day: string;
}

/** Things that people do with it, the first ones first. */
const EXAMPLES: readonly { readonly line: string; readonly about: string }[] = [
  { line: 'hopscope doctor', about: 'Says whether this account may send ICMP, and what to do if not.' },
  { line: 'hopscope ping -c 10 192.0.2.1 host.example', about: 'Ten echo requests to each of two targets.' },
  { line: 'hopscope trace --asn host.example', about: 'Every hop with its network, and what is wrong on the way.' },
  {
    line: 'hopscope monitor --duration 3600 --record host.example',
    about: 'Watches a path for an hour and keeps it as a session.',
  },
  {
    line: 'hopscope trace --simulate isp-loss far.example',
    about: 'The same on a simulated internet that loses packets.',
  },
  { line: 'hopscope serve --port 8080', about: 'The whole app in a browser; the URL is printed.' },
];

/** The page hopscope(1), in the man macros that every system reads. */
export function manPage({ version, day }: ManPageFacts): string {
  return `${[
    `.\\" Made of the program's own table of options.`,
    `.TH HOPSCOPE 1 ${day} ${quoted(`hopscope ${version}`)} "User Commands"`,
    '.SH NAME',
    `hopscope \\- ${plain(SUMMARY.charAt(0).toLowerCase() + SUMMARY.slice(1))}`,
    '.SH SYNOPSIS',
    ...COMMANDS.flatMap(({ usages }) => usages.flatMap((usage) => [synopsis(usage), '.br'])),
    '.B hopscope \\-\\-help | \\-\\-version',
    '.SH DESCRIPTION',
    sentences(
      'Hopscope sends ICMP echo requests, alone or towards every hop of a path, measures round trips by the stamps of the kernel, and says in plain sentences where a connection hurts. It runs in a terminal, and as an app in a browser.',
    ),
    ...optionLines(GENERAL_OPTIONS),
    '.SH COMMANDS',
    ...COMMANDS.flatMap(commandLines),
    '.SH EXIT STATUS',
    ...COMMANDS.flatMap(({ name, exitCode }) => [
      '.TP',
      `.B hopscope ${plain(name)}`,
      sentences(exitCode ?? '0 when it was done, 2 for wrong usage or when it could not run.'),
    ]),
    '.SH PRIVILEGES',
    sentences(
      'On Linux no rights are needed where the group of the account is in the range of net.ipv4.ping_group_range, as on most distributions; else CAP_NET_RAW or root. "hopscope doctor" tells which way is open and how to open one. The packages of Hopscope change nothing of that; they bring a file that does, for whoever administers the machine to put in place:',
    ),
    ...literal(SYSCTL_COMMANDS),
    '.SH ENVIRONMENT',
    ...definition('XDG_CONFIG_HOME', 'Where the folder of settings is, if not in ~/.config.'),
    ...definition('XDG_DATA_HOME', 'Where the folder of sessions is, if not in ~/.local/share.'),
    ...definition('NO_COLOR', 'When it is set and not empty, nothing is coloured.'),
    '.SH FILES',
    ...definition('~/.config/hopscope/', 'Settings, targets and alert rules. It stays when Hopscope is removed.'),
    ...definition('~/.local/share/hopscope/', 'Recorded sessions. It stays when Hopscope is removed.'),
    '.SH EXAMPLES',
    ...EXAMPLES.flatMap(({ line, about }) => ['.TP', `.B ${plain(line)}`, sentences(about)]),
    '.SH SEE ALSO',
    '.BR ping (8),',
    '.BR traceroute (8),',
    '.BR mtr (8),',
    '.BR icmp (7)',
  ].join('\n')}\n`;
}

function commandLines({ name, usages, about, options, actions, notes }: CommandDefinition): readonly string[] {
  return [
    `.SS ${plain(name)}`,
    ...usages.flatMap((usage) => [synopsis(usage), '.br']).slice(0, -1),
    '.PP',
    sentences(about),
    ...actions.flatMap((action) => ['.TP', `.B ${plain(action.name)}`, sentences(`${action.summary}.`)]),
    ...optionLines(options),
    // That every action has a help of its own needs no list to say it.
    ...actions
      .filter((action) => action.options.length > 1)
      .flatMap((action) => ['.PP', `Options of ${plain(action.name)}:`, ...optionLines(action.options)]),
    ...notes.flatMap((note) => ['.PP', sentences(note)]),
  ];
}

function optionLines(options: readonly OptionDefinition[]): readonly string[] {
  return options.flatMap(({ long, short, value, help }) => {
    const spellings = [short, long]
      .filter((spelling) => spelling !== null)
      .map((spelling) => `\\fB${plain(spelling)}\\fR`);
    return ['.TP', `${spellings.join(', ')}${value === null ? '' : ` \\fI${plain(value)}\\fR`}`, sentences(help)];
  });
}

/** A command line with what is to be filled in set apart. */
function synopsis(usage: string): string {
  const words = usage
    .split(' ')
    .map((word) => (/^\[?[A-Z]/.test(word) ? `\\fI${plain(word)}\\fR` : `\\fB${plain(word)}\\fR`));
  return `\\fBhopscope\\fR ${words.join(' ')}`;
}

function definition(head: string, text: string): readonly string[] {
  return ['.TP', `.B ${plain(head)}`, sentences(text)];
}

function literal(lines: readonly string[]): readonly string[] {
  return ['.PP', '.RS 4', '.nf', ...lines.map(plain), '.fi', '.RE'];
}

/** Columns of the source, for those who read it in a terminal or as a difference. */
const SOURCE_WIDTH = 80;

/** Every sentence begins on a line of its own, as roff wants it for the space between them. */
function sentences(text: string): string {
  const lines: string[] = [];
  for (const sentence of text.split(/(?<=[.;:]) (?=[A-Z])/)) {
    let line = '';
    for (const word of sentence.split(' ').map(plain)) {
      const isFull = line !== '' && line.length + 1 + word.length > SOURCE_WIDTH;
      if (isFull) lines.push(line);
      line = line === '' || isFull ? word : `${line} ${word}`;
    }
    lines.push(line);
  }
  return lines.join('\n');
}

/** Text that roff takes as it is: no escape, no control line, and dashes that can be copied into a shell. */
function plain(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('’', '\\(cq')
    .replaceAll(/^(?=[.'])/gm, '\\&');
}

function quoted(text: string): string {
  return `"${plain(text).replaceAll('"', '\\(dq')}"`;
}
