import { type Failure, fail, type Result, succeed } from '../../../contract/failure.ts';
import type { HopscopeContract } from '../../../contract/index.ts';
import type { PathEvent, PathMonitorInfo, PathReport, Round, Simulation } from '../../../contract/path.ts';
import type { Handlers, StreamSink } from '../../../contract/serve.ts';
import type { Timeline } from '../../../contract/timeline.ts';
import { reportWith, timelineWith } from './test-path-reports.ts';

type Rounds = { rounds: Round[]; events: PathEvent[] };
type StreamKind = 'list' | 'rounds';

interface Entry {
  path: PathMonitorInfo;
  readonly rounds: Round[];
  readonly sinks: Set<StreamSink<Rounds>>;
}

const NOTHING: Disposable = { [Symbol.dispose]: () => {} };

/** The paths of a test engine: they send nothing, and what they measure is told by the test. */
export class TestPaths {
  /** What `add` answers for a target instead of adding it. */
  readonly refusals = new Map<string, Failure>();
  /** What the streams of a kind end with as soon as they are opened. */
  readonly streamRefusals = new Map<StreamKind, Failure>();
  /** What `report` and `timeline` answer instead of what is there; null: nothing. */
  refusal: Failure | null = null;
  /** What is told in the reports of a path, beside the least that there is. */
  readonly reports = new Map<string, Partial<PathReport>>();
  /** The same of timelines, by path and hop limit as in `p-1 0`. */
  readonly timelines = new Map<string, Partial<Timeline>>();
  readonly #calls: string[];
  readonly #paths = new Map<string, Entry>();
  readonly #lists = new Set<StreamSink<{ paths: PathMonitorInfo[] }>>();
  /** Answers held back, or null while they are given at once. */
  #held: (() => void)[] | null = null;
  #nextId = 1;

  /** @param calls gets each call that arrives, as `path.pause p-1` */
  constructor(calls: string[]) {
    this.#calls = calls;
  }

  /** Adds a path as `add` does, and gives its id. */
  add(target: string, more: Partial<PathMonitorInfo> = {}): string {
    const pathId = `p-${this.#nextId++}`;
    const path: PathMonitorInfo = {
      pathId,
      target,
      destination: '192.0.2.1',
      family: 4,
      transport: 'dgram',
      timestampSource: 'kernel',
      intervalMs: 1_000,
      timeoutMs: 2_000,
      addedAtEpochMs: 1_700_000_000_000 + this.#nextId,
      state: { phase: 'running' },
      simulated: null,
      verdict: null,
      ...more,
    };
    this.#paths.set(pathId, { path, rounds: [], sinks: new Set() });
    this.#tellLists();
    return pathId;
  }

  /** Adds a path of a simulated internet. */
  play(target: string, simulated: Simulation): PathMonitorInfo {
    return this.#find(this.add(target, { transport: 'simulated', simulated })).path;
  }

  change(pathId: string, change: Partial<PathMonitorInfo>): PathMonitorInfo {
    const entry = this.#find(pathId);
    entry.path = { ...entry.path, ...change };
    this.#tellLists();
    return entry.path;
  }

  remove(pathId: string): void {
    const { sinks } = this.#find(pathId);
    this.#paths.delete(pathId);
    for (const sink of [...sinks]) sink.end(null);
    this.#tellLists();
  }

  /** Finishes rounds of a path, and lets things happen on it. */
  emit(pathId: string, rounds: readonly Round[], events: readonly PathEvent[] = []): void {
    const entry = this.#find(pathId);
    entry.rounds.push(...rounds);
    for (const sink of entry.sinks) sink.emit({ rounds: [...rounds], events: [...events] });
  }

  /** Ends every open stream of a kind; paths go on. */
  endStreams(kind: StreamKind, failure: Failure | null): void {
    const sinks = kind === 'list' ? [this.#lists] : [...this.#paths.values()].map((entry) => entry.sinks);
    for (const sink of sinks.flatMap((open) => [...open])) sink.end(failure);
  }

  /** From now on reports and timelines are answered only when released. */
  hold(): void {
    this.#held = [];
  }

  /** Answers the oldest `count` that are held back; they are of the moment in which they were asked for. */
  release(count = Number.POSITIVE_INFINITY): void {
    for (const answer of this.#held?.splice(0, count) ?? []) answer();
  }

  /** How many are held back. */
  get held(): number {
    return this.#held?.length ?? 0;
  }

  readonly handlers: Handlers<HopscopeContract>['path'] = {
    add: ({ target }) => {
      this.#called('add', target);
      const refusal = this.refusals.get(target);
      return refusal === undefined ? succeed(this.#find(this.add(target)).path) : fail(refusal);
    },
    pause: ({ pathId }) => this.#act('pause', pathId, () => this.change(pathId, { state: { phase: 'paused' } })),
    resume: ({ pathId }) => this.#act('resume', pathId, () => this.change(pathId, { state: { phase: 'running' } })),
    remove: ({ pathId }) =>
      this.#act('remove', pathId, () => {
        this.remove(pathId);
        return null;
      }),
    report: ({ pathId, ...period }) => {
      this.#called('report', `${pathId} ${wordsOf(period)}`);
      return this.#answer(pathId, ({ path }) => reportWith(path, this.reports.get(pathId)));
    },
    timeline: ({ pathId, hopLimit, columns, ...period }) => {
      this.#called('timeline', `${pathId} ${hopLimit} ${wordsOf(period)} in ${columns}`);
      return this.#answer(pathId, () => timelineWith(hopLimit, this.timelines.get(`${pathId} ${hopLimit}`)));
    },
    branches: () => fail({ code: 'not-found', what: 'branches', id: 'not part of these tests' }),
    pathMtu: () => fail({ code: 'not-found', what: 'path MTU', id: 'not part of these tests' }),
    list: (_, sink) => {
      if (this.#refuse('list', sink)) return NOTHING;
      this.#lists.add(sink);
      sink.emit({ paths: this.#all() });
      return { [Symbol.dispose]: () => void this.#lists.delete(sink) };
    },
    conditions: () => NOTHING,
    rounds: ({ pathId, fromRound }, sink) => {
      this.#called('rounds', `${pathId} from ${fromRound}`);
      if (this.#refuse('rounds', sink)) return NOTHING;
      const { rounds, sinks } = this.#find(pathId);
      sinks.add(sink);
      const kept = fromRound === null ? [] : rounds.filter(({ round }) => round >= fromRound);
      if (kept.length > 0) sink.emit({ rounds: kept, events: [] });
      return { [Symbol.dispose]: () => void sinks.delete(sink) };
    },
  };

  #called(name: string, what: string): void {
    this.#calls.push(`path.${name} ${what}`);
  }

  #all(): PathMonitorInfo[] {
    return [...this.#paths.values()].map(({ path }) => path);
  }

  #tellLists(): void {
    for (const sink of this.#lists) sink.emit({ paths: this.#all() });
  }

  #find(pathId: string): Entry {
    const entry = this.#paths.get(pathId);
    if (entry === undefined) throw new RangeError(`The test engine has no path ${pathId}`);
    return entry;
  }

  #refuse(kind: StreamKind, sink: { end(failure: Failure): void }): boolean {
    const refusal = this.streamRefusals.get(kind);
    if (refusal !== undefined) sink.end(refusal);
    return refusal !== undefined;
  }

  #act<T>(name: string, pathId: string, act: () => T): Result<T> {
    this.#called(name, pathId);
    return this.#paths.has(pathId) ? succeed(act()) : notFound(pathId);
  }

  /** Answers at once, or when released. */
  async #answer<T>(pathId: string, make: (entry: Entry) => T): Promise<Result<T>> {
    const entry = this.#paths.get(pathId);
    const result = this.#resultOf(entry, pathId, make);
    const held = this.#held;
    if (held !== null) await new Promise<void>((resolve) => void held.push(resolve));
    return result;
  }

  #resultOf<T>(entry: Entry | undefined, pathId: string, make: (entry: Entry) => T): Result<T> {
    if (this.refusal !== null) return fail(this.refusal);
    return entry === undefined ? notFound(pathId) : succeed(make(entry));
  }
}

function notFound(id: string): Result<never> {
  return fail({ code: 'not-found', what: 'path', id });
}

interface Period {
  readonly fromEpochMs: number | null;
  readonly toEpochMs: number | null;
  readonly lastMs: number | null;
}

/** `last 600000`, `1000 to 2000`, or `all`. */
function wordsOf({ fromEpochMs, toEpochMs, lastMs }: Period): string {
  if (lastMs !== null) return `last ${lastMs}`;
  return fromEpochMs === null && toEpochMs === null ? 'all' : `${fromEpochMs} to ${toEpochMs}`;
}
