import type { ScenarioEvent } from '../../contract/scenario.ts';
import { occurrenceAt } from './event-period.ts';
import { mix } from './keyed-chance.ts';
import type { Path } from './paths.ts';
import { Place } from './place.ts';
import { Route } from './route.ts';

type DestinationEvent = Extract<ScenarioEvent, { on: 'destination' }>;

/** Salt of the choice between whole paths, as of anycast. */
const PATH_CHOICE = 0x6f4f2a35;
const HOP_LIMITS = 256;

/** A destination, and the ways that lead to it now. */
export class Target {
  /** Probes so far by hop limit: they number the packets, each of which has a chance of its own. */
  readonly probes = new Uint32Array(HOP_LIMITS);
  /** Destination by path. */
  readonly ends: ReadonlyMap<Path, Place>;
  readonly #basePaths: readonly Path[];
  readonly #events: readonly DestinationEvent[];
  readonly #pathsByName: ReadonlyMap<string, Path>;
  /** Routes met so far, by path, then by the branches taken. */
  readonly #routes = new Map<Path, Map<number, Route>>();
  #paths: readonly Path[];

  constructor(
    paths: readonly Path[],
    ends: ReadonlyMap<Path, Place>,
    events: readonly DestinationEvent[],
    pathsByName: ReadonlyMap<string, Path>,
  ) {
    this.#basePaths = paths;
    this.ends = ends;
    this.#events = events;
    this.#pathsByName = pathsByName;
    this.#paths = paths;
    this.update(0);
  }

  /** Takes on what holds at this moment of the run, in milliseconds. */
  update(nowMs: number): void {
    this.#paths = this.#basePaths;
    for (const event of this.#events) {
      const names = event.set.path;
      if (names === undefined || occurrenceAt(event, nowMs) === null) continue;
      const wanted = typeof names === 'string' ? [names] : names;
      this.#paths = wanted.flatMap((name) => this.#pathsByName.get(name) ?? []);
    }
  }

  /** The way of a packet: each fork decides by flow, destination or packet. */
  routeFor(flowKey: number, destinationKey: number, packetKey: number): Route {
    const paths = this.#paths;
    const path = paths[paths.length === 1 ? 0 : mix(flowKey ^ PATH_CHOICE) % paths.length] as Path;
    let choice = 0;
    for (const { branches, balance, salt } of path.forks) {
      const key = balance === 'per-flow' ? flowKey : balance === 'per-packet' ? packetKey : destinationKey;
      choice = choice * branches.length + (mix(key ^ salt) % branches.length);
    }
    const ways = this.#routes.get(path);
    return ways?.get(choice) ?? this.#open(path, choice);
  }

  #open(path: Path, choice: number): Route {
    const branchOf = new Map<unknown, readonly Place[]>();
    let rest = choice;
    for (const fork of path.forks.toReversed()) {
      branchOf.set(fork, fork.branches[rest % fork.branches.length] as readonly Place[]);
      rest = Math.floor(rest / fork.branches.length);
    }
    const places = path.steps.flatMap((step) => (step instanceof Place ? [step] : (branchOf.get(step) ?? [])));
    const end = this.ends.get(path);
    const isEndless = path.loopsBackTo !== null;
    const route = new Route(isEndless || end === undefined ? places : [...places, end], path.loopsBackTo);
    const ways = this.#routes.get(path) ?? new Map<number, Route>();
    this.#routes.set(path, ways.set(choice, route));
    return route;
  }
}
