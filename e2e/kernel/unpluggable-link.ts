import { spawnSync } from 'node:child_process';

/** A link from the client to the target's namespace that a test pulls out and plugs in again, for real. */

/** The client's end; the lab has no other interface of this name. */
export const UNPLUGGABLE = 'gone0';

/** The link's own addresses: no route leads to the far end but the link itself. */
export const OWN = { here: { v4: '10.77.7.2', v6: 'fd77:7::1' }, there: { v4: '10.77.7.3', v6: 'fd77:7::2' } } as const;

/** Addresses of the link to which another route leads too (`fd71::/16`, the lab's), as a default route leads everywhere. */
export const ROUTED = {
  here: { v4: '10.71.2.130', v6: 'fd71:7::1' },
  there: { v4: '10.71.2.131', v6: 'fd71:7::2' },
} as const;

/** How the link goes: its interface is removed from the machine, or only switched off. */
export type Unplugging = 'removed' | 'down';

/** An interface that comes back is another one: a kernel counts on, and a test must not be lucky. */
let nextIndex = 4_001;

function ip(lines: readonly string[], place: string | null = null): void {
  const done = spawnSync('ip', [...(place === null ? [] : ['-netns', place]), '-batch', '-'], {
    input: lines.map((line) => `${line}\n`).join(''),
    encoding: 'utf8',
  });
  if (done.status !== 0) throw new Error(`ip: ${done.stderr}`);
}

/** The addresses of one end. IPv6 forgets them when its interface goes down. */
const addressLines = (end: 'here' | 'there', name: string) =>
  [OWN, ROUTED].flatMap((pair) => [
    `address replace ${pair[end].v4}/31 dev ${name}`,
    `address replace ${pair[end].v6}/64 dev ${name} nodad`,
  ]);

/** Makes the link, up and with its addresses. */
export function plugIn(): void {
  ip([`link add ${UNPLUGGABLE} index ${nextIndex++} type veth peer name gone1 netns target`]);
  ip([`link set gone1 up`, ...addressLines('there', 'gone1')], 'target');
  ip([`link set ${UNPLUGGABLE} up`, ...addressLines('here', UNPLUGGABLE)]);
}

/** Takes the link away. */
export function unplug(how: Unplugging): void {
  ip([how === 'removed' ? `link del ${UNPLUGGABLE}` : `link set ${UNPLUGGABLE} down`]);
}

/** Brings it back as it was. */
export function plugInAgain(after: Unplugging): void {
  if (after === 'removed') plugIn();
  else ip([`link set ${UNPLUGGABLE} up`, ...addressLines('here', UNPLUGGABLE)]);
}
