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

/** The completion of `hopscope` for bash, 3.2 and newer; it needs nothing of the package bash-completion. */
export function bashCompletion(): string {
  const places = completionPlaces();
  return `# bash completion for hopscope, made of its own table of options.

_hopscope_words() {
  COMPREPLY+=($(compgen -W "$1" -- "$cur"))
}

_hopscope_files() {
  compopt -o filenames 2>/dev/null
  local IFS=$'\\n'
  COMPREPLY+=($(compgen -f -- "$cur"))
}

_hopscope() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]} place=\${COMP_WORDS[1]}
  # bash takes --format=csv for three words.
  if [[ $cur == '=' ]]; then
    cur=''
  elif [[ $prev == '=' ]]; then
    prev=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    _hopscope_words ${quoteWord([...commandWords().map(({ word }) => word), ...spellings(FIRST_OPTIONS)].join(' '))}
    return
  fi
${actionWords()
  .map(
    ({ command, actions }) => `  if [[ $place == ${command} ]]; then
    if ((COMP_CWORD == 2)); then
      _hopscope_words ${quoteWord([...actions.map(({ word }) => word), '--help'].join(' '))}
      return
    fi
    place="${command} \${COMP_WORDS[2]}"
  fi
`,
  )
  .join('')}  case "$place $prev" in
${places.flatMap(valueCases).join('\n')}
  esac
  if [[ $cur == -* ]]; then
    case $place in
${places.map(optionCase).join('\n')}
    esac
    return
  fi
  case $place in
${places.flatMap(operandCase).join('\n')}
  esac
}

complete -F _hopscope hopscope
`;
}

function spellings(options: readonly OptionDefinition[]): readonly string[] {
  return options.flatMap(({ long, short }) => (short === null ? [long] : [long, short]));
}

/** What comes behind an option with a value; behind numbers and times nothing is suggested, and no target either. */
function valueCases({ words, options }: CompletionPlace): readonly string[] {
  return options
    .filter(({ value }) => value !== null)
    .map((option) => {
      const patterns = spellings([option]).map((spelling) => quoteWord(`${words.join(' ')} ${spelling}`));
      const calls = option.suggests === undefined ? [] : suggestCalls(option.suggests);
      return [`    ${patterns.join(' | ')})`, ...calls.map((call) => `      ${call}`), '      return', '      ;;'].join(
        '\n',
      );
    });
}

function suggestCalls(suggests: Suggestions): readonly string[] {
  if (typeof suggests !== 'string') return [`_hopscope_words ${quoteWord(suggests.join(' '))}`];
  switch (suggests) {
    case 'files':
      return ['_hopscope_files'];
    case 'hosts':
      return ['COMPREPLY+=($(compgen -A hostname -- "$cur"))'];
    case 'interfaces':
      return ['_hopscope_words "$(ls /sys/class/net 2>/dev/null || ifconfig -l 2>/dev/null)"'];
    case 'scenarios':
      return [`_hopscope_words ${quoteWord(scenarioNames().join(' '))}`, '_hopscope_files'];
  }
}

function optionCase({ words, options }: CompletionPlace): string {
  return `      ${quoteWord(words.join(' '))}) _hopscope_words ${quoteWord(spellings(options).join(' '))} ;;`;
}

function operandCase({ words, operands }: CompletionPlace): readonly string[] {
  switch (operands) {
    case 'hosts':
    case 'files':
      return [`    ${quoteWord(words.join(' '))}) ${suggestCalls(operands).join('; ')} ;;`];
    case 'unknown':
    case 'none':
      return [];
  }
}
