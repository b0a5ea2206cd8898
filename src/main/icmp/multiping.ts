import { parseIpAddress } from '../../contract/ip-address.ts';
import { abortable } from './abortable.ts';
import { AsyncSocket } from './async-socket.ts';
import { checkAddress, checkCount } from './echo-arguments.ts';
import { type EchoOptions, openSocketFor } from './echo-exchange.ts';
import { ICMPLibError, SocketUnavailableError } from './errors.ts';
import { Host } from './host.ts';
import { type PingOptions, type PingPlan, pingHost, planOf } from './ping.ts';
import { resolve } from './resolve.ts';

/** The named parameters of `multiping`. Times in seconds. `count` is 2 and `interval` 0.5 by default. */
export interface MultipingOptions extends PingOptions {
  /** Hosts pinged at the same time, at least 1; 50 by default. */
  readonly concurrentTasks?: number;
}

/** One socket for all hosts of a family. */
interface SharedSocket {
  readonly socket: AsyncSocket;
  readonly nextSequence: () => number;
}

/**
 * Sends ICMP echo requests to several hosts and tells how each answered, in the order given. Unlike in the seed all
 * hosts of a family share one socket, no hosts at all give an empty list, and a name that does not resolve does not
 * lose the others: its `Host` carries the error. When it rejects, everything has ended and every socket is closed.
 * @throws {TypeError} and {RangeError} If an argument cannot be what it is for.
 * @throws {SocketPermissionError} and the other errors of `ping`, when a socket cannot be opened.
 */
export async function multiping(addresses: Iterable<string>, options: MultipingOptions = {}): Promise<Host[]> {
  if (typeof addresses === 'string') throw new TypeError('addresses must be a list of addresses, not one');
  const { concurrentTasks = 50, ...pingOptions } = options;
  checkCount('concurrentTasks', concurrentTasks);
  const names = [...addresses];
  for (const name of names) checkAddress(name);
  const ending = new AbortController();
  const { signal: callers } = options;
  const signal = callers === undefined ? ending.signal : AbortSignal.any([callers, ending.signal]);
  const plan = { ...planOf(pingOptions, 2, 0.5), signal };
  const hosts: Host[] = [];
  using sockets = new SharedSockets(plan);
  let next = 0;
  const work = async (): Promise<void> => {
    try {
      while (next < names.length) {
        signal.throwIfAborted();
        const index = next++;
        hosts[index] = await pingByName(sockets, names[index] as string, plan);
      }
    } catch (error) {
      // One failure is the failure of all: the others stop too, at once.
      ending.abort(error);
    }
  };
  // All have ended before the sockets are closed, so that none takes the closing for an answer of its host.
  await Promise.all(Array.from({ length: Math.min(concurrentTasks, names.length) }, work));
  ending.signal.throwIfAborted();
  return hosts;
}

async function pingByName(sockets: SharedSockets, name: string, plan: PingPlan): Promise<Host> {
  let destination: string;
  try {
    [destination] = (await abortable(() => resolve(name, plan.family), plan.signal)) as [string];
  } catch (error) {
    // The reason of an abort may be an error of this library too: that of the host that ended everything.
    plan.signal?.throwIfAborted();
    if (error instanceof ICMPLibError) return new Host(name, 0, [], [error]);
    throw error;
  }
  const { socket, nextSequence } = sockets.for(destination);
  return await pingHost(socket, destination, nextSequence, plan);
}

/** At most one socket a family, opened when its first host comes. */
class SharedSockets implements Disposable {
  readonly #options: EchoOptions;
  readonly #byFamily = new Map<4 | 6, SharedSocket>();
  #isClosed = false;

  constructor(options: EchoOptions) {
    this.#options = options;
  }

  /** @throws {SocketUnavailableError} when closed: a socket opened now would never be. */
  for(address: string): SharedSocket {
    if (this.#isClosed) throw new SocketUnavailableError();
    const family = parseIpAddress(address)?.family ?? 4;
    const open = this.#byFamily.get(family);
    if (open !== undefined) return open;
    let sequence = 0;
    const socket = new AsyncSocket(openSocketFor(address, this.#options));
    const shared = { socket, nextSequence: () => sequence++ };
    this.#byFamily.set(family, shared);
    return shared;
  }

  [Symbol.dispose](): void {
    for (const { socket } of this.#byFamily.values()) socket.close();
    this.#byFamily.clear();
    this.#isClosed = true;
  }
}
