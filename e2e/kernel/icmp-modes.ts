import {
  type ICMPReply,
  ICMPRequest,
  type ICMPSocketOptions,
  ICMPv4Socket,
  ICMPv6Socket,
} from '../../src/main/icmp.ts';
import { addresses } from '../lab/addresses.ts';

/** One way to use the sockets: a family, with or without privileges. */
export interface Mode {
  readonly name: string;
  readonly family: 4 | 6;
  readonly privileged: boolean;
  readonly loopback: string;
  /** ICMP type of an echo reply. */
  readonly echoReply: number;
}

function mode(family: 4 | 6, privileged: boolean): Mode {
  return {
    name: `${privileged ? 'raw' : 'dgram'}, IPv${family}`,
    family,
    privileged,
    loopback: family === 4 ? '127.0.0.1' : '::1',
    echoReply: family === 4 ? 0 : 129,
  };
}

export const modes = [mode(4, true), mode(4, false), mode(6, true), mode(6, false)];
export const ipv4Modes = modes.filter(({ family }) => family === 4);
export const ipv6Modes = modes.filter(({ family }) => family === 6);

/** A socket of the mode. */
export function openSocket({ family, privileged }: Mode, options: ICMPSocketOptions = {}): ICMPv4Socket | ICMPv6Socket {
  return family === 4 ? new ICMPv4Socket({ ...options, privileged }) : new ICMPv6Socket({ ...options, privileged });
}

/** The address of the mode's family. */
export function pick({ family }: Mode, address: { readonly v4: string; readonly v6: string }): string {
  return family === 4 ? address.v4 : address.v6;
}

/** What an action throws; fails when it throws nothing. */
export function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('It threw nothing.');
}

/** What a promise rejects with; fails when it does not. */
export async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  return await promise.then(
    () => Promise.reject(new Error('It did not reject.')),
    (error: unknown) => error,
  );
}

/** Milliseconds that an action takes. */
export function durationOf(action: () => unknown): number {
  const start = performance.now();
  action();
  return performance.now() - start;
}

/** Blocks this thread, event loop and all. */
export function blockThread(durationMs: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, durationMs);
}

let lastId = 0x4000;

/** An identifier that no other request of this test file has. */
export function nextId(): number {
  lastId = (lastId + 1) & 0xffff;
  return lastId;
}

/** Sends one request to a host and gives it with its answer. */
export function echo(
  socket: ICMPv4Socket | ICMPv6Socket,
  destination: string,
  options: ConstructorParameters<typeof ICMPRequest>[3] = {},
): { request: ICMPRequest; reply: ICMPReply } {
  const request = new ICMPRequest(destination, nextId(), 1, options);
  socket.send(request);
  return { request, reply: socket.receive(request) };
}

/** The kernel tests' own view of the lab: the addresses that these tests use most. */
export const { client, firstRouter, secondRouter, target, silent, neighbours } = addresses;
