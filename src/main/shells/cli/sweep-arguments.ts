import { ADDRESSES_LIMIT } from '../../../contract/address-ranges.ts';
import type { ProbeOptions } from '../../../contract/probe.ts';
import {
  accept,
  HELP_OPTION,
  type OptionDefinition,
  type ParsedLine,
  parseLine,
  quote,
  refuse,
  type Usage,
} from './option-table.ts';
import { readWholeNumber } from './option-values.ts';
import { PROBE_OPTIONS, readProbeOptions, SIMULATE_OPTION, TIMEOUT_OPTION } from './probe-arguments.ts';

export const SWEEP_OPTIONS: readonly OptionDefinition[] = [
  {
    long: '--file',
    short: '-f',
    value: 'LIST',
    help: 'file with ranges, one a line or several, # for comments',
    suggests: 'files',
  },
  {
    long: '--rate',
    short: '-r',
    value: 'N',
    help: 'requests a second, or max: as fast as this machine loses none (default: 1000)',
  },
  { long: '--retries', short: null, value: 'N', help: 'further requests to who did not answer (default: 0)' },
  TIMEOUT_OPTION,
  ...PROBE_OPTIONS,
  { long: '--from', short: null, value: 'N', help: 'number of the address to begin at, from 0 (default: 0)' },
  {
    long: '--state',
    short: null,
    value: 'FILE',
    help: 'keep in FILE how far it came; go on from there if it exists',
    suggests: 'files',
  },
  { long: '--quiet', short: '-q', value: null, help: 'only the summary' },
  { long: '--json', short: null, value: null, help: 'print one JSON object a line' },
  SIMULATE_OPTION,
  HELP_OPTION,
];

/** A lawful `hopscope sweep`; its ranges are read when the file is. */
export interface SweepCommand {
  readonly kind: 'sweep';
  readonly ranges: readonly string[];
  /** Path of a list of further ranges, or null. */
  readonly file: string | null;
  readonly ratePerSecond: number | null;
  readonly retries: number;
  readonly options: ProbeOptions;
  /** Number of the address to begin at. */
  readonly fromIndex: number;
  /** Path of the file that tells how far it came, or null. */
  readonly stateFile: string | null;
  readonly isQuiet: boolean;
  readonly isJson: boolean;
  readonly simulate: string | null;
}

/** Reads the arguments of `hopscope sweep`. */
export function readSweepArguments(args: readonly string[]): Usage<SweepCommand | { readonly kind: 'help' }> {
  const parsed = parseLine('hopscope sweep', SWEEP_OPTIONS, args);
  if (!parsed.ok) return parsed;
  const line = parsed.value;
  const { options, positionals } = line;
  if (options.has('--help')) return accept({ kind: 'help' });
  const file = options.get('--file') ?? null;
  if (positionals.length === 0 && file === null) {
    return refuse(
      'A range is missing: give addresses or ranges such as 192.0.2.0/24, or a list of them with --file LIST.',
    );
  }
  for (const [long, path] of [
    ['--file', file],
    ['--state', options.get('--state') ?? null],
  ] as const) {
    if (path?.trim() === '') return refuse(`${long} must be the path of a file, not ${quote(path)}.`);
  }
  // What was written to standard output could not be read from standard input again.
  if (options.get('--state') === '-') return refuse('--state must be the path of a file, not standard input (“-”).');
  const rate = readRate(line);
  if (!rate.ok) return rate;
  const retries = readWholeNumber(line, '--retries', { from: 0, to: 10, fallback: 0 });
  if (!retries.ok) return retries;
  const from = readWholeNumber(line, '--from', { from: 0, to: ADDRESSES_LIMIT, fallback: 0 });
  if (!from.ok) return from;
  if (options.has('--from') && options.has('--state')) {
    return refuse('--from and --state exclude each other: give one of them.');
  }
  const probe = readProbeOptions(line);
  if (!probe.ok) return probe;
  return accept({
    kind: 'sweep',
    ranges: positionals,
    file,
    ratePerSecond: rate.value,
    retries: retries.value,
    options: probe.value,
    fromIndex: from.value,
    stateFile: options.get('--state') ?? null,
    isQuiet: options.has('--quiet'),
    isJson: options.has('--json'),
    simulate: options.get('--simulate') ?? null,
  });
}

/** Requests a second; null for `max`. */
function readRate(line: ParsedLine): Usage<number | null> {
  const text = line.options.get('--rate');
  if (text === 'max') return accept(null);
  const rate = readWholeNumber(line, '--rate', { from: 1, to: 1_000_000, fallback: 1_000 });
  return rate.ok
    ? rate
    : refuse(`--rate must be a whole number from 1 to 1,000,000, or max, not ${quote(text ?? '')}.`);
}
