import { fail, type Result, succeed } from '../../contract/failure.ts';
import {
  HIGHEST_FLOW,
  type PathEvent,
  type PathMonitorInfo,
  type PathReport,
  type Round,
} from '../../contract/path.ts';
import { conditionOf, type PathCondition } from '../../contract/path-condition.ts';
import type { Timeline } from '../../contract/timeline.ts';
import { type EpochMilliseconds, type Milliseconds, milliseconds } from '../../contract/units.ts';
import type { Verdict } from '../../contract/verdict.ts';
import { Emitter } from '../base/emitter.ts';
import { type PathMonitor, startPathMonitor } from '../engine/path/path-monitor.ts';
import { createPathRecording } from '../engine/path/path-recording.ts';
import { evidenceOf } from '../engine/path/path-report.ts';
import type { PathRecording } from '../engine/path/recording.ts';
import { verdictOfFailure } from '../engine/verdict/failure-verdict.ts';
import { judge } from '../engine/verdict/judge.ts';
import type { PathAlertFeed } from './alerts/alert-watcher.ts';
import { followMachine } from './machine/follow-machine.ts';
import type { MachineNote } from './machine/machine-notes.ts';
import { NewestItems } from './newest-items.ts';
import type { OpenedTarget } from './open-target.ts';
import { type Findings, factsOf } from './path-facts.ts';
import { PathNames } from './path-names.ts';
import type { PathOrder } from './path-order.ts';
import type { PathSurroundings } from './path-surroundings.ts';
import { between, type Period, timelineOf } from './period.ts';
import { RecentHistory } from './recent-round-trips.ts';
import type { KnownBefore } from './sessions/keeper-calls.ts';
import { type Measurement, TargetLife } from './target-life.ts';
import type { Watched } from './watch-list.ts';

/** Rounds kept for streams that were behind or open late: two minutes at one a second, some half a megabyte. */
const KEPT_ROUNDS = 120;

/** Events kept for the same; a route that flaps has more, and a report then tells of its changes. */
const KEPT_EVENTS = 200;

/** One path from its beginning to its removal: it resolves, is probed, pauses, fails, and answers for any period. */
export class WatchedPath implements Watched {
  /** There is a round more, or the last one is done. */
  readonly onProgress = new Emitter<void>();
  readonly onEvent = new Emitter<PathEvent>();
  /** It does otherwise than before, by its rounds; a change of its phase is told by `onChange`. */
  readonly onCondition = new Emitter<void>();
  /** What the sessions of the flight recorder know of the destination from before. */
  readonly onKnown = new Emitter<KnownBefore>();
  readonly rounds = new NewestItems<Round>(KEPT_ROUNDS);
  /** The latest of its events, for streams that were behind or open late. */
  readonly events = new NewestItems<PathEvent>(KEPT_EVENTS);
  /** The flow of all its probes, 0 to 65,534, those of a search of its path MTU included. */
  readonly flow: number;
  readonly #deps: PathSurroundings;
  readonly #order: PathOrder;
  readonly #addedAtEpochMs: number;
  readonly #life: TargetLife;
  readonly #machine: Disposable;
  readonly #findings: Findings = { pathMtu: null, branches: null };
  readonly #names: PathNames;
  readonly #history = new RecentHistory();
  /** Asks the rules of alerts; null where there are none. */
  readonly #alerts: PathAlertFeed | null;
  /** As of the last round. */
  #lastCondition: PathCondition | null = null;
  #running: PathMonitor | null = null;
  #gateways: readonly string[] = [];
  /** It was told that the interface is gone; each new transport that fails in the same way is no news. */
  #isGoneTold = false;
  #isFinished = false;

  constructor(deps: PathSurroundings, order: PathOrder) {
    this.#deps = deps;
    this.#order = order;
    this.#names = new PathNames(deps, order.options);
    this.flow = order.options.flow ?? deps.random.uint32() % (HIGHEST_FLOW + 1);
    this.#addedAtEpochMs = deps.clock.wallNow();
    const { pathId, target, intervalMs } = order;
    this.#alerts =
      deps.alerts?.begin({
        pathId,
        target,
        intervalMs,
        simulated: deps.simulated?.title ?? null,
        destination: () => this.#life.opened.destination,
        report: (lastMs) => this.report({ fromEpochMs: null, toEpochMs: null, lastMs }, this.#gateways),
      }) ?? null;
    this.#life = new TargetLife(deps, order, (opened) => this.#begin(opened));
    this.#machine = followMachine(deps.machine ?? null, this);
  }

  /** Its phase, or what is known of its target, has changed. */
  get onChange(): Emitter<void> {
    return this.#life.onChange;
  }

  get surroundings(): PathSurroundings {
    return this.#deps;
  }

  get order(): PathOrder {
    return this.#order;
  }

  get info(): PathMonitorInfo {
    const { pathId, target, intervalMs, options } = this.#order;
    return {
      pathId,
      target,
      ...this.#life.opened,
      intervalMs,
      timeoutMs: options.timeoutMs,
      addedAtEpochMs: this.#addedAtEpochMs,
      state: this.#life.state,
      simulated: this.#deps.simulated,
      verdict: this.#failureVerdict(),
    };
  }

  /** How it is doing now. */
  get condition(): PathCondition {
    return conditionOf(this.#life.state.phase, this.#history.recent, this.#deps.conditionLimits?.());
  }

  /** Whether all rounds that were asked for are done. */
  get isFinished(): boolean {
    return this.#isFinished;
  }

  /** Whether rounds are sent, or would be if there were a way to send. */
  get isMeasuring(): boolean {
    return this.#running !== null && this.#life.state.phase !== 'paused';
  }

  pause(): void {
    this.#life.pause();
  }

  resume(): void {
    this.#life.resume();
  }

  /** Measures at another rate from now on, without a word of it in what is listed. */
  changeInterval(interval: Milliseconds): void {
    this.#running?.changeInterval(interval);
  }

  /** Session time; wall time before there is a session. */
  sessionNow(): EpochMilliseconds {
    return this.#running?.sessionNow() ?? this.#deps.clock.wallNow();
  }

  /** From now on reports heed what was found. */
  note(found: Partial<Findings>): void {
    Object.assign(this.#findings, found);
  }

  /** The way out of this machine, as it was when the path was begun. */
  noteGateways(gateways: readonly string[]): void {
    this.#gateways = gateways;
  }

  /** Tells of it in the time of the session. */
  noteMachine(note: MachineNote): void {
    this.#onPathEvent({ kind: 'machine-changed', atEpochMs: this.sessionNow(), ...note });
  }

  /** Resolves when the names of all responders are known or found to be none, at the latest after `limit`. */
  async namesSettled(limit: Milliseconds): Promise<void> {
    await this.#names.settled(limit);
  }

  /** Everything about a period. Fails with the reason why nothing was measured when nothing was. */
  report(period: Period, gateways: readonly string[]): Result<PathReport> {
    const { opened } = this.#life;
    const { target, intervalMs } = this.#order;
    if (this.#running === null || opened.destination === null || opened.family === null) {
      return this.#notMeasured('report');
    }
    this.#names.wantAll();
    const evidence = evidenceOf(
      this.#running,
      { target, destination: opened.destination, family: opened.family, interval: milliseconds(intervalMs) },
      between(period, this.#running.sessionNow()),
      this.#names,
      { gateways, ...this.#findings },
    );
    const failure = this.#failureVerdict();
    const verdicts = [...(failure === null ? [] : [failure]), ...judge(evidence)];
    return succeed({ ...evidence.report, simulated: this.#deps.simulated?.title ?? null, verdicts });
  }

  /** One hop limit over a period, in at most so many columns. Fails as a report does. */
  timeline(hopLimit: number, period: Period, columns: number): Result<Timeline> {
    if (this.#running === null) return this.#notMeasured('timeline');
    return succeed(timelineOf(this.#running.recording, this.#running.sessionNow(), { hopLimit, columns, ...period }));
  }

  [Symbol.dispose](): void {
    this.#machine[Symbol.dispose]();
    this.#life[Symbol.dispose]();
  }

  #begin({ destination, lease }: OpenedTarget): Measurement {
    const { clock, pacer } = this.#deps;
    const { intervalMs, options } = this.#order;
    const interval = milliseconds(intervalMs);
    const { maxHops } = options;
    const recording = this.#recorded(destination, createPathRecording({ interval, maxHops }));
    const running = startPathMonitor(
      { clock, pacer, transport: lease.transport, recording },
      {
        destination,
        interval,
        timeout: milliseconds(options.timeoutMs),
        payloadBytes: options.payloadBytes,
        trafficClass: options.trafficClass,
        maxHops,
        flow: this.flow,
        count: options.count,
      },
      {
        onRound: (round) => this.#onRound(round),
        onEvent: (event) => this.#onPathEvent(event),
        onFinished: () => this.#onFinished(),
      },
    );
    this.#running = running;
    return running;
  }

  /** The recording that is to be told, so that what it is told is kept. */
  #recorded(destination: string, recording: PathRecording): PathRecording {
    const { recorder, clock } = this.#deps;
    const { pathId, target, intervalMs, closeIntervalMs = null, options } = this.#order;
    const family = destination.includes(':') ? 6 : 4;
    const { maxHops } = options;
    const order = { pathId, target, destination, family, intervalMs, maxHops, closeIntervalMs } as const;
    const reader = {
      facts: () => factsOf(this.#running, this.#gateways, this.#findings, this.#deps.simulated),
      names: () => this.#names.known(),
      onKnown: (known: KnownBefore) => this.onKnown.emit(known),
    };
    return recorder?.begin({ ...order, atEpochMs: clock.wallNow() }, recording, reader) ?? recording;
  }

  #onRound(round: Round): void {
    this.rounds.push(round);
    this.#history.append(round);
    const { condition } = this;
    // Also when it is the limits that are others now.
    if (this.#lastCondition !== condition) this.onCondition.emit();
    this.#lastCondition = condition;
    for (const { fate, responder } of round.hops) {
      if (fate === 'answered') this.#life.noteAnswer();
      this.#names.see(responder);
    }
    this.#alerts?.onRound(round);
    this.onProgress.emit();
  }

  #onPathEvent(event: PathEvent): void {
    const isGone = event.kind === 'send-failed' && event.reason === 'interface-gone';
    const isNews = !isGone || !this.#isGoneTold;
    if (isGone) this.#isGoneTold = true;
    // Its end is told as a gap, once a probe has left again.
    if (event.kind === 'gap') this.#isGoneTold = false;
    if (isGone) this.#life.loseTransport();
    if (!isNews) return;
    this.events.push(event);
    if (event.kind === 'machine-changed' || event.kind === 'clock-stepped') {
      this.#deps.recorder?.note(this.#order.pathId, event);
    }
    this.#alerts?.onEvent(event);
    this.onEvent.emit(event);
  }

  #onFinished(): void {
    this.#isFinished = true;
    this.#deps.recorder?.end(this.#order.pathId);
    this.#life.finish();
    this.onProgress.emit();
  }

  /** Why there is nothing to tell. */
  #notMeasured(what: string): Result<never> {
    const { state } = this.#life;
    return fail(state.phase === 'failed' ? state.failure : { code: 'not-found', what, id: this.#order.pathId });
  }

  #failureVerdict(): Verdict | null {
    const { state } = this.#life;
    return state.phase === 'failed' ? verdictOfFailure(state.failure, this.#deps.platform) : null;
  }
}
