import { readFile } from 'node:fs/promises';
import { formatIpAddress } from '../../contract/ip-address.ts';
import { elapsed, type MonotonicMilliseconds, seconds } from '../../contract/units.ts';
import type { Clock } from '../base/clock.ts';

/** How long what was read holds: gateways change when a person moves, and a report may be asked for ten times a second. */
const LIFETIME = seconds(10);

/** RTF_GATEWAY of the kernel's <linux/route.h>: the route leads through another machine. */
const THROUGH_GATEWAY = 0x0002;

/** This machine's way out, as `/proc/net` has it; empty where there is no such thing. */
export type ReadGateways = () => Promise<readonly string[]>;

/** Reads the addresses of the default gateways of this machine, IPv4 and IPv6, at most ten seconds old. */
export function createGatewayReader({ clock }: { readonly clock: Clock }): ReadGateways {
  let gateways: readonly string[] = [];
  let readAt: MonotonicMilliseconds | null = null;
  return async () => {
    if (readAt !== null && elapsed(readAt, clock.now()) < LIFETIME) return gateways;
    readAt = clock.now();
    const [v4, v6] = await Promise.all(
      ['/proc/net/route', '/proc/net/ipv6_route'].map((path) => readFile(path, 'utf8').catch(() => '')),
    );
    gateways = [...parseRoutes(v4 ?? ''), ...parseIpv6Routes(v6 ?? '')];
    return gateways;
  };
}

/** Gateways of the default routes in `/proc/net/route`: numbers in hexadecimal, bytes as this (little-endian) machine has them. */
export function parseRoutes(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.split('\t').map((cell) => cell.trim()))
    .filter(
      ([, destination, , flags = '0', , , , mask]) =>
        destination === '00000000' && mask === '00000000' && (Number.parseInt(flags, 16) & THROUGH_GATEWAY) !== 0,
    )
    .map(([, , gateway = '']) => [3, 2, 1, 0].map((byte) => Number.parseInt(gateway.slice(2 * byte, 2 * byte + 2), 16)))
    .map((bytes) => bytes.join('.'));
}

/** The same of `/proc/net/ipv6_route`: destination, its prefix length, source, its length, next hop, metric, counts, flags, interface. */
export function parseIpv6Routes(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.split(/\s+/))
    .filter(
      ([destination, length, , , , , , , flags = '0']) =>
        /^0{32}$/.test(destination ?? '') && length === '00' && (Number.parseInt(flags, 16) & THROUGH_GATEWAY) !== 0,
    )
    .map(([, , , , gateway = '']) => shorten(gateway));
}

/** An address given as 32 hexadecimal digits. */
function shorten(digits: string): string {
  return formatIpAddress(
    6,
    Uint8Array.from({ length: 16 }, (_, at) => Number.parseInt(digits.slice(2 * at, 2 * at + 2), 16)),
  );
}
