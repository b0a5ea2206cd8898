import type { SeriesStatistics } from '../../../contract/path-statistics.ts';
import type { TimelineColumn } from '../../../contract/timeline.ts';
import { type Milliseconds, milliseconds } from '../../../contract/units.ts';
import { longestPairGap } from './jitter.ts';
import { JitterChain, type LastAnswer } from './jitter-chain.ts';
import { LossChain } from './loss-chain.ts';
import { meanOpinionScore, meanOpinionScorePingPlotter } from './mos.ts';
import { RoundTrips } from './round-trips.ts';
import { wilsonInterval } from './wilson.ts';

/** A round trip is slow above this multiple of the period's least one, and this much above it. */
const SLOW_FACTOR = 1.2;
const SLOW_MARGIN = milliseconds(5);

/** What was noticed about one answer when it came. */
export interface AnswerMarks {
  /** It came after the answer to a later probe of the series. */
  readonly isReordered: boolean;
  /** Its round trip is an outlier of the series. */
  readonly isOutlier: boolean;
  /** The same among the round trips of its responder alone. */
  readonly isOutlierOfResponder: boolean;
  /** It says why the probe was not passed on, where another answer would show that it came further. */
  readonly isRejection: boolean;
}

/** What a timeline shows of a stretch. */
export type ColumnStatistics = Omit<TimelineColumn, 'fromEpochMs' | 'toEpochMs' | 'rounds'>;

/** The percentiles of a column. */
const COLUMN_RATIOS = [0.1, 0.25, 0.5, 0.75, 0.9];

const COUNTS = 9;
const ROUND_TRIPS_AT = COUNTS + JitterChain.FIELDS + LossChain.FIELDS;

/**
 * Statistics of a stretch of a series of probes, told in send order. Packed into one array it joins, exactly, with the
 * stretch that follows it, so that any period is made of few stretches (percentiles as exact as `RoundTrips` keeps
 * them). Constant work per probe; bounded memory. Made once and reused by `reset`.
 */
export class SeriesSummary {
  readonly #roundTrips = new RoundTrips();
  readonly #jitter: JitterChain;
  readonly #loss = new LossChain();
  #inFlight = 0;
  #sendFailures = 0;
  #refused = 0;
  #late = 0;
  #duplicates = 0;
  #reordered = 0;
  #outliers = 0;
  #outliersOfResponder = 0;
  #rejections = 0;

  /** @param interval time between two probes, by which jitter tells a neighbour from a gap */
  constructor(interval: Milliseconds) {
    this.#jitter = new JitterChain(longestPairGap(interval));
  }

  /** Forgets everything. @param isExact for a stretch of at most EXACT_LIMIT probes, none of it packed: exact percentiles */
  reset(isExact: boolean): void {
    this.#roundTrips.reset(isExact);
    this.#resetOthers();
  }

  /** Forgets everything; the next answer is paired with the last one before, if there was any. It is not to be packed. */
  resetAfter(last: LastAnswer | null, isExact: boolean): void {
    this.reset(isExact);
    if (last !== null) this.#jitter.resetAfter(last);
  }

  /** Becomes a copy of another one. */
  copy(other: SeriesSummary): void {
    this.#resetOthers();
    const packed = new Float64Array(ROUND_TRIPS_AT);
    other.#packOthers(packed);
    this.#appendOthers(packed);
    this.#roundTrips.copy(other.#roundTrips);
  }

  /** Probes that were answered, late ones included. */
  get received(): number {
    return this.#loss.outcomes - this.#loss.lost;
  }

  /** Answers that say why a probe was not passed on. */
  get rejections(): number {
    return this.#rejections;
  }

  /** Whether there is any probe, one that could not be sent included. */
  get hasProbes(): boolean {
    return this.#loss.outcomes + this.#inFlight + this.#sendFailures > 0;
  }

  /** `at` is session time of the probe's round, `segment` the number of gaps before it. */
  addAnswer(rtt: number, marks: AnswerMarks, at: number, segment: number): void {
    this.#addReceived(marks, segment);
    if (marks.isOutlier) this.#outliers += 1;
    if (marks.isOutlierOfResponder) this.#outliersOfResponder += 1;
    this.#roundTrips.add(rtt);
    this.#jitter.add(rtt, at, segment);
  }

  /** An answer after the timeout: received, but its round trip is in no times. */
  addLate(marks: AnswerMarks, segment: number): void {
    this.#addReceived(marks, segment);
    this.#late += 1;
  }

  addTimeout(segment: number): void {
    this.#loss.add(true, segment);
  }

  /** An ICMP error in place of the reply that was wanted. */
  addRefusal(segment: number): void {
    this.#loss.add(true, segment);
    this.#refused += 1;
  }

  addDuplicates(count: number): void {
    this.#duplicates += count;
  }

  addInFlight(): void {
    this.#inFlight += 1;
  }

  addSendFailure(): void {
    this.#sendFailures += 1;
  }

  /** Length of the array that it packs into. */
  get packedLength(): number {
    return this.#roundTrips.packedEnd(ROUND_TRIPS_AT);
  }

  /** @param into an array of `packedLength` */
  pack(into: Float64Array): void {
    this.#packOthers(into);
    this.#roundTrips.pack(into, ROUND_TRIPS_AT);
  }

  /** Adds a packed stretch that follows this one. */
  append(packed: Float64Array): void {
    this.#appendOthers(packed);
    this.#roundTrips.append(packed, ROUND_TRIPS_AT);
  }

  /** Everything about the series. */
  statistics(): SeriesStatistics {
    return this.#statistics(this.#inFlight, this.#sendFailures, this.#outliers);
  }

  /**
   * The same as the series of one responder, for a stretch that is all its own: nobody knows who would have answered
   * what is in flight or was not sent, and its outliers are those among its own round trips.
   */
  statisticsOfResponder(): SeriesStatistics {
    return this.#statistics(0, 0, this.#outliersOfResponder);
  }

  /** What a timeline shows. */
  columnStatistics(): ColumnStatistics {
    const { outcomes, lost } = this.#loss;
    const roundTrips = this.#roundTrips;
    const [p10 = null, p25 = null, p50 = null, p75 = null, p90 = null] = roundTrips.quantiles(COLUMN_RATIOS);
    return {
      sent: outcomes + this.#inFlight,
      received: outcomes - lost,
      lossRatio: outcomes === 0 ? null : lost / outcomes,
      minMs: roundTrips.min,
      p10Ms: p10,
      p25Ms: p25,
      p50Ms: p50,
      p75Ms: p75,
      p90Ms: p90,
      maxMs: roundTrips.max,
      jitterMs: this.#jitter.mean,
    };
  }

  /** The last answer, in it or before it; null without one. */
  get lastAnswer(): LastAnswer | null {
    return this.#jitter.lastAnswer;
  }

  #statistics(inFlight: number, sendFailures: number, outliers: number): SeriesStatistics {
    const [loss, jitter, roundTrips] = [this.#loss, this.#jitter, this.#roundTrips];
    const { outcomes, lost } = loss;
    const lossRatio = outcomes === 0 ? null : lost / outcomes;
    const interval = wilsonInterval(lost, outcomes);
    const { mean, min } = roundTrips;
    const [p50 = null, p95 = null, p99 = null] = roundTrips.quantiles([0.5, 0.95, 0.99]);
    return {
      sent: outcomes + inFlight,
      received: outcomes - lost,
      inFlight,
      icmpErrors: this.#refused,
      timedOut: lost - this.#refused,
      sendFailures,
      duplicates: this.#duplicates,
      late: this.#late,
      lossRatio,
      lossLow: interval?.low ?? null,
      lossHigh: interval?.high ?? null,
      rttMs: {
        last: jitter.lastRtt,
        min,
        mean,
        max: roundTrips.max,
        stddev: roundTrips.stddev,
        p50,
        p95,
        p99,
      },
      jitterMs: jitter.mean,
      reordered: this.#reordered,
      smoothedJitterMs: jitter.smoothed,
      maxJitterMs: jitter.max,
      // Type 7 is linear: the percentile of what is left above the least is the percentile less the least.
      pdvP95Ms: p95 === null || min === null ? null : p95 - min,
      slowRatio: min === null ? null : roundTrips.countAbove(slowAbove(min)) / roundTrips.count,
      outliers,
      lossRuns: {
        count: loss.runs,
        meanLength: loss.meanLength,
        maxLength: loss.maxLength,
        meanDistance: loss.meanDistance,
      },
      ...opinionScores(mean, jitter.mean, lossRatio),
      percentilesAreExact: roundTrips.isExact,
    };
  }

  #addReceived(marks: AnswerMarks, segment: number): void {
    this.#loss.add(false, segment);
    if (marks.isReordered) this.#reordered += 1;
    if (marks.isRejection) this.#rejections += 1;
  }

  #resetOthers(): void {
    this.#jitter.reset();
    this.#loss.reset();
    this.#inFlight = 0;
    this.#sendFailures = 0;
    this.#refused = 0;
    this.#late = 0;
    this.#duplicates = 0;
    this.#reordered = 0;
    this.#outliers = 0;
    this.#outliersOfResponder = 0;
    this.#rejections = 0;
  }

  #packOthers(packed: Float64Array): void {
    packed[0] = this.#inFlight;
    packed[1] = this.#sendFailures;
    packed[2] = this.#refused;
    packed[3] = this.#late;
    packed[4] = this.#duplicates;
    packed[5] = this.#reordered;
    packed[6] = this.#outliers;
    packed[7] = this.#outliersOfResponder;
    packed[8] = this.#rejections;
    this.#jitter.pack(packed, COUNTS);
    this.#loss.pack(packed, COUNTS + JitterChain.FIELDS);
  }

  #appendOthers(packed: Float64Array): void {
    this.#inFlight += packed[0] as number;
    this.#sendFailures += packed[1] as number;
    this.#refused += packed[2] as number;
    this.#late += packed[3] as number;
    this.#duplicates += packed[4] as number;
    this.#reordered += packed[5] as number;
    this.#outliers += packed[6] as number;
    this.#outliersOfResponder += packed[7] as number;
    this.#rejections += packed[8] as number;
    this.#jitter.append(packed, COUNTS);
    this.#loss.append(packed, COUNTS + JitterChain.FIELDS);
  }
}

/** Limit above which a round trip is slow, after the least of the period (an idea of mtr's maintainer, its issue 139). */
function slowAbove(min: number): number {
  return Math.max(SLOW_FACTOR * min, min + SLOW_MARGIN);
}

function opinionScores(
  mean: number | null,
  jitter: number | null,
  lossRatio: number | null,
): Pick<SeriesStatistics, 'mos' | 'mosPingPlotter'> {
  if (mean === null || jitter === null || lossRatio === null) return { mos: null, mosPingPlotter: null };
  const quality = { meanRtt: milliseconds(mean), jitter: milliseconds(jitter), lossRatio };
  return { mos: meanOpinionScore(quality), mosPingPlotter: meanOpinionScorePingPlotter(quality) };
}
