import type { Ability } from '../../contract/abilities.ts';
import { type Failure, fail, type Result, succeed } from '../../contract/failure.ts';
import type { Branches, PathMtu } from '../../contract/path.ts';
import { milliseconds } from '../../contract/units.ts';
import { enumerateBranches } from '../engine/path/branches.ts';
import { searchPathMtu } from '../engine/path/path-mtu.ts';
import { type OpenedTarget, openTarget } from './open-target.ts';
import type { WatchedPath } from './watched-path.ts';

type Found<T> = Promise<Result<T> | null>;

/**
 * Packets of a usual Ethernet link; larger ones would have to be asked of the interface that the route leads through.
 */
const LARGEST_PACKET_BYTES = 1_500;

/** What a search needs of its transport. */
interface SearchNeeds {
  readonly dontFragment: boolean;
  /** Without it there is nothing to be found, or null. */
  readonly ability: Ability | null;
}

const BRANCHES_NEED: SearchNeeds = { dontFragment: false, ability: 'flows' };
const PATH_MTU_NEEDS: SearchNeeds = { dontFragment: true, ability: null };

/** Searches that are made on request: branches and path MTU. Who asks for one that is under way gets its result. */
export class PathSearches implements Disposable {
  readonly #running = new Map<
    string,
    { readonly ending: AbortController; readonly found: Map<string, Found<unknown>> }
  >();

  /** Enumerates the branches of a path and notes them there; null when the path was removed meanwhile. */
  branches(path: WatchedPath): Found<Branches> {
    return this.#once(path, 'branches', BRANCHES_NEED, async ({ destination, lease }, signal) => {
      const { maxHops, payloadBytes, trafficClass, timeoutMs } = path.order.options;
      const branches = await enumerateBranches(
        { ...path.surroundings, transport: lease.transport },
        { destination, maxHops, payloadBytes, trafficClass, timeout: milliseconds(timeoutMs) },
        signal,
      );
      path.note({ branches });
      return branches;
    });
  }

  /** Searches the path MTU of a path and notes it there; null when the path was removed meanwhile. */
  pathMtu(path: WatchedPath): Found<PathMtu> {
    return this.#once(path, 'path MTU', PATH_MTU_NEEDS, async ({ destination, family, lease }, signal) => {
      const { maxHops, trafficClass, timeoutMs } = path.order.options;
      const timeout = milliseconds(timeoutMs);
      const pathMtu = await searchPathMtu(
        { ...path.surroundings, transport: lease.transport },
        { destination, family, maxHops, trafficClass, flow: path.flow, timeout, largestBytes: LARGEST_PACKET_BYTES },
        signal,
      );
      path.note({ pathMtu });
      return pathMtu;
    });
  }

  /** Ends what is being searched of a path. */
  end(pathId: string): void {
    this.#running.get(pathId)?.ending.abort();
    this.#running.delete(pathId);
  }

  [Symbol.dispose](): void {
    for (const pathId of [...this.#running.keys()]) this.end(pathId);
  }

  #once<T>(
    path: WatchedPath,
    name: string,
    needs: SearchNeeds,
    search: (opened: OpenedTarget, signal: AbortSignal) => Promise<T>,
  ): Found<T> {
    const { pathId } = path.order;
    const running = this.#running.get(pathId) ?? { ending: new AbortController(), found: new Map() };
    this.#running.set(pathId, running);
    const underWay = running.found.get(name) as Found<T> | undefined;
    if (underWay !== undefined) return underWay;
    const found = this.#search(path, needs, search, running.ending.signal).finally(() => running.found.delete(name));
    running.found.set(name, found);
    return found;
  }

  async #search<T>(
    path: WatchedPath,
    { dontFragment, ability }: SearchNeeds,
    search: (opened: OpenedTarget, signal: AbortSignal) => Promise<T>,
    signal: AbortSignal,
  ): Found<T> {
    const { destination } = path.info;
    if (destination === null) return { ok: false, failure: notMeasured(path) };
    const opened = await openTarget(path.surroundings, destination, path.order.options, signal, dontFragment);
    if (opened === null || !opened.ok) return opened;
    using lease = opened.value.lease;
    if (ability !== null && lease.transport.properties.lacks.includes(ability)) {
      return fail({ code: 'ability-missing', ability });
    }
    try {
      return succeed(await search(opened.value, signal));
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    }
  }
}

/** What keeps a path from being searched now. */
function notMeasured({ info }: WatchedPath): Failure {
  return info.state.phase === 'failed'
    ? info.state.failure
    : { code: 'not-found', what: 'destination', id: info.target };
}
