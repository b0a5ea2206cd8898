import { pathOptionsOf } from '../../../contract/default-options.ts';
import { fail, type Result, succeed } from '../../../contract/failure.ts';
import { type FlightState, type FlightTarget, MOST_FLIGHT_TARGETS } from '../../../contract/flight.ts';
import type { HopscopeContract } from '../../../contract/index.ts';
import type { Handlers } from '../../../contract/serve.ts';
import type { FlightStore } from '../../store/flight-store.ts';
import type { SettingsStore } from '../../store/settings-store.ts';
import type { PathSurroundings } from '../path-surroundings.ts';
import { WatchList } from '../watch-list.ts';
import { FlightPath } from './flight-path.ts';

export interface FlightServiceDeps {
  readonly surroundings: PathSurroundings;
  readonly settings: SettingsStore;
  /** The targets that are recorded again after a start. */
  readonly store: FlightStore;
}

/** Answers the contract's `flight`: records chosen targets always. Disposing leaves them as they are, to go on next time. */
export class FlightService implements Disposable {
  readonly handlers: Handlers<HopscopeContract>['flight'] = {
    follow: (_, sink) => this.#paths.list(sink, () => this.#state()),
    add: ({ target }) => this.#add(target),
    remove: ({ flightId }) => this.#remove(flightId),
  };
  readonly #deps: FlightServiceDeps;
  readonly #paths: WatchList<FlightPath>;
  readonly #known = new Map<string, FlightPath>();

  constructor(deps: FlightServiceDeps) {
    this.#deps = deps;
    this.#paths = new WatchList(deps.surroundings, {
      one: 'recorded target',
      several: 'recorded targets',
      limit: MOST_FLIGHT_TARGETS,
    });
  }

  /** Records again what was recorded last time. */
  restore(): void {
    for (const target of this.#deps.store.targets) this.#begin(target);
  }

  [Symbol.dispose](): void {
    this.#paths[Symbol.dispose]();
  }

  #state(): FlightState {
    return {
      targets: [...this.#known.values()].map(({ info }) => info),
      isKept: this.#deps.surroundings.recorder !== null,
    };
  }

  #add(target: string): Result<FlightTarget> {
    const known = [...this.#known.values()].find(({ info }) => info.target.toLowerCase() === target.toLowerCase());
    if (known !== undefined) return succeed(known.info);
    const begun = this.#begin(target);
    if (begun.ok) this.#deps.store.add(target);
    return begun;
  }

  #begin(target: string): Result<FlightTarget> {
    const { surroundings, settings } = this.#deps;
    const { flightIntervalMs } = settings.settings;
    const options = { ...pathOptionsOf(settings.settings), count: null };
    const added = this.#paths.add((flightId) => {
      const path = new FlightPath(surroundings, { flightId, target, intervalMs: flightIntervalMs, options });
      this.#known.set(flightId, path);
      return path;
    });
    return added.ok ? succeed(added.value.info) : added;
  }

  #remove(flightId: string): Result<null> {
    const path = this.#known.get(flightId);
    if (path === undefined) return fail({ code: 'not-found', what: 'recorded target', id: flightId });
    path.stop();
    this.#known.delete(flightId);
    this.#deps.store.remove(path.info.target);
    return this.#paths.remove(flightId);
  }
}
