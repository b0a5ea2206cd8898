import { parseArgs } from 'node:util';

/** What shells suggest for a value: these words, or what there is on the machine. */
export type Suggestions = readonly string[] | 'files' | 'hosts' | 'interfaces' | 'scenarios';

/** One option of a command, as it is parsed and as help shows it. */
export interface OptionDefinition {
  /** With its dashes: `--count`. */
  readonly long: string;
  /** With its dash: `-c`; null when there is none. */
  readonly short: string | null;
  /** What stands for its value in help; null when it takes none. */
  readonly value: string | null;
  readonly help: string;
  /** Absent: nothing, as for numbers and times. */
  readonly suggests?: Suggestions;
}

export const HELP_OPTION: OptionDefinition = { long: '--help', short: '-h', value: null, help: 'print this and end' };

/** What was found on a command line. Options by their long form; a flag has an empty text. The last of equal ones counts. */
export interface ParsedLine {
  readonly options: ReadonlyMap<string, string>;
  readonly positionals: readonly string[];
}

/** A value, or one sentence that says what is wrong with the command line. */
export type Usage<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly sentence: string };

export function accept<T>(value: T): Usage<T> {
  return { ok: true, value };
}

export function refuse(sentence: string): { readonly ok: false; readonly sentence: string } {
  return { ok: false, sentence };
}

/** Takes a command line apart. `command` is what its help is asked for by, e.g. `hopscope ping`. */
export function parseLine(
  command: string,
  definitions: readonly OptionDefinition[],
  args: readonly string[],
): Usage<ParsedLine> {
  const byName = new Map(definitions.map((definition) => [definition.long.slice(2), definition]));
  const { tokens } = parseArgs({
    args: [...args],
    // Not strict: the sentences are ours, and Node's would have to be told apart by their text.
    strict: false,
    tokens: true,
    allowPositionals: true,
    options: Object.fromEntries(
      definitions.map(({ long, short, value }) => [
        long.slice(2),
        { type: value === null ? 'boolean' : 'string', ...(short === null ? {} : { short: short.slice(1) }) } as const,
      ]),
    ),
  });
  const options = new Map<string, string>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const definition = byName.get(token.name);
    if (definition === undefined) {
      return refuse(`There is no option ${quote(token.rawName)}; "${command} --help" lists those there are.`);
    }
    const { long, value: valueName } = definition;
    if (valueName === null && token.value !== undefined) {
      return refuse(`${long} takes no value, so ${quote(token.value)} is not allowed with it.`);
    }
    // "--source --json" has forgotten an address; "--count -5" has a bad number.
    const isForgotten = token.value === undefined || (!token.inlineValue && /^-[^\d.]/.test(token.value));
    if (valueName !== null && isForgotten) return refuse(`${long} needs a value: ${long} ${valueName}.`);
    options.set(long, token.value ?? '');
  }
  return accept({ options, positionals });
}

/** Options in columns, for help. */
export function describeOptions(definitions: readonly OptionDefinition[]): string {
  const heads = definitions.map(
    ({ long, short, value }) => `${short === null ? '    ' : `${short}, `}${long}${value === null ? '' : ` ${value}`}`,
  );
  const width = Math.max(...heads.map((head) => head.length));
  return definitions.map(({ help }, index) => `  ${(heads[index] ?? '').padEnd(width)}  ${help}`).join('\n');
}

/** What a person typed, set apart from the sentence around it. */
export function quote(text: string): string {
  return `“${text}”`;
}
