import { fail, type Result, succeed } from '../../contract/failure.ts';
import type { Scenario } from '../../contract/scenario.ts';
import type { Clock } from '../base/clock.ts';
import type { ProbeTransport } from '../icmp/probe-transport.ts';
import { Machine } from './machine.ts';
import { createScenarioNames, type ScenarioLookUp } from './scenario-names.ts';
import { ScenarioTransport } from './scenario-transport.ts';
import { familiesOf, Topology } from './topology.ts';

/** Which transport is wanted: what a simulated machine can heed of the options of a real one. */
export interface OpenScenarioOptions {
  readonly family: 4 | 6;
  readonly transmitTimestamps?: boolean;
  readonly dontFragment?: boolean;
}

/**
 * One simulated internet, as a scenario describes it. Its time begins when it is made; under a virtual clock its round
 * trips are exact, and the same probes at the same times have the same fates in every run. All transports share it:
 * its queues, its rate limits and its events.
 */
export class ScenarioNetwork {
  /** Names of the scenario: rejects as a resolver does. */
  readonly lookUp: ScenarioLookUp;
  /** Name by numeric address. */
  readonly reverseNames: ReadonlyMap<string, string>;
  /** Autonomous system by numeric address. */
  readonly autonomousSystems: ReadonlyMap<string, { readonly number: number; readonly name: string | null }>;
  /** Addresses of this machine's own routers. */
  readonly gateways: readonly string[];
  readonly #clock: Clock;
  readonly #scenario: Scenario;
  readonly #topology: Topology;
  readonly #machine: Machine;
  readonly #startMs: number;

  constructor(deps: { readonly clock: Clock }, scenario: Scenario) {
    this.#clock = deps.clock;
    this.#scenario = scenario;
    this.#startMs = deps.clock.now();
    this.#topology = new Topology(scenario);
    this.#machine = new Machine(scenario);
    const { lookUp, reverseNames, autonomousSystems } = createScenarioNames(scenario);
    this.lookUp = lookUp;
    this.reverseNames = reverseNames;
    this.autonomousSystems = autonomousSystems;
    this.gateways = scenario.machine?.gateways ?? firstRouters(scenario);
  }

  /** A transport into this network; fails where the scenario's machine lacks the family or the right. */
  openTransport(options: OpenScenarioOptions): Result<ProbeTransport> {
    const { family, transmitTimestamps = true, dontFragment = false } = options;
    if (!familiesOf(this.#scenario).includes(family)) return fail({ code: 'family-not-simulated', family });
    if (this.#scenario.machine?.isIcmpPermitted === false) {
      return fail({
        code: 'icmp-not-permitted',
        attempts: [
          { transport: 'dgram', osCode: 'EACCES', pingGroupRange: '1\t0' },
          { transport: 'raw', osCode: 'EPERM', pingGroupRange: null },
        ],
      });
    }
    const deps = { clock: this.#clock, topology: this.#topology, machine: this.#machine };
    return succeed(
      new ScenarioTransport(deps, this.#scenario, { family, transmitTimestamps, dontFragment }, this.#startMs),
    );
  }
}

/** The first router of each path is this machine's gateway, unless it is said otherwise. */
function firstRouters(scenario: Scenario): string[] {
  const firsts = [scenario, ...Object.values(scenario.otherPaths ?? {})].flatMap(({ hops }) => {
    const [first] = hops;
    return first?.branches?.map(([router]) => router?.address) ?? [first?.address];
  });
  return [...new Set(firsts.filter((address) => address !== undefined))];
}
