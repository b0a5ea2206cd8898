import type { PingArgs } from '../../../contract/ping.ts';
import { accept, type OptionDefinition, parseLine, quote, refuse, type Usage } from './option-table.ts';
import { readAddress, readEither, readInterfaceName, readSeconds, readWholeNumber } from './option-values.ts';

export const PING_OPTIONS: readonly OptionDefinition[] = [
  { long: '--count', short: '-c', value: 'N', help: 'send N requests to each target (default: until Ctrl-C)' },
  { long: '--interval', short: '-i', value: 'S', help: 'seconds between two requests to a target (default: 1)' },
  { long: '--timeout', short: '-W', value: 'S', help: 'seconds to wait for each answer (default: 2)' },
  { long: '--size', short: '-s', value: 'B', help: 'data bytes in each request (default: 56)' },
  { long: '--ttl', short: '-t', value: 'N', help: 'time to live, 1 to 255 (default: 64)' },
  { long: '--traffic-class', short: '-Q', value: 'N', help: 'DS field and ECN, 0 to 255, also as 0x2e (default: 0)' },
  { long: '--source', short: '-S', value: 'ADDR', help: 'local address to send from' },
  { long: '--interface', short: '-I', value: 'NAME', help: 'network interface to send through' },
  { long: '--ipv4', short: '-4', value: null, help: 'use IPv4 only' },
  { long: '--ipv6', short: '-6', value: null, help: 'use IPv6 only' },
  { long: '--privileged', short: null, value: null, help: 'use a raw socket (root or CAP_NET_RAW)' },
  { long: '--unprivileged', short: null, value: null, help: 'use an ICMP datagram socket (no rights needed)' },
  { long: '--json', short: null, value: null, help: 'print one JSON object a line' },
  { long: '--help', short: '-h', value: null, help: 'print this and end' },
];

/** Longest name that the contract takes; no DNS name is longer (RFC 1035 §2.3.4). */
const LONGEST_TARGET = 255;

/** Most targets of one run, the contract's own limit. */
const MOST_TARGETS = 1_000;

/** A lawful `hopscope ping`. */
export interface PingCommand {
  readonly kind: 'ping';
  readonly args: PingArgs;
  readonly isJson: boolean;
}

/** Reads the arguments of `hopscope ping`; everything that is wrong is found before anything is sent. */
export function readPingArguments(args: readonly string[]): Usage<PingCommand | { readonly kind: 'ping-help' }> {
  const parsed = parseLine('hopscope ping', PING_OPTIONS, args);
  if (!parsed.ok) return parsed;
  const line = parsed.value;
  if (line.options.has('--help')) return accept({ kind: 'ping-help' });

  const targets = readTargets(line.positionals);
  if (!targets.ok) return targets;
  const count = readWholeNumber(line, '--count', { from: 1, to: 1_000_000_000, fallback: null });
  if (!count.ok) return count;
  const interval = readSeconds(line, '--interval', { from: 0.001, to: 86_400, fallbackMs: 1_000 });
  if (!interval.ok) return interval;
  const timeout = readSeconds(line, '--timeout', { from: 0.001, to: 60, fallbackMs: 2_000 });
  if (!timeout.ok) return timeout;
  const size = readWholeNumber(line, '--size', { from: 0, to: 65_507, fallback: 56 });
  if (!size.ok) return size;
  const ttl = readWholeNumber(line, '--ttl', { from: 1, to: 255, fallback: 64 });
  if (!ttl.ok) return ttl;
  const trafficClass = readWholeNumber(line, '--traffic-class', { from: 0, to: 255, fallback: 0, isHexAllowed: true });
  if (!trafficClass.ok) return trafficClass;
  const source = readAddress(line, '--source');
  if (!source.ok) return source;
  const interfaceName = readInterfaceName(line, '--interface');
  if (!interfaceName.ok) return interfaceName;
  const family = readEither(
    line,
    [
      ['--ipv4', 4],
      ['--ipv6', 6],
    ] as const,
    null,
  );
  if (!family.ok) return family;
  const transport = readEither(
    line,
    [
      ['--privileged', 'privileged'],
      ['--unprivileged', 'unprivileged'],
    ] as const,
    'auto' as const,
  );
  if (!transport.ok) return transport;

  return accept({
    kind: 'ping',
    isJson: line.options.has('--json'),
    args: {
      targets: [...targets.value],
      count: count.value,
      intervalMs: interval.value,
      options: {
        payloadBytes: size.value,
        hopLimit: ttl.value,
        trafficClass: trafficClass.value,
        timeoutMs: timeout.value,
        source: source.value,
        interfaceName: interfaceName.value,
        family: family.value,
        transport: transport.value,
        transmitTimestamps: true,
      },
    },
  });
}

/** The targets without repeats: a target named twice is still one target. */
function readTargets(positionals: readonly string[]): Usage<readonly string[]> {
  const targets = [...new Set(positionals.map((text) => text.trim()))];
  if (targets.length === 0) return refuse('A target is missing: give at least one host name or numeric address.');
  if (targets.length > MOST_TARGETS) {
    return refuse(
      `At most ${MOST_TARGETS.toLocaleString('en')} targets are allowed, not ${targets.length.toLocaleString('en')}.`,
    );
  }
  for (const target of targets) {
    if (target.length === 0 || target.length > LONGEST_TARGET) {
      return refuse(
        `A target must be a name or an address of 1 to ${LONGEST_TARGET} characters, not ${quote(target)}.`,
      );
    }
  }
  return accept(targets);
}
