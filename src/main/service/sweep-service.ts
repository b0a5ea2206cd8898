import { ADDRESSES_LIMIT, AddressRanges, type AddressSpan, readRange } from '../../contract/address-ranges.ts';
import { type Failure, fail, type Result, succeed } from '../../contract/failure.ts';
import type { HopscopeContract } from '../../contract/index.ts';
import type { Handlers, StreamSink } from '../../contract/serve.ts';
import type { SweepArgs, SweepEvent, SweepSummary } from '../../contract/sweep.ts';
import { hopLimit, milliseconds } from '../../contract/units.ts';
import type { Clock } from '../base/clock.ts';
import { DisposableStore, onDispose } from '../base/disposables.ts';
import { type Sweep, startSweep } from '../engine/sweep/sweep.ts';
import type { ProbeTransport } from '../icmp/probe-transport.ts';
import { resolveTarget } from '../names/resolve-target.ts';
import type { OpenTargetDeps } from './open-target.ts';
import { Publisher } from './publisher.ts';

/** Answers of one message: what a page draws at once, and a link carries without holding up others. */
const ANSWERS_PER_MESSAGE = 5_000;

/** So many answers wait for a slow client before nothing more is sent; what is under way then still adds its own. */
const HELD_AT_WAITING = 50_000;

/** So few wait when it goes on: enough for the client to read meanwhile. */
const GOES_ON_AT_WAITING = 10_000;

/** Names that are being looked up at once. */
const LOOK_UPS_LIMIT = 16;

export interface SweepServiceDeps extends OpenTargetDeps {
  readonly clock: Clock;
  /** Takes note of a bug and gives the reference under which it is found in the log. */
  readonly onBug: (error: unknown) => string;
}

/** Answers the contract's `sweep`. A sweep ends with the stream that asked for it. */
export function createSweepService(deps: SweepServiceDeps): Handlers<HopscopeContract>['sweep'] {
  const runs = new Map<string, SweepRun>();
  return {
    run: ({ runId, ...args }, sink) => {
      if (runs.has(runId)) {
        sink.end({ code: 'invalid-arguments', issue: `runId: a sweep named ${runId} is under way` });
        return onDispose(() => {});
      }
      const run = new SweepRun(deps, args, sink, () => runs.delete(runId));
      runs.set(runId, run);
      return run;
    },
    stop: ({ runId }): Result<null> => {
      const run = runs.get(runId);
      if (run === undefined) return fail({ code: 'not-found', what: 'sweep', id: runId });
      run.stop();
      return succeed(null);
    },
  };
}

type Answered = Extract<SweepEvent, { kind: 'answered' }>;

class SweepRun implements Disposable {
  readonly #deps: SweepServiceDeps;
  readonly #args: SweepArgs;
  readonly #sink: StreamSink<SweepEvent[]>;
  readonly #onEnd: () => void;
  readonly #owned = new DisposableStore();
  readonly #preparing = new AbortController();
  readonly #publisher: Publisher;
  #sweep: Sweep | null = null;
  #waiting: Answered[] = [];
  /** Set when all is told. */
  #finished: SweepEvent | null = null;

  constructor(deps: SweepServiceDeps, args: SweepArgs, sink: StreamSink<SweepEvent[]>, onEnd: () => void) {
    this.#deps = deps;
    this.#args = args;
    this.#sink = sink;
    this.#onEnd = onEnd;
    this.#publisher = this.#owned.add(new Publisher(deps, () => this.#publish()));
    this.#run().then(
      (failure) => {
        if (failure !== null) sink.end(failure);
      },
      (error: unknown) => sink.end({ code: 'internal', reference: deps.onBug(error) }),
    );
  }

  /** What is in flight is waited for; a sweep that has not begun has nothing to tell. */
  stop(): void {
    if (this.#sweep === null) {
      this.#preparing.abort();
      this.#sink.end(null);
    } else this.#sweep.stop();
  }

  [Symbol.dispose](): void {
    this.#preparing.abort();
    this.#owned[Symbol.dispose]();
    this.#onEnd();
  }

  /** Reads the ranges, opens the transports, begins; the failure when it could not. */
  async #run(): Promise<Failure | null> {
    const { signal } = this.#preparing;
    const spans = await this.#readRanges(signal);
    if (signal.aborted) return null;
    if (!spans.ok) return spans.failure;
    const ranges = new AddressRanges(spans.value);
    if (ranges.total > ADDRESSES_LIMIT) return { code: 'limit-reached', what: 'addresses', limit: ADDRESSES_LIMIT };
    if (this.#args.fromIndex > ranges.total) {
      return { code: 'invalid-arguments', issue: `fromIndex: there are only ${ranges.total} addresses` };
    }
    const transports: Partial<Record<4 | 6, ProbeTransport>> = {};
    const { source, interfaceName, transport: choice, timeoutMs, payloadBytes, trafficClass } = this.#args.options;
    for (const family of ranges.families) {
      // Departures from the kernel double the traffic of the error queue, which a sweep needs for other things.
      const wanted = { family, choice, source, interfaceName, transmitTimestamps: false };
      const leased = await this.#deps.pool.acquire(wanted);
      if (!leased.ok) return signal.aborted ? null : leased.failure;
      // Nobody else gets it from now on: packets of a sweep fill its queue, and two sweeps have too many under way.
      leased.value.retire();
      // Disposed at once when the run has ended meanwhile.
      transports[family] = this.#owned.add(leased.value).transport;
    }
    if (signal.aborted) return null;
    const { ratePerSecond, retries, fromIndex } = this.#args;
    this.#sweep = this.#owned.add(
      startSweep(
        { clock: this.#deps.clock, transports },
        {
          ranges,
          fromIndex,
          ratePerSecond,
          retries,
          timeout: milliseconds(timeoutMs),
          payloadBytes,
          hopLimit: hopLimit(this.#args.options.hopLimit),
          trafficClass,
        },
        {
          onAnswer: ({ rtt, ...answer }) => this.#tell({ kind: 'answered', rttMs: rtt, ...answer }),
          onFinished: (isComplete) => this.#finish(isComplete),
        },
      ),
    );
    this.#publisher.request();
    return null;
  }

  async #readRanges(signal: AbortSignal): Promise<Result<AddressSpan[]>> {
    const spans: AddressSpan[] = [];
    const names: { readonly at: number; readonly name: string }[] = [];
    for (const text of this.#args.ranges) {
      const read = readRange(text);
      if (read.kind === 'wrong') return fail({ code: 'invalid-arguments', issue: read.sentence });
      // A place is kept for the address of a name, so that the order is that of the ranges.
      if (read.kind === 'name') names.push({ at: spans.length, name: read.name });
      spans.push(read.kind === 'span' ? read.span : PLACE);
    }
    for (let first = 0; first < names.length; first += LOOK_UPS_LIMIT) {
      const found = await Promise.all(
        names.slice(first, first + LOOK_UPS_LIMIT).map(async ({ at, name }) => {
          const target = await resolveTarget(this.#deps, name, this.#args.options.family, signal);
          if (!target.ok) return target;
          const address = readRange(target.value.destination);
          if (address.kind === 'span') spans[at] = address.span;
          return target;
        }),
      );
      const failed = found.find(({ ok }) => !ok);
      if (failed !== undefined && !failed.ok) return failed;
    }
    return succeed(spans);
  }

  #tell(answer: Answered): void {
    this.#waiting.push(answer);
    if (this.#waiting.length >= HELD_AT_WAITING) this.#sweep?.hold();
    this.#publisher.request();
  }

  #finish(isComplete: boolean): void {
    if (this.#sweep === null) return;
    this.#finished = { kind: 'finished', summary: this.#sweep.summary(), isComplete };
    this.#publisher.request();
  }

  /** Everything that waits, in several messages when it is much, until the client is behind. */
  #publish(): boolean {
    const sweep = this.#sweep;
    if (sweep === null) return false;
    while (!this.#sink.isCongested()) {
      const answers = this.#waiting.splice(0, ANSWERS_PER_MESSAGE);
      if (this.#waiting.length <= GOES_ON_AT_WAITING) sweep.goOn();
      if (this.#waiting.length === 0 && this.#finished !== null) {
        this.#sink.emit([...answers, this.#finished]);
        this.#sink.end(null);
        return true;
      }
      this.#sink.emit([...answers, { kind: 'progress', summary: this.#toldSummary(sweep) }]);
      if (this.#owned.isDisposed) return true;
      if (this.#waiting.length === 0) break;
    }
    // As long as it goes on there is progress to tell, answers or not.
    return false;
  }

  /** A sweep that went on behind an answer not told yet would never tell it. */
  #toldSummary(sweep: Sweep): SweepSummary {
    const summary = sweep.summary();
    return {
      ...summary,
      nextIndex: this.#waiting.reduce((least, { index }) => Math.min(least, index), summary.nextIndex),
    };
  }
}

/** Stands for a name until that is looked up. */
const PLACE: AddressSpan = { family: 4, first: 0n, count: 1, zone: null };
