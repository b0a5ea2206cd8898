/**
 * One contender of `accuracy.ts` in a process of its own: sends echo requests at a steady interval through the engine's
 * transport and prints the round trips in milliseconds, in order of sending, as one JSON array (null: no reply).
 *
 * Arguments: destination, payload bytes, count, interval in ms, `precise` or `plain`, `blocked` or `free`.
 */
import { hopLimit, milliseconds } from '../src/contract/units.ts';
import { SystemClock } from '../src/main/base/clock.ts';
import { SystemRandom } from '../src/main/base/random.ts';
import { openTransport } from '../src/main/icmp/open-transport.ts';

/** How long and how often the event loop is blocked in the `blocked` condition. */
const BLOCKED_MS = 200;
const BLOCKING_INTERVAL_MS = 500;

const [destination = '', payload, count, interval, mode, condition] = process.argv.slice(2);
const opened = await openTransport(
  { clock: new SystemClock(), random: new SystemRandom() },
  { family: 4, choice: 'auto', source: null, interfaceName: null, transmitTimestamps: mode === 'precise' },
);
if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
const transport = opened.value;
const rtts: Array<number | null> = [];
let waiting = 0;

function send(): void {
  const index = rtts.push(null) - 1;
  waiting++;
  transport.send(
    {
      destination,
      hopLimit: hopLimit(64),
      payloadBytes: Number(payload),
      trafficClass: 0,
      timeout: milliseconds(2_000),
    },
    (result) => {
      rtts[index] = result.kind === 'echo-reply' ? result.rtt : null;
      waiting--;
      if (rtts.length === Number(count) && waiting === 0) finish();
    },
  );
}

const sending = setInterval(() => {
  send();
  if (rtts.length === Number(count)) clearInterval(sending);
}, Number(interval));

const blocking = setInterval(() => {
  if (condition !== 'blocked') return;
  const until = performance.now() + BLOCKED_MS;
  while (performance.now() < until);
}, BLOCKING_INTERVAL_MS);

function finish(): void {
  clearInterval(blocking);
  transport[Symbol.dispose]();
  console.log(JSON.stringify(rtts));
}
