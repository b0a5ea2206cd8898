/**
 * Our contender of `trace-span.ts` in a process of its own: the first round of the engine's path monitor, which sends
 * all hop limits at once. Prints the hop limit, the responder and the round trip in ms of each answer.
 *
 * Arguments: destination, hops, `privileged` or `unprivileged`.
 */
import { milliseconds } from '../src/contract/units.ts';
import { SystemClock } from '../src/main/base/clock.ts';
import { SystemRandom } from '../src/main/base/random.ts';
import { startPathMonitor } from '../src/main/engine/path/path-monitor.ts';
import { createPathRecording } from '../src/main/engine/path/path-recording.ts';
import { ProbePacer } from '../src/main/engine/probe-pacer.ts';
import { openTransport } from '../src/main/icmp/open-transport.ts';

const [destination = '', hops, choice] = process.argv.slice(2);
const clock = new SystemClock();
const opened = await openTransport(
  { clock, random: new SystemRandom() },
  {
    family: 4,
    choice: choice === 'privileged' ? 'privileged' : 'unprivileged',
    source: null,
    interfaceName: null,
    transmitTimestamps: true,
  },
);
if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
const transport = opened.value;
const interval = milliseconds(1_000);
const maxHops = Number(hops);
const finished = Promise.withResolvers<void>();
using _monitor = startPathMonitor(
  { clock, transport, pacer: new ProbePacer({ clock }), recording: createPathRecording({ interval, maxHops }) },
  {
    destination,
    interval,
    timeout: milliseconds(1_000),
    payloadBytes: 56,
    trafficClass: 0,
    maxHops,
    flow: 0,
    count: 1,
  },
  {
    onRound: (round) => console.log(JSON.stringify(round)),
    onEvent: () => {},
    onFinished: () => finished.resolve(),
  },
);
await finished.promise;
transport[Symbol.dispose]();
