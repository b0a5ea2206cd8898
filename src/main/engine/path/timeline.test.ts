import { describe, expect, it } from 'vitest';
import { epochMilliseconds, milliseconds } from '../../../contract/units.ts';
import { SeededRandom, unit } from '../../base/random.ts';
import { nodeRounds, ROLL_UP_LEVELS, ROLL_UP_ROUNDS } from './roll-up.ts';
import { Timeline } from './timeline.ts';

const INTERVAL = milliseconds(1_000);
const START = 1_700_000_000_000;

/** Opens rounds about a second apart, some after a long pause, and rolls up what is half a roll-up old. */
function played(rounds: number, keptRounds: number, nodesPerLevel: number): { timeline: Timeline; times: number[] } {
  const random = new SeededRandom(rounds);
  const timeline = new Timeline(INTERVAL, keptRounds, nodesPerLevel);
  const times: number[] = [];
  let at = START;
  for (let round = 0; round < rounds; round += 1) {
    at += unit(random) < 0.001 ? 3_600_000 : 900 + 200 * unit(random);
    times.push(at);
    timeline.open(epochMilliseconds(at));
    if (timeline.rounds >= timeline.rolledUp + 1.5 * ROLL_UP_ROUNDS) timeline.rollUp();
  }
  return { timeline, times };
}

describe('a timeline', () => {
  it('finds exactly the rounds of a period while they are kept one by one', () => {
    const { timeline, times } = played(3_000, 3_000, 64);
    const random = new SeededRandom(1);
    for (let turn = 0; turn < 300; turn += 1) {
      const ends = [START + 4e6 * unit(random), turn % 2 === 0 ? (times[turn] ?? 0) : START + 4e6 * unit(random)];
      const [from, to] = [Math.min(...ends), Math.max(...ends)];
      const located = timeline.locate(epochMilliseconds(from), epochMilliseconds(to));
      const inside = times.flatMap((at, round) => (at >= from && at < to ? [round] : []));
      expect(located.end - located.first).toBe(inside.length);
      if (inside.length > 0) expect(located.first).toBe(inside[0]);
    }
  });

  it('cuts a period to what is recorded: from the first round until an interval after the last began', () => {
    const { timeline, times } = played(50, 256, 16);
    const everything = timeline.locate(epochMilliseconds(0), epochMilliseconds(1e15));
    const expected = { first: 0, end: 50, from: times[0], to: (times[49] ?? 0) + INTERVAL };
    expect(everything).toEqual(expected);
    expect(timeline.locate(everything.from, everything.to)).toEqual(expected);
    const [before, after] = [epochMilliseconds(5), epochMilliseconds(1e15)];
    expect(timeline.locate(before, epochMilliseconds(9))).toMatchObject({ first: 0, end: 0, from: times[0] });
    expect(timeline.locate(after, epochMilliseconds(2e15))).toMatchObject({ first: 0, end: 0 });
    const empty = new Timeline(INTERVAL, 256, 16);
    expect(empty.locate(before, after)).toEqual({ first: 0, end: 0, from: before, to: after });
  });

  it('widens a period to whole roll-ups, the finest still there, where rounds are no longer kept', () => {
    const rounds = 60_000;
    const { timeline, times } = played(rounds, 256, 16);
    const random = new SeededRandom(2);
    const span = (times.at(-1) ?? 0) - START;
    for (let turn = 0; turn < 500; turn += 1) {
      const ends = [START + span * unit(random), START + span * (1 - unit(random) ** 4)];
      const [from, to] = [Math.min(...ends), Math.max(...ends)];
      const located = timeline.locate(epochMilliseconds(from), epochMilliseconds(to));
      const inside = times.flatMap((at, round) => (at >= from && at < to ? [round] : []));
      const [first, last] = [inside[0], inside.at(-1)];
      if (first === undefined || last === undefined) continue;
      // Sixteen of the finest hold 2,048 rounds, sixteen of the next 16,384; up to a parent less are there.
      const finest = (round: number) =>
        round >= rounds - 256 ? 1 : round >= rounds - 1_024 ? 128 : round >= rounds - 9_216 ? 1_024 : 8_192;
      expect(located.first).toBeLessThanOrEqual(first);
      expect(first - located.first).toBeLessThan(finest(first));
      expect(located.end).toBeGreaterThan(last);
      expect(located.end - 1 - last).toBeLessThan(finest(last));
      // The period it answers is the one that these rounds are in, and no other round is.
      const answered = times.flatMap((at, round) => (at >= located.from && at < located.to ? [round] : []));
      expect([answered[0], answered.length]).toEqual([located.first, located.end - located.first]);
    }
  });

  it('makes a period up of few pieces that follow each other, all of them still there', () => {
    const { timeline, times } = played(60_000, 2_000, 32);
    const random = new SeededRandom(3);
    for (let turn = 0; turn < 300; turn += 1) {
      const ends = [times[Math.floor(60_000 * unit(random))] ?? 0, times[Math.floor(60_000 * unit(random))] ?? 0];
      const { first, end } = timeline.locate(
        epochMilliseconds(Math.min(...ends)),
        epochMilliseconds(Math.max(...ends)),
      );
      const pieces = timeline.pieces(first, end);
      let round = first;
      for (const piece of pieces) {
        if (piece.kind === 'rounds') {
          expect([piece.first, piece.first >= timeline.firstKept]).toEqual([round, true]);
          round = piece.end;
        } else {
          expect(piece.node * nodeRounds(piece.level)).toBe(round);
          expect(piece.node).toBeGreaterThanOrEqual(timeline.firstNode(piece.level));
          round += nodeRounds(piece.level);
        }
      }
      expect(round).toBe(end);
      expect(pieces.length).toBeLessThan(2 * 8 * ROLL_UP_LEVELS);
    }
  });

  it('forgets only what is older than the coarsest roll-ups, and begins after it', () => {
    const timeline = new Timeline(INTERVAL, 256, 8);
    const coarsest = nodeRounds(ROLL_UP_LEVELS - 1);
    for (let round = 0; round < 9 * coarsest + 1_000; round += 1) {
      timeline.open(epochMilliseconds(START + 1_000 * round));
      if (timeline.rounds >= timeline.rolledUp + 1.5 * ROLL_UP_ROUNDS) timeline.rollUp();
    }
    const { first, from, end } = timeline.locate(epochMilliseconds(0), epochMilliseconds(1e15));
    expect({ first, from, end }).toEqual({
      first: 8 * coarsest,
      from: START + 8 * coarsest * 1_000,
      end: 9 * coarsest + 1_000,
    });
    expect(timeline.pieces(first, end)[0]).toEqual({ kind: 'roll-up', level: ROLL_UP_LEVELS - 1, node: 8 });
  });
});
