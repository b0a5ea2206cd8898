/**
 * Our contender of `targets.ts` in a process of its own: `targets` monitors of the engine, one echo request a second
 * each, to as many loopback addresses, for `rounds` seconds and as long again, because a program that is compiled while
 * it runs is dearer at first. Prints one JSON object.
 */
import { formatAddress } from '../src/contract/address-ranges.ts';
import { hopLimit, milliseconds, seconds } from '../src/contract/units.ts';
import { SystemClock } from '../src/main/base/clock.ts';
import { SystemRandom } from '../src/main/base/random.ts';
import { startEchoMonitor } from '../src/main/engine/echo-monitor.ts';
import { ProbePacer } from '../src/main/engine/probe-pacer.ts';
import { openTransport } from '../src/main/icmp/open-transport.ts';
import { FIRST_LOOPBACK_ADDRESS } from './loopback-addresses.ts';

const targets = Number(process.argv[2]);
const rounds = Number(process.argv[3]);
const clock = new SystemClock();
const opened = await openTransport(
  { clock, random: new SystemRandom() },
  { family: 4, choice: 'auto', source: null, interfaceName: null, transmitTimestamps: false },
);
if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
const transport = opened.value;
const pacer = new ProbePacer({ clock });
const done = Promise.withResolvers<void>();

const cpuBefore = process.cpuUsage();
let running = targets;
const monitors = Array.from({ length: targets }, (_, index) =>
  startEchoMonitor(
    { clock, transport, pacer },
    {
      destination: formatAddress(4, FIRST_LOOPBACK_ADDRESS + BigInt(index), null),
      interval: seconds(1),
      count: 2 * rounds,
      payloadBytes: 56,
      hopLimit: hopLimit(64),
      trafficClass: 0,
      timeout: milliseconds(2_000),
    },
    {
      onSample: () => {},
      onRepeat: () => {},
      onFinished: () => {
        running -= 1;
        if (running === 0) done.resolve();
      },
    },
  ),
);
const firstHalf = Promise.withResolvers<number>();
clock.after(seconds(rounds), () => firstHalf.resolve(cpuMsSince(cpuBefore)));
await done.promise;
const cpuMs = await firstHalf.promise;
const laterCpuMs = cpuMsSince(cpuBefore) - cpuMs;
const statistics = monitors.map((monitor) => monitor.statistics());
transport[Symbol.dispose]();
console.log(
  JSON.stringify({
    sent: statistics.reduce((sum, { sent }) => sum + sent, 0),
    answered: statistics.reduce((sum, { received }) => sum + received, 0),
    cpuMs,
    laterCpuMs,
  }),
);

function cpuMsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
