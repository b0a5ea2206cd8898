import { type EpochMilliseconds, epochMilliseconds, type Milliseconds } from '../../../../contract/units.ts';
import { CHUNK_ROUNDS } from '../chunk-ring.ts';
import { nodeRounds, ROLL_UP_LEVELS, ROLL_UP_ROUNDS } from '../roll-up.ts';
import {
  firstWhere,
  type Located,
  type Piece,
  type ReadableTimeline,
  type RoundChunk,
  type Timeline,
} from '../timeline.ts';

/** Chunks that are read for slices of a period, at most; of a longer period slices end where small roll-ups do. */
const MOST_CHUNKS_CUT = 8;

/** First and last begin of the rounds of a chunk. */
export interface ChunkHead {
  readonly first: number;
  readonly last: number;
}

/** Rounds in chunks on disk, and after them those still in memory. */
export interface ArchivedRounds {
  readonly interval: Milliseconds;
  /** Of the chunks on disk. */
  readonly heads: readonly ChunkHead[];
  /** The rounds in memory, of which the first is number `base` of all: the first of a chunk, and on disk or the next one. */
  readonly tail: Timeline;
  readonly base: number;
  chunk(number: number): RoundChunk;
}

/** When the rounds of a session began. All of them are kept one by one; chunks on disk are read as they are needed. */
export class ArchivedTimeline implements ReadableTimeline {
  readonly firstKept = 0;
  readonly firstRecorded = 0;
  readonly exactColumnRounds = ROLL_UP_ROUNDS;
  readonly #rounds: ArchivedRounds;
  /** Rounds between borders on disk; 1: anywhere. */
  readonly #grain: number;

  constructor(rounds: ArchivedRounds, grain = 1) {
    this.#rounds = rounds;
    this.#grain = grain;
  }

  get rounds(): number {
    return this.#rounds.base + this.#rounds.tail.rounds;
  }

  get firstAt(): EpochMilliseconds | null {
    const [head] = this.#rounds.heads;
    return head === undefined ? this.#rounds.tail.firstAt : epochMilliseconds(head.first);
  }

  get lastAt(): EpochMilliseconds | null {
    const head = this.#rounds.heads.at(-1);
    return this.#rounds.tail.lastAt ?? (head === undefined ? null : epochMilliseconds(head.last));
  }

  began(round: number): EpochMilliseconds {
    const head = round % CHUNK_ROUNDS === 0 ? this.#rounds.heads[round / CHUNK_ROUNDS] : undefined;
    return epochMilliseconds(head?.first ?? this.chunk(round).began[round % CHUNK_ROUNDS] ?? 0);
  }

  chunk(round: number): RoundChunk {
    const { base, tail } = this.#rounds;
    return round < this.#archived ? this.#rounds.chunk(Math.floor(round / CHUNK_ROUNDS)) : tail.chunk(round - base);
  }

  locate(from: EpochMilliseconds, to: EpochMilliseconds): Located {
    const { firstAt, lastAt } = this;
    if (firstAt === null || lastAt === null) {
      return { first: 0, end: 0, from, to: epochMilliseconds(Math.max(from, to)) };
    }
    const recordedTo = lastAt + this.#rounds.interval;
    const low = Math.min(Math.max(from, firstAt), recordedTo);
    const high = Math.min(Math.max(to, low), recordedTo);
    const [begin, end] = [epochMilliseconds(low), epochMilliseconds(high)];
    if (low === high) return { first: 0, end: 0, from: begin, to: end };
    const first = this.#roundFrom(low);
    return { first, end: Math.max(first, this.#roundFrom(high)), from: begin, to: end };
  }

  slices({ first, end, from, to }: Located, count: number): Located[] {
    const rounds = end - first;
    const isCutAnywhere = rounds < MOST_CHUNKS_CUT * CHUNK_ROUNDS;
    if (isCutAnywhere) {
      const border = (index: number) => epochMilliseconds(from + ((to - from) * index) / count);
      return Array.from({ length: count }, (_, index) => this.locate(border(index), border(index + 1)));
    }
    const grain = grainOf(rounds / count);
    const borders = Array.from({ length: count + 1 }, (_, index) => {
      if (index === 0 || index === count) return index === 0 ? first : end;
      return Math.min(end, this.#snapped(Math.floor(first + (rounds * index) / count), grain));
    });
    const timeOf = (index: number) => {
      if (index === 0 || index === count) return index === 0 ? from : to;
      return this.began(borders[index] as number);
    };
    return Array.from({ length: count }, (_, index) => ({
      first: borders[index] as number,
      end: borders[index + 1] as number,
      from: timeOf(index),
      to: timeOf(index + 1),
    })).filter((slice) => slice.end > slice.first);
  }

  border(time: EpochMilliseconds): { readonly round: number; readonly before: number | null } {
    const { heads } = this.#rounds;
    const last = heads.at(-1);
    if (this.#grain === 1 || last === undefined || time > last.last) {
      return { round: this.#roundFrom(time), before: null };
    }
    if (this.#grain < CHUNK_ROUNDS) {
      const round = this.#snapped(this.#roundFrom(time), this.#grain);
      return { round, before: round === 0 ? null : this.began(round - 1) };
    }
    const chunk = firstWhere(0, heads.length, (candidate) => (heads[candidate] as ChunkHead).first >= time);
    const round = this.#snapped(chunk * CHUNK_ROUNDS, this.#grain);
    return { round, before: heads[round / CHUNK_ROUNDS - 1]?.last ?? null };
  }

  pieces(first: number, end: number): Piece[] {
    const pieces: Piece[] = [];
    for (let round = first; round < end; ) {
      const level = this.#coarsestLevel(round, end);
      if (level !== null) {
        pieces.push({ kind: 'roll-up', level, node: round / nodeRounds(level) });
        round += nodeRounds(level);
        continue;
      }
      const boundary = (Math.floor(round / CHUNK_ROUNDS) + 1) * CHUNK_ROUNDS;
      const next = round >= this.#archived ? end : Math.min(end, boundary);
      pieces.push({ kind: 'rounds', first: round, end: next });
      round = next;
    }
    return pieces;
  }

  grained(rounds: number): ReadableTimeline {
    return new ArchivedTimeline(this.#rounds, rounds < ROLL_UP_ROUNDS ? 1 : grainOf(rounds));
  }

  get #archived(): number {
    return this.#rounds.heads.length * CHUNK_ROUNDS;
  }

  /** The next border at a round or after it; in memory, and at its begin, borders may be anywhere. */
  #snapped(round: number, grain: number): number {
    return round >= this.#archived ? round : Math.min(this.#archived, Math.ceil(round / grain) * grain);
  }

  #coarsestLevel(round: number, end: number): number | null {
    let coarsest: number | null = null;
    for (let level = 0; level < ROLL_UP_LEVELS; level += 1) {
      const size = nodeRounds(level);
      if (round % size !== 0 || round + size > Math.min(end, this.#archived)) break;
      coarsest = level;
    }
    return coarsest;
  }

  /** The first round begun at `time` or later. */
  #roundFrom(time: number): number {
    const { heads } = this.#rounds;
    const chunk = firstWhere(0, heads.length, (candidate) => (heads[candidate] as ChunkHead).last >= time);
    const [low, high] =
      chunk < heads.length ? [chunk * CHUNK_ROUNDS, (chunk + 1) * CHUNK_ROUNDS] : [this.#archived, this.rounds];
    return firstWhere(low, high, (candidate) => this.began(candidate) >= time);
  }
}

/** The greatest roll-up that is no longer than so many rounds; the smallest at least. */
function grainOf(rounds: number): number {
  let level = 0;
  while (level + 1 < ROLL_UP_LEVELS && nodeRounds(level + 1) <= rounds) level += 1;
  return nodeRounds(level);
}
