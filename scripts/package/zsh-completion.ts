import type { OptionDefinition, Suggestions } from '../../src/main/shells/cli/option-table.ts';
import {
  actionWords,
  type CompletionPlace,
  type CompletionWord,
  commandWords,
  completionPlaces,
  FIRST_OPTIONS,
  quoteWord,
  scenarioNames,
} from './completion-places.ts';

/** The completion of `hopscope` for zsh: the file `_hopscope` of a folder in `fpath`. */
export function zshCompletion(): string {
  const withActions = actionWords();
  return `#compdef hopscope
# zsh completion for hopscope, made of its own table of options.

_hopscope_interfaces() {
  local -a interfaces
  interfaces=(\${(f)"$(command ls /sys/class/net 2>/dev/null || command ifconfig -l 2>/dev/null | tr ' ' '\\n')"})
  compadd -a interfaces
}

_hopscope_scenarios() {
  local -a scenarios
  scenarios=(${scenarioNames().join(' ')})
  _alternative 'scenarios:scenario:compadd -a scenarios' 'files:file:_files'
}

_hopscope() {
  local curcontext=$curcontext state line place
  local -a words_here
  typeset -A opt_args
  _arguments -C ${FIRST_OPTIONS.flatMap(optionSpecs).join(' ')} \\
    '1: :->command' '*:: :->rest' && return
  if [[ $state == command ]]; then
    ${describe('command', commandWords())}
    return
  fi
  place=$line[1]
${withActions
  .map(
    ({ command, actions }) => `  if [[ $place == ${command} ]]; then
    if ((CURRENT == 2)); then
      ${describe('action', actions)}
      return
    fi
    place="${command} $words[2]"
    shift words
    ((CURRENT--))
  fi
`,
  )
  .join('')}  case $place in
${completionPlaces().map(placeCase).join('\n')}
  esac
}

_hopscope "$@"
`;
}

/** `name:description`, with the colons of the name escaped; here none has any. */
function describe(what: string, words: readonly CompletionWord[]): string {
  const entries = words.map(({ word, help }) => quoteWord(`${word}:${help}`)).join(' ');
  return `words_here=(${entries})
    _describe ${what} words_here`;
}

function placeCase({ words, operands, options }: CompletionPlace): string {
  const rest: readonly string[] =
    operands === 'none' ? [] : [quoteWord(`*: :${operands === 'unknown' ? '' : action(operands)}`)];
  const specs = [...options.flatMap(optionSpecs), ...rest];
  return `    ${quoteWord(words.join(' '))})
      _arguments -s \\
        ${specs.join(' \\\n        ')}
      ;;`;
}

/** One for each spelling; each excludes the others. */
function optionSpecs({ long, short, value, help, suggests }: OptionDefinition): readonly string[] {
  const spellings = short === null ? [long] : [short, long];
  const text = help.replaceAll(/[[\]\\]/g, String.raw`\$&`);
  const ending = value === null ? '' : `:${value}:${suggests === undefined ? '' : action(suggests)}`;
  return spellings.map((spelling) => {
    const joined = value === null ? '' : spelling === long ? '=' : '+';
    return quoteWord(`(${spellings.join(' ')})${spelling}${joined}[${text}]${ending}`);
  });
}

function action(suggests: Suggestions): string {
  if (typeof suggests !== 'string') return `(${suggests.join(' ')})`;
  switch (suggests) {
    case 'files':
      return '_files';
    case 'hosts':
      return '_hosts';
    case 'interfaces':
      return '_hopscope_interfaces';
    case 'scenarios':
      return '_hopscope_scenarios';
  }
}
