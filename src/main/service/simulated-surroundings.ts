import type { Simulation } from '../../contract/path.ts';
import type { Scenario } from '../../contract/scenario.ts';
import type { SimulatedInternet, TransportReport } from '../../contract/system.ts';
import type { Clock } from '../base/clock.ts';
import type { Asked } from '../names/background-answers.ts';
import { familyOfAddress } from '../names/resolve-target.ts';
import { ScenarioNetwork } from '../simulated/scenario-network.ts';
import type { Surroundings } from './surroundings.ts';

/** A scenario's internet in place of this machine's network; its time begins now. Nothing of it leaves this machine. */
export function simulateSurroundings(
  deps: { readonly clock: Clock },
  scenario: Scenario,
  played: Pick<Simulation, 'scenario' | 'liveFromEpochMs'> = { scenario: null, liveFromEpochMs: null },
): Surroundings {
  const network = new ScenarioNetwork(deps, scenario);
  return {
    simulated: { title: scenario.title, ...played },
    openTransport: async (options) => network.openTransport(options),
    lookUp: network.lookUp,
    askName: async (address) => asked(network.reverseNames.get(address)),
    askAsn: async (address) => asked(network.autonomousSystems.get(address)),
    readGateways: async () => network.gateways,
    readMachineNetwork: null,
    selfTest: {
      hasLoopback: false,
      destination: (family, wanted) =>
        scenario.targets.map(({ address }) => address).find((one) => familyOfAddress(one) === family) ?? wanted,
      hasFarAddress: () => false,
      readDefaultRoutes: async () =>
        network.gateways.map((gateway) => ({
          family: familyOfAddress(gateway) ?? 4,
          gateway,
          interfaceName: 'simulated',
        })),
    },
    reportTransports: async () => ([4, 6] as const).map((family) => reportFamily(network, family)),
  };
}

/** So many targets tell what there is to see; a scenario for sweeps has thousands. */
const TOLD_TARGETS = 3;

/** What the page is told of the internet that it is in. */
export function describeInternet({ title, targets }: Scenario): SimulatedInternet {
  return { title, targets: targets.slice(0, TOLD_TARGETS).map(({ name, address }) => name ?? address) };
}

function asked<T>(value: T | undefined): Asked<T> {
  return value === undefined ? { kind: 'none' } : { kind: 'found', value };
}

function reportFamily(network: ScenarioNetwork, family: 4 | 6): TransportReport {
  const opened = network.openTransport({ family });
  const nothing = { timestampSource: null, reportsErrors: null, receiveBufferBytes: null, loopbackRttMs: null };
  if (!opened.ok) return { transport: 'simulated', family, failure: opened.failure, ...nothing };
  using transport = opened.value;
  const { timestampSource, reportsErrors } = transport.properties;
  return { transport: 'simulated', family, failure: null, ...nothing, timestampSource, reportsErrors };
}
