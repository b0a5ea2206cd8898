import { abortable, pause } from './abortable.ts';
import { AsyncSocket } from './async-socket.ts';
import { checkAddress, checkCount, checkSeconds, whole } from './echo-arguments.ts';
import { type EchoOptions, type EchoOutcome, exchange, makeRequest, openSocketFor } from './echo-exchange.ts';
import { Hop, type HopResponder, SILENT_HOP_ADDRESS } from './hop.ts';
import { TimeExceeded } from './icmp-errors.ts';
import { uniqueIdentifier } from './identifier.ts';
import { resolve } from './resolve.ts';

/** The named parameters of `traceroute`. Times in seconds. `ttl` is the trace's own. */
export interface TracerouteOptions extends Omit<EchoOptions, 'ttl'> {
  /** Requests for each hop, at least 1; 2 by default. All are sent, whatever becomes of the first. */
  readonly count?: number;
  /** Pause between two requests; 0.05 by default. */
  readonly interval?: number;
  /** Longest wait for each answer; 2 by default. */
  readonly timeout?: number;
  /** Distance to begin with, 1 to 255; 1 by default. */
  readonly firstHop?: number;
  /** Distance to end with when the destination does not answer, 0 to 255; 30 by default. */
  readonly maxHops?: number;
  /** Called with each hop as soon as it is known. */
  readonly onHop?: (hop: Hop) => void;
}

/**
 * Finds the hosts on the way to a destination. The trace ends when the destination answers, when somebody says that it
 * is unreachable (the last hop's `errors` say how), or at `maxHops`. Unlike in the seed, hops where nobody answers are
 * in the list, several responders of one hop are kept, unprivileged sockets will do, and the sequence number is
 * unique over the whole trace, so that a late answer is not booked to the next hop. The seed's `fast`, which does
 * nothing, is gone: the requests of a hop are always on their way together.
 * @param address IP address or name of the destination
 * @throws {TypeError} and {RangeError} If an argument cannot be what it is for.
 * @throws {NameLookupError} If the name cannot be resolved.
 * @throws {SocketPermissionError} and the other errors of `ping`, when the socket cannot be opened.
 */
export async function traceroute(address: string, options: TracerouteOptions = {}): Promise<Hop[]> {
  const { count = 2, interval = 0.05, timeout = 2, firstHop = 1, maxHops = 30, onHop, signal } = options;
  checkAddress(address);
  checkCount('count', count);
  checkSeconds('interval', interval);
  checkSeconds('timeout', timeout);
  whole('firstHop', firstHop, 1, 255);
  whole('maxHops', maxHops, 0, 255);
  const [destination] = (await abortable(() => resolve(address, options.family), signal)) as [string];
  using socket = new AsyncSocket(openSocketFor(destination, options));
  const id = options.id ?? uniqueIdentifier();
  const hops: Hop[] = [];
  let sequence = 0;
  for (let distance = firstHop; distance <= maxHops; distance++) {
    signal?.throwIfAborted();
    const outcomes = await askHop(socket, { count, interval, timeout, signal }, (index) =>
      makeRequest(destination, id, sequence + index, { ...options, ttl: distance }),
    );
    sequence += count;
    const hop = hopOf(distance, outcomes);
    hops.push(hop);
    onHop?.(hop);
    if (outcomes.some(isFinal) || outcomes.every(({ sent }) => !sent)) break;
  }
  return hops;
}

/** How the requests of one hop are sent; times in seconds. */
interface HopPlan {
  readonly count: number;
  readonly interval: number;
  readonly timeout: number;
  readonly signal: AbortSignal | undefined;
}

/** Sends the requests of one hop, a pause between them, and waits for all of them together. */
async function askHop(
  socket: AsyncSocket,
  { count, interval, timeout, signal }: HopPlan,
  requestOf: (index: number) => ReturnType<typeof makeRequest>,
): Promise<EchoOutcome[]> {
  const ask = async (index: number): Promise<EchoOutcome> => {
    if (index > 0) await pause(index * interval * 1_000, signal);
    return await exchange(socket, requestOf(index), timeout, signal);
  };
  return await Promise.all(Array.from({ length: count }, (_, index) => ask(index)));
}

/** Whether nothing lies beyond: the destination answered, or somebody said that it is unreachable. */
function isFinal({ reply, error }: EchoOutcome): boolean {
  return reply !== null && !(error instanceof TimeExceeded);
}

function hopOf(distance: number, outcomes: readonly EchoOutcome[]): Hop {
  const rttsByAddress = new Map<string, number[]>();
  const rtts: number[] = [];
  for (const { reply } of outcomes) {
    if (reply === null) continue;
    const rtt = reply.rtt ?? 0;
    rtts.push(rtt);
    const known = rttsByAddress.get(reply.source);
    if (known === undefined) rttsByAddress.set(reply.source, [rtt]);
    else known.push(rtt);
  }
  const responders: HopResponder[] = [...rttsByAddress].map(([address, rtts]) => ({ address, rtts }));
  const mostHeard = responders.reduce<HopResponder | null>(
    (best, responder) => (best === null || responder.rtts.length > best.rtts.length ? responder : best),
    null,
  );
  // A hop limit that runs out is what a trace is made of, no error.
  const errors = outcomes.flatMap(({ error }) => (error === null || error instanceof TimeExceeded ? [] : [error]));
  const sent = outcomes.filter((outcome) => outcome.sent).length;
  return new Hop(mostHeard?.address ?? SILENT_HOP_ADDRESS, sent, rtts, distance, responders, errors);
}
