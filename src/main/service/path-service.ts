import { fail, type Result, succeed } from '../../contract/failure.ts';
import type { Branches, PathEvent, PathMonitorInfo, PathMtu, PathReport, Round } from '../../contract/path.ts';
import type { PathConditions } from '../../contract/path-condition.ts';
import type { StreamSink } from '../../contract/serve.ts';
import { milliseconds } from '../../contract/units.ts';
import { DisposableStore, onDispose } from '../base/disposables.ts';
import { Emitter } from '../base/emitter.ts';
import type { PathOrder } from './path-order.ts';
import { PathSearches } from './path-searches.ts';
import type { PathSurroundings } from './path-surroundings.ts';
import { Publisher } from './publisher.ts';
import { WatchList } from './watch-list.ts';
import { WatchedPath } from './watched-path.ts';
import type { Watchers } from './watchers.ts';

/** Most paths at a time: some thirty probes a round of each, and the rounds kept of 200 are some 100 megabytes. */
const PATH_LIMIT = 200;

/** Events that wait for a client that is behind; of more, the newest. */
const WAITING_EVENTS_LIMIT = 1_000;

interface ReportArgs {
  readonly pathId: string;
  readonly fromEpochMs: number | null;
  readonly toEpochMs: number | null;
  readonly lastMs: number | null;
  readonly waitForNamesMs: number;
}

/** Answers the contract's `path`. Path monitors live until removed, whoever added them; disposing ends all. */
export class PathService implements Disposable {
  readonly handlers: Watchers['path'] = {
    add: (order) => this.addIn(this.#deps, order),
    pause: ({ pathId }) => this.#change(pathId, (path) => path.pause()),
    resume: ({ pathId }) => this.#change(pathId, (path) => path.resume()),
    remove: ({ pathId }) => this.remove(pathId),
    report: (args) => this.#report(args),
    timeline: ({ pathId, hopLimit, columns, ...period }) => {
      const found = this.#paths.find(pathId);
      return found.ok ? found.value.timeline(hopLimit, period, columns) : found;
    },
    branches: ({ pathId }) => this.#search(pathId, (path) => this.#searches.branches(path)),
    pathMtu: ({ pathId }) => this.#search(pathId, (path) => this.#searches.pathMtu(path)),
    list: (_, sink) => this.#paths.list(sink, (paths) => ({ paths: paths.map(({ info }) => info) })),
    conditions: (_, sink) => this.#paths.list(sink, conditionsOf, this.#onCondition),
    rounds: ({ pathId, fromRound }, sink) => this.#rounds(pathId, fromRound, sink),
  };
  readonly #deps: PathSurroundings;
  readonly #paths: WatchList<WatchedPath>;
  readonly #searches: PathSearches;
  /** One of them does otherwise than before. */
  readonly #onCondition = new Emitter<void>();

  /** @param deps those of the paths that are added over the contract */
  constructor(deps: PathSurroundings) {
    this.#deps = deps;
    this.#paths = new WatchList(deps, { one: 'path', several: 'paths', limit: PATH_LIMIT });
    this.#searches = new PathSearches();
    this.#paths.onRemove.on((pathId) => {
      this.#searches.end(pathId);
      deps.recorder?.end(pathId);
      deps.alerts?.end(pathId);
    });
  }

  /** A path was removed; its surroundings are of no more use to it. */
  get onRemove(): Emitter<string> {
    return this.#paths.onRemove;
  }

  /** Adds a path in surroundings that stay open until it is removed. */
  addIn(surroundings: PathSurroundings, order: Omit<PathOrder, 'pathId'>): Result<PathMonitorInfo> {
    return infoOf(this.#paths.add((pathId) => this.#watch(surroundings, { ...order, pathId })));
  }

  remove(pathId: string): Result<null> {
    return this.#paths.remove(pathId);
  }

  [Symbol.dispose](): void {
    this.#searches[Symbol.dispose]();
    this.#paths[Symbol.dispose]();
  }

  #watch(surroundings: PathSurroundings, order: PathOrder): WatchedPath {
    const path = new WatchedPath(surroundings, order);
    path.onCondition.on(() => this.#onCondition.emit());
    void this.#deps.readGateways().then((gateways) => path.noteGateways(gateways));
    return path;
  }

  #change(pathId: string, change: (path: WatchedPath) => void): Result<PathMonitorInfo> {
    const found = this.#paths.find(pathId);
    if (found.ok) change(found.value);
    return infoOf(found);
  }

  async #report({ pathId, waitForNamesMs, ...period }: ReportArgs): Promise<Result<PathReport>> {
    const found = this.#paths.find(pathId);
    if (!found.ok) return found;
    const [gateways] = await Promise.all([
      found.value.surroundings.readGateways(),
      found.value.namesSettled(milliseconds(waitForNamesMs)),
    ]);
    return found.value.report(period, gateways);
  }

  async #search<T extends Branches | PathMtu>(
    pathId: string,
    search: (path: WatchedPath) => Promise<Result<T> | null>,
  ): Promise<Result<T>> {
    const found = this.#paths.find(pathId);
    if (!found.ok) return found;
    return (await search(found.value)) ?? fail({ code: 'not-found', what: 'path', id: pathId });
  }

  #rounds(
    pathId: string,
    fromRound: number | null,
    sink: StreamSink<{ rounds: Round[]; events: PathEvent[] }>,
  ): Disposable {
    const found = this.#paths.find(pathId);
    if (!found.ok) {
      sink.end(found.failure);
      return onDispose(() => {});
    }
    const path = found.value;
    const own = new DisposableStore();
    let cursor = fromRound === null ? path.rounds.nextIndex : path.rounds.firstIndex;
    let events: PathEvent[] = fromRound === null ? [] : path.events.from(0);
    const publisher = own.add(
      new Publisher(this.#deps, () => {
        if (sink.isCongested()) return false;
        // What is no longer kept is left out; the numbers of the rounds tell.
        const rounds = path.rounds.from(cursor).filter(({ round }) => round >= (fromRound ?? 0));
        cursor = path.rounds.nextIndex;
        if (rounds.length > 0 || events.length > 0) sink.emit({ rounds, events });
        events = [];
        if (path.isFinished) sink.end(null);
        return true;
      }),
    );
    own.add(path.onProgress.on(() => publisher.request()));
    own.add(
      path.onEvent.on((event) => {
        events.push(event);
        if (events.length > WAITING_EVENTS_LIMIT) events.shift();
        publisher.request();
      }),
    );
    own.add(
      this.#paths.onRemove.on((removed) => {
        if (removed === pathId) sink.end(null);
      }),
    );
    publisher.request();
    return own;
  }
}

/** Lessons that are played are left out: nobody is to be called because of them. */
function conditionsOf(all: readonly WatchedPath[]): PathConditions {
  const paths = all.filter(({ surroundings }) => surroundings.simulated?.scenario == null);
  return {
    paths: paths.map(({ order: { pathId, target, intervalMs }, condition }) => ({
      pathId,
      target,
      intervalMs,
      condition,
    })),
  };
}

function infoOf(found: Result<WatchedPath>): Result<PathMonitorInfo> {
  return found.ok ? succeed(found.value.info) : found;
}
