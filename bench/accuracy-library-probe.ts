/**
 * One contender of `accuracy.ts` in a process of its own: what a developer gets from `hopscope/icmp` without asking for
 * anything, an `AsyncSocket` that sends echo requests at a steady interval. Prints as `accuracy-probe.ts` does.
 *
 * Arguments: destination, payload bytes, count, interval in ms, `blocked` or `free`.
 */
import { AsyncSocket } from '../src/main/icmp/async-socket.ts';
import { ICMPRequest } from '../src/main/icmp/icmp-request.ts';
import { ICMPv4Socket } from '../src/main/icmp/icmp-socket.ts';
import { blockNowAndThen } from './block-now-and-then.ts';

const [destination = '', payloadBytes, count, interval, condition] = process.argv.slice(2);
using socket = new AsyncSocket(new ICMPv4Socket());
const rtts: Array<Promise<number | null>> = [];
const allSent = Promise.withResolvers<void>();

async function ping(sequence: number): Promise<number | null> {
  const request = new ICMPRequest(destination, process.pid & 0xffff, sequence, { payloadSize: Number(payloadBytes) });
  socket.send(request);
  try {
    const reply = await socket.receive(request);
    return (reply.time - request.time) * 1_000;
  } catch {
    return null;
  }
}

const sending = setInterval(() => {
  rtts.push(ping(rtts.length));
  if (rtts.length < Number(count)) return;
  clearInterval(sending);
  allSent.resolve();
}, Number(interval));

const blocking = condition === 'blocked' ? blockNowAndThen() : null;
await allSent.promise;
console.log(JSON.stringify(await Promise.all(rtts)));
blocking?.[Symbol.dispose]();
