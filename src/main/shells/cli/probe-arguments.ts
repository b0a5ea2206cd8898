import type { ProbeOptions } from '../../../contract/probe.ts';
import { accept, type OptionDefinition, type ParsedLine, quote, refuse, type Usage } from './option-table.ts';
import { readAddress, readEither, readInterfaceName, readSeconds, readWholeNumber } from './option-values.ts';

/** What every command that sends has in common. */

export const TIMEOUT_OPTION: OptionDefinition = {
  long: '--timeout',
  short: '-W',
  value: 'S',
  help: 'seconds to wait for each answer (default: 2)',
};

export const SIMULATE_OPTION: OptionDefinition = {
  long: '--simulate',
  short: null,
  value: 'SCENARIO',
  help: 'use a simulated internet: a name of "hopscope scenarios", or a file',
  suggests: 'scenarios',
};

/** How probes look and where they leave this machine. */
export const PROBE_OPTIONS: readonly OptionDefinition[] = [
  { long: '--size', short: '-s', value: 'B', help: 'data bytes in each request (default: 56)' },
  { long: '--traffic-class', short: '-Q', value: 'N', help: 'DS field and ECN, 0 to 255, also as 0x2e (default: 0)' },
  { long: '--source', short: '-S', value: 'ADDR', help: 'local address to send from' },
  {
    long: '--interface',
    short: '-I',
    value: 'NAME',
    help: 'network interface to send through',
    suggests: 'interfaces',
  },
  { long: '--ipv4', short: '-4', value: null, help: 'use IPv4 only' },
  { long: '--ipv6', short: '-6', value: null, help: 'use IPv6 only' },
  { long: '--privileged', short: null, value: null, help: 'use a raw socket (root or CAP_NET_RAW)' },
  { long: '--unprivileged', short: null, value: null, help: 'use an ICMP datagram socket (no rights needed)' },
];

/** Longest name that the contract takes; no DNS name is longer (RFC 1035 §2.3.4). */
const LONGEST_TARGET = 255;

/** Most targets of one run, the contract's own limit. */
const MOST_TARGETS = 1_000;

/** Reads {@link PROBE_OPTIONS} and {@link TIMEOUT_OPTION}; the hop limit is the contract's default. */
export function readProbeOptions(line: ParsedLine): Usage<ProbeOptions> {
  const timeout = readSeconds(line, '--timeout', { from: 0.001, to: 60, fallbackMs: 2_000 });
  if (!timeout.ok) return timeout;
  const size = readWholeNumber(line, '--size', { from: 0, to: 65_507, fallback: 56 });
  if (!size.ok) return size;
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
    payloadBytes: size.value,
    hopLimit: 64,
    trafficClass: trafficClass.value,
    timeoutMs: timeout.value,
    source: source.value,
    interfaceName: interfaceName.value,
    family: family.value,
    transport: transport.value,
    transmitTimestamps: true,
  });
}

/** The targets without repeats: a target named twice is still one target. */
export function readTargets(positionals: readonly string[], most = MOST_TARGETS): Usage<readonly string[]> {
  const targets = [...new Set(positionals.map((text) => text.trim()))];
  if (targets.length === 0) return refuse('A target is missing: give at least one host name or numeric address.');
  if (targets.length > most) {
    return refuse(
      `At most ${most.toLocaleString('en')} targets are allowed, not ${targets.length.toLocaleString('en')}.`,
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
