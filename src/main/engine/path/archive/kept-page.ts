import { CHUNK_ROUNDS } from '../chunk-ring.ts';
import type { CellChunk } from '../hop-cells.ts';
import { type ByteReader, MalformedBytesError } from '../journal/byte-reader.ts';
import type { ByteWriter } from '../journal/byte-writer.ts';
import type { KeptRounds } from '../kept-rounds.ts';
import { cellPage, cellsOfPage } from './cell-page.ts';
import { roundPage, roundsOfPage } from './round-page.ts';

/** Writes rounds as the pages they will be in. */
export function writeKeptRounds({ count, rounds, hops }: KeptRounds, writer: ByteWriter): void {
  writer.unsigned(count);
  writer.bytes(roundPage(rounds));
  const pages = [...hops].flatMap(([hopLimit, chunk]) => {
    const page = cellPage(chunk);
    return page === null ? [] : [{ hopLimit, page }];
  });
  writer.unsigned(pages.length);
  for (const { hopLimit, page } of pages) {
    writer.byte(hopLimit);
    writer.bytes(page);
  }
}

/**
 * What `writeKeptRounds` was given.
 * @throws {MalformedBytesError} when the bytes are no such rounds
 */
export function keptRoundsOfBytes(reader: ByteReader): KeptRounds {
  const count = reader.unsigned();
  if (count < 1 || count > CHUNK_ROUNDS) throw new MalformedBytesError('There are no such rounds');
  const rounds = roundsOfPage(reader.bytes());
  const hops = new Map<number, CellChunk>();
  const length = reader.unsigned();
  for (let index = 0; index < length; index += 1) {
    const hopLimit = reader.byte();
    hops.set(hopLimit, cellsOfPage(reader.bytes()));
  }
  return { count, rounds, hops };
}
