import { setImmediate, setTimeout } from 'node:timers/promises';
import type { Milliseconds } from '../../src/contract/units.ts';
import { SystemClock } from '../../src/main/base/clock.ts';
import { SystemRandom } from '../../src/main/base/random.ts';
import { openTransport } from '../../src/main/icmp/open-transport.ts';
import { describeTransport } from '../../src/main/icmp/probe-transport-conformance.ts';
import { addresses } from '../lab/addresses.ts';

const noRoute = { 4: { icmpType: 3, icmpCode: 0 }, 6: { icmpType: 1, icmpCode: 0 } };

/**
 * Lets that much real time pass from when everything of the present task has been sent. A timer alone would not do: it
 * counts from when the event loop last looked at the clock, and so fires early after a long task.
 */
async function pass(duration: Milliseconds): Promise<void> {
  await setImmediate();
  const end = performance.now() + duration;
  for (let left: number = duration; left > 0; left = end - performance.now()) await setTimeout(left);
}

for (const choice of ['unprivileged', 'privileged'] as const) {
  for (const family of [4, 6] as const) {
    const version = family === 4 ? 'v4' : 'v6';
    for (const transmitTimestamps of [false, true]) {
      const fixture = () => ({
        open: async () => {
          const opened = await openTransport(
            { clock: new SystemClock(), random: new SystemRandom() },
            { family, choice, source: null, interfaceName: null, transmitTimestamps },
          );
          if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
          return opened.value;
        },
        pass,
        answering: addresses.firstRouter[version],
        silent: addresses.silent[version],
        unroutable: addresses.noRoute[version],
        distant: addresses.target[version],
        firstRouter: addresses.firstRouter[version],
        unreachable: {
          address: addresses.noRouteAtFirstRouter[version],
          responder: addresses.firstRouter[version],
          ...noRoute[family],
        },
      });
      const name = `${choice} ICMP${version}${transmitTimestamps ? ' (transmit stamps)' : ''}`;
      describeTransport(name, fixture, 'all-at-once');
    }
  }
}
