import { CHUNK_ROUNDS } from '../chunk-ring.ts';
import { ByteReader } from '../journal/byte-reader.ts';
import { ByteWriter } from '../journal/byte-writer.ts';
import { TIME_UNITS_PER_MS } from '../journal/journal-format.ts';
import type { RoundChunk } from '../timeline.ts';
import { ResidualReader } from './residual-reader.ts';
import { ResidualWriter } from './residual-writer.ts';

/** The begins of a full chunk of rounds as bytes; they must be whole units, as `keptTime` makes them. */
export function roundPage({ began, segments }: RoundChunk): Uint8Array {
  const writer = new ByteWriter();
  const residuals = new ResidualWriter();
  writer.double(began[0] as number);
  writer.unsigned(segments[0] as number);
  let distance = 0;
  for (let place = 1; place < CHUNK_ROUNDS; place += 1) {
    const next = ((began[place] as number) - (began[place - 1] as number)) * TIME_UNITS_PER_MS;
    residuals.write(next - distance);
    distance = next;
  }
  for (let place = 1; place < CHUNK_ROUNDS; place += 1) {
    residuals.write((segments[place] as number) - (segments[place - 1] as number));
  }
  const head = writer.take();
  const tail = residuals.bytes();
  const page = new Uint8Array(head.length + tail.length);
  page.set(head);
  page.set(tail, head.length);
  return page;
}

/**
 * What `roundPage` was given.
 * @throws {MalformedBytesError} when the bytes are no such page
 */
export function roundsOfPage(page: Uint8Array): RoundChunk {
  const reader = new ByteReader(page);
  const began = new Float64Array(CHUNK_ROUNDS);
  const segments = new Uint32Array(CHUNK_ROUNDS);
  began[0] = reader.double();
  segments[0] = reader.unsigned();
  const residuals = new ResidualReader(page, reader.place);
  let distance = 0;
  for (let place = 1; place < CHUNK_ROUNDS; place += 1) {
    distance += residuals.read();
    began[place] = (began[place - 1] as number) + distance / TIME_UNITS_PER_MS;
  }
  for (let place = 1; place < CHUNK_ROUNDS; place += 1) {
    segments[place] = (segments[place - 1] as number) + residuals.read();
  }
  return { began, segments };
}
