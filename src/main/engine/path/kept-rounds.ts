import { CHUNK_ROUNDS } from './chunk-ring.ts';
import { type CellChunk, FATE, fateOf, type ReadableCells } from './hop-cells.ts';
import type { ReadableRounds, RoundChunk } from './timeline.ts';

/** Consecutive rounds with all that a recording keeps of them, in chunks of which the first `count` places are in use. */
export interface KeptRounds {
  /** 1 to CHUNK_ROUNDS. */
  readonly count: number;
  /** Places beyond those in use are as the last one. */
  readonly rounds: RoundChunk;
  /** By hop limit, 0 being the round trip; those with a probe. Responders are those of the recording's table. */
  readonly hops: ReadonlyMap<number, CellChunk>;
}

/** What rounds are read from. */
interface KeptSource {
  readonly timeline: ReadableRounds;
  readonly hopCount: number;
  hop(hopLimit: number): { readonly cells: ReadableCells } | undefined;
}

/** Copies rounds, wherever chunks end. What is in flight is left out: as if it had not been sent. */
export function readKeptRounds(source: KeptSource, first: number, count: number): KeptRounds {
  const rounds: RoundChunk = { began: new Float64Array(CHUNK_ROUNDS), segments: new Uint32Array(CHUNK_ROUNDS) };
  for (let place = 0; place < CHUNK_ROUNDS; place += 1) {
    const round = first + Math.min(place, count - 1);
    const chunk = source.timeline.chunk(round);
    rounds.began[place] = chunk.began[round % CHUNK_ROUNDS] as number;
    rounds.segments[place] = chunk.segments[round % CHUNK_ROUNDS] as number;
  }
  const hops = new Map<number, CellChunk>();
  for (let hopLimit = 0; hopLimit < source.hopCount; hopLimit += 1) {
    const cells = source.hop(hopLimit)?.cells;
    const copy = cells === undefined ? null : copyCells(cells, first, count);
    if (copy !== null) hops.set(hopLimit, copy);
  }
  return { count, rounds, hops };
}

function copyCells(source: ReadableCells, first: number, count: number): CellChunk | null {
  const copy: CellChunk = {
    cells: new Uint16Array(CHUNK_ROUNDS),
    rtts: new Float64Array(CHUNK_ROUNDS),
    duplicates: null,
  };
  let hasProbe = false;
  for (let place = 0; place < count; place += 1) {
    const round = first + place;
    const chunk = source.chunk(round);
    const cell = chunk?.cells[round % CHUNK_ROUNDS] ?? 0;
    const fate = fateOf(cell);
    if (chunk === undefined || fate === FATE.none || fate === FATE.inFlight) continue;
    hasProbe = true;
    copy.cells[place] = cell;
    if (fate === FATE.answered) copy.rtts[place] = chunk.rtts[round % CHUNK_ROUNDS] as number;
    const duplicates = chunk.duplicates?.[round % CHUNK_ROUNDS] ?? 0;
    if (duplicates === 0) continue;
    copy.duplicates ??= new Uint16Array(CHUNK_ROUNDS);
    copy.duplicates[place] = duplicates;
  }
  return hasProbe ? copy : null;
}
