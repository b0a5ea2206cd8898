import { formatIpAddress, parseIpAddress } from '../../contract/ip-address.ts';
import type { Scenario, ScenarioDestination, ScenarioEvent } from '../../contract/scenario.ts';
import { familyOf } from '../../contract/scenario-consistency.ts';
import { nextChangeAfter } from './event-period.ts';
import { keyOfText, mix } from './keyed-chance.ts';
import { createPaths, type Path } from './paths.ts';
import { Place } from './place.ts';
import { Route } from './route.ts';
import { Target } from './target.ts';

/** Where an address lies: it is a target's, a router's, or somebody's behind the main path. */
export type Whereabouts =
  | { readonly kind: 'target'; readonly target: Target; readonly key: number }
  | { readonly kind: 'router'; readonly route: Route; readonly key: number; readonly probes: Uint32Array }
  | { readonly kind: 'elsewhere'; readonly target: Target; readonly populatedRatio: number };

const HOP_LIMITS = 256;

/** Everything that lies between this machine and its targets, as it is at the moment it was last told of. */
export class Topology {
  readonly #known = new Map<string, Whereabouts>();
  readonly #elsewhere: ReadonlyArray<Extract<Whereabouts, { kind: 'elsewhere' }> & { readonly family: 4 | 6 }>;
  readonly #changing: Array<Place | Target> = [];
  readonly #events: readonly ScenarioEvent[];
  #nextChangeMs = 0;
  #version = 0;

  constructor(scenario: Scenario) {
    this.#events = scenario.events ?? [];
    const paths = createPaths(scenario);
    const main = paths.get('main') as Path;
    for (const path of paths.values()) this.#addRouters(path, scenario.seed);
    for (const { address, path: names = 'main', destination } of scenario.targets) {
      const own = (typeof names === 'string' ? [names] : names).flatMap((name) => paths.get(name) ?? []);
      const target = this.#createTarget(scenario, own, paths, address, destination);
      this.#known.set(canonical(address), { kind: 'target', target, key: keyOfText(canonical(address)) });
    }
    const families = main.family === null ? familiesOf(scenario) : [main.family];
    const populatedRatio = scenario.destination?.populatedRatio ?? 1;
    this.#elsewhere = families.map((family) => {
      const target = this.#createTarget(scenario, [main], paths, family === 4 ? '0.0.0.0' : '::', undefined);
      return { kind: 'elsewhere', family, target, populatedRatio };
    });
    for (const path of paths.values()) this.#changing.push(...path.places.filter(({ hasEvents }) => hasEvents));
    this.advance(0);
  }

  /** Counts the changes so far, for routes to know whether they are out of date. */
  get version(): number {
    return this.#version;
  }

  /** Brings every place to a moment of the run, in milliseconds, not before the last one. */
  advance(nowMs: number): void {
    if (nowMs < this.#nextChangeMs) return;
    for (const each of this.#changing) each.update(nowMs);
    this.#version += 1;
    this.#nextChangeMs = this.#events.reduce((next, event) => Math.min(next, nextChangeAfter(event, nowMs)), Infinity);
  }

  /** Where an address of a family lies; null when there is no route to it. */
  find(address: string, family: 4 | 6): Whereabouts | null {
    return (
      this.#known.get(address) ??
      this.#known.get(canonical(address)) ??
      this.#elsewhere.find((each) => each.family === family) ??
      null
    );
  }

  #createTarget(
    scenario: Scenario,
    own: readonly Path[],
    paths: ReadonlyMap<string, Path>,
    address: string,
    destination: ScenarioDestination | undefined,
  ): Target {
    const events = this.#events
      .filter((event) => event.on === 'destination')
      .filter(({ target }) => target === undefined || canonical(target) === canonical(address));
    const family = familyOf(address);
    const ends = new Map(
      // A route change may lead it to any path.
      [...paths.values()].map((path) => {
        const salt = mix(scenario.seed ^ keyOfText(`${path.name} to ${canonical(address)}`));
        return [
          path,
          new Place(destination ?? path.destination ?? {}, events, { family, isDestination: true, salt }),
        ] as const;
      }),
    );
    const target = new Target(own, ends, events, paths);
    if (events.length > 0) this.#changing.push(target, ...ends.values());
    return target;
  }

  /** A router can be probed like any other address: what is before it on its path leads to it. */
  #addRouters(path: Path, seed: number): void {
    const before: Place[] = [];
    const add = (places: readonly Place[]) => {
      const { address } = places.at(-1) as Place;
      if (address === null || this.#known.has(canonical(address))) return;
      const key = mix(seed ^ keyOfText(canonical(address)));
      this.#known.set(canonical(address), {
        kind: 'router',
        route: new Route(places, null),
        key,
        probes: new Uint32Array(HOP_LIMITS),
      });
    };
    for (const step of path.steps) {
      if (step instanceof Place) {
        before.push(step);
        add(before);
        continue;
      }
      for (const branch of step.branches) {
        for (const index of branch.keys()) add([...before, ...branch.slice(0, index + 1)]);
      }
      before.push(...(step.branches[0] ?? []));
    }
  }
}

/** Families that the targets are of. */
export function familiesOf({ targets }: Pick<Scenario, 'targets'>): ReadonlyArray<4 | 6> {
  return ([4, 6] as const).filter((family) => targets.some(({ address }) => familyOf(address) === family));
}

/** One text for one address, without a zone. */
export function canonical(address: string): string {
  const parsed = parseIpAddress(address);
  return parsed === null ? address : formatIpAddress(parsed.family, parsed.bytes);
}
