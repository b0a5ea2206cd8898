import { Resolver } from 'node:dns';
import { access, readFile } from 'node:fs/promises';
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';
import { formatIpAddress, parseIpAddress } from '../../../contract/ip-address.ts';
import type { Tunnel } from '../../../contract/machine-change.ts';
import { type DefaultRoute, ipv4DefaultRoute, ipv4HalvesRoute, ipv6DefaultRoute } from '../default-routes.ts';
import type { MachineInterface, ReadMachineNetwork } from './machine-network.ts';

/** What systemd-resolved answers at, and where it tells whom it asks itself (systemd-resolved.service(8)). */
const RESOLVED_STUB = '127.0.0.53';
const RESOLVED_SERVERS = '/run/systemd/resolve/resolv.conf';

/** Where Linux tells all of it. */
export interface MachineFiles {
  /** The text of a file, or null where it cannot be read. */
  readonly read: (path: string) => Promise<string | null>;
  readonly exists: (path: string) => Promise<boolean>;
}

const FILES: MachineFiles = {
  read: (path) => readFile(path, 'utf8').catch(() => null),
  exists: (path) =>
    access(path).then(
      () => true,
      () => false,
    ),
};

/** Interfaces from Node; routes, kinds and name servers from the files of Linux. */
export function createLinuxReader(
  files: MachineFiles = FILES,
  listInterfaces: typeof networkInterfaces = networkInterfaces,
): ReadMachineNetwork {
  return async () => {
    const listed = usefulInterfaces(listInterfaces());
    const [v4, v6, nameServers] = await Promise.all([
      files.read('/proc/net/route'),
      files.read('/proc/net/ipv6_route'),
      readNameServers(files),
    ]);
    const routes: DefaultRoute[] | null =
      v4 === null
        ? null
        : [ipv4HalvesRoute(v4) ?? ipv4DefaultRoute(v4), ipv6DefaultRoute(v6 ?? '')].filter((route) => route !== null);
    const names = new Set([...listed, ...(routes ?? [])].map(({ interfaceName }) => interfaceName));
    const tunnels = new Map(
      await Promise.all([...names].map(async (name) => [name, await readTunnel(files, name)] as const)),
    );
    const tunnelOf = (name: string) => tunnels.get(name) ?? null;
    return {
      interfaces: listed.map((one) => ({ ...one, tunnel: tunnelOf(one.interfaceName) })),
      defaultRoutes: routes?.map((route) => ({ ...route, tunnel: tunnelOf(route.interfaceName) })) ?? null,
      nameServers,
    };
  };
}

/** What plain Node tells on every platform: no routes, kinds by the names of interfaces only. */
export function createPlainReader(
  listInterfaces: typeof networkInterfaces = networkInterfaces,
  // A new one reads the settings of the system; the one of the process keeps those of its start.
  listServers: () => readonly string[] = () => new Resolver().getServers(),
): ReadMachineNetwork {
  return async () => ({
    interfaces: usefulInterfaces(listInterfaces()).map((one) => ({ ...one, tunnel: tunnelByName(one.interfaceName) })),
    defaultRoutes: null,
    nameServers: listServers(),
  });
}

/** The interfaces that are up and have more than a link-local IPv6 address, which every one has and none is reached by from afar. */
export function usefulInterfaces(
  all: ReturnType<typeof networkInterfaces>,
): readonly Omit<MachineInterface, 'tunnel'>[] {
  return Object.entries(all).flatMap(([interfaceName, addresses = []]) => {
    const texts = addresses.filter(({ internal }) => !internal).flatMap(networkText);
    const each = [...new Set(texts)].toSorted();
    return each.length === 0 ? [] : [{ interfaceName, addresses: each }];
  });
}

/** Bits of an address that are the network's: the rest is the interface's own (RFC 4291, 2.5.1), and changes daily (RFC 8981). */
const IPV6_NETWORK_BITS = 64;

function networkText({ address, family, cidr }: NetworkInterfaceInfo): string[] {
  if (family === 'IPv4') return [cidr ?? address];
  if (/^fe[89ab][0-9a-f]:/i.test(address)) return [];
  const bytes = parseIpAddress(address)?.bytes;
  if (bytes === undefined) return [address];
  // Windows has temporary addresses with a prefix of 128 bits.
  const bits = Math.min(IPV6_NETWORK_BITS, Number(cidr?.split('/')[1] ?? IPV6_NETWORK_BITS));
  const network = bytes.map((byte, at) => byte & (0xff << Math.max(0, Math.min(8, 8 * (at + 1) - bits))));
  return [`${formatIpAddress(6, network)}/${bits}`];
}

/** The servers of resolv.conf(5), each once; of systemd-resolved those that it asks. */
async function readNameServers(files: MachineFiles): Promise<readonly string[] | null> {
  const text = await files.read('/etc/resolv.conf');
  if (text === null) return null;
  const servers = parseNameServers(text);
  if (servers.length !== 1 || servers[0] !== RESOLVED_STUB) return servers;
  const asked = await files.read(RESOLVED_SERVERS);
  return asked === null ? servers : parseNameServers(asked);
}

/** The addresses after `nameserver` in resolv.conf(5). */
export function parseNameServers(text: string): readonly string[] {
  const servers = text.split('\n').map((line) => /^nameserver[ \t]+(\S+)/.exec(line)?.[1]);
  return [...new Set(servers.filter((server) => server !== undefined))];
}

/** ARPHRD_PPP of the kernel's <linux/if_arp.h>. */
const TYPE_PPP = 512;

/** What kind of interface it is: as the kernel tells below `/sys/class/net`, else by its name. */
async function readTunnel(files: MachineFiles, interfaceName: string): Promise<Tunnel> {
  const folder = `/sys/class/net/${interfaceName}`;
  const [isTun, type, device] = await Promise.all([
    files.exists(`${folder}/tun_flags`),
    files.read(`${folder}/type`),
    files.read(`${folder}/uevent`),
  ]);
  if (isTun || device?.includes('DEVTYPE=wireguard') === true) return 'vpn';
  return Number(type) === TYPE_PPP ? 'dial-up' : tunnelByName(interfaceName);
}

/** The kind that the usual name of an interface says. */
export function tunnelByName(interfaceName: string): Tunnel {
  if (/^(tun|tap|utun|wg|ipsec|tailscale|zt)[0-9]/.test(interfaceName)) return 'vpn';
  return /^ppp[0-9]/.test(interfaceName) ? 'dial-up' : null;
}
