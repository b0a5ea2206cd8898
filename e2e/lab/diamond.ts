import { existsSync } from 'node:fs';
import { type DiamondPlace, diamondAddresses, onDiamondLink } from './addresses.ts';
import { address, awaitCarriers, ipBatch, makePlace, ROUTER_SETTINGS, routes, run } from './places.ts';

const { client, narrowLinkMtu } = diamondAddresses;

/** Mark by which the fork sends a packet on way B; all others take way A. */
const WAY_B = 1;
const WAY_B_TABLE = 7;

/** Rules of the fork that send echo requests on way A or B by their checksum, as a router does that spreads flows. */
export const SPREADING = `chain spread {
  type filter hook prerouting priority mangle;
  iifname "client" icmp type echo-request @th,16,16 & 1 == 1 meta mark set ${WAY_B}
  iifname "client" icmpv6 type echo-request @th,16,16 & 1 == 1 meta mark set ${WAY_B}
}`;

/** Rules of way A with which it drops what does not fit the narrow link without a word: a black hole. */
export const BLACK_HOLE = `chain output {
  type filter hook output priority 0;
  icmp type destination-unreachable icmp code frag-needed drop
  icmpv6 type packet-too-big drop
}`;

/**
 * Adds the diamond to the lab that the calling process is the client of: two ways between a fork and a join, behind
 * which the target stands; way A has a narrow link. It lasts as long as the lab does; one that is there already stays
 * as it is. README.md in this folder draws it.
 */
export async function makeDiamond(): Promise<void> {
  if (existsSync('/run/netns/fork')) return;
  for (const place of ['fork', 'way-a', 'way-b', 'join'] as const) makePlace(place, ROUTER_SETTINGS);
  makePlace('diamond-target');
  buildLinks();
  buildRoutes();
  await awaitCarriers([null, 'fork', 'way-a', 'way-b', 'join', 'diamond-target']);
}

function buildLinks(): void {
  ipBatch(null, [`link add ${client.interfaceName} index 51 type veth peer name client netns fork`]);
  ipBatch('fork', [
    'link add to-a index 52 type veth peer name back netns way-a',
    'link add to-b index 53 type veth peer name back netns way-b',
  ]);
  const mtu = `mtu ${narrowLinkMtu}`;
  ipBatch('way-a', [`link add onward index 54 ${mtu} type veth peer name from-a ${mtu} netns join`]);
  ipBatch('way-b', ['link add onward index 55 type veth peer name from-b netns join']);
  ipBatch('join', ['link add onward index 56 type veth peer name back netns diamond-target']);
  ipBatch(null, address(client, client.interfaceName));
  ends('fork', ['client', 1, 2], ['to-a', 2, 1], ['to-b', 3, 1]);
  ends('way-a', ['back', 2, 2], ['onward', 4, 1]);
  ends('way-b', ['back', 3, 2], ['onward', 5, 1]);
  ends('join', ['from-a', 4, 2], ['from-b', 5, 2], ['onward', 6, 1]);
  ends('diamond-target', ['back', 6, 2]);
}

function ends(place: DiamondPlace, ...interfaces: ReadonlyArray<readonly [string, number, 1 | 2]>): void {
  ipBatch(place, [
    'link set lo up',
    ...interfaces.flatMap(([name, link, end]) => address(onDiamondLink(link, end), name)),
  ]);
}

function buildRoutes(): void {
  const toAll = (link: number, end: 1 | 2, more = '') => to('10.73.0.0/16', 'fd73::/16', link, end, more);
  const toClient = (link: number) => to('10.73.1.0/24', 'fd73:1::/64', link, 1);
  ipBatch(null, toAll(1, 2));
  ipBatch('fork', [...toAll(2, 2), ...toAll(3, 2, `table ${WAY_B_TABLE}`)]);
  for (const family of ['-4', '-6']) {
    run('ip', ['-n', 'fork', family, 'rule', 'add', 'fwmark', `${WAY_B}`, 'table', `${WAY_B_TABLE}`]);
  }
  ipBatch('way-a', [...toAll(4, 2), ...toClient(2)]);
  ipBatch('way-b', [...toAll(5, 2), ...toClient(3)]);
  ipBatch('join', toClient(4));
  ipBatch('diamond-target', toAll(6, 1));
}

function to(v4: string, v6: string, link: number, end: 1 | 2, more = ''): string[] {
  const gateway = onDiamondLink(link, end);
  return routes(v4, v6, '', `via ${gateway.v4} ${more}`, `via ${gateway.v6} ${more}`);
}
