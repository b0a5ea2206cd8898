import type { Statistics } from '../../contract/probe.ts';
import type { Milliseconds, MonotonicMilliseconds } from '../../contract/units.ts';
import type { ProbeResult, RepeatedAnswer } from '../icmp/probe-transport.ts';
import { Jitter } from './statistics/jitter.ts';
import { Quantiles } from './statistics/quantiles.ts';
import { wilsonInterval } from './statistics/wilson.ts';

/** A probe that has left or is about to; `rtt` is undefined until its fate is known, null when it was not answered. */
interface Pending {
  readonly sentAt: MonotonicMilliseconds;
  rtt: Milliseconds | null | undefined;
}

/** The gain of ping's moving average, and of RFC 6298's: an eighth. */
const EWMA_DIVISOR = 8;

/**
 * Statistics of the probes to one destination. Work per probe is constant; memory is bounded by the probes in flight.
 *
 * A probe in flight is not lost, and one that could not be sent was never part of the network's loss. An answer that
 * comes after the timeout makes its probe a received one, counted as late: the network did not lose it. Its round trip
 * stays out of all times, because one longer than the timeout is only seen by luck. Jitter follows the send order: it
 * waits for the oldest probe in flight, so that answers which overtake each other do not change it.
 */
export class EchoStatistics {
  readonly #pending = new Map<number, Pending>();
  readonly #quantiles = new Quantiles();
  readonly #jitter: Jitter;
  #sent = 0;
  /** Replies within the timeout. */
  #inTime = 0;
  #icmpErrors = 0;
  #timedOut = 0;
  #sendFailures = 0;
  #duplicates = 0;
  /** Replies after it. */
  #late = 0;
  #inFlight = 0;
  #last: number | null = null;
  #min: number | null = null;
  #max: number | null = null;
  #mean = 0;
  /** Sum of squared distances from the mean (Welford, 1962). */
  #squares = 0;
  #ewma: number | null = null;

  /** @param interval time between two probes, by which jitter tells a neighbour from a gap */
  constructor(interval: Milliseconds) {
    this.#jitter = new Jitter(interval);
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** Notes a probe handed to the transport. Sequences only grow. */
  recordSent(sequence: number, sentAt: MonotonicMilliseconds): void {
    this.#pending.set(sequence, { sentAt, rtt: undefined });
    this.#sent += 1;
    this.#inFlight += 1;
  }

  /** Notes the fate of a probe told by `recordSent`; a second fate for the same probe is ignored. */
  recordResult(sequence: number, result: ProbeResult): void {
    const pending = this.#pending.get(sequence);
    if (pending === undefined || pending.rtt !== undefined) return;
    this.#inFlight -= 1;
    pending.rtt = null;
    switch (result.kind) {
      case 'echo-reply':
        pending.rtt = result.rtt;
        this.#recordRoundTrip(result.rtt);
        break;
      case 'time-exceeded':
      case 'destination-unreachable':
      case 'packet-too-big':
      case 'other-error':
        this.#icmpErrors += 1;
        break;
      case 'timed-out':
        this.#timedOut += 1;
        break;
      case 'send-failed':
        this.#sent -= 1;
        this.#sendFailures += 1;
        break;
    }
    // Usually it is the oldest, and the only one.
    if (this.#pending.size > 1) this.#settleInSendOrder();
    else this.#settle(sequence, pending);
  }

  /** Notes an answer to a probe that has its fate: a second copy, or the first reply to one that had timed out. */
  recordRepeat(repeat: RepeatedAnswer): void {
    // Only a reply makes a lost probe a received one; a router's word after the timeout changes nothing any more.
    if (!repeat.isEchoReply) return;
    switch (repeat.kind) {
      case 'duplicate':
        this.#duplicates += 1;
        break;
      case 'late':
        if (this.#timedOut === 0) return; // there is no probe that it could be of
        this.#timedOut -= 1;
        this.#late += 1;
        break;
    }
  }

  /** Smoothed jitter of RFC 3550 §6.4.1; null before the second answer. */
  get smoothedJitter(): Milliseconds | null {
    return this.#jitter.smoothed;
  }

  /** Everything as of now. @param localDrops datagrams that this machine dropped meanwhile */
  snapshot(localDrops: number): Statistics {
    const outcomes = this.#sent - this.#inFlight;
    const received = this.#inTime + this.#late;
    const lost = outcomes - received;
    const interval = wilsonInterval(lost, outcomes);
    return {
      sent: this.#sent,
      received,
      inFlight: this.#inFlight,
      icmpErrors: this.#icmpErrors,
      timedOut: this.#timedOut,
      sendFailures: this.#sendFailures,
      duplicates: this.#duplicates,
      late: this.#late,
      lossRatio: outcomes === 0 ? null : lost / outcomes,
      lossLow: interval?.low ?? null,
      lossHigh: interval?.high ?? null,
      rttMs: {
        last: this.#last,
        min: this.#min,
        mean: this.#inTime === 0 ? null : this.#mean,
        max: this.#max,
        stddev: this.#inTime < 2 ? null : Math.sqrt(this.#squares / (this.#inTime - 1)),
        p50: this.#quantiles.quantile(0.5),
        p95: this.#quantiles.quantile(0.95),
        p99: this.#quantiles.quantile(0.99),
      },
      jitterMs: this.#jitter.mean,
      mdevMs: this.#inTime === 0 ? null : Math.sqrt(this.#squares / this.#inTime),
      ewmaMs: this.#ewma,
      localDrops,
    };
  }

  #recordRoundTrip(rtt: Milliseconds): void {
    this.#inTime += 1;
    this.#last = rtt;
    this.#min = this.#min === null ? rtt : Math.min(this.#min, rtt);
    this.#max = this.#max === null ? rtt : Math.max(this.#max, rtt);
    const distance = rtt - this.#mean;
    this.#mean += distance / this.#inTime;
    this.#squares += distance * (rtt - this.#mean);
    this.#ewma = this.#ewma === null ? rtt : this.#ewma + (rtt - this.#ewma) / EWMA_DIVISOR;
    this.#quantiles.add(rtt);
  }

  #settleInSendOrder(): void {
    for (const [sequence, pending] of this.#pending) {
      if (pending.rtt === undefined) return;
      this.#settle(sequence, pending);
    }
  }

  #settle(sequence: number, { sentAt, rtt }: Pending): void {
    this.#pending.delete(sequence);
    if (rtt !== undefined && rtt !== null) this.#jitter.add(rtt, sentAt);
  }
}
