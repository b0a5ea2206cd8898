/**
 * Our contender of `sweep.ts` in a process of its own: one echo request to each of the first `count` addresses of
 * 127.0.0.0/8, once, through the engine's transport. Prints one JSON object.
 */
import { hopLimit, milliseconds } from '../src/contract/units.ts';
import { SystemClock } from '../src/main/base/clock.ts';
import { SystemRandom } from '../src/main/base/random.ts';
import { openTransport } from '../src/main/icmp/open-transport.ts';
import type { ProbeRequest, ProbeResult } from '../src/main/icmp/probe-transport.ts';
import { loopbackAddresses } from './loopback-addresses.ts';

/** Requests sent before the event loop gets a turn, so that replies are read while others are sent. */
const TURN = 512;

const opened = await openTransport(
  { clock: new SystemClock(), random: new SystemRandom() },
  { family: 4, choice: 'auto', source: null, interfaceName: null, transmitTimestamps: false },
);
if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
const transport = opened.value;
const addresses = loopbackAddresses(Number(process.argv[2]));
const probe = { hopLimit: hopLimit(64), payloadBytes: 56, trafficClass: 0, timeout: milliseconds(2_000) };

let answered = 0;
let ended = 0;
const done = Promise.withResolvers<void>();
const onResult = (result: ProbeResult): void => {
  if (result.kind === 'echo-reply') answered++;
  if (++ended === addresses.length) done.resolve();
};

const cpuBefore = process.cpuUsage();
const startedAt = performance.now();
for (let next = 0; next < addresses.length; ) {
  for (const end = Math.min(next + TURN, addresses.length); next < end; next++) {
    const request: ProbeRequest = { destination: addresses[next] as string, ...probe };
    transport.send(request, onResult);
  }
  await new Promise(setImmediate);
}
await done.promise;
const elapsedMs = performance.now() - startedAt;
const cpu = process.cpuUsage(cpuBefore);
const { localDrops } = transport.counters();
transport[Symbol.dispose]();
console.log(
  JSON.stringify({
    answered,
    elapsedMs,
    cpuMs: (cpu.user + cpu.system) / 1_000,
    localDrops,
    transport: transport.properties.kind,
  }),
);
