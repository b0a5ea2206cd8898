import { FATE_LETTERS, type SessionChunk, type SessionHead } from '../../../contract/session-file.ts';
import { CHUNK_ROUNDS } from '../../engine/path/chunk-ring.ts';
import { type CellChunk, FATE, type Fate, fateOf, MARK, responderOf } from '../../engine/path/hop-cells.ts';
import { RTT_UNITS_PER_MS } from '../../engine/path/journal/journal-format.ts';
import type { KeptRounds } from '../../engine/path/kept-rounds.ts';

type ChunkHop = SessionChunk['hops'][number];
type Run = [count: number, value: number];

/** Letters by fate; what is in flight is never exported. */
const LETTERS: Readonly<Record<Fate, string>> = {
  [FATE.none]: FATE_LETTERS.none,
  [FATE.inFlight]: FATE_LETTERS.none,
  [FATE.answered]: FATE_LETTERS.answered,
  [FATE.timedOut]: FATE_LETTERS.timedOut,
  [FATE.refused]: FATE_LETTERS.refused,
  [FATE.sendFailed]: FATE_LETTERS.sendFailed,
  [FATE.late]: FATE_LETTERS.late,
};

/** Rounds as a file has them. @param gapsBefore of the first round of the file */
export function chunkOfRounds(
  { count, rounds, hops }: KeptRounds,
  firstRound: number,
  gapsBefore: number,
): SessionChunk {
  const began = Array.from(rounds.began.subarray(0, count));
  const segments = Array.from(rounds.segments.subarray(0, count), (segment) => segment - gapsBefore);
  return {
    firstRound,
    beganAtEpochMs: began,
    gapsBefore: runsOf(segments),
    hops: [...hops].map(([hopLimit, chunk]) => hopOf(hopLimit, chunk, count)),
  };
}

function hopOf(hopLimit: number, { cells, rtts, duplicates }: CellChunk, count: number): ChunkHop {
  const places = Array.from({ length: count }, (_, place) => place);
  const cell = (place: number) => cells[place] as number;
  const marked = (mark: number) => places.filter((place) => (cell(place) & mark) !== 0);
  return {
    hopLimit,
    fates: places.map((place) => LETTERS[fateOf(cell(place))]).join(''),
    rttMs: places.filter((place) => fateOf(cell(place)) === FATE.answered).map((place) => rtts[place] as number),
    responders: runsOf(places.map((place) => responderOf(cell(place))).filter((responder) => responder !== 0)),
    reordered: marked(MARK.reordered),
    outliers: marked(MARK.outlier),
    outliersOfResponder: marked(MARK.outlierOfResponder),
    rejections: marked(MARK.rejection),
    duplicates: places.flatMap((place): [number, number][] => {
      const copies = duplicates?.[place] ?? 0;
      return copies === 0 ? [] : [[place, copies]];
    }),
  };
}

function runsOf(values: readonly number[]): Run[] {
  const runs: Run[] = [];
  for (const value of values) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === value) last[0] += 1;
    else runs.push([1, value]);
  }
  return runs;
}

/** What is wrong with a file, and where in it. */
export class RefusedFileError extends Error {
  override readonly name = 'RefusedFileError';
  readonly place: string;
  readonly reason: string;

  constructor(place: string, reason: string) {
    super(`${place}: ${reason}`);
    this.place = place;
    this.reason = reason;
  }
}

/** How far a file has been read: the next round, and the last one before it. */
export interface ChunkPlace {
  readonly firstRound: number;
  readonly lastBegan: number;
  readonly gapsBefore: number;
}

const FATES: ReadonlyMap<string, Fate> = new Map([
  [FATE_LETTERS.none, FATE.none],
  [FATE_LETTERS.answered, FATE.answered],
  [FATE_LETTERS.timedOut, FATE.timedOut],
  [FATE_LETTERS.refused, FATE.refused],
  [FATE_LETTERS.sendFailed, FATE.sendFailed],
  [FATE_LETTERS.late, FATE.late],
]);

/**
 * Rounds as they are kept, of a chunk that has its shape.
 * @throws {RefusedFileError} when its parts contradict each other, or what was before
 */
export function roundsOfChunk(chunk: SessionChunk, head: SessionHead, place: ChunkPlace): KeptRounds {
  const { beganAtEpochMs } = chunk;
  const count = beganAtEpochMs.length;
  const expected = Math.min(CHUNK_ROUNDS, head.rounds - place.firstRound);
  if (chunk.firstRound !== place.firstRound) {
    throw new RefusedFileError('firstRound', `is ${chunk.firstRound}, where ${place.firstRound} comes next`);
  }
  if (count !== expected) {
    throw new RefusedFileError('beganAtEpochMs', `has ${count} rounds, where there must be ${expected}`);
  }
  const segments = valuesOf(chunk.gapsBefore, count, 'gapsBefore');
  let [last, gaps] = [place.lastBegan, place.gapsBefore];
  for (const [index, began] of beganAtEpochMs.entries()) {
    const gapsHere = segments[index] as number;
    if (!Number.isInteger(began * 8)) {
      throw new RefusedFileError(`beganAtEpochMs.${index}`, 'is no whole number of eighths of a millisecond');
    }
    if (began < last) throw new RefusedFileError(`beganAtEpochMs.${index}`, 'is before the round before it');
    if (gapsHere < gaps) throw new RefusedFileError('gapsBefore', 'becomes fewer from one round to the next');
    [last, gaps] = [began, gapsHere];
  }
  const hops = new Map<number, CellChunk>();
  for (const [index, hop] of chunk.hops.entries()) {
    const at = `hops.${index}`;
    if (hop.hopLimit > head.maxHops) throw new RefusedFileError(`${at}.hopLimit`, `is above maxHops, ${head.maxHops}`);
    if (hops.has(hop.hopLimit))
      throw new RefusedFileError(`${at}.hopLimit`, `is ${hop.hopLimit}, which is there already`);
    hops.set(hop.hopLimit, cellsOfHop(hop, count, head, at));
  }
  return {
    count,
    rounds: { began: padded(Float64Array, beganAtEpochMs), segments: padded(Uint32Array, segments) },
    hops,
  };
}

/** The values, and the last of them again up to a full chunk. */
function padded<T extends Float64Array | Uint32Array>(Kind: new (length: number) => T, values: readonly number[]): T {
  const all = new Kind(CHUNK_ROUNDS);
  all.fill(values.at(-1) ?? 0);
  all.set(values);
  return all;
}

function cellsOfHop(hop: ChunkHop, count: number, head: SessionHead, at: string): CellChunk {
  const { hopLimit, fates, rttMs } = hop;
  if (fates.length !== count)
    throw new RefusedFileError(`${at}.fates`, `has ${fates.length} letters for ${count} rounds`);
  const cells = new Uint16Array(CHUNK_ROUNDS);
  const rtts = new Float64Array(CHUNK_ROUNDS);
  const all = [...fates].map((letter) => FATES.get(letter) ?? FATE.none);
  if (hopLimit !== 0 && all.includes(FATE.refused)) {
    throw new RefusedFileError(`${at}.fates`, 'has an “r”, which only hop limit 0 has');
  }
  const answered = all.filter((fate) => fate === FATE.answered).length;
  if (rttMs.length !== answered) {
    throw new RefusedFileError(`${at}.rttMs`, `has ${rttMs.length} round trips for ${answered} answers`);
  }
  const withResponder = all.filter(hasResponder).length;
  const responders = valuesOf(hop.responders, withResponder, `${at}.responders`);
  const known = head.responders.find((each) => each.hopLimit === hopLimit)?.last.length ?? 0;
  const stranger = responders.find((responder) => responder === 0 || (responder > known && responder !== OTHERS));
  if (stranger !== undefined) throw new RefusedFileError(`${at}.responders`, `names responder ${stranger} of ${known}`);
  let [nextRtt, nextResponder] = [0, 0];
  for (const [place, fate] of all.entries()) {
    const responder = hasResponder(fate) ? (responders[nextResponder++] as number) : 0;
    cells[place] = fate | (responder << 8);
    if (fate === FATE.answered) rtts[place] = wholeRtt(rttMs[nextRtt++] as number, `${at}.rttMs`);
  }
  mark(cells, hop.reordered, MARK.reordered, isAnswer, `${at}.reordered`);
  mark(cells, hop.outliers, MARK.outlier, isTimed, `${at}.outliers`);
  mark(cells, hop.outliersOfResponder, MARK.outlierOfResponder, isTimed, `${at}.outliersOfResponder`);
  mark(cells, hop.rejections, MARK.rejection, isAnswer, `${at}.rejections`);
  return { cells, rtts, duplicates: duplicatesOf(hop, all, at) };
}

/** The number of all responders that are not told apart. */
const OTHERS = 255;

function hasResponder(fate: Fate): boolean {
  return isAnswer(fate) || fate === FATE.refused;
}

function isAnswer(fate: Fate): boolean {
  return fate === FATE.answered || fate === FATE.late;
}

function isTimed(fate: Fate): boolean {
  return fate === FATE.answered;
}

function wholeRtt(rtt: number, at: string): number {
  if (Math.round(rtt * RTT_UNITS_PER_MS) / RTT_UNITS_PER_MS === rtt) return rtt;
  throw new RefusedFileError(at, `has ${rtt}, which is no whole number of 0.1 µs`);
}

function mark(
  cells: Uint16Array,
  places: readonly number[],
  bit: number,
  isMarked: (fate: Fate) => boolean,
  at: string,
): void {
  for (const place of places) {
    const cell = cells[place] as number;
    if (!isMarked(fateOf(cell))) throw new RefusedFileError(at, `names place ${place}, where there is no such answer`);
    cells[place] = cell | bit;
  }
}

function duplicatesOf({ duplicates }: ChunkHop, fates: readonly Fate[], at: string): Uint16Array | null {
  if (duplicates.length === 0) return null;
  const copies = new Uint16Array(CHUNK_ROUNDS);
  for (const [place, number] of duplicates) {
    const fate = fates[place];
    if (fate === undefined || !isAnswer(fate)) {
      throw new RefusedFileError(`${at}.duplicates`, `names place ${place}, where there is no answer`);
    }
    copies[place] = number;
  }
  return copies;
}

function valuesOf(runs: readonly (readonly [number, number])[], count: number, at: string): number[] {
  const total = runs.reduce((sum, [length]) => sum + length, 0);
  if (total !== count) throw new RefusedFileError(at, `is of ${total}, where there must be ${count}`);
  return runs.flatMap(([length, value]) => Array<number>(length).fill(value));
}
