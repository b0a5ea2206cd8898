import { setTimeout } from 'node:timers/promises';
import { SystemClock } from '../../src/main/base/clock.ts';
import { SystemRandom } from '../../src/main/base/random.ts';
import { openTransport } from '../../src/main/icmp/open-transport.ts';
import { describeTransport } from '../../src/main/icmp/probe-transport-conformance.ts';
import { addresses } from '../lab/addresses.ts';

const noRoute = { 4: { icmpType: 3, icmpCode: 0 }, 6: { icmpType: 1, icmpCode: 0 } };

for (const choice of ['unprivileged', 'privileged'] as const) {
  for (const family of [4, 6] as const) {
    const version = family === 4 ? 'v4' : 'v6';
    for (const transmitTimestamps of [false, true]) {
      describeTransport(`${choice} ICMP${version}${transmitTimestamps ? ' (transmit stamps)' : ''}`, () => ({
        open: async () => {
          const opened = await openTransport(
            { clock: new SystemClock(), random: new SystemRandom() },
            { family, choice, source: null, interfaceName: null, transmitTimestamps },
          );
          if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
          return opened.value;
        },
        pass: async (duration) => void (await setTimeout(duration)),
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
      }));
    }
  }
}
