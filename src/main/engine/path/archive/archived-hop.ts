import { CHUNK_ROUNDS } from '../chunk-ring.ts';
import type { CellChunk, ReadableCells } from '../hop-cells.ts';
import { HopColumns } from '../hop-columns.ts';
import type { HopRecording } from '../hop-recording.ts';
import type { ReadableHop } from '../period-reader.ts';
import type { ResponderTable } from '../responder-table.ts';
import type { RollUp } from '../roll-up.ts';
import type { ReadableTimeline } from '../timeline.ts';
import { cellsOfPage } from './cell-page.ts';
import { PageCache } from './page-cache.ts';
import type { Pages } from './pages.ts';
import { rollUpOfPage } from './roll-up-page.ts';

/** Chunks and roll-ups of all hops of a session that are held in memory: 10 KiB and about 1 KiB each. */
const MOST_CHUNKS = 400;
const MOST_ROLL_UPS = 6_000;

/** What was read of a session, shared by its hops. */
export class ReadPages {
  readonly pages: Pages;
  readonly chunks = new PageCache<CellChunk | null>(MOST_CHUNKS);
  readonly rollUps = new PageCache<RollUp | null>(MOST_ROLL_UPS);

  constructor(pages: Pages) {
    this.pages = pages;
  }

  /** Pages were written anew. */
  forgetAll(): void {
    this.chunks.clear();
    this.rollUps.clear();
  }

  chunk(hop: number, number: number): CellChunk | null {
    return this.chunks.get(`${hop} ${number}`, () => {
      const page = this.pages.read(0, hop, number);
      return page === undefined ? null : cellsOfPage(page);
    });
  }

  rollUp(level: number, hop: number, node: number): RollUp | null {
    return this.rollUps.get(`${level} ${hop} ${node}`, () => {
      const page = this.pages.read(level, hop, node);
      return page === undefined ? null : rollUpOfPage(page);
    });
  }
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
