import type { Scenario, ScenarioEvent, ScenarioRouter } from '../../contract/scenario.ts';
import { familyOf } from '../../contract/scenario-consistency.ts';
import { keyOfText, mix } from './keyed-chance.ts';
import { Place } from './place.ts';

/** Several ways from one place of a path to another. */
export interface Fork {
  readonly branches: ReadonlyArray<readonly Place[]>;
  readonly balance: 'per-flow' | 'per-destination' | 'per-packet';
  readonly salt: number;
}

/** A path of the scenario with its places, shared by all that is sent along it. */
export interface Path {
  readonly name: string;
  readonly steps: ReadonlyArray<Place | Fork>;
  readonly forks: readonly Fork[];
  readonly places: readonly Place[];
  /** Index of the place that follows the last one, in a loop; null otherwise. */
  readonly loopsBackTo: number | null;
  readonly destination: Scenario['destination'];
  /** Of its routers; null when none has an address. */
  readonly family: 4 | 6 | null;
}

type HopEvent = Extract<ScenarioEvent, { on: 'hop' }>;

/** The paths of a scenario by name; the outermost one is "main". */
export function createPaths(scenario: Scenario): ReadonlyMap<string, Path> {
  const events = (scenario.events ?? []).filter((event) => event.on === 'hop');
  const all = Object.entries({ main: scenario, ...scenario.otherPaths });
  return new Map(all.map(([name, definition]) => [name, createPath(name, definition, scenario, events)]));
}

function createPath(
  name: string,
  definition: Pick<Scenario, 'hops' | 'loopsBackTo' | 'destination'>,
  scenario: Scenario,
  events: readonly HopEvent[],
): Path {
  const address = definition.hops.flatMap((hop) => hop.branches?.flat() ?? [hop]).find((hop) => hop.address)?.address;
  const family = address === undefined ? null : familyOf(address);
  const salted = mix(scenario.seed ^ keyOfText(name));
  const places: Place[] = [];
  const create = (router: ScenarioRouter, hop: number, branch: number | null): Place => {
    const own = events.filter((event) => isAbout(event, name, router, hop, branch));
    const salt = mix(salted ^ Math.imul(hop, 0x9e3779b9) ^ Math.imul((branch ?? -1) + 1, 0x85ebca6b));
    const place = new Place(router, own, { family: family ?? 4, isDestination: false, salt });
    places.push(place);
    return place;
  };
  let nextHop = 1;
  const steps = definition.hops.map(({ branches, balance = 'per-flow', ...router }): Place | Fork => {
    const hop = nextHop;
    nextHop += branches?.[0]?.length ?? 1;
    if (branches === undefined) return create(router, hop, null);
    return {
      balance,
      salt: mix(salted + hop),
      branches: branches.map((routers, branch) => routers.map((each, index) => create(each, hop + index, branch))),
    };
  });
  return {
    name,
    steps,
    forks: steps.filter((step): step is Fork => !(step instanceof Place)),
    places,
    loopsBackTo: definition.loopsBackTo === undefined ? null : definition.loopsBackTo - 1,
    destination: definition.destination,
    family,
  };
}

function isAbout(event: HopEvent, path: string, { id }: ScenarioRouter, hop: number, branch: number | null): boolean {
  if (event.id !== undefined) return event.id === id;
  if (event.hop !== hop || (event.path ?? 'main') !== path) return false;
  return branch === null || event.branch === undefined || event.branch === branch;
}
