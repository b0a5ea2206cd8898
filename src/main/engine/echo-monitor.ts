import type { Sample, Statistics } from '../../contract/probe.ts';
import { type HopLimit, type Milliseconds, type MonotonicMilliseconds, milliseconds } from '../../contract/units.ts';
import type { Clock } from '../base/clock.ts';
import type { ProbeRequest, ProbeResult, ProbeTransport, RepeatedAnswer } from '../icmp/probe-transport.ts';
import { EchoStatistics } from './echo-statistics.ts';
import type { ProbePacer } from './probe-pacer.ts';
import { toSample } from './sample.ts';
import type { BeatSeat } from './shared-beat.ts';

/**
 * Lateness of a timer that is made up for by sending the missed probes at once: the system's scheduling, which must
 * not thin out a series with short intervals. Whoever is later than this and than one interval did not run at
 * all (the machine slept, the process was stopped), and what was not measured is not made up.
 */
const CAUGHT_UP_LATENESS = milliseconds(20);

/** What to probe, how often, and how often in all (`count` null: until stopped). */
export interface MonitorRequest {
  readonly destination: string;
  readonly interval: Milliseconds;
  readonly count: number | null;
  readonly payloadBytes: number;
  readonly hopLimit: HopLimit;
  readonly trafficClass: number;
  readonly timeout: Milliseconds;
}

/** Who hears of a monitor's probes. Nothing is called from within `startEchoMonitor`, nor after the monitor is disposed. */
export interface MonitorObserver {
  /** A probe came to its end; in the order in which they end. */
  onSample(sample: Sample): void;
  /** An answer to a probe that already had its sample. */
  onRepeat(sequence: number, repeat: RepeatedAnswer): void;
  /** All probes asked for were sent and each has its sample. */
  onFinished(): void;
}

/** A running series of echo requests. Disposing ends it at once; what is in flight is forgotten. */
export interface EchoMonitor extends Disposable {
  /** Sends nothing more until `resume`; answers to what is in flight still arrive. */
  pause(): void;
  /** Goes on where it paused. Time spent paused is no data: it is neither caught up nor counted as loss. */
  resume(): void;
  /** Sends through another transport from now on; answers over the former one count as long as that is open. */
  useTransport(transport: ProbeTransport): void;
  /** Statistics of every probe so far, those in flight told apart. */
  statistics(): Statistics;
}

export interface MonitorDeps {
  readonly clock: Clock;
  readonly transport: ProbeTransport;
  readonly pacer: ProbePacer;
}

/**
 * Sends echo requests to one destination, one per interval, reckoned from the first so that they do not drift.
 * Sequences count from 0 without end. There is never more than one timer.
 */
export function startEchoMonitor(deps: MonitorDeps, request: MonitorRequest, observer: MonitorObserver): EchoMonitor {
  return new RunningEchoMonitor(deps, request, observer);
}

class RunningEchoMonitor implements EchoMonitor {
  readonly #deps: MonitorDeps;
  readonly #request: MonitorRequest;
  /** The same for every probe, and so are the callbacks: what a probe allocates is paid a thousand times a second. */
  readonly #probe: ProbeRequest;
  readonly #onDue = () => this.#tick();
  readonly #seat: BeatSeat;
  readonly #observer: MonitorObserver;
  readonly #statistics: EchoStatistics;
  #transport: ProbeTransport;
  /** What the transport had counted before it was ours; less what former ones counted for us. */
  #localDropsBefore: number;
  #timer: Disposable | null = null;
  #due: MonotonicMilliseconds;
  #nextSequence = 0;
  #isDisposed = false;

  constructor(deps: MonitorDeps, request: MonitorRequest, observer: MonitorObserver) {
    this.#deps = deps;
    this.#seat = deps.pacer.beat.seat(this.#onDue);
    this.#request = request;
    const { destination, hopLimit, payloadBytes, trafficClass, timeout } = request;
    this.#probe = { destination, hopLimit, payloadBytes, trafficClass, timeout };
    this.#observer = observer;
    this.#statistics = new EchoStatistics(request.interval);
    this.#transport = deps.transport;
    this.#localDropsBefore = deps.transport.counters().localDrops;
    this.#due = deps.clock.now();
    this.#begin();
  }

  pause(): void {
    this.#timer?.[Symbol.dispose]();
    this.#timer = null;
  }

  resume(): void {
    if (this.#timer === null && !this.#isDisposed && !this.#allSent) this.#begin();
  }

  useTransport(transport: ProbeTransport): void {
    this.#localDropsBefore = transport.counters().localDrops - this.#localDrops;
    this.#transport = transport;
  }

  statistics(): Statistics {
    return this.#statistics.snapshot(this.#localDrops);
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    this.pause();
  }

  get #localDrops(): number {
    return this.#transport.counters().localDrops - this.#localDropsBefore;
  }

  get #allSent(): boolean {
    return this.#request.count !== null && this.#nextSequence >= this.#request.count;
  }

  #begin(): void {
    const wait = this.#deps.pacer.claimStart();
    this.#due = later(this.#deps.clock.now(), wait);
    // A person waits for the first answer; who starts many waits for the crowd, not for one of them.
    if (wait === 0) this.#wait(wait, this.#onDue);
    else this.#waitUntilDue();
  }

  #wait(delay: Milliseconds, callback: () => void): void {
    this.#timer = this.#deps.clock.after(delay, callback);
  }

  #waitUntilDue(): void {
    this.#seat.wakeAt(this.#due, this.#request.interval);
    this.#timer = this.#seat;
  }

  /** A probe is due: it leaves as soon as the shared budget allows, unless its time has passed unseen. */
  #tick(): void {
    const { interval } = this.#request;
    const lateness = this.#deps.clock.now() - this.#due;
    if (lateness > Math.max(interval, CAUGHT_UP_LATENESS)) {
      // The grid goes on as it was, so that a gap in the series is a whole number of intervals.
      this.#due = later(this.#due, milliseconds(Math.ceil(lateness / interval) * interval));
      this.#waitUntilDue();
      return;
    }
    const delay = this.#deps.pacer.reserve();
    if (delay > 0) this.#wait(delay, () => this.#sendDue());
    else this.#sendDue();
  }

  #sendDue(): void {
    this.#timer = null;
    const now = this.#deps.clock.now();
    this.#send(now);
    this.#due = later(this.#due, this.#request.interval);
    if (this.#allSent) return;
    // A timer of its own for each missed probe would fall behind for ever when intervals are short.
    if (this.#due <= now) this.#tick();
    else this.#waitUntilDue();
  }

  #send(now: MonotonicMilliseconds): void {
    const sequence = this.#nextSequence;
    this.#nextSequence += 1;
    this.#statistics.recordSent(sequence, now);
    this.#transport.send(
      this.#probe,
      (result) => this.#onResult(sequence, result),
      (repeat) => this.#onRepeat(sequence, repeat),
    );
  }

  #onResult(sequence: number, result: ProbeResult): void {
    if (this.#isDisposed) return;
    this.#statistics.recordResult(sequence, result);
    this.#observer.onSample(toSample(sequence, result));
    // The observer may have ended the monitor.
    if (!this.#isDisposed && this.#allSent && this.#statistics.inFlight === 0) this.#observer.onFinished();
  }

  #onRepeat(sequence: number, repeat: RepeatedAnswer): void {
    if (this.#isDisposed) return;
    this.#statistics.recordRepeat(repeat);
    this.#observer.onRepeat(sequence, repeat);
  }
}

function later(from: MonotonicMilliseconds, by: Milliseconds): MonotonicMilliseconds {
  return (from + by) as MonotonicMilliseconds;
}
