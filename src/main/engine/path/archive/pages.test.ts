import { describe, expect, it } from 'vitest';
import { milliseconds } from '../../../../contract/units.ts';
import { type Random, SeededRandom, unit } from '../../../base/random.ts';
import { OutageChain } from '../../statistics/outage-chain.ts';
import { CHUNK_ROUNDS } from '../chunk-ring.ts';
import { type CellChunk, FATE, MARK } from '../hop-cells.ts';
import { HopSummary } from '../hop-summary.ts';
import { MalformedBytesError } from '../journal/byte-reader.ts';
import { keptRtt, keptTime } from '../journal/journal-format.ts';
import { NOBODY, type RollUp } from '../roll-up.ts';
import { RollUpArena } from '../roll-up-arena.ts';
import { cellPage, cellsOfPage } from './cell-page.ts';
import { rollUpOfPage, rollUpPage } from './roll-up-page.ts';
import { roundPage, roundsOfPage } from './round-page.ts';

const INTERVAL = milliseconds(1_000);
const START = 1_700_000_000_000;

/** Normal by the sum of twelve uniform numbers. */
function noise(random: Random, deviation: number): number {
  return deviation * (Array.from({ length: 12 }, () => unit(random)).reduce((sum, value) => sum + value, 0) - 6);
}

/** A hop as it is: round trips about a mean that drifts, some loss, rarely something else. */
function chunkOf(random: Random, mischief: number): CellChunk {
  const cells = new Uint16Array(CHUNK_ROUNDS);
  const rtts = new Float64Array(CHUNK_ROUNDS);
  let duplicates: Uint16Array | null = null;
  for (let place = 0; place < CHUNK_ROUNDS; place += 1) {
    const isOdd = unit(random) < mischief;
    const fate = isOdd ? random.uint32() % 7 : unit(random) < 0.01 ? FATE.timedOut : FATE.answered;
    const marks = isOdd && fate === FATE.answered ? MARK.outlier | MARK.reordered : 0;
    const responder = fate === FATE.answered || fate === FATE.late ? 1 + (isOdd ? random.uint32() % 255 : 0) : 0;
    cells[place] = fate === FATE.none ? 0 : fate | marks | (responder << 8);
    if (fate !== FATE.answered) continue;
    const spike = isOdd ? 59_000 * unit(random) : 0;
    rtts[place] = keptRtt(Math.max(0.0001, 20 + Math.sin(place / 100) + noise(random, 0.2) + spike));
    if (!isOdd) continue;
    duplicates ??= new Uint16Array(CHUNK_ROUNDS);
    duplicates[place] = 1 + (random.uint32() % 300);
  }
  return { cells, rtts, duplicates };
}

describe('a page of probes', () => {
  it('is read back as it was, whatever is in it', () => {
    const random = new SeededRandom(1);
    for (const mischief of [0, 0.01, 0.3, 1]) {
      for (let turn = 0; turn < 5; turn += 1) {
        const chunk = chunkOf(random, mischief);
        expect(cellsOfPage(cellPage(chunk) ?? new Uint8Array())).toEqual(chunk);
      }
    }
  });

  it('takes about two bytes a sample for round trips with 0.2 ms of noise', () => {
    const page = cellPage(chunkOf(new SeededRandom(2), 0.001));
    // Noise of 2,000 units has an entropy of log2(2,000 × √(2πe)) = 13 bits, or 1.63 bytes.
    expect((page?.length ?? 0) / CHUNK_ROUNDS).toBeLessThan(2);
  });

  it('is none where there is no probe, and bytes that end too soon are no page', () => {
    const empty = { cells: new Uint16Array(CHUNK_ROUNDS), rtts: new Float64Array(CHUNK_ROUNDS), duplicates: null };
    expect(cellPage(empty)).toBeNull();
    const page = cellPage(chunkOf(new SeededRandom(3), 0.1)) ?? new Uint8Array();
    for (const length of [0, 1, 20, page.length - 2]) {
      expect(() => cellsOfPage(page.subarray(0, length))).toThrow(MalformedBytesError);
    }
  });
});

describe('a page of begins of rounds', () => {
  it('is read back as it was, gaps of a year included', () => {
    const random = new SeededRandom(4);
    const [began, segments] = [new Float64Array(CHUNK_ROUNDS), new Uint32Array(CHUNK_ROUNDS)];
    let [at, segment] = [START, 3];
    for (let place = 0; place < CHUNK_ROUNDS; place += 1) {
      if (unit(random) < 0.01) {
        at += 3.15e10 * unit(random);
        segment += 1;
      }
      at += 1_000 + noise(random, 3);
      began[place] = keptTime(at);
      segments[place] = segment;
    }
    expect(roundsOfPage(roundPage({ began, segments }))).toEqual({ began, segments });
  });
});

describe('a page of a roll-up', () => {
  it('is read back as it was, with parts and outages', () => {
    const random = new SeededRandom(5);
    for (const series of ['hop', 'round-trip'] as const) {
      const summary = new HopSummary(INTERVAL);
      summary.reset('roll-up', series, NOBODY);
      const cells = { chunk: () => chunkOf(random, 0.05) };
      const began = Float64Array.from({ length: CHUNK_ROUNDS }, (_, place) => START + place * INTERVAL);
      const timeline = { chunk: () => ({ began, segments: new Uint32Array(CHUNK_ROUNDS) }) };
      summary.addRounds(cells, timeline, 0, CHUNK_ROUNDS);
      const rollUp = summary.rollUp(new RollUpArena(), null) as RollUp;
      const page = rollUpPage(rollUp);
      const read = rollUpOfPage(page);
      expect({ ...read, outages: null }).toEqual({ ...rollUp, outages: null });
      expect(read.outages?.outages(INTERVAL, 1e15)).toEqual(rollUp.outages?.outages(INTERVAL, 1e15));
    }
  });

  it('joins outages across what was packed as if it had never been', () => {
    const random = new SeededRandom(6);
    const [whole, joined] = [new OutageChain(), new OutageChain()];
    for (let stretch = 0; stretch < 200; stretch += 1) {
      const part = new OutageChain();
      for (let index = 0; index < random.uint32() % 9; index += 1) {
        const outcome = [unit(random) < 0.7, START + 10 * stretch + index, Math.floor(stretch / 20)] as const;
        whole.add(...outcome);
        part.add(...outcome);
      }
      joined.append(OutageChain.unpack(part.pack()));
    }
    expect(joined.outages(1, 1e15)).toEqual(whole.outages(1, 1e15));
    expect(joined.outages(1, 1e15).length).toBeGreaterThan(5);
  });
});
