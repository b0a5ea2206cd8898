import { createHash, timingSafeEqual } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { LINK_PROTOCOL } from '../../../contract/web-access.ts';
import type { Random } from '../../base/random.ts';

/** Who may talk to the browser host: the one with the token, by the address it was bound to, from our own page. */

/** A new access token: 256 unpredictable bits, written so that it needs no escaping in a URL. */
export function createAccessToken(random: Random): string {
  return Buffer.from(Uint32Array.from({ length: 8 }, () => random.uint32()).buffer).toString('base64url');
}

/** Whether two secrets are the same, in a time that does not depend on where they differ. */
export function isSameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(sha256(given), sha256(expected));
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/**
 * Whether a `Sec-WebSocket-Protocol` header proves that whoever opened the page has the printed URL: it offers our
 * protocol and then the token, nothing else. A cookie would do, were it not sent to every port of this machine
 * (RFC 6265 §8.5), and so to every other program that listens there.
 */
export function offersToken(header: string | undefined, token: string): boolean {
  const [protocol, given, ...more] = (header ?? '').split(',').map((word) => word.trim());
  return protocol === LINK_PROTOCOL && given !== undefined && more.length === 0 && isSameSecret(given, token);
}

/** Whether an `Authorization` header has the token (RFC 6750 §2.1). */
export function bearsToken(header: string | undefined, token: string): boolean {
  const [scheme, given, ...more] = (header ?? '').split(' ');
  return scheme?.toLowerCase() === 'bearer' && given !== undefined && more.length === 0 && isSameSecret(given, token);
}

/** Whether an address can only be reached from this machine: 127.0.0.0/8 and ::1. */
export function isLoopback(address: string): boolean {
  return address === '::1' || withoutMapping(address).startsWith('127.');
}

/** An address as a URL writes it: IPv6 in brackets, IPv4 that came through an IPv6 socket as IPv4. */
export function urlHost(address: string): string {
  const plain = withoutMapping(address);
  return isIPv6(plain) ? `[${plain}]` : plain.toLowerCase();
}

function withoutMapping(address: string): string {
  return address.toLowerCase().startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address;
}

/**
 * Whether a `Host` header names this host as it was reached: the local address of the connection, `localhost` when
 * that is loopback, or the name it was told to bind to. Any other name is a DNS rebinding attempt: a foreign page
 * whose name was pointed at this machine, so that the browser takes our answers for that page's own.
 */
export function isOwnHost(header: string | undefined, localAddress: string, boundHost: string, port: number): boolean {
  if (header === undefined) return false;
  const names = new Set([urlHost(localAddress), urlHost(boundHost)]);
  if (isLoopback(localAddress)) names.add('localhost');
  const given = header.toLowerCase();
  for (const name of names) {
    if (given === `${name}:${port}` || (port === 80 && given === name)) return true;
  }
  return false;
}

/** Whether the page that opens a WebSocket is the one this host served under the `Host` it asks for. */
export function isOwnOrigin(origin: string | undefined, host: string): boolean {
  return origin !== undefined && origin.toLowerCase() === `http://${host.toLowerCase()}`;
}
