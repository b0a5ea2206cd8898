import type { DemoScenario, SPEEDS } from '../../contract/demo.ts';
import { fail, type Result, succeed } from '../../contract/failure.ts';
import type { HopscopeContract } from '../../contract/index.ts';
import { type PathMonitorInfo, pathOptionsOf } from '../../contract/path.ts';
import type { Scenario } from '../../contract/scenario.ts';
import type { Handlers } from '../../contract/serve.ts';
import { seconds } from '../../contract/units.ts';
import { DisposableStore } from '../base/disposables.ts';
import { SimulatedTime } from '../simulated/simulated-time.ts';
import type { PathService } from './path-service.ts';
import { openPathSurroundings, type PathSurroundingsDeps } from './path-surroundings.ts';
import { simulateSurroundings } from './simulated-surroundings.ts';

/** How long it takes to see everything in a scenario that does not say. */
const DEFAULT_LENGTH_S = 600;

/** Between two rounds of the paths of a scenario. */
const INTERVAL_MS = 1_000;

/** Paths that one scenario adds at most; a list of more targets is there to be swept. */
const TARGETS_LIMIT = 5;

/** The scenarios that come with the program. */
export interface ScenarioShelf {
  readonly list: () => Promise<readonly string[]>;
  /** Fails with `invalid-arguments` for a name that it does not know. */
  readonly load: (name: string) => Promise<Result<Scenario>>;
}

export interface DemoServiceDeps extends PathSurroundingsDeps {
  readonly paths: PathService;
  readonly scenarios: ScenarioShelf;
}

/** A scenario that is being played: its internet, and the paths that are measured in it. */
interface Play extends Disposable {
  readonly pathIds: Set<string>;
}

/** Answers the contract's `demo`. The internet of a scenario is there as long as one of its paths. */
export class DemoService implements Disposable {
  readonly handlers: Handlers<HopscopeContract>['demo'] = {
    list: () => this.#list(),
    play: ({ scenario, speed }) => this.#play(scenario, speed),
    stop: ({ scenario }) =>
      this.#stop(scenario) ? succeed(null) : fail({ code: 'not-found', what: 'scenario being played', id: scenario }),
  };
  readonly #deps: DemoServiceDeps;
  readonly #plays = new Map<string, Play>();
  readonly #owned = new DisposableStore();

  constructor(deps: DemoServiceDeps) {
    this.#deps = deps;
    this.#owned.add(deps.paths.onRemove.on((pathId) => this.#forget(pathId)));
  }

  [Symbol.dispose](): void {
    this.#owned[Symbol.dispose]();
    this.#plays.clear();
  }

  async #list(): Promise<Result<{ scenarios: DemoScenario[] }>> {
    const { scenarios } = this.#deps;
    const names = await scenarios.list();
    const loaded = await Promise.all(
      names.map(async (name) => ({ name, scenario: await this.#deps.scenarios.load(name) })),
    );
    return succeed({
      scenarios: loaded.flatMap(({ name, scenario }) => (scenario.ok ? [describe(name, scenario.value)] : [])),
    });
  }

  async #play(name: string, speed: (typeof SPEEDS)[number]): Promise<Result<{ paths: PathMonitorInfo[] }>> {
    const { paths, scenarios } = this.#deps;
    // By name only: a page of the browser host has no business with other files of this machine.
    if (!(await scenarios.list()).includes(name)) return fail({ code: 'not-found', what: 'scenario', id: name });
    const loaded = await scenarios.load(name);
    if (!loaded.ok) return loaded;
    if (this.#owned.isDisposed) return fail({ code: 'not-found', what: 'engine', id: 'closed' });
    const scenario = loaded.value;
    this.#stop(name);

    const owned = new DisposableStore();
    const lead = seconds(speed === 1 ? 0 : lengthOf(scenario));
    const clock = owned.add(new SimulatedTime(this.#deps, { lead, speed }));
    const played = { scenario: name, liveFromEpochMs: clock.liveFrom };
    const { random, onBug, platform } = this.#deps;
    const surroundings = owned.add(
      openPathSurroundings({ clock, random, onBug, platform }, simulateSurroundings({ clock }, scenario, played)),
    );
    const play: Play = {
      pathIds: new Set(),
      [Symbol.dispose]: () => owned[Symbol.dispose](),
    };
    this.#plays.set(name, play);
    this.#owned.add(play);
    const options = pathOptionsOf({ flow: scenario.flow ?? null, asn: true });
    const added: PathMonitorInfo[] = [];
    for (const target of targetsOf(scenario)) {
      const path = paths.addIn(surroundings, { target, intervalMs: INTERVAL_MS, options });
      if (!path.ok) {
        this.#stop(name);
        return path;
      }
      play.pathIds.add(path.value.pathId);
      added.push(path.value);
    }
    return succeed({ paths: added });
  }

  /** Removes the paths of a scenario, and with them its internet; says whether there were any. */
  #stop(name: string): boolean {
    const play = this.#plays.get(name);
    if (play === undefined) return false;
    for (const pathId of [...play.pathIds]) this.#deps.paths.remove(pathId);
    this.#end(name, play);
    return true;
  }

  #forget(pathId: string): void {
    for (const [name, play] of this.#plays) {
      if (play.pathIds.delete(pathId) && play.pathIds.size === 0) this.#end(name, play);
    }
  }

  #end(name: string, play: Play): void {
    if (this.#plays.get(name) === play) this.#plays.delete(name);
    this.#owned.release(play);
  }
}

function describe(name: string, scenario: Scenario): DemoScenario {
  const { title, lesson, topic = 'healthy', steps = [], verdicts = [], searches = [] } = scenario;
  return {
    name,
    title,
    topic,
    lesson,
    steps,
    verdicts,
    searches,
    targets: targetsOf(scenario),
    lengthS: lengthOf(scenario),
  };
}

function targetsOf({ targets }: Scenario): string[] {
  return targets.slice(0, TARGETS_LIMIT).map(({ name, address }) => name ?? address);
}

function lengthOf({ lengthS = DEFAULT_LENGTH_S }: Scenario): number {
  return lengthS;
}
