import type { Gap, PathEvent, Round } from '../../../contract/path.ts';
import type { EpochMilliseconds, Milliseconds, MonotonicMilliseconds } from '../../../contract/units.ts';
import type { Clock } from '../../base/clock.ts';
import type {
  ProbeRequest,
  ProbeResult,
  ProbeTransport,
  RepeatedAnswer,
  SendFailed,
} from '../../icmp/probe-transport.ts';
import type { ProbePacer } from '../probe-pacer.ts';
import { Activity, isInterfaceGone } from './activity.ts';
import { MeasuredTime } from './measured-time.ts';
import { OpenRounds } from './open-rounds.ts';
import { PathAnswers } from './path-answers.ts';
import { PathExtent, type RoundPlan } from './path-extent.ts';
import { patienceOf } from './patience.ts';
import { ProbedRound } from './probed-round.ts';
import type { PathRecording } from './recording.ts';
import type { RoundContext } from './round-context.ts';
import { RoundGrid } from './round-grid.ts';
import { roundProbes } from './round-probes.ts';
import { SessionTimer } from './session-timer.ts';

/** What to probe and how. */
export interface PathRequest {
  /** Numeric address. */
  readonly destination: string;
  /** From the beginning of one round to that of the next. */
  readonly interval: Milliseconds;
  readonly timeout: Milliseconds;
  readonly payloadBytes: number;
  readonly trafficClass: number;
  /** Greatest hop limit, 1 to 64. */
  readonly maxHops: number;
  /** The flow of every probe, 0 to 65,534; without effect when the payload has no room for one. */
  readonly flow: number;
  /** Rounds in all, or null to go on until disposed. */
  readonly count: number | null;
}

/** Who hears of a path. Nothing is called from within `startPathMonitor`, nor after the monitor is disposed. */
export interface PathObserver {
  /** Every probe of a round has its fate; in order of rounds. */
  onRound(round: Round): void;
  onEvent(event: PathEvent): void;
  /** All rounds asked for were sent and told. */
  onFinished(): void;
}

/** A path that is being probed round after round. Disposing ends it at once; what is in flight is forgotten. */
export interface PathMonitor extends Disposable {
  readonly recording: PathRecording;
  /** As last learned; null while the destination never answered. */
  readonly destinationHopLimit: number | null;
  /** Sends nothing more until `resume`; answers to what is in flight still count. */
  pause(): void;
  /** Goes on; the time since `pause` is a gap. */
  resume(): void;
  /** From one round to the next from now on; a wait that is longer by it ends sooner. */
  changeInterval(interval: Milliseconds): void;
  /** Sends through another transport from now on; answers over the former one count as long as that is open. */
  useTransport(transport: ProbeTransport): void;
  /** The transport is of no use now: nothing is sent until `useTransport`, what is in flight is forgotten, and there is a gap. */
  loseTransport(): void;
  /**
   * The gap that lasts at this moment, up to now, or null. It is recorded and told when it ends: one without a transport
   * as soon as a probe has left by the next one.
   */
  currentGap(): Gap | null;
  /** Datagrams dropped on this machine since the monitor began. */
  localDrops(): number;
  /** Session time of now, the axis of the recording: wall time that never goes back. */
  sessionNow(): EpochMilliseconds;
}

export interface PathMonitorDeps {
  readonly clock: Clock;
  readonly transport: ProbeTransport;
  readonly pacer: ProbePacer;
  readonly recording: PathRecording;
}

/**
 * Probes every hop on the way to a destination, one round per interval, reckoned from the first so that rounds do not
 * drift. All probes of a round leave together. There is never more than one timer.
 */
export function startPathMonitor(deps: PathMonitorDeps, request: PathRequest, observer: PathObserver): PathMonitor {
  return new RunningPathMonitor(deps, request, observer);
}

class RunningPathMonitor implements PathMonitor, RoundContext {
  readonly recording: PathRecording;
  readonly destination: string;
  readonly extent: PathExtent;
  readonly answers: PathAnswers;
  readonly #clock: Clock;
  readonly #pacer: ProbePacer;
  readonly #request: PathRequest;
  readonly #observer: PathObserver;
  readonly #timer: SessionTimer;
  readonly #activity: Activity;
  readonly #time: MeasuredTime;
  /** By hop limit: they are the same in every round. */
  readonly #probes: readonly ProbeRequest[];
  readonly #open: OpenRounds;
  /** Longest time to wait for the fate of a probe that was sent. */
  #patience: Milliseconds;
  readonly #grid: RoundGrid;
  #sentRounds = 0;
  #hasFinished = false;
  #isDisposed = false;

  constructor({ clock, transport, pacer, recording }: PathMonitorDeps, request: PathRequest, observer: PathObserver) {
    this.recording = recording;
    this.destination = request.destination;
    this.extent = new PathExtent(request.maxHops);
    this.answers = new PathAnswers(transport.properties.family);
    this.#clock = clock;
    this.#pacer = pacer;
    this.#request = request;
    this.#observer = observer;
    this.#patience = patienceOf(request.timeout, request.interval);
    this.#timer = new SessionTimer(clock, request.interval);
    this.#open = new OpenRounds(recording, this);
    this.#activity = new Activity(transport);
    this.#time = new MeasuredTime(this.#timer, this.#activity, recording, (event) => this.onEvent(event));
    this.#probes = roundProbes(request);
    this.#grid = new RoundGrid(clock, request.interval);
    this.#begin();
  }

  get destinationHopLimit(): number | null {
    return this.extent.destinationHopLimit;
  }

  pause(): void {
    this.#changeActivity((now) => this.#activity.setPaused(true, now));
  }

  resume(): void {
    this.#changeActivity((now) => this.#activity.setPaused(false, now));
  }

  changeInterval(interval: Milliseconds): void {
    if (this.#isDisposed || this.#hasFinished) return;
    this.#noticeTime();
    this.#patience = patienceOf(this.#request.timeout, interval);
    this.#timer.changeInterval(interval);
    this.#grid.changeInterval(interval);
    // Without a wait whoever called is told by a round, and goes on by itself; or nothing is sent now.
    if (!this.#timer.isWaiting || this.#activity.idleCause !== null || this.#allSent) return;
    this.#timer.stop();
    this.#waitUntilDue();
  }

  useTransport(transport: ProbeTransport): void {
    this.#changeActivity((now) => this.#activity.setTransport(transport, now));
  }

  loseTransport(): void {
    this.#changeActivity((now) => this.#activity.setTransport(null, now));
    if (!this.#isDisposed) this.#abandon();
  }

  currentGap(): Gap | null {
    return this.#time.currentGap;
  }

  localDrops(): number {
    return this.#activity.localDrops;
  }

  sessionNow(): EpochMilliseconds {
    return this.#timer.now();
  }

  onRound(round: Round): void {
    if (!this.#isDisposed) this.#observer.onRound(round);
  }

  onEvent(event: PathEvent): void {
    if (!this.#isDisposed) this.#observer.onEvent(event);
  }

  onSendFailure({ reason, code }: SendFailed): void {
    const at = this.sessionNow();
    const isToBeTold = this.recording.recordFailureCause(at, reason, code);
    if (isToBeTold) this.onEvent({ kind: 'send-failed', atEpochMs: at, reason, osCode: code });
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    this.#timer.stop();
  }

  get #allSent(): boolean {
    return this.#request.count !== null && this.#sentRounds >= this.#request.count;
  }

  /** Stops or goes on when the change makes a difference to that; the time between becomes a gap. */
  #changeActivity(change: (now: EpochMilliseconds) => void): void {
    if (this.#isDisposed) return;
    this.#noticeTime();
    const isResumed = this.#time.change(change, this.#allSent);
    if (isResumed && !this.#isDisposed) this.#begin();
  }

  #begin(): void {
    this.#grid.begin(this.#pacer.claimStart());
    this.#waitUntilDue();
  }

  #wait(delay: Milliseconds, callback: () => void): void {
    this.#timer.wait(delay, () => {
      this.#noticeTime();
      // Probes whose transport was closed never come to a result.
      this.#abandon((this.#clock.now() - this.#patience) as MonotonicMilliseconds);
      // The observer may have stopped or ended the monitor, or let it go on anew.
      if (!this.#isDisposed && this.#activity.idleCause === null && !this.#timer.isWaiting) callback();
    });
  }

  #waitUntilDue(): void {
    this.#wait(this.#grid.wait, () => this.#tick());
  }

  /** A round is due: it leaves as soon as the shared budget allows, unless its time has passed unseen. */
  #tick(): void {
    if (this.#grid.skipMissed()) {
      this.#waitUntilDue();
      return;
    }
    const plan = this.extent.plan(this.recording.rounds);
    const delay = this.#pacer.reserve(plan.probes);
    if (delay > 0) this.#wait(delay, () => this.#sendDue(plan));
    else this.#sendDue(plan);
  }

  #sendDue(plan: RoundPlan): void {
    this.#send(plan);
    this.#grid.advance();
    if (this.#allSent) this.#wait(this.#patience, () => this.#abandon());
    else if (this.#grid.wait <= 0) this.#tick();
    else this.#waitUntilDue();
  }

  /** All at once, so that the transport can hand them to the system in one call. */
  #send(plan: RoundPlan): void {
    const { transport } = this.#activity;
    if (transport === null) return;
    this.#sentRounds += 1;
    const round = new ProbedRound(this, this.sessionNow(), this.#clock.now(), plan);
    this.#open.add(round);
    for (let hop = 1; hop <= plan.probes; hop += 1) {
      // One function for both, since results and repeats are told apart by their kinds.
      const onAnswer = (answer: ProbeResult | RepeatedAnswer) => this.#onAnswer(round, hop, answer);
      transport.send(this.#probes[hop === plan.refusedPast?.at ? hop + 1 : hop] as ProbeRequest, onAnswer, onAnswer);
    }
  }

  #onAnswer(round: ProbedRound, hop: number, answer: ProbeResult | RepeatedAnswer): void {
    if (this.#isDisposed) return;
    this.#noticeTime();
    if ('isEchoReply' in answer) round.repeat(hop, answer);
    else {
      if (!isInterfaceGone(answer)) this.#time.endTrial(round.at);
      round.settle(hop, answer);
    }
    this.#open.tellOver();
    this.#finishIfOver();
  }

  /** Looks whether the program slept or a clock was set since it looked last. */
  #noticeTime(): void {
    const sleep = this.#time.look();
    if (sleep === null) return;
    this.#abandon();
    if (!this.#hasFinished) this.#time.tellAsleep(sleep);
  }

  #abandon(sentBefore?: MonotonicMilliseconds): void {
    this.#open.abandon(sentBefore);
    this.#finishIfOver();
  }

  #finishIfOver(): void {
    if (this.#isDisposed || this.#hasFinished || !this.#allSent || !this.#open.isEmpty) return;
    this.#hasFinished = true;
    this.#timer.stop();
    this.#observer.onFinished();
  }
}
