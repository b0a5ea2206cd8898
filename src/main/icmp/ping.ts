import { abortable, pause } from './abortable.ts';
import { AsyncSocket } from './async-socket.ts';
import { checkAddress, checkCount, checkSeconds } from './echo-arguments.ts';
import { type EchoOptions, exchange, makeRequest, openSocketFor } from './echo-exchange.ts';
import type { ICMPLibError } from './errors.ts';
import { Host } from './host.ts';
import { uniqueIdentifier } from './identifier.ts';
import { resolve } from './resolve.ts';

/** The named parameters of `ping`. Times in seconds, 0 or more. */
export interface PingOptions extends EchoOptions {
  /** Requests to send, at least 1; 4 by default. */
  readonly count?: number;
  /** Pause between the end of one request and the next; 1 by default. */
  readonly interval?: number;
  /** Longest wait for each answer; 2 by default. */
  readonly timeout?: number;
}

/** The same with every default filled in. */
export interface PingPlan extends EchoOptions {
  readonly count: number;
  readonly interval: number;
  readonly timeout: number;
}

/**
 * Sends ICMP echo requests to a host and tells how it answered. A host that cannot be reached is no error: it is in
 * the `Host`, with the reasons in its `errors` (the seed throws them away).
 * @param address IP address or name of the host
 * @throws {TypeError} and {RangeError} If an argument cannot be what it is for.
 * @throws {NameLookupError} If the name cannot be resolved.
 * @throws {SocketPermissionError} If this process may not open the socket.
 * @throws {SocketAddressError} If `source` cannot be the socket's address.
 * @throws {ICMPSocketError} If the socket cannot be opened for another reason.
 */
export async function ping(address: string, options: PingOptions = {}): Promise<Host> {
  checkAddress(address);
  const plan = planOf(options, 4, 1);
  const [destination] = (await abortable(() => resolve(address, options.family), options.signal)) as [string];
  using socket = new AsyncSocket(openSocketFor(destination, options));
  let sequence = 0;
  return await pingHost(socket, destination, () => sequence++, plan);
}

/**
 * Fills in the defaults; an option that is undefined counts as left out.
 * @throws {TypeError} and {RangeError} for a count, interval or timeout that cannot be one.
 */
export function planOf(options: PingOptions, defaultCount: number, defaultInterval: number): PingPlan {
  const { count = defaultCount, interval = defaultInterval, timeout = 2 } = options;
  checkCount('count', count);
  checkSeconds('interval', interval);
  checkSeconds('timeout', timeout);
  return { ...options, count, interval, timeout };
}

/** Pings one host over a socket that others may share; `nextSequence` gives each request of the socket its own number. */
export async function pingHost(
  socket: AsyncSocket,
  address: string,
  nextSequence: () => number,
  plan: PingPlan,
): Promise<Host> {
  const { count, interval, timeout, signal } = plan;
  const id = plan.id ?? uniqueIdentifier();
  const rtts: number[] = [];
  const errors: ICMPLibError[] = [];
  let packetsSent = 0;
  for (let index = 0; index < count; index++) {
    if (index > 0) await pause(interval * 1_000, signal);
    signal?.throwIfAborted();
    const { sent, reply, error } = await exchange(
      socket,
      makeRequest(address, id, nextSequence(), plan),
      timeout,
      signal,
    );
    if (sent) packetsSent++;
    if (error !== null) errors.push(error);
    else if (reply !== null) rtts.push(reply.rtt ?? 0);
  }
  return new Host(address, packetsSent, rtts, errors);
}
