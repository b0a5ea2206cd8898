import { CHUNK_ROUNDS } from '../chunk-ring.ts';
import { type CellChunk, FATE, fateOf, responderOf } from '../hop-cells.ts';
import { ByteReader, MalformedBytesError } from '../journal/byte-reader.ts';
import { ByteWriter } from '../journal/byte-writer.ts';
import { RTT_UNITS_PER_MS } from '../journal/journal-format.ts';
import { ResidualReader } from './residual-reader.ts';
import { ResidualWriter } from './residual-writer.ts';

/** A round trip is expected to be the moving average of its responder's, which moves by this part of the difference. */
const AVERAGE_SHARE = 8;

const RESPONDERS = 256;

/** The probes of a chunk as bytes; null when there is none. Round trips must be whole units, as `keptRtt` makes them. */
export function cellPage(chunk: CellChunk): Uint8Array | null {
  const writer = new ByteWriter();
  if (!writeCells(chunk.cells, writer)) return null;
  writeDuplicates(chunk.duplicates, writer);
  const residuals = new ResidualWriter();
  const expected = new Expectation();
  for (let place = 0; place < CHUNK_ROUNDS; place += 1) {
    const cell = chunk.cells[place] as number;
    if (fateOf(cell) !== FATE.answered) continue;
    const units = Math.round((chunk.rtts[place] as number) * RTT_UNITS_PER_MS);
    const responder = responderOf(cell);
    residuals.write(units - expected.of(responder));
    expected.note(responder, units);
  }
  const tail = residuals.bytes();
  const head = writer.take();
  const page = new Uint8Array(head.length + tail.length);
  page.set(head);
  page.set(tail, head.length);
  return page;
}

/**
 * The probes that `cellPage` was given.
 * @throws {MalformedBytesError} when the bytes are no such page
 */
export function cellsOfPage(page: Uint8Array): CellChunk {
  const reader = new ByteReader(page);
  const cells = readCells(reader);
  const duplicates = readDuplicates(reader);
  const residuals = new ResidualReader(page, reader.place);
  const expected = new Expectation();
  const rtts = new Float64Array(CHUNK_ROUNDS);
  for (let place = 0; place < CHUNK_ROUNDS; place += 1) {
    const cell = cells[place] as number;
    if (fateOf(cell) !== FATE.answered) continue;
    const responder = responderOf(cell);
    const units = expected.of(responder) + residuals.read();
    expected.note(responder, units);
    rtts[place] = units / RTT_UNITS_PER_MS;
  }
  return { cells, rtts, duplicates };
}

/** What the next round trip of each responder is expected to be, in units. */
class Expectation {
  readonly #averages = new Float64Array(RESPONDERS).fill(-1);
  #last = 0;

  of(responder: number): number {
    const average = this.#averages[responder] as number;
    return average < 0 ? this.#last : Math.round(average);
  }

  note(responder: number, units: number): void {
    const average = this.#averages[responder] as number;
    this.#averages[responder] = average < 0 ? units : average + (units - average) / AVERAGE_SHARE;
    this.#last = units;
  }
}

/** Runs of equal cells; gives whether there is any probe. */
function writeCells(cells: Uint16Array, writer: ByteWriter): boolean {
  let hasProbe = false;
  for (let place = 0; place < CHUNK_ROUNDS; ) {
    const cell = cells[place] as number;
    let end = place + 1;
    while (end < CHUNK_ROUNDS && cells[end] === cell) end += 1;
    writer.unsigned(cell);
    writer.unsigned(end - place);
    hasProbe ||= cell !== 0;
    place = end;
  }
  return hasProbe;
}

function readCells(reader: ByteReader): Uint16Array {
  const cells = new Uint16Array(CHUNK_ROUNDS);
  for (let place = 0; place < CHUNK_ROUNDS; ) {
    const cell = reader.unsigned();
    const end = place + reader.unsigned();
    if (end === place || end > CHUNK_ROUNDS) throw new MalformedBytesError('A run of cells is too long');
    cells.fill(cell, place, end);
    place = end;
  }
  return cells;
}

function writeDuplicates(duplicates: Uint16Array | null, writer: ByteWriter): void {
  const places = [...(duplicates?.entries() ?? [])].filter(([, count]) => count > 0);
  writer.unsigned(places.length);
  for (const [place, count] of places) {
    writer.unsigned(place);
    writer.unsigned(count);
  }
}

function readDuplicates(reader: ByteReader): Uint16Array | null {
  const length = reader.unsigned();
  if (length === 0) return null;
  const duplicates = new Uint16Array(CHUNK_ROUNDS);
  for (let index = 0; index < length; index += 1) {
    const place = reader.unsigned();
    duplicates[place] = reader.unsigned();
  }
  return duplicates;
}
