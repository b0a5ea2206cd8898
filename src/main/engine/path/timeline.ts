import type { EpochMilliseconds, Milliseconds } from '../../../contract/units.ts';
import { epochMilliseconds } from '../../../contract/units.ts';
import { EXACT_LIMIT } from '../statistics/quantiles.ts';
import { CHUNK_ROUNDS, ChunkRing } from './chunk-ring.ts';
import { nodeRounds, ROLL_UP_FAN_OUT, ROLL_UP_LEVELS, ROLL_UP_ROUNDS } from './roll-up.ts';

/** Rounds of a period, and the period that they stand for. */
export interface Located {
  /** First round and the one after the last. */
  readonly first: number;
  readonly end: number;
  readonly from: EpochMilliseconds;
  readonly to: EpochMilliseconds;
}

/** What a period is put together from: rounds one by one, or one roll-up. */
export type Piece =
  | { readonly kind: 'rounds'; readonly first: number; readonly end: number }
  | { readonly kind: 'roll-up'; readonly level: number; readonly node: number };

/** Consecutive rounds, each at its number modulo CHUNK_ROUNDS. */
export interface RoundChunk {
  /** Session time. */
  readonly began: Float64Array;
  /** Number of gaps before each round. */
  readonly segments: Uint32Array;
}

/** Where begins of rounds are read from, chunk by chunk. */
export interface ReadableRounds {
  /** The chunk that a kept round is in. */
  chunk(round: number): RoundChunk;
}

/** When rounds began, and what a period is put together from, wherever that is kept. */
export interface ReadableTimeline extends ReadableRounds {
  readonly rounds: number;
  readonly firstAt: EpochMilliseconds | null;
  readonly lastAt: EpochMilliseconds | null;
  /** First round that is kept one by one. */
  readonly firstKept: number;
  /** First round that anything is left of. */
  readonly firstRecorded: number;
  /** Columns of up to so many rounds are reckoned from the rounds themselves, wider ones from roll-ups (percentiles within 1 %). */
  readonly exactColumnRounds: number;
  began(round: number): EpochMilliseconds;
  locate(from: EpochMilliseconds, to: EpochMilliseconds): Located;
  border(time: EpochMilliseconds): { readonly round: number; readonly before: number | null };
  pieces(first: number, end: number): Piece[];
  /** A period that was located in about so many equal slices, as far as it can be divided so finely. */
  slices(period: Located, count: number): Located[];
  /** The same, where no border need be finer than so many rounds. */
  grained(rounds: number): ReadableTimeline;
}

/**
 * When each round began, which rounds are kept one by one, and which in roll-ups. Roll-up `node` of a level holds the
 * rounds from node × size up to the next; levels lose their oldest nodes by whole parents, so that what is left always
 * begins where a coarser one ends. Every call takes constant or logarithmic time.
 */
export class Timeline implements ReadableTimeline {
  readonly exactColumnRounds = EXACT_LIMIT;
  readonly #interval: Milliseconds;
  readonly #keptRounds: number;
  readonly #nodesPerLevel: number;
  readonly #chunks: ChunkRing<RoundChunk>;
  /** By level and slot: session times of a roll-up's first and last round. */
  readonly #nodeBegan: number[][] = Array.from({ length: ROLL_UP_LEVELS }, () => []);
  readonly #nodeLast: number[][] = Array.from({ length: ROLL_UP_LEVELS }, () => []);
  #rounds = 0;
  #rolledUp = 0;
  #segment: number;
  #firstAt: EpochMilliseconds | null = null;
  #lastAt: EpochMilliseconds | null = null;

  /** @param segment number of gaps before its first round */
  constructor(interval: Milliseconds, keptRounds: number, nodesPerLevel: number, segment = 0) {
    this.#segment = segment;
    this.#interval = interval;
    this.#keptRounds = keptRounds;
    this.#nodesPerLevel = nodesPerLevel;
    this.#chunks = new ChunkRing<RoundChunk>(
      keptRounds + ROLL_UP_ROUNDS,
      () => ({ began: new Float64Array(CHUNK_ROUNDS), segments: new Uint32Array(CHUNK_ROUNDS) }),
      () => undefined,
    );
  }

  get rounds(): number {
    return this.#rounds;
  }

  get firstAt(): EpochMilliseconds | null {
    return this.#firstAt;
  }

  get lastAt(): EpochMilliseconds | null {
    return this.#lastAt;
  }

  /** Rounds before this one are in roll-ups; it is the first of a roll-up. */
  get rolledUp(): number {
    return this.#rolledUp;
  }

  /** First round that is kept one by one; it is the first of a roll-up. */
  get firstKept(): number {
    const spare = Math.floor(Math.max(0, this.#rounds - this.#keptRounds) / ROLL_UP_ROUNDS) * ROLL_UP_ROUNDS;
    return Math.min(spare, this.#rolledUp);
  }

  /** First round that anything is left of: only what is older than the oldest coarsest roll-up is forgotten. */
  get firstRecorded(): number {
    return this.firstNode(ROLL_UP_LEVELS - 1) * nodeRounds(ROLL_UP_LEVELS - 1);
  }

  isKept(round: number): boolean {
    return round >= this.firstKept && round < this.#rounds;
  }

  /** Adds a round; gives its number. @param segment number of gaps before it, where that is known */
  open(at: EpochMilliseconds, segment = this.#segment): number {
    const round = this.#rounds;
    this.#segment = segment;
    const { began, segments } = this.#chunks.use(round);
    began[round % CHUNK_ROUNDS] = at;
    segments[round % CHUNK_ROUNDS] = segment;
    this.#rounds += 1;
    this.#firstAt ??= at;
    this.#lastAt = at;
    return round;
  }

  /** A gap ended at `to`: rounds begun from then on are of another segment, those not yet in roll-ups included. */
  addGap(to: EpochMilliseconds): void {
    this.#segment += 1;
    for (let round = this.#rounds - 1; round >= this.#rolledUp && this.began(round) >= to; round -= 1) {
      const { segments } = this.#chunks.use(round);
      segments[round % CHUNK_ROUNDS] = (segments[round % CHUNK_ROUNDS] as number) + 1;
    }
  }

  /** Session time at which a kept round began. */
  began(round: number): EpochMilliseconds {
    return epochMilliseconds(this.#chunks.find(round)?.began[round % CHUNK_ROUNDS] ?? 0);
  }

  /** The chunk that a kept round is in. */
  chunk(round: number): RoundChunk {
    return this.#chunks.use(round);
  }

  /** Notes that the next rounds went into a roll-up. */
  rollUp(): void {
    const first = this.#rolledUp;
    this.#rolledUp += ROLL_UP_ROUNDS;
    for (let level = 0; level < ROLL_UP_LEVELS && this.#rolledUp % nodeRounds(level) === 0; level += 1) {
      const node = this.#rolledUp / nodeRounds(level) - 1;
      const firstChild = node * ROLL_UP_FAN_OUT;
      const began = level === 0 ? this.began(first) : this.#timeOf(this.#nodeBegan, level - 1, firstChild);
      (this.#nodeBegan[level] as number[])[this.slot(node)] = began;
      (this.#nodeLast[level] as number[])[this.slot(node)] = this.began(this.#rolledUp - 1);
    }
  }

  /** Where a roll-up is stored among those of its level. */
  slot(node: number): number {
    return node % this.#nodesPerLevel;
  }

  /** The oldest roll-up that a level still has, always the first of a parent. */
  firstNode(level: number): number {
    const oldest = Math.max(0, Math.floor(this.#rolledUp / nodeRounds(level)) - this.#nodesPerLevel);
    return Math.ceil(oldest / ROLL_UP_FAN_OUT) * ROLL_UP_FAN_OUT;
  }

  /** The rounds begun from `from` (included) to `to` (excluded). */
  locate(from: EpochMilliseconds, to: EpochMilliseconds): Located {
    if (this.#firstAt === null || this.#lastAt === null) {
      return { first: 0, end: 0, from, to: epochMilliseconds(Math.max(from, to)) };
    }
    const top = ROLL_UP_LEVELS - 1;
    const oldest = this.firstRecorded > 0 ? this.#timeOf(this.#nodeBegan, top, this.firstNode(top)) : this.#firstAt;
    const recordedTo = this.#lastAt + this.#interval;
    const low = Math.min(Math.max(from, oldest), recordedTo);
    const high = Math.min(Math.max(to, low), recordedTo);
    if (low === high) return { first: 0, end: 0, from: epochMilliseconds(low), to: epochMilliseconds(high) };
    const begin = this.#roundFrom(low, this.#nodeLast);
    const until = this.#roundFrom(high, this.#nodeBegan);
    return {
      first: begin.round,
      end: Math.max(begin.round, until.round),
      from: epochMilliseconds(Math.min(low, begin.began ?? low)),
      to: epochMilliseconds(until.before !== null && until.before >= high ? (until.began ?? high) : high),
    };
  }

  /**
   * The first round begun at `time` or later, as `locate` ends a period; and when the round before it began, null where
   * that is before `time` for certain.
   */
  border(time: EpochMilliseconds): { readonly round: number; readonly before: number | null } {
    const { round, before } = this.#roundFrom(time, this.#nodeBegan);
    return { round, before };
  }

  /** The fewest pieces that make up the rounds of a period as `locate` gave them. */
  pieces(first: number, end: number): Piece[] {
    const pieces: Piece[] = [];
    for (let round = first; round < end; ) {
      const level = this.#coarsestLevel(round, end);
      if (level !== null) {
        pieces.push({ kind: 'roll-up', level, node: round / nodeRounds(level) });
        round += nodeRounds(level);
        continue;
      }
      const boundary = (Math.floor(round / ROLL_UP_ROUNDS) + 1) * ROLL_UP_ROUNDS;
      const next = round >= this.#rolledUp ? end : Math.min(end, boundary);
      pieces.push({ kind: 'rounds', first: round, end: next });
      round = next;
    }
    return pieces;
  }

  slices({ from, to }: Located, count: number): Located[] {
    const border = (index: number) => epochMilliseconds(from + ((to - from) * index) / count);
    return Array.from({ length: count }, (_, index) => this.locate(border(index), border(index + 1)));
  }

  /** What is kept in memory costs no more for a fine border. */
  grained(): ReadableTimeline {
    return this;
  }

  #coarsestLevel(round: number, end: number): number | null {
    let coarsest: number | null = null;
    for (let level = 0; level < ROLL_UP_LEVELS; level += 1) {
      const size = nodeRounds(level);
      if (round % size !== 0 || round + size > Math.min(end, this.#rolledUp)) break;
      if (round / size >= this.firstNode(level)) coarsest = level;
    }
    return coarsest;
  }

  /**
   * The first round begun at `time` or later; where rounds are no longer kept one by one, the first round of the first
   * roll-up whose time by `nodeTimes` is no earlier. With it the session time of its begin and of the round before it,
   * null where rounds are kept one by one.
   */
  #roundFrom(time: number, nodeTimes: number[][]): { round: number; began: number | null; before: number | null } {
    let limit = this.firstKept / ROLL_UP_ROUNDS;
    if (limit === 0 || time > this.#timeOf(this.#nodeLast, 0, limit - 1)) {
      const round = firstWhere(this.firstKept, this.#rounds, (candidate) => this.began(candidate) >= time);
      return { round, began: null, before: null };
    }
    let level = 0;
    while (this.#isBeforeLevel(time, level)) {
      limit = this.firstNode(level) / ROLL_UP_FAN_OUT;
      level += 1;
    }
    const first = this.firstNode(level);
    const node = firstWhere(first, limit, (candidate) => this.#timeOf(nodeTimes, level, candidate) >= time);
    return {
      round: node * nodeRounds(level),
      began: this.#nodeBeganAt(level, node),
      before: node === first ? null : this.#timeOf(this.#nodeLast, level, node - 1),
    };
  }

  /** When a roll-up's first round began, though the roll-up itself be still to come. */
  #nodeBeganAt(level: number, node: number): number {
    const round = node * nodeRounds(level);
    if (round >= this.firstKept) return this.began(round);
    if (round + nodeRounds(level) <= this.#rolledUp) return this.#timeOf(this.#nodeBegan, level, node);
    return this.#nodeBeganAt(level - 1, node * ROLL_UP_FAN_OUT);
  }

  /** Whether a time is before all that a level still has, and a coarser level reaches further back. */
  #isBeforeLevel(time: number, level: number): boolean {
    const first = this.firstNode(level);
    if (first === 0 || level === ROLL_UP_LEVELS - 1) return false;
    return time <= this.#timeOf(this.#nodeLast, level + 1, first / ROLL_UP_FAN_OUT - 1);
  }

  #timeOf(times: number[][], level: number, node: number): number {
    return times[level]?.[this.slot(node)] ?? 0;
  }
}

/** The first whole number from `low` up for which something holds that holds for all after it too; `high` if none. */
export function firstWhere(low: number, high: number, holds: (candidate: number) => boolean): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (holds(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}
