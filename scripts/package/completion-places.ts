import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { COMMANDS, GENERAL_OPTIONS, type Operands } from '../../src/main/shells/cli/command-table.ts';
import type { OptionDefinition } from '../../src/main/shells/cli/option-table.ts';

const SCENARIOS = join(import.meta.dirname, '../../resources/scenarios');
const ENDING = '.json';
const NOT_A_SCENARIO = `scenario.schema${ENDING}`;

/** A place on the command line after which shells suggest: behind a command, or behind an action of one. */
export interface CompletionPlace {
  /** `ping`, or `sessions list`. */
  readonly words: readonly [command: string] | readonly [command: string, action: string];
  readonly operands: Operands;
  readonly options: readonly OptionDefinition[];
}

/** A word that can come next, and what it does. */
export interface CompletionWord {
  readonly word: string;
  readonly help: string;
}

/** Every place where options are taken. A command that has actions takes none itself. */
export function completionPlaces(): readonly CompletionPlace[] {
  return COMMANDS.flatMap(({ name, operands, options, actions }): readonly CompletionPlace[] =>
    actions.length === 0
      ? [{ words: [name], operands, options }]
      : actions.map((action) => ({
          words: [name, action.name],
          operands: action.operands,
          options: action.options,
        })),
  );
}

/** The first words. */
export function commandWords(): readonly CompletionWord[] {
  return COMMANDS.map(({ name, summary }) => ({ word: name, help: summary }));
}

/** The first words that are options. */
export const FIRST_OPTIONS = GENERAL_OPTIONS;

/** Commands with second words, and these. */
export function actionWords(): readonly { readonly command: string; readonly actions: readonly CompletionWord[] }[] {
  return COMMANDS.filter(({ actions }) => actions.length > 0).map(({ name, actions }) => ({
    command: name,
    actions: actions.map((action) => ({ word: action.name, help: action.summary })),
  }));
}

/** Names of the simulated internets that come with the program, sorted. */
export function scenarioNames(): readonly string[] {
  return readdirSync(SCENARIOS)
    .filter((file) => file.endsWith(ENDING) && file !== NOT_A_SCENARIO)
    .map((file) => file.slice(0, -ENDING.length))
    .sort();
}

/** As one word of a POSIX shell, of zsh and of fish alike; none of our texts has a backslash, which fish would read. */
export function quoteWord(text: string): string {
  return `'${text.replaceAll("'", `'"'"'`)}'`;
}
