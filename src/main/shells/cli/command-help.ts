import { COMMANDS, type CommandDefinition, GENERAL_OPTIONS, SUMMARY } from './command-table.ts';
import { describeOptions } from './option-table.ts';

/** Columns that prose is broken at: the terminals of today are wider, and longer lines are hard to read. */
const WIDTH = 120;

/** What `hopscope --help` prints. */
export function generalHelp(): string {
  const width = Math.max(...COMMANDS.map(({ head }) => head.length));
  return [
    'Usage: hopscope COMMAND [OPTION]...',
    `${SUMMARY}.`,
    ['Commands:', ...COMMANDS.map(({ head, summary }) => `  ${head.padEnd(width)}  ${summary}`)].join('\n'),
    `Options:\n${describeOptions(GENERAL_OPTIONS)}`,
    '"hopscope COMMAND --help" says more about a command.',
  ].join('\n\n');
}

/** What `hopscope COMMAND --help` prints. */
export function commandHelp({ usages, about, options, actions, notes, exitCode }: CommandDefinition): string {
  const width = Math.max(0, ...actions.map(({ name }) => name.length));
  const listed = actions.map(({ name, summary }) => wrap(summary, `  ${name.padEnd(width)}  `));
  return [
    usages.map((usage, index) => `${index === 0 ? 'Usage:' : '      '} hopscope ${usage}`).join('\n'),
    wrap(about),
    ...(listed.length === 0 ? [] : [listed.join('\n')]),
    ...(options.length === 0 ? [] : [`Options:\n${describeOptions(options)}`]),
    // That every action has a help of its own needs no list to say it.
    ...actions
      .filter((action) => action.options.length > 1)
      .map((action) => `Options of ${action.name}:\n${describeOptions(action.options)}`),
    ...notes.map((note) => wrap(note)),
    ...(exitCode === null ? [] : [wrap(`Exit code: ${exitCode}`)]),
  ].join('\n\n');
}

/** Text in lines of at most {@link WIDTH} columns, the further ones as far to the right as the head of the first. */
function wrap(text: string, head = ''): string {
  const lines: string[] = [];
  let line = head;
  for (const word of text.split(' ')) {
    const isFresh = line.trim() === '' || line === head;
    if (!isFresh && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = ' '.repeat(head.length) + word;
    } else {
      line += isFresh ? word : ` ${word}`;
    }
  }
  return [...lines, line].join('\n');
}
