/**
 * One contender of `accuracy.ts` in a process of its own: sends echo requests at a steady interval through the engine's
 * transport and prints the round trips in milliseconds, in order of sending, as one JSON array (null: no reply).
 *
 * Arguments: destination, payload bytes, count, interval in ms, `all` or `lone` (which packets have a kernel's stamp of
 * their departure: the app and `hopscope ping` ask for all, the engine's sweep leaves it at those that leave alone),
 * `blocked` or `free`.
 */
import { hopLimit, milliseconds } from '../src/contract/units.ts';
import { SystemClock } from '../src/main/base/clock.ts';
import { SystemRandom } from '../src/main/base/random.ts';
import { openTransport } from '../src/main/icmp/open-transport.ts';
import { blockNowAndThen } from './block-now-and-then.ts';

const [destination = '', payload, count, interval, stamped, condition] = process.argv.slice(2);
const opened = await openTransport(
  { clock: new SystemClock(), random: new SystemRandom() },
  { family: 4, choice: 'auto', source: null, interfaceName: null, transmitTimestamps: stamped === 'all' },
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

const blocking = condition === 'blocked' ? blockNowAndThen() : null;

function finish(): void {
  blocking?.[Symbol.dispose]();
  transport[Symbol.dispose]();
  console.log(JSON.stringify(rtts));
}
