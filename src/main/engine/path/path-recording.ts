import type { Gap, RouteChange } from '../../../contract/path.ts';
import type { TimelineColumn } from '../../../contract/timeline.ts';
import { type EpochMilliseconds, epochMilliseconds, type Milliseconds } from '../../../contract/units.ts';
import { EXACT_LIMIT } from '../statistics/quantiles.ts';
import { columnSpans } from './column-spans.ts';
import { FATE, fateOf, responderOf } from './hop-cells.ts';
import { WITHOUT_PROBES } from './hop-columns.ts';
import { HopRecording, type RollUpWorkshop } from './hop-recording.ts';
import { HopSummary, type SummaryPurpose } from './hop-summary.ts';
import type { Answer, Outcome, PathRecording, RecordedHop, RecordedPeriod } from './recording.ts';
import { NOBODY, nodeRounds, ROLL_UP_FAN_OUT, ROLL_UP_LEVELS, ROLL_UP_ROUNDS } from './roll-up.ts';
import { RollUpArena } from './roll-up-arena.ts';
import { type Piece, Timeline } from './timeline.ts';

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
  /** Highest hop limit, 1 to 255. */
  readonly maxHops: number;
  /** Rounds kept probe by probe, the latest; default 131,072, at least 256. */
  readonly keptRounds?: number;
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

/** What a period is put together from, and what was before it. */
interface Period {
  readonly purpose: SummaryPurpose;
  readonly pieces: readonly Piece[];
  readonly before: readonly Piece[];
}

class RolledUpRecording implements PathRecording {
  readonly #interval: Milliseconds;
  readonly #maxHops: number;
  readonly #keptRounds: number;
  readonly #timeline: Timeline;
  readonly #workshop: RollUpWorkshop;
  /** By hop limit; 0 is the round trip. */
  readonly #hops: Array<HopRecording | undefined> = [];
  readonly #gaps: Gap[] = [];
  readonly #routeChanges: RouteChange[] = [];
  /** Whether the destination ever answered, be it late. */
  #hasReplied = false;

  constructor({ interval, maxHops, keptRounds = DEFAULT_KEPT_ROUNDS }: PathRecordingOptions) {
    this.#interval = interval;
    this.#maxHops = maxHops;
    this.#keptRounds = Math.max(LEAST_KEPT_ROUNDS, Math.ceil(keptRounds));
    // In whole parents, and two more: the finest roll-ups reach further back than rounds are kept one by one.
    const nodesPerLevel = ROLL_UP_FAN_OUT * (Math.ceil(this.#keptRounds / nodeRounds(1)) + 2);
    this.#timeline = new Timeline(interval, this.#keptRounds, nodesPerLevel);
    const arenas = Array.from({ length: ROLL_UP_LEVELS }, () => new RollUpArena());
    this.#workshop = { scratch: new HopSummary(interval), arenas };
  }

  get rounds(): number {
    return this.#timeline.rounds;
  }

  get firstAt(): EpochMilliseconds | null {
    return this.#timeline.firstAt;
  }

  get lastAt(): EpochMilliseconds | null {
    return this.#timeline.lastAt;
  }

  openRound(at: EpochMilliseconds): number {
    const round = this.#timeline.open(at);
    while (this.#isReadyToRollUp()) this.#rollUp();
    return round;
  }

  recordSent(round: number, hopLimit: number): void {
    if (!this.#timeline.isKept(round)) return;
    if (!(hopLimit >= 0 && hopLimit <= this.#maxHops)) throw new RangeError(`No hop limit ${hopLimit} is recorded`);
    this.#hops[hopLimit] ??= new HopRecording(this.#timeline, this.#workshop, hopLimit === 0 ? 'round-trip' : 'hop', {
      firstRound: round,
      keptRounds: this.#keptRounds + ROLL_UP_ROUNDS,
    });
    this.#hops[hopLimit].sent(round);
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
    const from = Math.max(first, this.#timeline.firstKept);
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
    this.#timeline.addGap(epochMilliseconds(gap.toEpochMs));
    for (const hop of this.#hops) hop?.columns.noteChange(this.#timeline.rolledUp);
    this.#gaps.push(gap);
    if (this.#gaps.length > MOST_EVENTS) this.#gaps.shift();
  }

  recordRouteChange(change: RouteChange): void {
    this.#routeChanges.push(change);
    if (this.#routeChanges.length > MOST_EVENTS) this.#routeChanges.shift();
  }

  query(from: EpochMilliseconds, to: EpochMilliseconds): RecordedPeriod {
    const located = this.#timeline.locate(from, to);
    const { first, end } = located;
    const isExact = first >= this.#timeline.firstKept && end - first <= EXACT_LIMIT;
    const pieces: Piece[] = isExact ? [{ kind: 'rounds', first, end }] : this.#timeline.pieces(first, end);
    const period: Period = {
      purpose: isExact ? 'exact-period' : 'period',
      pieces,
      before: this.#timeline.pieces(this.#timeline.firstRecorded, first),
    };
    const summary = new HopSummary(this.#interval);
    this.#summarize(summary, 0, period);
    const roundTrip = summary.whole.statistics();
    const outages = (this.#hasReplied ? summary.outages?.outages(this.#interval, located.to) : null) ?? [];
    // What happened beside the rounds belongs to the period asked for even where no round was.
    const [low, high] = [Math.min(from, located.from), Math.max(to, located.to)];
    return {
      from: located.from,
      to: located.to,
      rounds: end - first,
      hops: this.#recordedHops(summary, period),
      roundTrip,
      gaps: this.#gaps.filter((gap) => gap.fromEpochMs < high && gap.toEpochMs > low),
      routeChanges: this.#routeChanges.filter(({ atEpochMs }) => atEpochMs >= low && atEpochMs < high),
      outages,
    };
  }

  columns(hopLimit: number, from: EpochMilliseconds, to: EpochMilliseconds, most: number): TimelineColumn[] {
    const spans = columnSpans(this.#timeline, this.#interval, from, to, most);
    const hop = this.#hops[hopLimit];
    if (hop !== undefined) return hop.columns.columns(spans, this.#workshop.scratch.whole);
    return spans.map((span) => ({
      fromEpochMs: span.from,
      toEpochMs: span.to,
      rounds: span.end - span.first,
      ...WITHOUT_PROBES,
    }));
  }

  outcomes(hopLimit: number, from: EpochMilliseconds, to: EpochMilliseconds, limit: number): Outcome[] {
    const hop = this.#hops[hopLimit];
    if (hop === undefined) return [];
    const { first, end } = this.#timeline.locate(from, to);
    const outcomes: Outcome[] = [];
    for (let round = end - 1; round >= Math.max(first, this.#timeline.firstKept) && outcomes.length < limit; round--) {
      const outcome = this.#outcome(hop, round);
      if (outcome !== null) outcomes.push(outcome);
    }
    return outcomes.reverse();
  }

  #kept(round: number, hopLimit: number): HopRecording | undefined {
    return this.#timeline.isKept(round) ? this.#hops[hopLimit] : undefined;
  }

  #isReadyToRollUp(): boolean {
    const end = this.#timeline.rolledUp + ROLL_UP_ROUNDS;
    const since = this.#timeline.rounds - end;
    if (since < ROLL_UP_DELAY) return false;
    const isSettled = this.#hops.every((hop) => hop === undefined || hop.settle() >= end);
    return isSettled || since >= Math.min(LONGEST_WAIT, this.#keptRounds / 2);
  }

  #rollUp(): void {
    const end = this.#timeline.rolledUp + ROLL_UP_ROUNDS;
    this.#timeline.rollUp();
    for (let level = 0; level < ROLL_UP_LEVELS && end % nodeRounds(level) === 0; level += 1) {
      for (const hop of this.#hops) {
        if (level === 0) hop?.giveUpWaiting(end);
        hop?.rollUp(level, end / nodeRounds(level) - 1);
      }
    }
  }

  #recordedHops(summary: HopSummary, period: Period): RecordedHop[] {
    const hops: RecordedHop[] = [];
    let highest = 0;
    for (let hopLimit = 1; hopLimit < this.#hops.length; hopLimit += 1) {
      this.#summarize(summary, hopLimit, period);
      if (summary.whole.hasProbes) highest = hopLimit;
      hops.push({ hopLimit, statistics: summary.whole.statistics(), responders: this.#responders(summary, hopLimit) });
    }
    return hops.slice(0, highest);
  }

  #responders(summary: HopSummary, hopLimit: number): RecordedHop['responders'] {
    return summary.responders().flatMap(({ responder, summary: part }) => {
      const answer = this.#hops[hopLimit]?.responders.answer(responder);
      const last = this.#hops[hopLimit]?.responders.rejection(responder) ?? null;
      const rejections = last === null || part.rejections === 0 ? null : { count: part.rejections, last };
      return answer === undefined ? [] : [{ answer, statistics: part.statisticsOfResponder(), rejections }];
    });
  }

  #summarize(into: HopSummary, hopLimit: number, { purpose, pieces, before }: Period): void {
    const hop = this.#hops[hopLimit];
    if (hop === undefined) into.reset(purpose, hopLimit === 0 ? 'round-trip' : 'hop', NOBODY);
    else hop.summarize(into, purpose, pieces, before);
  }

  #outcome(hop: HopRecording, round: number): Outcome | null {
    const cell = hop.cells.cell(round);
    const at = this.#timeline.began(round);
    const responder = hop.responders.answer(responderOf(cell))?.responder ?? null;
    const fate = fateOf(cell);
    switch (fate) {
      case FATE.none:
      case FATE.inFlight:
        return null;
      case FATE.answered:
        return { round, at, fate: 'answered', rtt: hop.cells.rtt(round), responder };
      case FATE.timedOut:
      case FATE.refused:
        return { round, at, fate: 'lost', rtt: null, responder };
      case FATE.sendFailed:
        return { round, at, fate: 'send-failed', rtt: null, responder: null };
      case FATE.late:
        return { round, at, fate: 'late', rtt: null, responder };
    }
  }
}
