import type { SweepSummary } from '../../../contract/sweep.ts';
import { elapsed, type Milliseconds, type MonotonicMilliseconds, milliseconds } from '../../../contract/units.ts';
import type { Clock } from '../../base/clock.ts';
import type { EchoReply, ProbeResult, ProbeTransport, RepeatedAnswer, SendFailed } from '../../icmp/probe-transport.ts';
import { Fifo } from './fifo.ts';
import { Frontier } from './frontier.ts';
import { LocalDropWatch } from './local-drop-watch.ts';
import { SendBackoff, TURN_REQUESTS } from './send-backoff.ts';
import { PACE_BEAT, SweepPace } from './sweep-pace.ts';
import type { SweepRequest } from './sweep-request.ts';
import { SweepTally } from './sweep-tally.ts';

/**
 * Most requests under way at once over one transport: half of the 65,536 that sequence numbers tell apart, so that a
 * late answer is still known for what it is.
 */
export const IN_FLIGHT_LIMIT = 32_768;

/** Who hears of a sweep. Nothing is called from within `startSweep`, nor after the sweep is disposed. */
export interface SweepObserver {
  /** The first answer of an address; a late one (after the timeout) too. `attempt` counts its requests from 0. */
  onAnswer(answer: SweepAnswer): void;
  /** Every address has its outcome, or the sweep was stopped and what was under way has come to its end. */
  onFinished(isComplete: boolean): void;
}

export interface SweepAnswer {
  readonly index: number;
  readonly address: string;
  readonly family: 4 | 6;
  readonly rtt: Milliseconds;
  readonly attempt: number;
  readonly replyHopLimit: number | null;
}

/** A running sweep; disposing ends it at once, without `onFinished`. */
export interface Sweep extends Disposable {
  /** Sends nothing more; what is under way comes to its end, then `onFinished(false)`. */
  stop(): void;
  /** Sends nothing until `goOn`; what is under way is still heard, up to `IN_FLIGHT_LIMIT` answers for each transport. */
  hold(): void;
  goOn(): void;
  summary(): SweepSummary;
}

export interface SweepDeps {
  readonly clock: Clock;
  /** One transport for each family that occurs in the ranges; of nobody else's, who could not send while it is full. */
  readonly transports: Partial<Record<4 | 6, ProbeTransport>>;
}

/**
 * Sends an echo request to every address of some ranges, in order. Memory is bounded by what is under way, whatever
 * the size of the ranges. When this machine drops answers unread, a sweep has fewer requests under way from then on,
 * and asks those again that were under way and stay without an answer; the drops are told in the summary. While the send queues of this machine are full the sweep waits, and an address is
 * given up for that only when nothing at all has left for ten seconds.
 */
export function startSweep(deps: SweepDeps, request: SweepRequest, observer: SweepObserver): Sweep {
  return new RunningSweep(deps, request, observer);
}

/** Most requests to one address besides the retries after this machine had dropped answers. */
const EXTRA_ATTEMPTS = 2;

/** One address under way. */
interface Swept {
  readonly index: number;
  readonly family: 4 | 6;
  readonly address: string;
  attempt: number;
  /** Requests to it besides the retries, because an answer may have been dropped here unread. */
  extraAttempts: number;
  /** Datagrams that this machine had dropped when it was last asked. */
  dropsWhenAsked: number;
  isAnswered: boolean;
}

class RunningSweep implements Sweep {
  readonly #deps: SweepDeps;
  readonly #request: SweepRequest;
  readonly #observer: SweepObserver;
  readonly #frontier: Frontier;
  /** Null: as fast as this machine can. */
  readonly #pace: SweepPace | null;
  readonly #startedAt: MonotonicMilliseconds;
  readonly #drops: LocalDropWatch;
  readonly #tally = new SweepTally();
  readonly #backoff = new SendBackoff();
  /** Addresses for which the queues of this machine were full: they come first. */
  readonly #refused = new Fifo<Swept>();
  /** Addresses that are to be asked again, oldest first. */
  readonly #again = new Fifo<Swept>();
  #timer: Disposable | null = null;
  #next: number;
  #inFlight = 0;
  #inFlightLimit = IN_FLIGHT_LIMIT;
  #endedAt: MonotonicMilliseconds | null = null;
  #isStopped = false;
  #isHeld = false;
  #isDisposed = false;

  constructor(deps: SweepDeps, request: SweepRequest, observer: SweepObserver) {
    this.#deps = deps;
    this.#request = request;
    this.#observer = observer;
    this.#next = Math.min(request.fromIndex, request.ranges.total);
    this.#frontier = new Frontier(this.#next);
    this.#passUnresolved();
    this.#startedAt = deps.clock.now();
    const { ratePerSecond } = request;
    this.#pace = ratePerSecond === null ? null : new SweepPace(ratePerSecond, this.#startedAt);
    this.#drops = new LocalDropWatch(deps.clock, Object.values(deps.transports));
    this.#wait(milliseconds(0));
  }

  stop(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    // Their numbers stay open, so that a later sweep asks them again.
    this.#again.clear();
    this.#refused.clear();
    this.#timer?.[Symbol.dispose]();
    // Never from within the caller's own call.
    this.#wait(milliseconds(0));
  }

  hold(): void {
    this.#isHeld = true;
  }

  goOn(): void {
    this.#isHeld = false;
    if (this.#timer === null && this.#endedAt === null && !this.#isDisposed) this.#wait(milliseconds(0));
  }

  summary(): SweepSummary {
    return this.#tally.summary(elapsed(this.#startedAt, this.#endedAt ?? this.#deps.clock.now()), {
      total: this.#request.ranges.total,
      localDrops: this.#drops.count(),
      nextIndex: this.#frontier.position,
    });
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    this.#timer?.[Symbol.dispose]();
    this.#timer = null;
  }

  get #isEverythingAsked(): boolean {
    if (this.#isStopped) return true;
    return this.#next >= this.#request.ranges.total && this.#again.length === 0 && this.#refused.length === 0;
  }

  #wait(delay: Milliseconds): void {
    this.#timer = this.#deps.clock.after(delay, () => this.#takeTurn());
  }

  #takeTurn(): void {
    this.#timer = null;
    if (this.#isDisposed) return;
    // Too many answers came at once.
    if (this.#drops.takeGrowth()) this.#inFlightLimit = Math.max(TURN_REQUESTS, this.#inFlightLimit >> 1);
    if (this.#isHeld && !this.#isEverythingAsked) return;
    const wait = this.#backoff.takeWait();
    if (wait > 0 && !this.#isEverythingAsked) {
      this.#wait(wait);
      return;
    }
    for (let left = this.#allowance(); left > 0 && !this.#isEverythingAsked; left--) {
      const swept = this.#refused.take() ?? this.#again.take() ?? this.#takeNext();
      if (swept === null) break;
      this.#send(swept);
    }
    if (this.#isEverythingAsked) this.#finishIfDone();
    else if (this.#pace !== null) this.#wait(PACE_BEAT);
    else if (this.#inFlight < this.#inFlightLimit) this.#wait(milliseconds(0));
    // Else the next outcome makes room, and a turn with it.
  }

  /** Requests that may leave in this turn. */
  #allowance(): number {
    const room = Math.min(this.#inFlightLimit - this.#inFlight, this.#backoff.turnRequests);
    return this.#pace === null ? room : this.#pace.take(this.#deps.clock.now(), room);
  }

  /** What has no address has its outcome when its turn comes. */
  #passUnresolved(): void {
    while (this.#request.unresolved.has(this.#next) && this.#frontier.hasRoomFor(this.#next)) {
      this.#tally.noteUnresolved();
      this.#frontier.close(this.#next);
      this.#next += 1;
    }
  }

  #takeNext(): Swept | null {
    this.#passUnresolved();
    if (this.#next >= this.#request.ranges.total || !this.#frontier.hasRoomFor(this.#next)) return null;
    const index = this.#next;
    this.#next += 1;
    // At once, so that a name at the end waits for no further beat of the pace.
    this.#passUnresolved();
    const { family, address } = this.#request.ranges.at(index);
    return { index, family, address, attempt: 0, extraAttempts: 0, dropsWhenAsked: 0, isAnswered: false };
  }

  #send(swept: Swept): void {
    const { payloadBytes, hopLimit, trafficClass, timeout } = this.#request;
    const transport = this.#deps.transports[swept.family];
    if (transport === undefined) throw new Error(`A sweep of IPv${swept.family} was started without its transport`);
    this.#inFlight += 1;
    swept.dropsWhenAsked = this.#drops.seen;
    const { attempt } = swept;
    this.#tally.noteSent(attempt === 0);
    this.#backoff.noteSent();
    transport.send(
      { destination: swept.address, hopLimit, payloadBytes, trafficClass, timeout },
      (result) => this.#onResult(swept, attempt, result),
      (repeat) => this.#onRepeat(swept, attempt, repeat),
    );
  }

  #onResult(swept: Swept, attempt: number, result: ProbeResult): void {
    if (this.#isDisposed) return;
    this.#inFlight -= 1;
    switch (result.kind) {
      case 'echo-reply':
        this.#onReply(swept, attempt, result);
        this.#frontier.close(swept.index);
        break;
      case 'timed-out':
        this.#onTimeout(swept);
        break;
      case 'destination-unreachable':
      case 'time-exceeded':
      case 'packet-too-big':
      case 'other-error':
        if (!swept.isAnswered) this.#tally.noteUnreachable();
        this.#frontier.close(swept.index);
        break;
      case 'send-failed':
        this.#onSendFailed(swept, result);
        break;
    }
    // The observer may have ended the sweep.
    if (this.#isDisposed) return;
    this.#finishIfDone();
    if (this.#timer === null && !this.#isHeld && !this.#isEverythingAsked) this.#wait(milliseconds(0));
  }

  #onSendFailed(swept: Swept, failure: SendFailed): void {
    const isFirst = swept.attempt === 0;
    this.#tally.takeBack(isFirst);
    if (failure.reason === 'local-queue-full') {
      this.#backoff.noteRefused();
      this.#pace?.giveBack();
      if (!this.#backoff.isOutOfPatience) {
        this.#refused.add(swept);
        return;
      }
    }
    // Of an address that got an earlier request, only a repeat is missing.
    if (isFirst) this.#tally.noteSendFailure(failure, swept.family);
    this.#frontier.close(swept.index);
  }

  #onTimeout(swept: Swept): void {
    // Its answer may be among those that were dropped here: that is no silence.
    if (!swept.isAnswered && swept.extraAttempts < EXTRA_ATTEMPTS && this.#drops.hasMoreThan(swept.dropsWhenAsked)) {
      swept.extraAttempts += 1;
    }
    if (swept.isAnswered || swept.attempt >= this.#request.retries + swept.extraAttempts) {
      this.#frontier.close(swept.index);
    } else if (!this.#isStopped) {
      swept.attempt += 1;
      this.#again.add(swept);
    }
  }

  #onRepeat(swept: Swept, attempt: number, repeat: RepeatedAnswer): void {
    if (this.#isDisposed || this.#endedAt !== null || !repeat.isEchoReply) return;
    this.#onReply(swept, attempt, { rtt: repeat.rtt, replyHopLimit: null });
  }

  #onReply(swept: Swept, attempt: number, { rtt, replyHopLimit }: Pick<EchoReply, 'rtt' | 'replyHopLimit'>): void {
    if (swept.isAnswered) return;
    swept.isAnswered = true;
    this.#tally.noteAnswered();
    const { index, address, family } = swept;
    this.#observer.onAnswer({ index, address, family, rtt, attempt, replyHopLimit });
  }

  #finishIfDone(): void {
    if (this.#endedAt !== null || this.#inFlight > 0 || !this.#isEverythingAsked) return;
    this.#endedAt = this.#deps.clock.now();
    this.#observer.onFinished(this.#frontier.position >= this.#request.ranges.total);
  }
}
