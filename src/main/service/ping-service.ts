import type { Result } from '../../contract/failure.ts';
import { fail, succeed } from '../../contract/failure.ts';
import type { HopscopeContract } from '../../contract/index.ts';
import type { PingArgs, PingEvent } from '../../contract/ping.ts';
import type { Handlers, StreamSink } from '../../contract/serve.ts';
import type { Clock } from '../base/clock.ts';
import { DisposableStore, onDispose } from '../base/disposables.ts';
import { startEchoMonitor } from '../engine/echo-monitor.ts';
import type { ProbePacer } from '../engine/probe-pacer.ts';
import { type OpenedTarget, type OpenTargetDeps, openTarget, toMonitorRequest } from './open-target.ts';
import { Publisher } from './publisher.ts';
import { TransportRenewal } from './transport-renewal.ts';

/** Most events that wait for a slow client, some ten megabytes; a run that nobody reads ends. */
const WAITING_EVENTS_LIMIT = 50_000;

export interface PingServiceDeps extends OpenTargetDeps {
  readonly clock: Clock;
  readonly pacer: ProbePacer;
  /** Takes note of a bug and gives the reference under which it is found in the log. */
  readonly onBug: (error: unknown) => string;
}

/** Answers the contract's `ping`: limited series to many targets, every event told. */
export function createPingService(deps: PingServiceDeps): Handlers<HopscopeContract>['ping'] {
  const runs = new Map<string, PingRun>();
  return {
    run: ({ runId, ...args }, sink) => {
      if (runs.has(runId)) {
        sink.end({ code: 'invalid-arguments', issue: `runId: a run named ${runId} is under way` });
        return onDispose(() => {});
      }
      const run = new PingRun(deps, args, sink, () => runs.delete(runId));
      runs.set(runId, run);
      return run;
    },
    stop: ({ runId }): Result<null> => {
      const run = runs.get(runId);
      if (run === undefined) return fail({ code: 'not-found', what: 'run', id: runId });
      run.stop();
      return succeed(null);
    },
  };
}

class PingRun implements Disposable {
  readonly #deps: PingServiceDeps;
  readonly #sink: StreamSink<PingEvent[]>;
  readonly #onEnd: () => void;
  readonly #owned = new DisposableStore();
  readonly #resolving = new AbortController();
  readonly #publisher: Publisher;
  /** What ends each running target with its summary. */
  readonly #finishers = new Set<() => void>();
  #waiting: PingEvent[] = [];
  #openTargets: number;

  constructor(deps: PingServiceDeps, args: PingArgs, sink: StreamSink<PingEvent[]>, onEnd: () => void) {
    this.#deps = deps;
    this.#sink = sink;
    this.#onEnd = onEnd;
    this.#publisher = this.#owned.add(new Publisher(deps, () => this.#publish()));
    this.#openTargets = args.targets.length;
    for (const target of args.targets) {
      this.#runTarget(target, args).catch((error: unknown) => {
        this.#tell({ kind: 'failed', target, failure: { code: 'internal', reference: deps.onBug(error) } });
        this.#closeTarget();
      });
    }
  }

  /** Ends every target with its summary; names still being resolved are given up without one. */
  stop(): void {
    this.#resolving.abort();
    for (const finish of [...this.#finishers]) finish();
  }

  [Symbol.dispose](): void {
    this.#resolving.abort();
    this.#owned[Symbol.dispose]();
    this.#onEnd();
  }

  async #runTarget(target: string, args: PingArgs): Promise<void> {
    const opened = await openTarget(this.#deps, target, args.options, this.#resolving.signal);
    if (opened?.ok && this.#resolving.signal.aborted) opened.value.lease[Symbol.dispose]();
    else if (opened?.ok) {
      this.#startTarget(target, opened.value, args);
      return;
    } else if (opened !== null) this.#tell({ kind: 'failed', target, failure: opened.failure });
    this.#closeTarget();
  }

  #startTarget(target: string, opened: OpenedTarget, args: PingArgs): void {
    const { destination, family, lease } = opened;
    const { clock, pacer } = this.#deps;
    const { transport } = lease;
    const own = this.#owned.add(new DisposableStore());
    const renewal = own.add(
      new TransportRenewal(this.#deps, opened, args.options, (renewed) => monitor.useTransport(renewed)),
    );
    const { kind, timestampSource } = transport.properties;
    const { payloadBytes } = args.options;
    this.#tell({ kind: 'started', target, destination, family, payloadBytes, transport: kind, timestampSource });
    const finish = () => {
      this.#tell({ kind: 'finished', target, destination, statistics: monitor.statistics() });
      this.#finishers.delete(finish);
      this.#owned.release(own);
      this.#closeTarget();
    };
    const monitor = own.add(
      startEchoMonitor(
        { clock, transport, pacer },
        toMonitorRequest(destination, args.intervalMs, args.count, args.options),
        {
          onSample: (sample) => {
            this.#tell({ kind: 'sample', target, destination, family, sample });
            if (sample.fate === 'send-failed' && sample.reason === 'interface-gone') renewal.noteLoss();
          },
          // A router's word on a probe that has its fate is no reply, and would be taken for one here.
          onRepeat: (sequence, { kind: repeat, isEchoReply, responder, rtt: rttMs }) => {
            if (isEchoReply) this.#tell({ kind: 'repeat', target, destination, sequence, repeat, responder, rttMs });
          },
          onFinished: finish,
        },
      ),
    );
    this.#finishers.add(finish);
  }

  #closeTarget(): void {
    this.#openTargets -= 1;
    this.#publisher.request();
  }

  #tell(event: PingEvent): void {
    if (this.#waiting.length >= WAITING_EVENTS_LIMIT) {
      this.#sink.end({ code: 'limit-reached', what: 'unread events', limit: WAITING_EVENTS_LIMIT });
      return;
    }
    this.#waiting.push(event);
    this.#publisher.request();
  }

  #publish(): boolean {
    if (this.#sink.isCongested()) return false;
    const events = this.#waiting;
    this.#waiting = [];
    if (events.length > 0) this.#sink.emit(events);
    if (this.#openTargets === 0) this.#sink.end(null);
    return true;
  }
}
