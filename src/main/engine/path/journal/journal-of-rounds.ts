import { writeKeptRounds } from '../archive/kept-page.ts';
import type { KeptRounds } from '../kept-rounds.ts';
import { ByteWriter } from './byte-writer.ts';
import { TOLD } from './journal-format.ts';

/** A batch that tells of rounds as they are kept, to be replayed after all rounds before them. */
export function journalOfRounds(kept: KeptRounds): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  writer.byte(TOLD.kept);
  writeKeptRounds(kept, writer);
  return writer.take();
}
