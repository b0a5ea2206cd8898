import type { Milliseconds } from '../../../../contract/units.ts';
import { CHUNK_ROUNDS } from '../chunk-ring.ts';
import { type CellChunk, FATE } from '../hop-cells.ts';
import { HopSummary } from '../hop-summary.ts';
import { ByteReader } from '../journal/byte-reader.ts';
import { ByteWriter } from '../journal/byte-writer.ts';
import type { RolledUpRecording } from '../path-recording.ts';
import { NOBODY, ROLL_UP_FAN_OUT, ROLL_UP_LEVELS, ROLL_UP_ROUNDS, type RollUp } from '../roll-up.ts';
import { RollUpArena } from '../roll-up-arena.ts';
import type { RoundChunk } from '../timeline.ts';
import type { ChunkHead } from './archived-timeline.ts';
import { cellPage, cellsOfPage } from './cell-page.ts';
import { type Pages, ROUNDS_HOP, SMALL_ROLL_UPS } from './pages.ts';
import { rollUpOfPage, rollUpPage, smallRollUpsPage } from './roll-up-page.ts';
import { roundPage, roundsOfPage } from './round-page.ts';

/** In these rounds, all of them in pages, nothing was measured beyond a hop limit after all. */
export interface Cut {
  readonly first: number;
  readonly end: number;
  readonly hopLimit: number;
}

function pageOfHead({ first, last }: ChunkHead): Uint8Array {
  const writer = new ByteWriter();
  writer.double(first);
  writer.double(last);
  return writer.take();
}

/** @throws {MalformedBytesError} when the bytes are none */
export function headOfPage(page: Uint8Array): ChunkHead {
  const reader = new ByteReader(page);
  return { first: reader.double(), last: reader.double() };
}

/** Writes a chunk and its roll-ups, small and of level 1. @param inMemory its number among the chunks of the recording */
export function writeChunk(pages: Pages, recording: RolledUpRecording, number: number, inMemory: number): void {
  const rounds = recording.timeline.chunk(inMemory * CHUNK_ROUNDS);
  pages.write(0, ROUNDS_HOP, number, roundPage(rounds));
  const [first = 0, last = 0] = [rounds.began[0], rounds.began[CHUNK_ROUNDS - 1]];
  pages.write(1, ROUNDS_HOP, number, pageOfHead({ first, last }));
  for (let hopLimit = 0; hopLimit < recording.hopCount; hopLimit += 1) {
    const hop = recording.hop(hopLimit);
    const chunk = hop?.cells.chunk(inMemory * CHUNK_ROUNDS);
    const rollUp = hop?.rollUpOf(1, inMemory) ?? null;
    pages.write(0, hopLimit, number, chunk === undefined ? null : cellPage(chunk));
    pages.write(1, hopLimit, number, rollUp === null ? null : rollUpPage(rollUp));
    const small = Array.from(
      { length: ROLL_UP_FAN_OUT },
      (_, index) => hop?.rollUpOf(0, inMemory * ROLL_UP_FAN_OUT + index) ?? null,
    );
    pages.write(SMALL_ROLL_UPS, hopLimit, number, smallRollUpsPage(small));
  }
}

/** The small roll-ups of a chunk, made from its probes. */
export function smallRollUps(
  interval: Milliseconds,
  hopLimit: number,
  chunk: CellChunk,
  rounds: RoundChunk,
): readonly (RollUp | null)[] {
  const summary = new HopSummary(interval);
  return Array.from({ length: ROLL_UP_FAN_OUT }, (_, index) => {
    summary.reset('roll-up', hopLimit === 0 ? 'round-trip' : 'hop', NOBODY);
    const first = index * ROLL_UP_ROUNDS;
    summary.addRounds({ chunk: () => chunk }, { chunk: () => rounds }, first, first + ROLL_UP_ROUNDS);
    return summary.rollUp(new RollUpArena(), null);
  });
}

/** Writes anew what a cut leaves of chunks, and their roll-ups, small and of level 1. */
export function writeCut(pages: Pages, interval: Milliseconds, { first, end, hopLimit }: Cut, hopCount: number): void {
  for (let number = Math.floor(first / CHUNK_ROUNDS); number * CHUNK_ROUNDS < end; number += 1) {
    const from = Math.max(0, first - number * CHUNK_ROUNDS);
    const to = Math.min(CHUNK_ROUNDS, end - number * CHUNK_ROUNDS);
    for (let beyond = hopLimit + 1; beyond < hopCount; beyond += 1) {
      const page = pages.read(0, beyond, number);
      if (page === undefined) continue;
      const chunk = cellsOfPage(page);
      chunk.cells.fill(FATE.none, from, to);
      chunk.duplicates?.fill(0, from, to);
      const rounds = roundsOfPage(pages.read(0, ROUNDS_HOP, number) ?? new Uint8Array());
      const small = smallRollUps(interval, beyond, chunk, rounds);
      const rollUp = joined(interval, beyond, small);
      pages.write(0, beyond, number, cellPage(chunk));
      pages.write(SMALL_ROLL_UPS, beyond, number, smallRollUpsPage(small));
      pages.write(1, beyond, number, rollUp === null ? null : rollUpPage(rollUp));
    }
  }
}

/** Makes the higher roll-ups that hold any of some chunks, as far as all their chunks are there. @param chunks there are */
export function writeParents(
  pages: Pages,
  interval: Milliseconds,
  touched: readonly number[],
  chunks: number,
  hopCount: number,
): void {
  let nodes = new Set(touched);
  for (let level = 2; level < ROLL_UP_LEVELS; level += 1) {
    const whole = Math.floor(chunks / ROLL_UP_FAN_OUT ** (level - 1));
    const parents = [...nodes].map((node) => Math.floor(node / ROLL_UP_FAN_OUT)).filter((node) => node < whole);
    nodes = new Set(parents);
    for (const node of nodes) {
      for (let hopLimit = 0; hopLimit < hopCount; hopLimit += 1) {
        const children = Array.from({ length: ROLL_UP_FAN_OUT }, (_, child) =>
          pages.read(level - 1, hopLimit, node * ROLL_UP_FAN_OUT + child),
        );
        const known = children.map((page) => (page === undefined ? null : rollUpOfPage(page)));
        const rollUp = joined(interval, hopLimit, known);
        pages.write(level, hopLimit, node, rollUp === null ? null : rollUpPage(rollUp));
      }
    }
  }
}

function joined(interval: Milliseconds, hopLimit: number, children: readonly (RollUp | null)[]): RollUp | null {
  const summary = new HopSummary(interval);
  summary.reset('roll-up', hopLimit === 0 ? 'round-trip' : 'hop', NOBODY);
  for (const child of children) if (child !== null) summary.append(child);
  return summary.rollUp(new RollUpArena(), null);
}
