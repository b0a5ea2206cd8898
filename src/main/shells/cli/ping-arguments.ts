import type { PingArgs } from '../../../contract/ping.ts';
import { accept, HELP_OPTION, type OptionDefinition, parseLine, type Usage } from './option-table.ts';
import { readSeconds, readWholeNumber } from './option-values.ts';
import { PROBE_OPTIONS, readProbeOptions, readTargets, SIMULATE_OPTION, TIMEOUT_OPTION } from './probe-arguments.ts';

export const PING_OPTIONS: readonly OptionDefinition[] = [
  { long: '--count', short: '-c', value: 'N', help: 'send N requests to each target (default: until Ctrl-C)' },
  { long: '--interval', short: '-i', value: 'S', help: 'seconds between two requests to a target (default: 1)' },
  TIMEOUT_OPTION,
  { long: '--ttl', short: '-t', value: 'N', help: 'time to live, 1 to 255 (default: 64)' },
  ...PROBE_OPTIONS,
  { long: '--json', short: null, value: null, help: 'print one JSON object a line' },
  SIMULATE_OPTION,
  HELP_OPTION,
];

/** A lawful `hopscope ping`. */
export interface PingCommand {
  readonly kind: 'ping';
  readonly args: PingArgs;
  readonly isJson: boolean;
  /** Scenario to run in instead of the network, or null. */
  readonly simulate: string | null;
}

/** Reads the arguments of `hopscope ping`; everything that is wrong is found before anything is sent. */
export function readPingArguments(args: readonly string[]): Usage<PingCommand | { readonly kind: 'help' }> {
  const parsed = parseLine('hopscope ping', PING_OPTIONS, args);
  if (!parsed.ok) return parsed;
  const line = parsed.value;
  if (line.options.has('--help')) return accept({ kind: 'help' });

  const targets = readTargets(line.positionals);
  if (!targets.ok) return targets;
  const count = readWholeNumber(line, '--count', { from: 1, to: 1_000_000_000, fallback: null });
  if (!count.ok) return count;
  const interval = readSeconds(line, '--interval', { from: 0.001, to: 86_400, fallbackMs: 1_000 });
  if (!interval.ok) return interval;
  const ttl = readWholeNumber(line, '--ttl', { from: 1, to: 255, fallback: 64 });
  if (!ttl.ok) return ttl;
  const options = readProbeOptions(line);
  if (!options.ok) return options;

  return accept({
    kind: 'ping',
    isJson: line.options.has('--json'),
    simulate: line.options.get('--simulate') ?? null,
    args: {
      targets: [...targets.value],
      count: count.value,
      intervalMs: interval.value,
      options: { ...options.value, hopLimit: ttl.value },
    },
  });
}
