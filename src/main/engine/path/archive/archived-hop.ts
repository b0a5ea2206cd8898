import type { Milliseconds } from '../../../../contract/units.ts';
import { CHUNK_ROUNDS } from '../chunk-ring.ts';
import type { CellChunk, ReadableCells } from '../hop-cells.ts';
import { HopColumns } from '../hop-columns.ts';
import type { HopRecording } from '../hop-recording.ts';
import type { ReadableHop } from '../period-reader.ts';
import type { ResponderTable } from '../responder-table.ts';
import { ROLL_UP_FAN_OUT, type RollUp } from '../roll-up.ts';
import type { ReadableTimeline, RoundChunk } from '../timeline.ts';
import { smallRollUps } from './archive-writer.ts';
import { cellsOfPage } from './cell-page.ts';
import { PageCache } from './page-cache.ts';
import { type Pages, SMALL_ROLL_UPS } from './pages.ts';
import { rollUpOfPage, smallRollUpsOfPage } from './roll-up-page.ts';

/** Chunks and roll-ups of all hops of a session that are held in memory: 10 KiB and about 1 KiB each. */
const MOST_CHUNKS = 400;
const MOST_ROLL_UPS = 6_000;
/** Of so many chunks the small ones: eight of half a KiB each. */
const MOST_CHUNKS_ROLLED_UP = 1_200;

/** More than there are, for the numbers of pages. */
const HOPS = 256;
const LEVELS = 16;

/** What was read of a session, shared by its hops. */
export class ReadPages {
  readonly pages: Pages;
  readonly chunks = new PageCache<CellChunk | null>(MOST_CHUNKS);
  readonly rollUps = new PageCache<RollUp | null>(MOST_ROLL_UPS);
  readonly #interval: Milliseconds;
  readonly #rounds: (chunk: number) => RoundChunk;
  readonly #small = new PageCache<readonly (RollUp | null)[]>(MOST_CHUNKS_ROLLED_UP);

  /** @param rounds when the rounds of a chunk began */
  constructor(pages: Pages, interval: Milliseconds, rounds: (chunk: number) => RoundChunk) {
    this.pages = pages;
    this.#interval = interval;
    this.#rounds = rounds;
  }

  /** Pages were written anew. */
  forgetAll(): void {
    this.chunks.clear();
    this.rollUps.clear();
    this.#small.clear();
  }

  chunk(hop: number, number: number): CellChunk | null {
    return this.chunks.get(placeOf(0, hop, number), () => {
      const page = this.pages.read(0, hop, number);
      return page === undefined ? null : cellsOfPage(page);
    });
  }

  rollUp(level: number, hop: number, node: number): RollUp | null {
    if (level === 0) {
      const chunk = Math.floor(node / ROLL_UP_FAN_OUT);
      return this.#smallOf(hop, chunk)[node % ROLL_UP_FAN_OUT] ?? null;
    }
    return this.rollUps.get(placeOf(level, hop, node), () => {
      const page = this.pages.read(level, hop, node);
      return page === undefined ? null : rollUpOfPage(page);
    });
  }

  #smallOf(hop: number, number: number): readonly (RollUp | null)[] {
    return this.#small.get(placeOf(0, hop, number), () => {
      const page = this.pages.read(SMALL_ROLL_UPS, hop, number);
      if (page !== undefined) return smallRollUpsOfPage(page);
      const chunk = this.chunk(hop, number);
      return chunk === null ? [] : smallRollUps(this.#interval, hop, chunk, this.#rounds(number));
    });
  }
}

/** A number for each page. */
function placeOf(level: number, hop: number, node: number): number {
  return (node * HOPS + hop) * LEVELS + level;
}

/** Where the rounds in memory begin among all. */
interface Place {
  readonly archived: number;
  readonly base: number;
}

/** One hop limit of a session: on disk, and after that in memory. */
export class ArchivedHop implements ReadableHop {
  readonly cells: ReadableCells;
  readonly columns: HopColumns;
  readonly #hop: number;
  readonly #read: ReadPages;
  readonly #tail: () => HopRecording | undefined;
  readonly #known: ResponderTable;

  /** @param known who answered before the rounds in memory */
  constructor(
    hop: number,
    read: ReadPages,
    timeline: ReadableTimeline,
    place: Place,
    tail: () => HopRecording | undefined,
    known: ResponderTable,
  ) {
    this.#hop = hop;
    this.#read = read;
    this.#tail = tail;
    this.#known = known;
    this.cells = {
      chunk: (round) =>
        round < place.archived
          ? (read.chunk(hop, Math.floor(round / CHUNK_ROUNDS)) ?? undefined)
          : tail()?.cells.chunk(round - place.base),
    };
    this.columns = new HopColumns({ timeline, cells: this.cells, rollUp: (level, node) => this.rollUpOf(level, node) });
  }

  get responders(): ResponderTable {
    return this.#tail()?.responders ?? this.#known;
  }

  rollUpOf(level: number, node: number): RollUp | null {
    return this.#read.rollUp(level, this.#hop, node);
  }
}
