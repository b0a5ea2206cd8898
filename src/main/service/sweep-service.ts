import { ADDRESSES_LIMIT, AddressRanges } from '../../contract/address-ranges.ts';
import { type Failure, fail, type Result, succeed } from '../../contract/failure.ts';
import type { HopscopeContract } from '../../contract/index.ts';
import type { Handlers, StreamSink } from '../../contract/serve.ts';
import type { SweepArgs, SweepEvent, SweepSummary } from '../../contract/sweep.ts';
import { hopLimit, milliseconds } from '../../contract/units.ts';
import type { Clock } from '../base/clock.ts';
import { DisposableStore, onDispose } from '../base/disposables.ts';
import { type Sweep, startSweep } from '../engine/sweep/sweep.ts';
import type { ProbeTransport } from '../icmp/probe-transport.ts';
import type { OpenTargetDeps } from './open-target.ts';
import { Publisher } from './publisher.ts';
import { familiesFrom, lookUpPlaces, readPlaces } from './sweep-places.ts';

/** Answers of one message: what a page draws at once, and a link carries without holding up others. */
const ANSWERS_PER_MESSAGE = 5_000;

/** So many answers wait for a slow client before nothing more is sent; what is under way then still adds its own. */
const HELD_AT_WAITING = 50_000;

/** So few wait when it goes on: enough for the client to read meanwhile. */
const GOES_ON_AT_WAITING = 10_000;

/**
 * Up to this rate each request has its own moment of departure from the kernel. Without, those that leave in one system
 * call share a clock reading, and when this program is held up within it, the last of them show that wait as their
 * round trip. A stamp is one more entry of the error queue for each request; it takes room from the replies in the same
 * receive buffer, and time to be read. A beat of ten milliseconds at this rate is a hundred of them, and 65,536
 * addresses of loopback answered without a drop; a sweep at full speed has thousands under way and needs both for
 * replies.
 */
const STAMPED_RATE_LIMIT = 10_000;

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
    const { ratePerSecond, retries, fromIndex, options } = this.#args;
    const read = readPlaces(this.#args.ranges);
    if (!read.ok) return read.failure;
    const places = read.value;
    if (places.total > ADDRESSES_LIMIT) return { code: 'limit-reached', what: 'addresses', limit: ADDRESSES_LIMIT };
    if (fromIndex > places.total) {
      return { code: 'invalid-arguments', issue: `fromIndex: there are only ${places.total} addresses` };
    }
    const found = await lookUpPlaces(this.#deps, places, { fromIndex, family: options.family, signal }, (failed) =>
      this.#sink.emit(failed.map((name) => ({ kind: 'name-failed', ...name }))),
    );
    if (signal.aborted) return null;
    // Nothing is left to ask.
    if (found.firstFailure !== null && found.unresolved.size === places.total - fromIndex) return found.firstFailure;
    const transports: Partial<Record<4 | 6, ProbeTransport>> = {};
    const { source, interfaceName, transport: choice, timeoutMs, payloadBytes, trafficClass } = options;
    const transmitTimestamps =
      options.transmitTimestamps && ratePerSecond !== null && ratePerSecond <= STAMPED_RATE_LIMIT;
    for (const family of familiesFrom(found.spans, fromIndex)) {
      // Of nobody else's: packets of a sweep fill its queue, and two sweeps have too many under way.
      const opened = await this.#deps.pool.openAlone({ family, choice, source, interfaceName, transmitTimestamps });
      if (!opened.ok) return signal.aborted ? null : opened.failure;
      // Disposed at once when the run has ended meanwhile.
      transports[family] = this.#owned.add(opened.value);
      if (trafficClass !== 0 && opened.value.properties.lacks.includes('traffic-class')) {
        return { code: 'ability-missing', ability: 'traffic-class' };
      }
    }
    if (signal.aborted) return null;
    this.#sweep = this.#owned.add(
      startSweep(
        { clock: this.#deps.clock, transports },
        {
          ranges: new AddressRanges(found.spans.map(({ span }) => span)),
          unresolved: found.unresolved,
          fromIndex,
          ratePerSecond,
          retries,
          timeout: milliseconds(timeoutMs),
          payloadBytes,
          hopLimit: hopLimit(options.hopLimit),
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
