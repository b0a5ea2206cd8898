import type { TimelineColumn } from '../../../contract/timeline.ts';
import type { LastAnswer } from '../statistics/jitter-chain.ts';
import type { ColumnStatistics, SeriesSummary } from '../statistics/series-summary.ts';
import { CHUNK_ROUNDS } from './chunk-ring.ts';
import type { ColumnSpan } from './column-spans.ts';
import { type CellChunk, FATE, fateOf, type ReadableCells } from './hop-cells.ts';
import { addOutcome } from './hop-summary.ts';
import type { RollUp } from './roll-up.ts';
import type { Piece, ReadableTimeline, RoundChunk } from './timeline.ts';

/** Columns remembered: those of three timelines. */
const MOST_REMEMBERED = 900;

/** What a hop's columns are made from. */
export interface ColumnSource {
  readonly timeline: ReadableTimeline;
  readonly cells: ReadableCells;
  /** A roll-up of a level, or null when there was no probe in it. */
  rollUp(level: number, node: number): RollUp | null;
}

interface Remembered {
  readonly end: number;
  readonly statistics: ColumnStatistics;
  readonly last: LastAnswer | null;
}

/** A column of a hop that was never probed. */
export const WITHOUT_PROBES: ColumnStatistics = {
  sent: 0,
  received: 0,
  lossRatio: null,
  minMs: null,
  p10Ms: null,
  p25Ms: null,
  p50Ms: null,
  p75Ms: null,
  p90Ms: null,
  maxMs: null,
  jitterMs: null,
};

/**
 * The columns of one hop's timelines. Those that were made once are remembered until a probe of theirs, or of a round
 * before them, changes: of a timeline that moves on only the last columns are made anew.
 */
export class HopColumns {
  readonly #source: ColumnSource;
  /** By first and last round, those used last at the end. */
  readonly #remembered = new Map<string, Remembered>();
  /** The earliest round that changed since columns were made last. */
  #changedFrom = Number.POSITIVE_INFINITY;

  constructor(source: ColumnSource) {
    this.#source = source;
  }

  /** Something about the probe of a round, or of a later one, is no longer what it was. */
  noteChange(round: number): void {
    if (round < this.#changedFrom) this.#changedFrom = round;
  }

  /** Columns for spans that follow each other. @param scratch to work with; what is in it is lost */
  columns(spans: readonly ColumnSpan[], scratch: SeriesSummary): TimelineColumn[] {
    this.#forgetChanged();
    let last: LastAnswer | null | undefined;
    const columns = spans.map(({ from, to, first, end }) => {
      const known = this.#recall(first, end);
      if (known === null && last === undefined) last = this.#lastAnswerBefore(first, scratch);
      const made = known ?? this.#make(first, end, last ?? null, scratch);
      last = made.last;
      return { fromEpochMs: from, toEpochMs: to, rounds: end - first, ...made.statistics };
    });
    this.#forgetOldest();
    return columns;
  }

  #make(first: number, end: number, before: LastAnswer | null, scratch: SeriesSummary): Remembered {
    if (first === end) return { end, statistics: WITHOUT_PROBES, last: before };
    const { timeline } = this.#source;
    const isExact = first >= timeline.firstKept && end - first <= timeline.exactColumnRounds;
    scratch.resetAfter(before, isExact);
    this.#add(isExact ? [{ kind: 'rounds', first, end }] : timeline.pieces(first, end), scratch);
    const made = { end, statistics: scratch.columnStatistics(), last: scratch.lastAnswer };
    this.#remembered.set(nameOf(first, end), made);
    return made;
  }

  /** The last answer before a round, if it is near enough for the next one to be compared with. */
  #lastAnswerBefore(round: number, scratch: SeriesSummary): LastAnswer | null {
    const { timeline } = this.#source;
    scratch.reset(false);
    // The last piece may be a few rounds only; the one before it is then a roll-up.
    this.#add(timeline.pieces(timeline.firstRecorded, round).slice(-2), scratch);
    return scratch.lastAnswer;
  }

  #add(pieces: readonly Piece[], into: SeriesSummary): void {
    for (const piece of pieces) {
      switch (piece.kind) {
        case 'rounds':
          this.#addRounds(piece.first, piece.end, into);
          break;
        case 'roll-up': {
          const rollUp = this.#source.rollUp(piece.level, piece.node);
          if (rollUp !== null) into.append(rollUp.summary);
          break;
        }
      }
    }
  }

  #addRounds(first: number, end: number, into: SeriesSummary): void {
    const { cells, timeline } = this.#source;
    for (let round = first; round < end; ) {
      const place = round % CHUNK_ROUNDS;
      const placeEnd = Math.min(CHUNK_ROUNDS, place + end - round);
      const chunk = cells.chunk(round);
      if (chunk !== undefined) addPlaces(into, chunk, timeline.chunk(round), place, placeEnd);
      round += placeEnd - place;
    }
  }

  #recall(first: number, end: number): Remembered | null {
    const name = nameOf(first, end);
    const known = this.#remembered.get(name);
    if (known === undefined) return null;
    this.#remembered.delete(name);
    this.#remembered.set(name, known);
    return known;
  }

  #forgetChanged(): void {
    if (this.#changedFrom !== Number.POSITIVE_INFINITY) {
      for (const [name, { end }] of this.#remembered) if (end > this.#changedFrom) this.#remembered.delete(name);
    }
    this.#changedFrom = Number.POSITIVE_INFINITY;
  }

  #forgetOldest(): void {
    for (const name of this.#remembered.keys()) {
      if (this.#remembered.size <= MOST_REMEMBERED) return;
      this.#remembered.delete(name);
    }
  }
}

/** Adds the probes at some places of a chunk. */
function addPlaces(
  into: SeriesSummary,
  chunk: CellChunk,
  { began, segments }: RoundChunk,
  first: number,
  end: number,
): void {
  for (let place = first; place < end; place += 1) {
    const cell = chunk.cells[place] as number;
    if (cell === 0) continue;
    if (fateOf(cell) === FATE.inFlight) into.addInFlight();
    else addOutcome(into, cell, chunk, place, began[place] as number, segments[place] as number);
  }
}

function nameOf(first: number, end: number): string {
  return `${first}-${end}`;
}
