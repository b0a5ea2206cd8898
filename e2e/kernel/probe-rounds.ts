import { hopLimit, milliseconds } from '../../src/contract/units.ts';
import { SystemClock } from '../../src/main/base/clock.ts';
import { SystemRandom } from '../../src/main/base/random.ts';
import { type OpenTransportOptions, openTransport } from '../../src/main/icmp/open-transport.ts';
import type { ProbeRequest, ProbeResult, ProbeTransport } from '../../src/main/icmp/probe-transport.ts';

/** Opens a transport of this family and these rights. */
export async function openProbes(
  family: 4 | 6,
  choice: OpenTransportOptions['choice'],
  dontFragment = false,
): Promise<ProbeTransport> {
  const opened = await openTransport(
    { clock: new SystemClock(), random: new SystemRandom() },
    { family, choice, source: null, interfaceName: null, transmitTimestamps: false, dontFragment },
  );
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
  return opened.value;
}

/** Sends one probe and gives its fate. */
export function fateOf(
  transport: ProbeTransport,
  destination: string,
  change: Partial<ProbeRequest> = {},
): Promise<ProbeResult> {
  const { promise, resolve } = Promise.withResolvers<ProbeResult>();
  const usual = { hopLimit: hopLimit(64), payloadBytes: 56, trafficClass: 0, timeout: milliseconds(1_000) };
  transport.send({ destination, ...usual, ...change }, resolve);
  return promise;
}

/** Sends one round, all hop limits from 1 on in one task, and gives the fate of each. */
export function fatesOfRound(
  transport: ProbeTransport,
  destination: string,
  maxHops: number,
  change: Partial<ProbeRequest> = {},
): Promise<ProbeResult[]> {
  const hopLimits = Array.from({ length: maxHops }, (_, index) => hopLimit(index + 1));
  return Promise.all(hopLimits.map((limit) => fateOf(transport, destination, { ...change, hopLimit: limit })));
}

/** Far beyond what a packet takes within this machine, and well within a test's limit. */
const LONGEST_REPORT_MS = 5_000;

/** Awaits what a transport was to report besides fates; where nothing comes it fails with what the transport counted. */
export async function reported<T>(transport: ProbeTransport, report: Promise<T>): Promise<T> {
  const { promise: silence, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new Error(`Nothing was reported in ${LONGEST_REPORT_MS} ms; ${JSON.stringify(transport.counters())}`));
  }, LONGEST_REPORT_MS);
  try {
    return await Promise.race([report, silence]);
  } finally {
    clearTimeout(timer);
  }
}
