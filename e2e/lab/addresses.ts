/** Every address of the lab. README.md in this folder draws the network. */
export const addresses = {
  client: { v4: '10.71.1.1', v6: 'fd71:1::1', interfaceName: 'c0' },
  /** First router: the side the client sees, and so the source of its ICMP errors. */
  firstRouter: { v4: '10.71.1.2', v6: 'fd71:1::2' },
  firstRouterFarSide: { v4: '10.71.2.1', v6: 'fd71:2::1' },
  secondRouter: { v4: '10.71.2.2', v6: 'fd71:2::2' },
  secondRouterFarSide: { v4: '10.71.3.1', v6: 'fd71:3::1' },
  /** Behind both routers, on a link with an MTU of 1300 bytes. */
  target: { v4: '10.71.3.2', v6: 'fd71:3::2' },
  /** An address of the target that never answers an echo request. */
  silent: { v4: '10.71.3.77', v6: 'fd71:3::77' },
  /** Nobody has this address on the target's link: the second router reports it after about three seconds. */
  absent: { v4: '10.71.3.99', v6: 'fd71:3::99' },
  /** Nobody has this address on the client's own link: the client's own kernel reports it after about three seconds. */
  absentNeighbour: { v4: '10.71.1.99', v6: 'fd71:1::99' },
  /** A second link of the client with two hosts that answer broadcasts. */
  neighbours: {
    interfaceName: 'b0',
    client: { v4: '10.71.9.1', v6: 'fd71:9::1' },
    hosts: [
      { v4: '10.71.9.2', v6: 'fd71:9::2' },
      { v4: '10.71.9.3', v6: 'fd71:9::3' },
    ],
    broadcast: '10.71.9.255',
    allNodes: 'ff02::1%b0',
  },
  /** The first router has no route: network unreachable (3/0), no route (1/0 in ICMPv6). */
  noRouteAtFirstRouter: { v4: '10.99.0.1', v6: 'fd99::1' },
  /** The first router's route forbids it: administratively prohibited (3/13, in ICMPv6 1/1). */
  prohibitedAtFirstRouter: { v4: '10.98.0.1', v6: 'fd98::1' },
  /** The client's own routing table: no route at all, and an unreachable, a prohibit and a blackhole route. */
  noRoute: { v4: '192.0.2.1', v6: '2001:db8::1' },
  unreachableRoute: { v4: '10.90.0.1', v6: 'fd90::1' },
  prohibitRoute: { v4: '10.91.0.1', v6: 'fd91::1' },
  blackholeRoute: { v4: '10.92.0.1', v6: 'fd92::1' },
  /** Bytes of the largest IP packet on the target's link. */
  targetLinkMtu: 1300,
} as const;

/** Routers of the chain. */
export const CHAIN_LENGTH = 10;

/**
 * Every address of the chain (`chain.ts`): link 1 joins the client and the first router, link 11 the last router and
 * the target; on each the client's side has the lower address.
 */
export const chainAddresses = {
  client: { ...onLink(1, 1), interfaceName: 'x0' },
  /** In order; of each the side that the client sees, and so the source of its ICMP errors. */
  routers: Array.from({ length: CHAIN_LENGTH }, (_, index) => onLink(index + 1, 2)),
  target: onLink(CHAIN_LENGTH + 1, 2),
} as const;

/** The address of one end of a link of the chain. */
export function onLink(link: number, end: 1 | 2): { readonly v4: string; readonly v6: string } {
  return { v4: `10.72.${link}.${end}`, v6: `fd72:${link}::${end}` };
}

/** The namespaces of the chain, from the first router on. */
export type ChainPlace = `hop${number}` | 'chain-target';

/**
 * Every address of the diamond (`diamond.ts`). Links: 1 client and fork, 2 fork and way A, 3 fork and way B, 4 way A and
 * join, 5 way B and join, 6 join and target; on each the client's side has the lower address.
 */
export const diamondAddresses = {
  client: { ...onDiamondLink(1, 1), interfaceName: 'd0' },
  /** Of each router the side that the client sees, and so the source of its ICMP errors. */
  fork: onDiamondLink(1, 2),
  wayA: onDiamondLink(2, 2),
  wayB: onDiamondLink(3, 2),
  /** Its way back is way A, whichever way a packet came, and so what the client sees over IPv4. */
  join: onDiamondLink(4, 2),
  /** Over IPv6, Linux answers from the side that the packet came in by. */
  joinFromWayB: onDiamondLink(5, 2),
  target: onDiamondLink(6, 2),
  /** Bytes of the largest IP packet on link 4. */
  narrowLinkMtu: 1400,
} as const;

/** The address of one end of a link of the diamond. */
export function onDiamondLink(link: number, end: 1 | 2): { readonly v4: string; readonly v6: string } {
  return { v4: `10.73.${link}.${end}`, v6: `fd73:${link}::${end}` };
}

/** The namespaces of the diamond. */
export type DiamondPlace = 'fork' | 'way-a' | 'way-b' | 'join' | 'diamond-target';

/** The namespaces beside the client's, which is the one a test itself runs in. */
export type Place = 'r1' | 'r2' | 'target' | 'host2' | 'host3' | ChainPlace | DiamondPlace;
