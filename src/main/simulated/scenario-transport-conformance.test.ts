import type { Scenario } from '../../contract/scenario.ts';
import { VirtualClock } from '../base/clock.ts';
import { describeTransport } from '../icmp/probe-transport-conformance.ts';
import { ScenarioNetwork } from './scenario-network.ts';

/** Both families have the same network: two routers to what is far, a firewall, a printer and a machine that is off. */
function scenarioOf(family: 4 | 6): Scenario {
  const at = (last: number) => (family === 4 ? `192.0.2.${last}` : `2001:db8::${last}`);
  const routers = [{ address: at(1) }, { address: at(2) }];
  return {
    title: 'conformance',
    lesson: 'Each destination behaves as its name says.',
    seed: 1,
    hops: routers,
    otherPaths: {
      direct: { hops: [] },
      refused: { hops: [{ address: at(1), unreachable: { icmpCode: 0 } }] },
    },
    targets: [
      { address: at(40), path: 'direct' },
      { address: at(41), path: 'direct', destination: { isSilent: true } },
      { address: at(80) },
      { address: at(90), path: 'refused' },
    ],
  };
}

for (const family of [4, 6] as const) {
  const clock = new VirtualClock();
  const network = new ScenarioNetwork({ clock }, scenarioOf(family));
  const at = (last: number) => (family === 4 ? `192.0.2.${last}` : `2001:db8::${last}`);
  describeTransport(`scenario, IPv${family},`, () => ({
    open: async () => {
      const opened = network.openTransport({ family });
      if (!opened.ok) throw new Error(opened.failure.code);
      return opened.value;
    },
    pass: async (duration) => {
      await Promise.resolve();
      clock.advance(duration);
    },
    answering: at(40),
    silent: at(41),
    // Whatever is no target lies behind the main path.
    unroutable: null,
    distant: at(80),
    firstRouter: at(1),
    unreachable: { address: at(90), responder: at(1), icmpType: family === 4 ? 3 : 1, icmpCode: 0 },
  }));
}
