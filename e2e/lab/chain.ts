import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { CHAIN_LENGTH, type ChainPlace, chainAddresses, onLink } from './addresses.ts';
import { labProgram } from './lab-programs.ts';
import { address, awaitCarriers, ipBatch, makePlace, ROUTER_SETTINGS, routes } from './places.ts';

/** Where `ip netns` keeps a file for each namespace. */
const NAMESPACES = '/run/netns';

const { client } = chainAddresses;

/** The place at this many hops from the client. */
export function chainPlace(hop: number): ChainPlace {
  return hop > CHAIN_LENGTH ? 'chain-target' : `hop${hop}`;
}

/**
 * Adds the chain to the lab that the calling process is the client of: ten routers in a row and a target behind them,
 * at the client's interface x0. It lasts as long as the lab does; one that is there already stays as it is. README.md
 * in this folder draws it.
 *
 * @param roundTripMs how long the first link takes there and back; 0 is a plain link. Disposing ends a slow one.
 */
export async function makeChain(roundTripMs = 0): Promise<Disposable> {
  if (existsSync(`${NAMESPACES}/${chainPlace(1)}`)) return { [Symbol.dispose]: () => {} };
  for (let hop = 1; hop <= CHAIN_LENGTH; hop++) makePlace(chainPlace(hop), ROUTER_SETTINGS);
  makePlace('chain-target');
  const firstLink = roundTripMs === 0 ? plainLink() : await slowLink(roundTripMs);
  for (let link = 2; link <= CHAIN_LENGTH + 1; link++) {
    const far = chainPlace(link);
    ipBatch(chainPlace(link - 1), [`link add right index ${20 + link} type veth peer name left netns ${far}`]);
  }
  ipBatch(null, [
    ...address(client, client.interfaceName),
    ...routes('10.72.0.0/16', 'fd72::/16', '', ...via(onLink(1, 2))),
  ]);
  for (let hop = 1; hop <= CHAIN_LENGTH; hop++) {
    ipBatch(chainPlace(hop), [
      'link set lo up',
      ...address(onLink(hop, 2), 'left'),
      ...address(onLink(hop + 1, 1), 'right'),
      ...routes('default', 'default', '', ...via(onLink(hop + 1, 2))),
      // The first router has the client's network on its own link.
      ...(hop === 1 ? [] : routes('10.72.1.0/24', 'fd72:1::/64', '', ...via(onLink(hop, 1)))),
    ]);
  }
  ipBatch('chain-target', [
    'link set lo up',
    ...address(onLink(CHAIN_LENGTH + 1, 2), 'left'),
    ...routes('default', 'default', '', ...via(onLink(CHAIN_LENGTH + 1, 1))),
  ]);
  await awaitCarriers([null, ...Array.from({ length: CHAIN_LENGTH + 1 }, (_, index) => chainPlace(index + 1))]);
  return firstLink;
}

function via(gateway: { readonly v4: string; readonly v6: string }): [string, string] {
  return [`via ${gateway.v4}`, `via ${gateway.v6}`];
}

function plainLink(): Disposable {
  ipBatch(null, [`link add ${client.interfaceName} index 21 type veth peer name left netns ${chainPlace(1)}`]);
  return { [Symbol.dispose]: () => {} };
}

async function slowLink(roundTripMs: number): Promise<Disposable> {
  const relay = spawn(
    labProgram('lab/delay-link.cc'),
    [client.interfaceName, `${NAMESPACES}/${chainPlace(1)}`, 'left', String(Math.round(roundTripMs * 500))],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const ended = once(relay, 'exit').then(([code]) => {
    throw new Error(`The slow link of the lab ended with exit code ${code}.`);
  });
  await Promise.race([once(relay.stdout, 'data'), ended]);
  // From here on its end is the caller's wish.
  ended.catch(() => {});
  // It must not keep the caller's process alive.
  relay.unref();
  return { [Symbol.dispose]: () => void relay.kill() };
}
