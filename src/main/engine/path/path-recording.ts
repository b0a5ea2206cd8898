import type { Gap, RouteChange } from '../../../contract/path.ts';
import type { TimelineColumn } from '../../../contract/timeline.ts';
import { type EpochMilliseconds, epochMilliseconds, type Milliseconds } from '../../../contract/units.ts';
import type { SendFailureReason } from '../../icmp/probe-transport.ts';
import { FATE, fateOf } from './hop-cells.ts';
import { HopRecording, type RollUpWorkshop } from './hop-recording.ts';
import { HopSummary } from './hop-summary.ts';
import type { KeptRounds } from './kept-rounds.ts';
import { PeriodReader, type ReadableRecording } from './period-reader.ts';
import type { Answer, Outcome, PathRecording, RecordedPeriod, RecordedSlice } from './recording.ts';
import type { ResponderTable } from './responder-table.ts';
import { nodeRounds, ROLL_UP_FAN_OUT, ROLL_UP_LEVELS, ROLL_UP_ROUNDS } from './roll-up.ts';
import { RollUpArena } from './roll-up-arena.ts';
import { type KeptFailures, type SendFailureCount, SendFailures } from './send-failures.ts';
import { Timeline } from './timeline.ts';

/** A day and a half at one round a second. */
const DEFAULT_KEPT_ROUNDS = 131_072;
const LEAST_KEPT_ROUNDS = 2 * ROLL_UP_ROUNDS;

/** Rounds that a roll-up waits after its last one, so that most late answers find it not yet made. */
const ROLL_UP_DELAY = ROLL_UP_ROUNDS / 2;

/** Rounds after which a probe still in flight is waited for no longer; the longest timeout at the shortest interval is 600. */
const LONGEST_WAIT = 1_024;

/** Gaps and route changes kept, the latest. */
const MOST_EVENTS = 4_096;

/** What a recording is made for; only the numbers of rounds and hops decide how much memory it may take. */
export interface PathRecordingOptions {
  /** Time from one round to the next. */
  readonly interval: Milliseconds;
  /** The same where the rate is raised now and then; absent: it is not. */
  readonly closest?: Milliseconds;
  /** Highest hop limit, 1 to 255. */
  readonly maxHops: number;
  /** Rounds kept probe by probe, the latest; default 131,072, at least 256. */
  readonly keptRounds?: number;
  /** What is known of the rounds before its first one, when it goes on where another one ended. */
  readonly before?: RecordedBefore | undefined;
}

/** What a recording that goes on where another one ended has to know of it. */
export interface RecordedBefore {
  /** Number of gaps. */
  readonly segment: number;
  readonly hasReplied: boolean;
  readonly failures: KeptFailures | null;
  /** Who answered, by hop limit. */
  readonly responders: ReadonlyMap<number, ResponderTable>;
}

/**
 * An empty recording. A probe of a round that is no longer kept one by one, and a fate for a probe that is not in
 * flight, change nothing. Outliers are found in send order: an answer is judged once no earlier probe is in flight.
 * Losses at the beginning of a period are of the responder that answered last before it.
 *
 * Per hop and round it takes ten bytes while rounds are kept one by one, and about eight in roll-ups. Of more than 254
 * responders of one hop the further ones count for the hop alone.
 * @throws {RangeError} from `recordSent`, of a hop limit above `maxHops`
 */
export function createPathRecording(options: PathRecordingOptions): PathRecording {
  return new RolledUpRecording(options);
}

/** The recording in memory, whose parts can be read to be kept elsewhere. */
export class RolledUpRecording implements PathRecording, ReadableRecording {
  readonly interval: Milliseconds;
  readonly closest: Milliseconds;
  readonly #maxHops: number;
  readonly #keptRounds: number;
  readonly timeline: Timeline;
  readonly #workshop: RollUpWorkshop;
  /** By hop limit; 0 is the round trip. */
  readonly #hops: Array<HopRecording | undefined> = [];
  readonly gaps: Gap[] = [];
  readonly routeChanges: RouteChange[] = [];
  readonly #reader: PeriodReader;
  readonly #failures: SendFailures;
  readonly #responders: ReadonlyMap<number, ResponderTable>;
  #hasReplied: boolean;

  constructor({
    interval,
    closest = interval,
    maxHops,
    keptRounds = DEFAULT_KEPT_ROUNDS,
    before,
  }: PathRecordingOptions) {
    this.#hasReplied = before?.hasReplied ?? false;
    this.#failures = new SendFailures(before?.failures);
    this.#responders = before?.responders ?? new Map();
    this.interval = interval;
    this.closest = closest;
    this.#maxHops = maxHops;
    this.#keptRounds = Math.max(LEAST_KEPT_ROUNDS, Math.ceil(keptRounds));
    // In whole parents, and two more: the finest roll-ups reach further back than rounds are kept one by one.
    const nodesPerLevel = ROLL_UP_FAN_OUT * (Math.ceil(this.#keptRounds / nodeRounds(1)) + 2);
    this.timeline = new Timeline(interval, this.#keptRounds, nodesPerLevel, before?.segment);
    const arenas = Array.from({ length: ROLL_UP_LEVELS }, () => new RollUpArena());
    this.#reader = new PeriodReader(this);
    this.#workshop = { scratch: new HopSummary(interval), arenas };
  }

  get hopCount(): number {
    return this.#hops.length;
  }

  get hasReplied(): boolean {
    return this.#hasReplied;
  }

  hop(hopLimit: number): HopRecording | undefined {
    return this.#hops[hopLimit];
  }

  /** What is kept of causes of failed sends. */
  get failures(): SendFailures {
    return this.#failures;
  }

  get rounds(): number {
    return this.timeline.rounds;
  }

  get firstAt(): EpochMilliseconds | null {
    return this.timeline.firstAt;
  }

  get lastAt(): EpochMilliseconds | null {
    return this.timeline.lastAt;
  }

  openRound(at: EpochMilliseconds): number {
    const round = this.timeline.open(at);
    while (this.#isReadyToRollUp()) this.#rollUp();
    return round;
  }

  recordSent(round: number, hopLimit: number): void {
    if (this.timeline.isKept(round)) this.#hopFrom(round, hopLimit).sent(round);
  }

  recordKept({ count, rounds, hops }: KeptRounds): void {
    for (let place = 0; place < count; place += 1) {
      const at = epochMilliseconds(rounds.began[place] as number);
      const round = this.timeline.open(at, rounds.segments[place] as number);
      for (const [hopLimit, { cells, rtts, duplicates }] of hops) {
        const cell = cells[place] as number;
        if (fateOf(cell) === FATE.none) continue;
        const hop = this.#hopFrom(round, hopLimit);
        hop.restore(round, cell, rtts[place] as number, duplicates?.[place] ?? 0);
      }
      while (this.#isReadyToRollUp()) this.#rollUp();
    }
  }

  recordAnswer(round: number, hopLimit: number, answer: Answer, rtt: Milliseconds): void {
    if (hopLimit === 0) this.#hasReplied = true;
    this.#kept(round, hopLimit)?.answer(round, answer, rtt);
  }

  recordRefusal(round: number, answer: Answer): void {
    this.#kept(round, 0)?.refuse(round, answer);
  }

  recordTimeout(round: number, hopLimit: number): void {
    this.#kept(round, hopLimit)?.timeOut(round);
  }

  recordSendFailure(round: number, hopLimit: number): void {
    this.#kept(round, hopLimit)?.failToSend(round);
  }

  recordWithdrawn(round: number, hopLimit: number): void {
    this.#kept(round, hopLimit)?.withdraw(round);
  }

  recordEnd(first: number, end: number, hopLimit: number): void {
    const from = Math.max(first, this.timeline.firstKept);
    for (let beyond = hopLimit + 1; beyond < this.#hops.length; beyond += 1) this.#hops[beyond]?.withdrawAll(from, end);
  }

  recordLate(round: number, hopLimit: number, answer: Answer): void {
    if (hopLimit === 0) this.#hasReplied = true;
    this.#kept(round, hopLimit)?.late(round, answer);
  }

  recordDuplicate(round: number, hopLimit: number): void {
    this.#kept(round, hopLimit)?.duplicate(round);
  }

  recordGap(gap: Gap): void {
    this.timeline.addGap(epochMilliseconds(gap.toEpochMs));
    for (const hop of this.#hops) hop?.columns.noteChange(this.timeline.rolledUp);
    this.gaps.push(gap);
    if (this.gaps.length > MOST_EVENTS) this.gaps.shift();
  }

  recordRouteChange(change: RouteChange): void {
    this.routeChanges.push(change);
    if (this.routeChanges.length > MOST_EVENTS) this.routeChanges.shift();
  }

  recordAbandoned(): void {
    for (const hop of this.#hops) hop?.abandon(this.timeline.firstKept, this.timeline.rounds);
  }

  recordFailureCause(at: EpochMilliseconds, reason: SendFailureReason, osCode: string): boolean {
    return this.#failures.record(at, reason, osCode);
  }

  sendFailures(from: EpochMilliseconds, to: EpochMilliseconds): readonly SendFailureCount[] {
    return this.#failures.between(from, to);
  }

  query(from: EpochMilliseconds, to: EpochMilliseconds): RecordedPeriod {
    return this.#reader.query(from, to);
  }

  slices(period: RecordedPeriod, count: number): RecordedSlice[] {
    return this.#reader.slices(period, count);
  }

  columns(hopLimit: number, from: EpochMilliseconds, to: EpochMilliseconds, most: number): TimelineColumn[] {
    return this.#reader.columns(hopLimit, from, to, most);
  }

  outcomes(hopLimit: number, from: EpochMilliseconds, to: EpochMilliseconds, limit: number): Outcome[] {
    return this.#reader.outcomes(hopLimit, from, to, limit);
  }

  #hopFrom(round: number, hopLimit: number): HopRecording {
    if (!(hopLimit >= 0 && hopLimit <= this.#maxHops)) throw new RangeError(`No hop limit ${hopLimit} is recorded`);
    this.#hops[hopLimit] ??= new HopRecording(this.timeline, this.#workshop, hopLimit === 0 ? 'round-trip' : 'hop', {
      firstRound: round,
      keptRounds: this.#keptRounds + ROLL_UP_ROUNDS,
      responders: this.#responders.get(hopLimit),
    });
    return this.#hops[hopLimit];
  }

  #kept(round: number, hopLimit: number): HopRecording | undefined {
    return this.timeline.isKept(round) ? this.#hops[hopLimit] : undefined;
  }

  #isReadyToRollUp(): boolean {
    const end = this.timeline.rolledUp + ROLL_UP_ROUNDS;
    const since = this.timeline.rounds - end;
    if (since < ROLL_UP_DELAY) return false;
    const isSettled = this.#hops.every((hop) => hop === undefined || hop.settle() >= end);
    return isSettled || since >= Math.min(LONGEST_WAIT, this.#keptRounds / 2);
  }

  #rollUp(): void {
    const end = this.timeline.rolledUp + ROLL_UP_ROUNDS;
    this.timeline.rollUp();
    for (let level = 0; level < ROLL_UP_LEVELS && end % nodeRounds(level) === 0; level += 1) {
      for (const hop of this.#hops) {
        if (level === 0) hop?.giveUpWaiting(end);
        hop?.rollUp(level, end / nodeRounds(level) - 1);
      }
    }
  }
}
