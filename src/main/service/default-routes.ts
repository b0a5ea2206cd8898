import { readFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { formatIpAddress } from '../../contract/ip-address.ts';

/** The way out of this machine's network, of one family. */
export interface DefaultRoute {
  readonly family: 4 | 6;
  /** With `%zone` when it is link-local; null when the route leads into a link without another machine to ask. */
  readonly gateway: string | null;
  readonly interfaceName: string;
}

/** The preferred default route of each family; null where the platform does not tell. */
export type ReadDefaultRoutes = () => Promise<readonly DefaultRoute[] | null>;

/** RTF_GATEWAY and RTF_REJECT of the kernel's <linux/route.h>. */
const THROUGH_GATEWAY = 0x0002;
const REJECTS = 0x0200;

/** Reads `/proc/net` anew each time; null where there is no such thing. */
export const readDefaultRoutes: ReadDefaultRoutes = async () => {
  const [v4, v6] = await Promise.all(
    ['/proc/net/route', '/proc/net/ipv6_route'].map((path) => readFile(path, 'utf8').catch(() => null)),
  );
  if (typeof v4 !== 'string') return null;
  return [ipv4DefaultRoute(v4), ipv6DefaultRoute(v6 ?? '')].filter((route) => route !== null);
};

/** Whether this machine has an address of a family that is good beyond its own link. */
export function hasFarAddress(family: 4 | 6, interfaces: typeof networkInterfaces = networkInterfaces): boolean {
  return Object.values(interfaces())
    .flatMap((addresses) => addresses ?? [])
    .some(
      (one) => one.family === `IPv${family}` && !one.internal && !/^(169\.254\.|fe[89ab][0-9a-f]:)/i.test(one.address),
    );
}

/** The default route of least metric in `/proc/net/route` (proc(5)); bytes stand as this little-endian machine has them. */
export function ipv4DefaultRoute(text: string): DefaultRoute | null {
  return ipv4RouteTo(text, '00000000', '00000000');
}

/**
 * The route that leads to both halves of all addresses, 0.0.0.0/1 and 128.0.0.0/1, which some VPNs lay over the default
 * route so that it need not be taken away; null where there is no such thing.
 */
export function ipv4HalvesRoute(text: string): DefaultRoute | null {
  const [low, high] = ['00000000', '00000080'].map((half) => ipv4RouteTo(text, half, '00000080'));
  return low?.interfaceName === high?.interfaceName ? (low ?? null) : null;
}

/** The route of least metric to a network; both as the file has them. */
function ipv4RouteTo(text: string, network: string, networkMask: string): DefaultRoute | null {
  const routes = text.split('\n').flatMap((line) => {
    const [interfaceName = '', destination, gateway = '', flags = '0', , , metric = '0', mask] = line
      .split('\t')
      .map((cell) => cell.trim());
    const bits = Number.parseInt(flags, 16);
    if (destination !== network || mask !== networkMask || (bits & REJECTS) !== 0) return [];
    const address = [3, 2, 1, 0].map((byte) => Number.parseInt(gateway.slice(2 * byte, 2 * byte + 2), 16)).join('.');
    return [{ interfaceName, metric: Number(metric), gateway: (bits & THROUGH_GATEWAY) === 0 ? null : address }];
  });
  return preferred(4, routes);
}

/** The same of `/proc/net/ipv6_route`. */
export function ipv6DefaultRoute(text: string): DefaultRoute | null {
  const routes = text.split('\n').flatMap((line) => {
    const [destination = '', length, , , gateway = '', metric = '0', , , flags = '0', interfaceName = ''] =
      line.split(/\s+/);
    const bits = Number.parseInt(flags, 16);
    if (!/^0{32}$/.test(destination) || length !== '00' || (bits & REJECTS) !== 0) return [];
    const address = formatIpAddress(
      6,
      Uint8Array.from({ length: 16 }, (_, at) => Number.parseInt(gateway.slice(2 * at, 2 * at + 2), 16)),
    );
    const zoned = /^fe[89ab]/.test(address) ? `${address}%${interfaceName}` : address;
    return [
      { interfaceName, metric: Number.parseInt(metric, 16), gateway: (bits & THROUGH_GATEWAY) === 0 ? null : zoned },
    ];
  });
  return preferred(6, routes);
}

function preferred(
  family: 4 | 6,
  routes: readonly { readonly interfaceName: string; readonly metric: number; readonly gateway: string | null }[],
): DefaultRoute | null {
  const [best] = routes.toSorted((one, other) => one.metric - other.metric);
  return best === undefined ? null : { family, gateway: best.gateway, interfaceName: best.interfaceName };
}
