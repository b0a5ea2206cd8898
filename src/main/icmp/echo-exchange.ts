import { parseIpAddress } from '../../contract/ip-address.ts';
import type { AsyncSocket } from './async-socket.ts';
import { checkPayloadFor } from './echo-arguments.ts';
import { ICMPLibError, TimeoutExceeded } from './errors.ts';
import type { ICMPReply } from './icmp-reply.ts';
import { DEFAULT_PAYLOAD_BYTES, ICMPRequest, type ICMPRequestOptions } from './icmp-request.ts';
import { type ICMPSocket, type ICMPSocketOptions, ICMPv4Socket, ICMPv6Socket } from './icmp-socket.ts';
import { monotonicNow } from './monotonic-now.ts';

/** The parameters that `ping`, `multiping` and `traceroute` have in common. */
export interface EchoOptions extends ICMPRequestOptions {
  /** Numeric address of this machine to send from; null (the default) for the system's choice. */
  readonly source?: string | null;
  /** Whether to use a privileged socket, which needs root's rights; true by default, as in the seed. On macOS none is used. */
  readonly privileged?: boolean;
  /** 4 or 6 to use addresses of that family only; null (the default) prefers IPv4. Of no effect on a numeric address. */
  readonly family?: 4 | 6 | null;
  /** Identifier of the requests; null (the default) for a unique one. On an unprivileged socket the kernel replaces it. */
  readonly id?: number | null;
  /** Ends everything: the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** What became of one request: `reply` is null when none came, `error` says what went wrong apart from silence. */
export interface EchoOutcome {
  readonly sent: boolean;
  readonly reply: ICMPReply | null;
  readonly error: ICMPLibError | null;
}

/**
 * Opens a socket of the address's family.
 * @throws {RangeError} If no packet of that family can carry the payload.
 * @throws as `ICMPv4Socket` does.
 */
export function openSocketFor(address: string, echo: EchoOptions): ICMPSocket {
  const { source = null, privileged = true, payload = null, payloadSize = DEFAULT_PAYLOAD_BYTES } = echo;
  const family = parseIpAddress(address)?.family ?? 4;
  checkPayloadFor(family, payload, payloadSize);
  const options: ICMPSocketOptions = { address: source, privileged };
  return family === 6 ? new ICMPv6Socket(options) : new ICMPv4Socket(options);
}

/** Makes a request from the common parameters. */
export function makeRequest(destination: string, id: number, sequence: number, options: EchoOptions): ICMPRequest {
  const { payload = null, payloadSize, ttl, trafficClass } = options;
  return new ICMPRequest(destination, id, sequence, {
    payload,
    ...(payloadSize === undefined ? {} : { payloadSize }),
    ...(ttl === undefined ? {} : { ttl }),
    ...(trafficClass === undefined ? {} : { trafficClass }),
  });
}

/**
 * Sends a request and waits for its answer. An answer whose payload is not the request's belongs to another program
 * that uses the same identifier, and is passed over. Only an abort makes it throw.
 */
export async function exchange(
  socket: AsyncSocket,
  request: ICMPRequest,
  timeout: number,
  signal: AbortSignal | undefined,
): Promise<EchoOutcome> {
  let sent = false;
  let reply: ICMPReply | null = null;
  try {
    socket.send(request);
    sent = true;
    reply = await receiveOwn(socket, request, timeout, signal);
    reply.raiseForStatus();
    return { sent, reply, error: null };
  } catch (error) {
    if (error instanceof TimeoutExceeded) return { sent, reply, error: null };
    if (error instanceof ICMPLibError) return { sent, reply, error };
    throw error;
  }
}

async function receiveOwn(
  socket: AsyncSocket,
  request: ICMPRequest,
  timeout: number,
  signal: AbortSignal | undefined,
): Promise<ICMPReply> {
  const deadline = monotonicNow() + timeout * 1_000;
  let remaining = timeout;
  for (;;) {
    const reply = await socket.receive(request, remaining, signal === undefined ? {} : { signal });
    if (carriesPayloadOf(request, reply)) return reply;
    remaining = Math.max(0, (deadline - monotonicNow()) / 1_000);
  }
}

/** Whether as much of the payload as came back is the one sent; hosts and routers may cut it. */
function carriesPayloadOf(request: ICMPRequest, reply: ICMPReply): boolean {
  const returned = reply.payload ?? new Uint8Array();
  const { payload } = request;
  const length = Math.min(returned.length, payload.length);
  return Buffer.compare(returned.subarray(0, length), payload.subarray(0, length)) === 0;
}
