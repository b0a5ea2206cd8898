import { mkdirSync, writeFileSync } from 'node:fs';
import { addresses } from './addresses.ts';
import {
  address,
  awaitCarriers,
  BROADCAST_SETTINGS,
  ipBatch,
  makePlace,
  ROUTER_SETTINGS,
  routes,
  run,
  setUpClient,
} from './places.ts';

const { client, firstRouter, firstRouterFarSide, secondRouter, secondRouterFarSide, target, silent, neighbours } =
  addresses;

/**
 * Makes every link and address. One end of each link gets a high index by hand: when both ends happen to have the
 * same index in their namespaces, the kernel takes a second to notice the carrier, and IPv6 multicast waits for that.
 */
function buildLinks(): void {
  ipBatch(null, [
    'link set lo up',
    'link add c0 index 11 type veth peer name client netns r1',
    ...address(client, client.interfaceName),
    `link add ${neighbours.interfaceName} type bridge`,
    'link add b2 index 12 type veth peer name h0 netns host2',
    'link add b3 index 13 type veth peer name h0 netns host3',
    `link set b2 master ${neighbours.interfaceName} up`,
    `link set b3 master ${neighbours.interfaceName} up`,
    ...address(neighbours.client, neighbours.interfaceName),
  ]);
  ipBatch('r1', ['link add r2 index 14 type veth peer name r1 netns r2']);
  ipBatch('r2', [
    `link add target index 15 mtu ${addresses.targetLinkMtu} type veth peer name t0 mtu ${addresses.targetLinkMtu} netns target`,
  ]);
  ipBatch('r1', ['link set lo up', ...address(firstRouter, 'client'), ...address(firstRouterFarSide, 'r2')]);
  ipBatch('r2', ['link set lo up', ...address(secondRouter, 'r1'), ...address(secondRouterFarSide, 'target')]);
  ipBatch('target', ['link set lo up', ...address(target, 't0'), ...address(silent, 't0')]);
  for (const [index, place] of (['host2', 'host3'] as const).entries()) {
    const host = neighbours.hosts[index];
    if (host !== undefined) ipBatch(place, ['link set lo up', ...address(host, 'h0')]);
  }
}

function buildRoutes(): void {
  const via = [`via ${firstRouter.v4}`, `via ${firstRouter.v6}`] as const;
  ipBatch(null, [
    ...routes('10.71.2.0/23', 'fd71::/16', '', ...via),
    ...routes('10.99.0.0/16', 'fd99::/16', '', ...via),
    ...routes('10.98.0.0/16', 'fd98::/16', '', ...via),
    ...routes('10.90.0.0/16', 'fd90::/16', 'unreachable'),
    ...routes('10.91.0.0/16', 'fd91::/16', 'prohibit'),
    ...routes('10.92.0.0/16', 'fd92::/16', 'blackhole'),
  ]);
  ipBatch('r1', [
    ...routes('10.71.3.0/24', 'fd71:3::/64', '', `via ${secondRouter.v4}`, `via ${secondRouter.v6}`),
    ...routes('10.98.0.0/16', 'fd98::/16', 'prohibit'),
  ]);
  ipBatch(
    'r2',
    routes('10.71.1.0/24', 'fd71:1::/64', '', `via ${firstRouterFarSide.v4}`, `via ${firstRouterFarSide.v6}`),
  );
  ipBatch('target', routes('default', 'default', '', `via ${secondRouterFarSide.v4}`, `via ${secondRouterFarSide.v6}`));
  // Only the echo request is dropped: the neighbour must still be found.
  const rules = `table inet silent {
  chain input {
    type filter hook input priority 0;
    ip daddr ${silent.v4} icmp type echo-request drop
    ip6 daddr ${silent.v6} icmpv6 type echo-request drop
  }
}`;
  run('ip', ['netns', 'exec', 'target', 'nft', '-f', '-'], rules);
}

/**
 * Builds the network around the calling process, which must be alone in its network and mount namespaces and may
 * administer both. Throws with the failing command and its own words.
 *
 * @param pingGroups content of net.ipv4.ping_group_range in the client: who may open unprivileged ICMP sockets there.
 */
export async function buildNetwork(pingGroups: string): Promise<void> {
  // `ip netns` keeps its list here; a private one vanishes with the lab and touches nothing of the machine.
  run('mount', ['-t', 'tmpfs', '-o', 'mode=755', 'tmpfs', '/run']);
  mkdirSync('/run/netns');
  setUpClient();
  writeFileSync('/proc/sys/net/ipv4/ping_group_range', pingGroups);
  makePlace('r1', ROUTER_SETTINGS);
  makePlace('r2', ROUTER_SETTINGS);
  makePlace('target');
  makePlace('host2', BROADCAST_SETTINGS);
  makePlace('host3', BROADCAST_SETTINGS);
  buildLinks();
  buildRoutes();
  await awaitCarriers([null, 'r1', 'r2', 'target', 'host2', 'host3']);
}
