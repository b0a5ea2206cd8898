import { HIGHEST_FLOW, type PathOptions } from '../../../contract/path.ts';
import { REPORT_FORMATS, type ReportFormat } from '../../reports/path-lines.ts';
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
import { readSeconds, readWholeNumber } from './option-values.ts';
import { PROBE_OPTIONS, readProbeOptions, readTargets, SIMULATE_OPTION, TIMEOUT_OPTION } from './probe-arguments.ts';

/** A round of probes more often than this only measures the routers' patience; the contract's own limits. */
const SHORTEST_INTERVAL_S = 0.1;
const LONGEST_INTERVAL_S = 3_600;

/** Most paths at a time: each has some thirty probes a round, and all of them share one budget. */
const MOST_PATHS = 100;

const SHARED_OPTIONS: readonly OptionDefinition[] = [
  TIMEOUT_OPTION,
  { long: '--max-hops', short: '-m', value: 'N', help: 'highest hop limit, 1 to 64 (default: 30)' },
  ...PROBE_OPTIONS,
  { long: '--flow', short: null, value: 'N', help: 'flow, 0 to 65534: another may take another way (default: random)' },
  { long: '--no-dns', short: '-n', value: null, help: 'do not look up the names of hops' },
  { long: '--asn', short: null, value: null, help: "look up networks; tells Team Cymru's DNS which hops you look at" },
  { long: '--branches', short: null, value: null, help: 'find the branches of load balancers (some hundred probes)' },
  { long: '--mtu', short: null, value: null, help: 'find the largest packet that each hop lets through' },
  {
    long: '--format',
    short: null,
    value: 'FORM',
    help: 'text, csv, markdown or json (default: text)',
    suggests: REPORT_FORMATS,
  },
  { long: '--json', short: null, value: null, help: 'the same as --format json' },
  SIMULATE_OPTION,
  HELP_OPTION,
];

export const TRACE_OPTIONS: readonly OptionDefinition[] = [
  { long: '--count', short: '-c', value: 'N', help: 'rounds to send (default: 3)' },
  { long: '--interval', short: '-i', value: 'S', help: 'seconds between two rounds (default: 0.5)' },
  ...SHARED_OPTIONS,
];

export const MONITOR_OPTIONS: readonly OptionDefinition[] = [
  { long: '--duration', short: '-d', value: 'S', help: 'seconds to go on for (default: until q or Ctrl-C)' },
  { long: '--count', short: '-c', value: 'N', help: 'rounds to send; with --duration, whichever is fewer' },
  { long: '--interval', short: '-i', value: 'S', help: 'seconds between two rounds (default: 1)' },
  { long: '--record', short: null, value: null, help: 'keep what is measured as a session, as the app does' },
  ...SHARED_OPTIONS,
];

/** What `trace` and `monitor` have in common. */
export interface PathCommand {
  readonly intervalMs: number;
  readonly options: PathOptions;
  readonly hasBranches: boolean;
  readonly hasMtu: boolean;
  readonly format: ReportFormat;
  readonly simulate: string | null;
}

/** A lawful `hopscope trace`. */
export interface TraceCommand extends PathCommand {
  readonly kind: 'trace';
  readonly target: string;
}

/** A lawful `hopscope monitor`. */
export interface MonitorCommand extends PathCommand {
  readonly kind: 'monitor';
  readonly targets: readonly string[];
  /** Null: until it is interrupted, or `count` rounds are done. */
  readonly durationMs: number | null;
  /** Whether it is kept as sessions. */
  readonly isRecorded: boolean;
}

type OrHelp<T> = T | { readonly kind: 'help' };

/** Reads the arguments of `hopscope trace`. */
export function readTraceArguments(args: readonly string[]): Usage<OrHelp<TraceCommand>> {
  const line = parseLine('hopscope trace', TRACE_OPTIONS, args);
  if (!line.ok) return line;
  if (line.value.options.has('--help')) return accept({ kind: 'help' });
  const targets = readTargets(line.value.positionals);
  if (!targets.ok) return targets;
  const [target = '', second] = targets.value;
  if (second !== undefined) {
    return refuse(
      `hopscope trace takes one target, so ${quote(second)} is not allowed; "hopscope monitor" takes several.`,
    );
  }
  const count = readWholeNumber(line.value, '--count', { from: 1, to: 1_000_000, fallback: 3 });
  if (!count.ok) return count;
  const command = readPathCommand(line.value, 500, count.value);
  return command.ok ? accept({ kind: 'trace', target, ...command.value }) : command;
}

/** Reads the arguments of `hopscope monitor`. */
export function readMonitorArguments(args: readonly string[]): Usage<OrHelp<MonitorCommand>> {
  const line = parseLine('hopscope monitor', MONITOR_OPTIONS, args);
  if (!line.ok) return line;
  if (line.value.options.has('--help')) return accept({ kind: 'help' });
  const targets = readTargets(line.value.positionals, MOST_PATHS);
  if (!targets.ok) return targets;
  const count = readWholeNumber(line.value, '--count', { from: 1, to: 1_000_000_000, fallback: null });
  if (!count.ok) return count;
  const duration = readSeconds(line.value, '--duration', { from: 0.1, to: 31_536_000, fallbackMs: 0 });
  if (!duration.ok) return duration;
  const command = readPathCommand(line.value, 1_000, count.value);
  if (!command.ok) return command;
  const durationMs = duration.value === 0 ? null : duration.value;
  const { intervalMs, options } = command.value;
  // Rounds begin with the first at once, so that ten seconds at one a second are ten rounds.
  const fitting = durationMs === null ? null : Math.max(1, Math.ceil(durationMs / intervalMs));
  const rounds = fitting === null || count.value === null ? (fitting ?? count.value) : Math.min(fitting, count.value);
  return accept({
    kind: 'monitor',
    targets: targets.value,
    durationMs,
    isRecorded: line.value.options.has('--record'),
    ...command.value,
    options: { ...options, count: rounds },
  });
}

function readPathCommand(line: ParsedLine, fallbackMs: number, count: number | null): Usage<PathCommand> {
  const { options } = line;
  const interval = readSeconds(line, '--interval', { from: SHORTEST_INTERVAL_S, to: LONGEST_INTERVAL_S, fallbackMs });
  if (!interval.ok) return interval;
  const maxHops = readWholeNumber(line, '--max-hops', { from: 1, to: 64, fallback: 30 });
  if (!maxHops.ok) return maxHops;
  const flow = readWholeNumber(line, '--flow', { from: 0, to: HIGHEST_FLOW, fallback: null });
  if (!flow.ok) return flow;
  const format = readFormat(line);
  if (!format.ok) return format;
  const probe = readProbeOptions(line);
  if (!probe.ok) return probe;
  return accept({
    intervalMs: interval.value,
    hasBranches: options.has('--branches'),
    hasMtu: options.has('--mtu'),
    format: format.value,
    simulate: options.get('--simulate') ?? null,
    options: {
      ...probe.value,
      maxHops: maxHops.value,
      reverseDns: !options.has('--no-dns'),
      asn: options.has('--asn'),
      count,
      flow: flow.value,
    },
  });
}

/** The form asked for by `--format` or `--json`. */
export function readFormat({ options }: ParsedLine): Usage<ReportFormat> {
  const text = options.get('--format');
  const format = text === undefined ? null : REPORT_FORMATS.find((each) => each === text);
  if (format === undefined) return refuse(`--format must be text, csv, markdown or json, not ${quote(text ?? '')}.`);
  if (!options.has('--json')) return accept(format ?? 'text');
  return format === null || format === 'json'
    ? accept('json')
    : refuse(`--json and --format ${format} exclude each other: give one of them.`);
}
