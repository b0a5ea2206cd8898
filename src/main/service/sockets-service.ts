import type { Failure } from '../../contract/failure.ts';
import type { HopscopeContract } from '../../contract/index.ts';
import type { Handlers } from '../../contract/serve.ts';
import type { Clock } from '../base/clock.ts';
import type { ICMPSocket, ICMPSocketOptions } from '../icmp/icmp-socket.ts';
import type { LookUp } from '../names/resolve-target.ts';
import { SocketExchange } from './socket-exchange.ts';

/** Opens a socket of the library. @throws as `ICMPSocket` does. */
export type OpenIcmpSocket = (family: 4 | 6, options: ICMPSocketOptions) => ICMPSocket;

export interface SocketsServiceDeps {
  readonly clock: Clock;
  readonly lookUp: LookUp;
  /** Null where there are no sockets: in a simulated internet. */
  readonly openIcmpSocket: OpenIcmpSocket | null;
  /** Takes note of a bug and gives the reference under which it is found in the log. */
  readonly onBug: (error: unknown) => string;
}

/** Exchanges that may be under way at once: each holds a socket, and what it tells in memory. */
const EXCHANGES_LIMIT = 16;

/** Answers the contract's `sockets`: requests of the library's own classes, everything told. */
export function createSocketsService(deps: SocketsServiceDeps): Handlers<HopscopeContract>['sockets'] {
  const underWay = new Set<SocketExchange>();
  const refuse = (sink: { end(failure: Failure): void }, failure: Failure): Disposable => {
    sink.end(failure);
    return { [Symbol.dispose]: () => {} };
  };
  return {
    exchange: (args, sink) => {
      const { openIcmpSocket } = deps;
      if (openIcmpSocket === null) return refuse(sink, { code: 'needs-real-network' });
      if (underWay.size >= EXCHANGES_LIMIT) {
        return refuse(sink, { code: 'limit-reached', what: 'exchanges', limit: EXCHANGES_LIMIT });
      }
      const exchange = new SocketExchange({ ...deps, openIcmpSocket }, args, sink, () => underWay.delete(exchange));
      underWay.add(exchange);
      return exchange;
    },
  };
}
