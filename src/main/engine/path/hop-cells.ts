import { type Milliseconds, milliseconds } from '../../../contract/units.ts';
import type { AnswerMarks } from '../statistics/series-summary.ts';
import { CHUNK_ROUNDS, ChunkRing } from './chunk-ring.ts';
import { NOBODY } from './roll-up.ts';

/** What became of a probe, or that there was none. */
export const FATE = {
  none: 0,
  inFlight: 1,
  answered: 2,
  timedOut: 3,
  refused: 4,
  sendFailed: 5,
  late: 6,
} as const;
/** One of FATE. */
export type Fate = (typeof FATE)[keyof typeof FATE];

/** What was noticed about an answer, as bits beside its fate. */
export const MARK = { reordered: 8, outlier: 16, outlierOfResponder: 32, rejection: 64 } as const;

/** A cell: fate in the three lowest bits, marks in the next four, responder in the second byte. */
const FATE_BITS = 7;
const MARK_BITS = 120;
const RESPONDER_SHIFT = 8;

const MOST_DUPLICATES = 65_535;

/** Marks by their bits. */
const MARKS: readonly AnswerMarks[] = Array.from({ length: 16 }, (_, index) => ({
  isReordered: ((index << 3) & MARK.reordered) !== 0,
  isOutlier: ((index << 3) & MARK.outlier) !== 0,
  isOutlierOfResponder: ((index << 3) & MARK.outlierOfResponder) !== 0,
  isRejection: ((index << 3) & MARK.rejection) !== 0,
}));

/** Fate of a cell. */
export function fateOf(cell: number): Fate {
  return (cell & FATE_BITS) as Fate;
}

/** Responder of a cell: of the answer, or of the ICMP error that refused; NOBODY without one. */
export function responderOf(cell: number): number {
  return cell >>> RESPONDER_SHIFT;
}

/** Marks of a cell, as a summary wants them. */
export function marksOf(cell: number): AnswerMarks {
  return MARKS[(cell & MARK_BITS) >>> 3] as AnswerMarks;
}

/** Cells of consecutive rounds, each at its round modulo CHUNK_ROUNDS. */
export interface CellChunk {
  /** 0 without a probe. */
  readonly cells: Uint16Array;
  /** Of answered probes only. */
  readonly rtts: Float64Array;
  /** Copies beyond the first answer; null before the first of them. */
  duplicates: Uint16Array | null;
}

/** Where probes are read from, chunk by chunk. */
export interface ReadableCells {
  /** The chunk that a round is in, or undefined when there is no probe in it. */
  chunk(round: number): CellChunk | undefined;
}

/** The probes of one hop limit, one by one: for each round a cell and a round trip. Ten bytes a round. */
export class HopCells implements ReadableCells {
  readonly #chunks: ChunkRing<CellChunk>;

  /** @param rounds least number of rounds that stay readable */
  constructor(rounds: number) {
    this.#chunks = new ChunkRing<CellChunk>(
      rounds,
      () => ({ cells: new Uint16Array(CHUNK_ROUNDS), rtts: new Float64Array(CHUNK_ROUNDS), duplicates: null }),
      (chunk) => {
        chunk.cells.fill(0);
        chunk.duplicates = null;
      },
    );
  }

  /** The cell of a round; 0, without a probe, where none was written. */
  cell(round: number): number {
    return this.#chunks.find(round)?.cells[round % CHUNK_ROUNDS] ?? 0;
  }

  /** Of an answered probe only. */
  rtt(round: number): Milliseconds {
    return milliseconds(this.#chunks.find(round)?.rtts[round % CHUNK_ROUNDS] ?? Number.NaN);
  }

  /** The chunk that a round is in, or undefined when nothing was written to it. */
  chunk(round: number): CellChunk | undefined {
    return this.#chunks.find(round);
  }

  /** Writes a cell anew; its round trip and duplicates stay. */
  set(round: number, fate: Fate, marks = 0, responder: number = NOBODY): void {
    this.#chunks.use(round).cells[round % CHUNK_ROUNDS] = fate | marks | (responder << RESPONDER_SHIFT);
  }

  /** Writes all of a cell. */
  restore(round: number, cell: number, rtt: number, duplicates: number): void {
    const chunk = this.#chunks.use(round);
    const place = round % CHUNK_ROUNDS;
    chunk.cells[place] = cell;
    chunk.rtts[place] = rtt;
    if (duplicates === 0) return;
    chunk.duplicates ??= new Uint16Array(CHUNK_ROUNDS);
    chunk.duplicates[place] = duplicates;
  }

  setRtt(round: number, rtt: Milliseconds): void {
    this.#chunks.use(round).rtts[round % CHUNK_ROUNDS] = rtt;
  }

  addMarks(round: number, marks: number): void {
    const { cells } = this.#chunks.use(round);
    cells[round % CHUNK_ROUNDS] = (cells[round % CHUNK_ROUNDS] as number) | marks;
  }

  /** One more copy of an answer; counts up to 65,535 of one probe. */
  addDuplicate(round: number): void {
    const chunk = this.#chunks.use(round);
    chunk.duplicates ??= new Uint16Array(CHUNK_ROUNDS);
    const place = round % CHUNK_ROUNDS;
    chunk.duplicates[place] = Math.min(MOST_DUPLICATES, (chunk.duplicates[place] as number) + 1);
  }
}
