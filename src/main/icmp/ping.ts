import { setTimeout as sleep } from 'node:timers/promises';
import { AsyncSocket } from './async-socket.ts';
import { type EchoOptions, type EchoOutcome, exchange, makeRequest, openSocketFor } from './echo-exchange.ts';
import { Host } from './host.ts';
import { uniqueIdentifier } from './identifier.ts';
import { resolve } from './resolve.ts';

/** The named parameters of `ping`. Times in seconds. */
export interface PingOptions extends EchoOptions {
  /** Requests to send; 4 by default. */
  readonly count?: number;
  /** Pause between the end of one request and the next; 1 by default. */
  readonly interval?: number;
  /** Longest wait for each answer; 2 by default. */
  readonly timeout?: number;
}

/**
 * Sends ICMP echo requests to a host and tells how it answered. A host that cannot be reached is no error: it is in
 * the `Host`, with the reasons in its `errors` (the seed throws them away).
 * @param address IP address or name of the host
 * @throws {NameLookupError} If the name cannot be resolved.
 * @throws {SocketPermissionError} If this process may not open the socket.
 * @throws {SocketAddressError} If `source` cannot be the socket's address.
 * @throws {ICMPSocketError} If the socket cannot be opened for another reason.
 */
export async function ping(address: string, options: PingOptions = {}): Promise<Host> {
  const [destination] = (await resolve(address, options.family)) as [string];
  using socket = new AsyncSocket(openSocketFor(destination, options));
  let sequence = 0;
  return await pingHost(socket, destination, () => sequence++, { count: 4, interval: 1, ...options });
}

/** Pings one host over a socket that others may share; `nextSequence` gives each request of the socket its own number. */
export async function pingHost(
  socket: AsyncSocket,
  address: string,
  nextSequence: () => number,
  options: PingOptions & { readonly count: number; readonly interval: number },
): Promise<Host> {
  const { count, interval, timeout = 2, signal } = options;
  const id = options.id ?? uniqueIdentifier();
  const outcomes: EchoOutcome[] = [];
  for (let index = 0; index < count; index++) {
    if (index > 0) await sleep(interval * 1_000, undefined, signal === undefined ? {} : { signal });
    signal?.throwIfAborted();
    outcomes.push(await exchange(socket, makeRequest(address, id, nextSequence(), options), timeout, signal));
  }
  return new Host(
    address,
    outcomes.filter(({ sent }) => sent).length,
    outcomes.flatMap(({ reply, error }) => (reply === null || error !== null ? [] : [reply.rtt ?? 0])),
    outcomes.flatMap(({ error }) => error ?? []),
  );
}
