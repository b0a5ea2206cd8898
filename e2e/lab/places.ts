import { spawnSync } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import type { Place } from './addresses.ts';

/** Runs a command of the client's namespace. Throws with the command and its own words when it fails. */
export function run(command: string, parameters: readonly string[], input = ''): void {
  const done = spawnSync(command, parameters, { input, encoding: 'utf8' });
  if (done.error) throw done.error;
  if (done.status !== 0) throw new Error(`${command} ${parameters.join(' ')}: ${done.stderr.trim()}`);
}

/** Settings that must hold before an interface comes up, and which every kernel has. */
const SETTINGS: Record<string, string> = {
  // Addresses can be used at once; there is no second owner to wait for.
  'net/ipv6/conf/all/accept_dad': '0',
  'net/ipv6/conf/default/accept_dad': '0',
  'net/ipv6/conf/default/accept_ra': '0',
  'net/ipv4/conf/all/rp_filter': '0',
  'net/ipv4/conf/default/rp_filter': '0',
  // No ICMP error is held back. icmp_ratelimit=0 would not do: it can suppress unreachables.
  'net/ipv4/icmp_ratemask': '0',
  'net/ipv6/icmp/ratelimit': '0',
};

/** Per network namespace on new kernels only; older ones limit the machine as a whole and hide these. */
const SETTINGS_OF_NEW_KERNELS: Record<string, string> = {
  'net/ipv4/icmp_msgs_per_sec': '1000000',
  'net/ipv4/icmp_msgs_burst': '1000000',
};

/** What makes a router of a place. */
export const ROUTER_SETTINGS: Record<string, string> = {
  'net/ipv4/ip_forward': '1',
  'net/ipv6/conf/all/forwarding': '1',
};

/** What makes a place answer an echo request to everybody. */
export const BROADCAST_SETTINGS: Record<string, string> = { 'net/ipv4/icmp_echo_ignore_broadcasts': '0' };

function shellFor(settings: Record<string, string>, ifPresent: Record<string, string>): string {
  const needed = Object.entries(settings).map(([name, value]) => `echo '${value}' > /proc/sys/${name}`);
  const optional = Object.entries(ifPresent).map(
    ([name, value]) => `if [ -w /proc/sys/${name} ]; then echo '${value}' > /proc/sys/${name}; fi`,
  );
  return ['set -e', ...needed, ...optional].join('\n');
}

/** Makes a network namespace with the lab's settings and these. */
export function makePlace(place: Place, settings: Record<string, string> = {}): void {
  run('ip', ['netns', 'add', place]);
  run('ip', [
    ...['netns', 'exec', place],
    ...['sh', '-c', shellFor({ ...SETTINGS, ...settings }, SETTINGS_OF_NEW_KERNELS)],
  ]);
}

/** Gives the client's namespace the lab's settings. */
export function setUpClient(): void {
  run('sh', ['-c', shellFor(SETTINGS, SETTINGS_OF_NEW_KERNELS)]);
}

/** `ip -batch` in one place, or in the client when `place` is null. */
export function ipBatch(place: Place | null, lines: readonly string[]): void {
  run('ip', [...(place === null ? [] : ['-n', place]), '-batch', '-'], lines.join('\n'));
}

/** Lines for `ipBatch` that give an interface its addresses and set it up. */
export function address(of: { readonly v4: string; readonly v6: string }, interfaceName: string): string[] {
  return [
    `addr add ${of.v4}/24 brd + dev ${interfaceName}`,
    `addr add ${of.v6}/64 dev ${interfaceName} nodad`,
    `link set ${interfaceName} up`,
  ];
}

/** Lines for `ipBatch` that add a route of each family. */
export function routes(v4: string, v6: string, how: string, v4Via = '', v6Via = ''): string[] {
  return [`route add ${how} ${v4} ${v4Via}`, `route add ${how} ${v6} ${v6Via}`];
}

/** Waits until every link of these places carries packets in both directions. */
export async function awaitCarriers(places: ReadonlyArray<Place | null>): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const isUp = places.every((place) => {
      const links = spawnSync('ip', [...(place === null ? [] : ['-n', place]), 'link', 'show', 'up'], {
        encoding: 'utf8',
      });
      return links.status === 0 && !links.stdout.includes('NO-CARRIER') && !links.stdout.includes('state DOWN');
    });
    if (isUp) return;
    await setTimeout(50);
  }
  throw new Error('A link of the lab has no carrier after five seconds.');
}
