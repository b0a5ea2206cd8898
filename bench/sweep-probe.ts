/**
 * Our contender of `sweep.ts` in a process of its own: the engine's sweep over the first `count` addresses of
 * 127.0.0.0/8, once, at full speed. Prints one JSON object.
 */
import { AddressRanges } from '../src/contract/address-ranges.ts';
import { hopLimit, milliseconds } from '../src/contract/units.ts';
import { SystemClock } from '../src/main/base/clock.ts';
import { SystemRandom } from '../src/main/base/random.ts';
import { startSweep } from '../src/main/engine/sweep/sweep.ts';
import { openTransport } from '../src/main/icmp/open-transport.ts';
import { FIRST_LOOPBACK_ADDRESS } from './loopback-addresses.ts';

const clock = new SystemClock();
const opened = await openTransport(
  { clock, random: new SystemRandom() },
  { family: 4, choice: 'auto', source: null, interfaceName: null, transmitTimestamps: false },
);
if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
const transport = opened.value;
const span = { family: 4, first: FIRST_LOOPBACK_ADDRESS, count: Number(process.argv[2]), zone: null } as const;
const done = Promise.withResolvers<void>();

const cpuBefore = process.cpuUsage();
const startedAt = performance.now();
let answered = 0;
const sweep = startSweep(
  { clock, transports: { 4: transport } },
  {
    ranges: new AddressRanges([span]),
    unresolved: new Set(),
    fromIndex: 0,
    ratePerSecond: null,
    retries: 0,
    timeout: milliseconds(2_000),
    payloadBytes: 56,
    hopLimit: hopLimit(64),
    trafficClass: 0,
  },
  { onAnswer: () => answered++, onFinished: () => done.resolve() },
);
await done.promise;
const elapsedMs = performance.now() - startedAt;
const cpu = process.cpuUsage(cpuBefore);
const { localDrops } = sweep.summary();
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
