import { AsyncSocket } from './async-socket.ts';
import { openSocketFor } from './echo-exchange.ts';
import { ICMPLibError } from './errors.ts';
import { Host } from './host.ts';
import { parseIpAddress } from './packet/ip-address.ts';
import { type PingOptions, pingHost } from './ping.ts';
import { resolve } from './resolve.ts';

/** The named parameters of `multiping`. Times in seconds. `count` is 2 and `interval` 0.5 by default. */
export interface MultipingOptions extends PingOptions {
  /** Hosts pinged at the same time; 50 by default. */
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
 * lose the others: its `Host` carries the error.
 * @throws {SocketPermissionError} and the other errors of `ping`, when a socket cannot be opened.
 */
export async function multiping(addresses: Iterable<string>, options: MultipingOptions = {}): Promise<Host[]> {
  if (typeof addresses === 'string') throw new TypeError('addresses must be a list of addresses, not one');
  const { concurrentTasks = 50, ...pingOptions } = options;
  const names = [...addresses];
  const hosts: Host[] = [];
  using sockets = new SharedSockets(pingOptions);
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < names.length) {
      const index = next++;
      hosts[index] = await pingByName(sockets, names[index] as string, pingOptions);
    }
  };
  await Promise.all(Array.from({ length: Math.min(Math.max(1, concurrentTasks), names.length) }, work));
  return hosts;
}

async function pingByName(sockets: SharedSockets, name: string, options: PingOptions): Promise<Host> {
  let destination: string;
  try {
    [destination] = (await resolve(name, options.family)) as [string];
  } catch (error) {
    if (error instanceof ICMPLibError) return new Host(name, 0, [], [error]);
    throw error;
  }
  const { socket, nextSequence } = sockets.for(destination);
  return await pingHost(socket, destination, nextSequence, { count: 2, interval: 0.5, ...options });
}

/** At most one socket a family, opened when its first host comes. */
class SharedSockets implements Disposable {
  readonly #options: PingOptions;
  readonly #byFamily = new Map<4 | 6, SharedSocket>();

  constructor(options: PingOptions) {
    this.#options = options;
  }

  for(address: string): SharedSocket {
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
  }
}
