import { readArguments } from '../../src/main/shells/cli/arguments.ts';

/** An option as help shows it. */
export interface ShownOption {
  /** `-c, --count N` */
  readonly head: string;
  readonly long: string;
  readonly short: string | null;
  readonly hasValue: boolean;
  readonly help: string;
}

/** What `hopscope COMMAND --help` prints, asked of the program itself. */
export function helpOf(command: string): string {
  const read = readArguments([command, '--help']);
  if (read.ok && read.value.kind === 'print') return read.value.text;
  throw new Error(`There is no help for ${command}.`);
}

/** The options in a help text, read back from its columns. */
export function optionsInHelp(help: string): readonly ShownOption[] {
  return [...help.matchAll(/^ {2}(?: {4}|(-.), )(--[\w-]+)( [A-Z]+)? {2,}(.+)$/gm)].map(
    ([, short = null, long = '', value = '', words = '']) => ({
      head: `${short === null ? '' : `${short}, `}${long}${value}`,
      long,
      short,
      hasValue: value !== '',
      help: words,
    }),
  );
}
