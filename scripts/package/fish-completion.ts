import type { OptionDefinition, Suggestions } from '../../src/main/shells/cli/option-table.ts';
import {
  actionWords,
  type CompletionPlace,
  commandWords,
  completionPlaces,
  FIRST_OPTIONS,
  quoteWord,
  scenarioNames,
} from './completion-places.ts';

/** The completion of `hopscope` for fish. */
export function fishCompletion(): string {
  const lines = [
    ...commandWords().map(({ word, help }) => `${at([])} -a ${word} -d ${quoteWord(help)}`),
    ...FIRST_OPTIONS.map((option) => optionLine([], option)),
    ...actionWords().flatMap(({ command, actions }) =>
      actions.map(({ word, help }) => `${at([command])} -a ${word} -d ${quoteWord(help)}`),
    ),
    ...completionPlaces().flatMap(placeLines),
  ];
  return `# fish completion for hopscope, made of its own table of options.

# Whether the words of the command line begin with these; with none, whether there are none yet.
function __hopscope_at
    set -l words (commandline -opc)
    set -e words[1]
    if test (count $argv) -eq 0
        test (count $words) -eq 0
        return
    end
    set -l place $words[1]
    if contains -- "$place" ${actionWords()
      .map(({ command }) => command)
      .join(' ')}; and test (count $words) -gt 1
        set place "$place $words[2]"
    end
    test "$place" = "$argv"
end

function __hopscope_interfaces
    command ls /sys/class/net 2>/dev/null; or command ifconfig -l 2>/dev/null | string split ' '
end

complete -c hopscope -f
${lines.join('\n')}
`;
}

function at(words: readonly string[]): string {
  return `complete -c hopscope -n ${quoteWord(['__hopscope_at', ...words].join(' '))}`;
}

function placeLines({ words, operands, options }: CompletionPlace): readonly string[] {
  const operand: readonly string[] =
    operands === 'hosts' || operands === 'files' ? [`${at(words)} ${suggestion(operands)}`] : [];
  return [...options.map((option) => optionLine(words, option)), ...operand];
}

function optionLine(words: readonly string[], { long, short, value, help, suggests }: OptionDefinition): string {
  const letter = short === null ? '' : ` -s ${short.slice(1)}`;
  const wanted = value === null ? '' : ` -r ${suggests === undefined ? '-f' : suggestion(suggests)}`;
  return `${at(words)}${letter} -l ${long.slice(2)}${wanted} -d ${quoteWord(help)}`;
}

function suggestion(suggests: Suggestions): string {
  if (typeof suggests !== 'string') return `-f -a ${quoteWord(suggests.join(' '))}`;
  switch (suggests) {
    case 'files':
      return '-F';
    case 'hosts':
      return `-f -a '(__fish_print_hostnames)'`;
    case 'interfaces':
      return `-f -a '(__hopscope_interfaces)'`;
    case 'scenarios':
      return `-F -a ${quoteWord(scenarioNames().join(' '))}`;
  }
}
