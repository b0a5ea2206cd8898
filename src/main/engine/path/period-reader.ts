import type { Gap, RouteChange } from '../../../contract/path.ts';
import type { TimelineColumn } from '../../../contract/timeline.ts';
import { type EpochMilliseconds, epochMilliseconds, type Milliseconds, milliseconds } from '../../../contract/units.ts';
import { EXACT_LIMIT } from '../statistics/quantiles.ts';
import { CHUNK_ROUNDS } from './chunk-ring.ts';
import { columnSpans } from './column-spans.ts';
import { type CellChunk, FATE, fateOf, type ReadableCells, responderOf } from './hop-cells.ts';
import { type HopColumns, WITHOUT_PROBES } from './hop-columns.ts';
import { HopSummary, type SummaryPurpose } from './hop-summary.ts';
import type { Outcome, RecordedHop, RecordedPeriod, RecordedSlice } from './recording.ts';
import type { ResponderTable } from './responder-table.ts';
import { NOBODY, type RollUp } from './roll-up.ts';
import type { Located, Piece, ReadableTimeline } from './timeline.ts';

/** One hop limit, or the round trip, wherever it is kept. */
export interface ReadableHop {
  readonly cells: ReadableCells;
  readonly responders: ResponderTable;
  readonly columns: HopColumns;
  /** A roll-up of a level, or null when there was no probe in it. */
  rollUpOf(level: number, node: number): RollUp | null;
}

/** What a recording is read from, wherever it is kept. */
export interface ReadableRecording {
  readonly interval: Milliseconds;
  /** The same where the rate is highest. */
  readonly closest: Milliseconds;
  readonly timeline: ReadableTimeline;
  /** One above the highest hop limit of which there is anything. */
  readonly hopCount: number;
  /** By hop limit; 0 is the round trip. */
  hop(hopLimit: number): ReadableHop | undefined;
  readonly gaps: readonly Gap[];
  readonly routeChanges: readonly RouteChange[];
  /** Whether the destination ever answered, be it late. */
  readonly hasReplied: boolean;
}

/** What a period is put together from, and what was before it. */
interface Period {
  readonly purpose: SummaryPurpose;
  readonly pieces: readonly Piece[];
  readonly before: readonly Piece[];
}

/** Answers for periods of a recording. */
export class PeriodReader {
  readonly #source: ReadableRecording;
  readonly #scratch: HopSummary;

  constructor(source: ReadableRecording) {
    this.#source = source;
    this.#scratch = new HopSummary(source.interval);
  }

  query(from: EpochMilliseconds, to: EpochMilliseconds): RecordedPeriod {
    return this.#queryLocated(this.#source.timeline.locate(from, to), from, to);
  }

  /** Equal slices of a period that was answered, as far as `timeline` divides it so finely; oldest first. */
  slices({ from, to }: RecordedPeriod, count: number): RecordedSlice[] {
    const { timeline } = this.#source;
    return timeline.slices(timeline.locate(from, to), count).map((located) => this.#slice(located));
  }

  columns(hopLimit: number, from: EpochMilliseconds, to: EpochMilliseconds, most: number): TimelineColumn[] {
    const spans = columnSpans(this.#source.timeline, this.#source, from, to, most);
    const hop = this.#source.hop(hopLimit);
    if (hop !== undefined) return hop.columns.columns(spans, this.#scratch.whole);
    return spans.map((span) => ({
      fromEpochMs: span.from,
      toEpochMs: span.to,
      rounds: span.end - span.first,
      ...WITHOUT_PROBES,
    }));
  }

  outcomes(hopLimit: number, from: EpochMilliseconds, to: EpochMilliseconds, limit: number): Outcome[] {
    const { timeline } = this.#source;
    const hop = this.#source.hop(hopLimit);
    if (hop === undefined) return [];
    const located = timeline.locate(from, to);
    const first = Math.max(located.first, timeline.firstKept);
    const outcomes: Outcome[] = [];
    for (let end = located.end; end > first && outcomes.length < limit; ) {
      const chunkFirst = Math.max(first, end - 1 - ((end - 1) % CHUNK_ROUNDS));
      const cells = hop.cells.chunk(chunkFirst);
      if (cells !== undefined) {
        const { began } = timeline.chunk(chunkFirst);
        for (let round = end - 1; round >= chunkFirst && outcomes.length < limit; round -= 1) {
          const at = epochMilliseconds(began[round % CHUNK_ROUNDS] as number);
          const outcome = outcomeOf(hop.responders, cells, round, at);
          if (outcome !== null) outcomes.push(outcome);
        }
      }
      end = chunkFirst;
    }
    return outcomes.reverse();
  }

  #slice(located: Located): RecordedSlice {
    const period = this.#periodOf(located);
    const summary = this.#scratch;
    this.#summarize(summary, 0, period);
    return {
      from: located.from,
      to: located.to,
      rounds: located.end - located.first,
      roundTrip: summary.whole.statistics(),
      hops: () => this.#recordedHops(summary, period),
      statisticsOf: (hopLimit) => {
        this.#summarize(summary, hopLimit, period);
        return summary.whole.hasProbes ? summary.whole.statistics() : null;
      },
    };
  }

  #periodOf({ first, end }: Located): Period {
    const { timeline } = this.#source;
    const isExact = first >= timeline.firstKept && end - first <= EXACT_LIMIT;
    return {
      purpose: isExact ? 'exact-period' : 'period',
      pieces: isExact ? [{ kind: 'rounds', first, end }] : timeline.pieces(first, end),
      before: timeline.pieces(timeline.firstRecorded, first),
    };
  }

  #queryLocated(located: Located, from: EpochMilliseconds, to: EpochMilliseconds): RecordedPeriod {
    const { closest, gaps, routeChanges, hasReplied } = this.#source;
    const { first, end } = located;
    const period = this.#periodOf(located);
    const summary = this.#scratch;
    this.#summarize(summary, 0, period);
    const roundTrip = summary.whole.statistics();
    const outages = (hasReplied ? summary.outages?.outages(closest, located.to) : null) ?? [];
    // What happened beside the rounds belongs to the period asked for even where no round was.
    const [low, high] = [Math.min(from, located.from), Math.max(to, located.to)];
    return {
      from: located.from,
      to: located.to,
      rounds: end - first,
      hops: this.#recordedHops(summary, period),
      roundTrip,
      gaps: gaps.filter((gap) => gap.fromEpochMs < high && gap.toEpochMs > low),
      routeChanges: routeChanges.filter(({ atEpochMs }) => atEpochMs >= low && atEpochMs < high),
      outages,
    };
  }

  #recordedHops(summary: HopSummary, period: Period): RecordedHop[] {
    const hops: RecordedHop[] = [];
    let highest = 0;
    for (let hopLimit = 1; hopLimit < this.#source.hopCount; hopLimit += 1) {
      this.#summarize(summary, hopLimit, period);
      if (summary.whole.hasProbes) highest = hopLimit;
      hops.push({ hopLimit, statistics: summary.whole.statistics(), responders: this.#responders(summary, hopLimit) });
    }
    return hops.slice(0, highest);
  }

  #responders(summary: HopSummary, hopLimit: number): RecordedHop['responders'] {
    const table = this.#source.hop(hopLimit)?.responders;
    return summary.responders().flatMap(({ responder, summary: part }) => {
      const answer = table?.answer(responder);
      const last = table?.rejection(responder) ?? null;
      const rejections = last === null || part.rejections === 0 ? null : { count: part.rejections, last };
      return answer === undefined ? [] : [{ answer, statistics: part.statisticsOfResponder(), rejections }];
    });
  }

  /** Puts the pieces of a period together. */
  #summarize(into: HopSummary, hopLimit: number, { purpose, pieces, before }: Period): void {
    const series = hopLimit === 0 ? 'round-trip' : 'hop';
    const hop = this.#source.hop(hopLimit);
    into.reset(purpose, series, series === 'hop' && hop !== undefined ? lastResponder(hop, before) : NOBODY);
    if (hop === undefined) return;
    for (const piece of pieces) {
      switch (piece.kind) {
        case 'rounds':
          into.addRounds(hop.cells, this.#source.timeline, piece.first, piece.end);
          break;
        case 'roll-up': {
          const rollUp = hop.rollUpOf(piece.level, piece.node);
          if (rollUp !== null) into.append(rollUp);
          break;
        }
      }
    }
  }
}

/** Who answered last in some pieces, or NOBODY. */
function lastResponder(hop: ReadableHop, before: readonly Piece[]): number {
  for (let index = before.length - 1; index >= 0; index -= 1) {
    const responder = lastResponderOf(hop, before[index] as Piece);
    if (responder !== NOBODY) return responder;
  }
  return NOBODY;
}

function lastResponderOf(hop: ReadableHop, piece: Piece): number {
  if (piece.kind === 'roll-up') return hop.rollUpOf(piece.level, piece.node)?.last ?? NOBODY;
  for (let round = piece.end - 1; round >= piece.first; round -= 1) {
    const cell = hop.cells.chunk(round)?.cells[round % CHUNK_ROUNDS] ?? 0;
    const fate = fateOf(cell);
    if (fate === FATE.answered || fate === FATE.late) return responderOf(cell);
  }
  return NOBODY;
}

function outcomeOf(
  responders: ResponderTable,
  { cells, rtts }: CellChunk,
  round: number,
  at: EpochMilliseconds,
): Outcome | null {
  const place = round % CHUNK_ROUNDS;
  const cell = cells[place] as number;
  const responder = responders.answer(responderOf(cell))?.responder ?? null;
  const fate = fateOf(cell);
  switch (fate) {
    case FATE.none:
    case FATE.inFlight:
      return null;
    case FATE.answered:
      return { round, at, fate: 'answered', rtt: milliseconds(rtts[place] as number), responder };
    case FATE.timedOut:
    case FATE.refused:
      return { round, at, fate: 'lost', rtt: null, responder };
    case FATE.sendFailed:
      return { round, at, fate: 'send-failed', rtt: null, responder: null };
    case FATE.late:
      return { round, at, fate: 'late', rtt: null, responder };
  }
}
