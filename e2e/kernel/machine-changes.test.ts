import { spawnSync } from 'node:child_process';
import { afterEach, expect, it } from 'vitest';
import { createClient } from '../../src/contract/client.ts';
import { contract } from '../../src/contract/index.ts';
import { createLocalLinks } from '../../src/contract/link.ts';
import type { MachineChange } from '../../src/contract/machine-change.ts';
import { serve } from '../../src/contract/serve.ts';
import { compose } from '../../src/main/compose.ts';
import { addresses } from '../lab/addresses.ts';

/** The name says that it is a VPN; what leads through it does not matter here. */
const TUNNEL = 'tun9';
const FAR_END = 'tun9far';

/** Two looks at the machine and some air. */
const SEEN = { timeout: 15_000 };

function ip(...lines: readonly string[]): void {
  const done = spawnSync('ip', ['-batch', '-'], { input: lines.map((line) => `${line}\n`).join(''), encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`ip: ${done.stderr}`);
}

afterEach(() => void spawnSync('ip', ['link', 'del', TUNNEL]));

/** A path of a whole engine on this machine. */
async function watchPath(target: string) {
  const log: string[] = [];
  const engine = compose({ log: (line) => void log.push(line) });
  const links = createLocalLinks();
  serve({ onBug: String }, contract, engine.handlers, links.server);
  const client = createClient(contract, links.client);
  const added = await client.path.add({ target, intervalMs: 500 });
  if (!added.ok) throw new Error(added.failure.code);
  const changes: MachineChange[] = [];
  let rounds = 0;
  client.path.rounds(
    { pathId: added.value.pathId, fromRound: 0 },
    {
      onEvent: (batch) => {
        rounds += batch.rounds.length;
        for (const event of batch.events) if (event.kind === 'machine-changed') changes.push(event.change);
      },
      onEnd: () => {},
    },
  );
  return {
    log,
    changes,
    rounds: () => rounds,
    [Symbol.dispose]: () => {
      links.close();
      engine[Symbol.dispose]();
    },
  };
}

it('tells a path what really changes around its machine: a tunnel, its addresses, the way out', async () => {
  using path = await watchPath(addresses.firstRouter.v4);
  const { changes } = path;
  await expect.poll(path.rounds, SEEN).toBeGreaterThanOrEqual(3);
  expect(changes).toEqual([]);

  const tunnel = { interfaceName: TUNNEL, tunnel: 'vpn' } as const;
  ip(
    `link add ${TUNNEL} type veth peer name ${FAR_END}`,
    `link set ${FAR_END} up`,
    `link set ${TUNNEL} up`,
    `address add 10.77.9.2/31 dev ${TUNNEL}`,
  );
  await expect.poll(() => changes, SEEN).toHaveLength(1);
  expect(changes[0]).toEqual({ kind: 'interface-up', ...tunnel, addresses: ['10.77.9.2/31'] });

  ip(`address add fd77:9::1/64 dev ${TUNNEL} nodad`);
  await expect.poll(() => changes, SEEN).toHaveLength(2);
  const both = ['10.77.9.2/31', 'fd77:9::/64'];
  expect(changes[1]).toEqual({ kind: 'addresses', ...tunnel, before: ['10.77.9.2/31'], after: both });

  // Another address in the same prefix, as a temporary one is, and a default route: only the route is told.
  ip(`address add fd77:9::abcd/64 dev ${TUNNEL} nodad`, `route add default via 10.77.9.3 dev ${TUNNEL}`);
  await expect.poll(() => changes, SEEN).toHaveLength(3);
  const way = { gateway: '10.77.9.3', ...tunnel };
  expect(changes[2]).toEqual({ kind: 'default-route', family: 4, before: null, after: way });

  ip(`link del ${TUNNEL}`);
  await expect.poll(() => changes, SEEN).toHaveLength(5);
  // Its routes go with it; a look may fall between the two.
  expect(changes.slice(3).toSorted((one, other) => one.kind.localeCompare(other.kind))).toEqual([
    { kind: 'default-route', family: 4, before: way, after: null },
    { kind: 'interface-down', ...tunnel, addresses: both },
  ]);
  expect(path.log).toEqual([]);
});
