import type { Gap, Outage, RouteChange } from '../../../contract/path.ts';
import type { SeriesStatistics } from '../../../contract/path-statistics.ts';
import type { TimelineColumn } from '../../../contract/timeline.ts';
import type { EpochMilliseconds, Milliseconds } from '../../../contract/units.ts';
import type { IcmpExtensions, SendFailureReason } from '../../icmp/probe-transport.ts';
import type { KeptRounds } from './kept-rounds.ts';
import type { SendFailureCount } from './send-failures.ts';

/**
 * Everything that was measured of one path: per round, per hop limit, one fate. Hop limit 0 stands for the round trip,
 * the probe of each round that was meant for the destination itself.
 *
 * Work per call is constant, but for `recordEnd`. Memory is bounded: the last `keptRounds` rounds are kept probe by probe, older ones in
 * mergeable roll-ups, so that any period is answered in time that does not grow with the length of the recording.
 */
export interface PathRecording extends RecordingWriter, RecordingReader {}

/** The half of a recording that is told what happens. */
export interface RecordingWriter {
  /**
   * Opens a round and gives its number, from 0. `at` is session time: wall time at the beginning plus what has
   * elapsed since, so that it never goes back; rounds are asked for by it.
   */
  openRound(at: EpochMilliseconds): number;
  /** The probe of a round at a hop limit is on its way. */
  recordSent(round: number, hopLimit: number): void;
  /** It was answered in time. Of the round trip: by an echo reply of the destination. */
  recordAnswer(round: number, hopLimit: number, answer: Answer, rtt: Milliseconds): void;
  /** Of the round trip only: it ended in an ICMP error. Counted as `icmpErrors`, and lost. */
  recordRefusal(round: number, answer: Answer): void;
  recordTimeout(round: number, hopLimit: number): void;
  /** It never left this machine: it was not sent, and is not lost. */
  recordSendFailure(round: number, hopLimit: number): void;
  /** What `recordSent` announced is of no meaning after all (a hop beyond the destination): as if it had not been sent. */
  recordWithdrawn(round: number, hopLimit: number): void;
  /**
   * In the rounds from `first` (included) to `end` (excluded) the path ended at `hopLimit` after all: what was told of
   * higher ones is withdrawn, as far back as rounds are kept one by one. Takes time in proportion to the rounds.
   */
  recordEnd(first: number, end: number, hopLimit: number): void;
  /** An answer after the timeout: the probe is a received one, counted as late; its round trip is in no times. */
  recordLate(round: number, hopLimit: number, answer: Answer): void;
  recordDuplicate(round: number, hopLimit: number): void;
  /** Nothing was measured; the period's loss runs, jitter and outages do not reach across it. */
  recordGap(gap: Gap): void;
  recordRouteChange(change: RouteChange): void;
  /** What is still in flight is of no meaning: as if it had not been sent. Nobody measured on when it was to come back. */
  recordAbandoned(): void;
  /** Rounds as another recording kept them come next, marks and all; nothing more will be told of them. */
  recordKept(kept: KeptRounds): void;
  /** Why a probe never left; says whether it is news: each reason is, once a second at most. */
  recordFailureCause(at: EpochMilliseconds, reason: SendFailureReason, osCode: string): boolean;
}

/** The half of a recording that is asked. */
export interface RecordingReader {
  /** Number of rounds. */
  readonly rounds: number;
  /** Session time of the first and the last round begun, or null before there is one. */
  readonly firstAt: EpochMilliseconds | null;
  readonly lastAt: EpochMilliseconds | null;
  /** Everything about the rounds begun from `from` (included) to `to` (excluded). */
  query(from: EpochMilliseconds, to: EpochMilliseconds): RecordedPeriod;
  /** A period that was answered, in so many equal slices, each as far as it can be divided so finely; oldest first. */
  slices(period: RecordedPeriod, count: number): RecordedSlice[];
  /**
   * A hop limit over a period in about `most` columns (2 or more, and one more at most), without a hole between them;
   * none where nothing is recorded. Each round has its own where there is room; else they are on a grid that does not
   * move with the period, so that the first may begin before it and the last end after it.
   */
  columns(hopLimit: number, from: EpochMilliseconds, to: EpochMilliseconds, most: number): TimelineColumn[];
  /**
   * What became of the last `limit` probes of a hop limit among the rounds of a period, in order; rounds without a
   * probe (or with one still in flight) are left out. Only as far back as rounds are kept one by one.
   */
  outcomes(hopLimit: number, from: EpochMilliseconds, to: EpochMilliseconds, limit: number): Outcome[];
  /** Probes that never left, by reason, in the period from `from` (included) to `to` (excluded), widened to whole minutes or more. */
  sendFailures(from: EpochMilliseconds, to: EpochMilliseconds): readonly SendFailureCount[];
}

/** Who answered and how. Answers of the same address are of one responder, whatever their type and code. */
export interface Answer {
  readonly responder: string;
  /** Type and code of the ICMP message; of an echo reply 0/0 (IPv4) or 129/0 (IPv6); null where the system does not tell. */
  readonly icmpType: number | null;
  readonly icmpCode: number | null;
  readonly replyHopLimit: number | null;
  readonly mtu: number | null;
  readonly quotedHopLimit: number | null;
  readonly isQuoteAltered: boolean | null;
  readonly extensions: IcmpExtensions | null;
}

export interface Outcome {
  readonly round: number;
  readonly at: EpochMilliseconds;
  readonly fate: 'answered' | 'lost' | 'late' | 'send-failed';
  /** Null unless answered. */
  readonly rtt: Milliseconds | null;
  /** Address of the responder, or null. */
  readonly responder: string | null;
}

/** One responder's part of a hop over a period; `answer` is the last one it gave, in the period or not. */
export interface RecordedResponder {
  readonly answer: Answer;
  /**
   * Its answered probes, and the lost ones that the hop would have had it answer: those after an answer of it and
   * before one of another. Losses before the first answer belong to the first responder.
   */
  readonly statistics: SeriesStatistics;
  /** Its answers that said why a probe was not passed on: how many, and the last one, in the period or not; null without any. */
  readonly rejections: { readonly count: number; readonly last: Answer } | null;
}

export interface RecordedHop {
  readonly hopLimit: number;
  readonly statistics: SeriesStatistics;
  readonly responders: readonly RecordedResponder[];
}

/** A slice of a period. Its hops are read when they are asked for: few are, and that has to be before anything more is recorded. */
export interface RecordedSlice extends Pick<RecordedPeriod, 'from' | 'to' | 'rounds' | 'roundTrip'> {
  hops(): readonly RecordedHop[];
  /** Of one hop limit; null when there was no probe of it in the slice. */
  statisticsOf(hopLimit: number): SeriesStatistics | null;
}

/** What was recorded over a period. */
export interface RecordedPeriod {
  /** The period answered: cut to what is recorded, widened to whole roll-ups where rounds are no longer kept one by one. */
  readonly from: EpochMilliseconds;
  readonly to: EpochMilliseconds;
  readonly rounds: number;
  /** Hop limits 1 to the highest with a probe in the period, none left out. */
  readonly hops: readonly RecordedHop[];
  readonly roundTrip: SeriesStatistics;
  readonly gaps: readonly Gap[];
  readonly routeChanges: readonly RouteChange[];
  /**
   * Of the round trip: three or more consecutive probes without any answer, an ICMP error included. None while the
   * destination has never answered in the whole recording: nobody knows then whether it would.
   */
  readonly outages: readonly Outage[];
}
