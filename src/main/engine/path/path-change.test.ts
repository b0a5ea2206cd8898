import { describe, expect, it } from 'vitest';
import { epochMilliseconds } from '../../../contract/units.ts';
import { SeededRandom } from '../../base/random.ts';
import { PathChange } from './path-change.ts';

const TARGET = '192.0.2.80';

/** Feeds rounds one second apart: each the responders from hop 1, null where silent; the target's place is where it stands. */
function feed(rounds: ReadonlyArray<ReadonlyArray<string | null>>) {
  const path = new PathChange();
  return rounds.flatMap((responders, round) => {
    const at = responders.indexOf(TARGET);
    const end = at < 0 ? responders.length : at + 1;
    const change = path.observe({
      at: epochMilliseconds(round * 1_000),
      standing: [null, ...responders],
      end,
      repliedAt: at < 0 ? null : at + 1,
    });
    return change === null ? [] : [{ round, ...change }];
  });
}

function times<T>(count: number, value: T): T[] {
  return new Array<T>(count).fill(value);
}

const OLD = ['a1', 'a2', 'a3', TARGET];

describe('a change of the route', () => {
  it('is told with before and after, from the first round that showed it, once confirmed by a second', () => {
    const next = ['a1', 'b2', 'a3', TARGET];
    const changes = feed([...times(10, OLD), ...times(10, next)]);
    expect(changes).toEqual([{ round: 11, atEpochMs: 10_000, before: OLD, after: next }]);
  });

  it('is told in the first round when several hops changed', () => {
    const next = ['a1', 'b2', 'b3', TARGET];
    expect(feed([...times(10, OLD), ...times(10, next)])).toEqual([
      { round: 10, atEpochMs: 10_000, before: OLD, after: next },
    ]);
  });

  it('is told again when the route comes back', () => {
    const next = ['a1', 'b2', 'a3', TARGET];
    const changes = feed([...times(10, OLD), ...times(5, next), ...times(10, OLD), ...times(5, next)]);
    expect(changes.map(({ round }) => round)).toEqual([11, 19, 26]);
    expect(changes.map(({ after }) => after[1])).toEqual(['b2', 'a2', 'b2']);
  });

  it('needs the more rounds the shorter the path was known', () => {
    const next = ['a1', 'b2', 'a3', TARGET];
    expect(feed([...times(3, OLD), ...times(20, next)]).map(({ round }) => round)).toEqual([3 + 6]);
    expect(feed([...times(5, OLD), ...times(20, next)]).map(({ round }) => round)).toEqual([5 + 4]);
  });

  it('is not one when a hop is silent, or speaks for the first time', () => {
    const silent = ['a1', null, 'a3', TARGET];
    expect(feed([...times(10, OLD), ...times(10, silent), ...times(10, OLD)])).toEqual([]);
    expect(feed([...times(10, silent), ...times(10, OLD)])).toEqual([]);
    expect(feed([...times(10, ['a1', 'a2']), ...times(10, [null, null])])).toEqual([]);
  });

  it('is not one when one other answer comes and goes', () => {
    expect(feed([...times(20, OLD), ['a1', 'b2', 'a3', TARGET], ...times(20, OLD)])).toEqual([]);
  });

  it('is not one when a router sends packets now this way and now that, at random', () => {
    const random = new SeededRandom(7);
    let falseAlarms = 0;
    for (let run = 0; run < 200; run += 1) {
      const rounds = Array.from({ length: 300 }, () => ['a1', random.uint32() % 2 === 0 ? 'a2' : 'b2', 'a3', TARGET]);
      falseAlarms += feed(rounds).length;
    }
    // Two of the same length in 2^9 beginnings would be expected at each place where a run may begin: few in 200.
    expect(falseAlarms).toBeLessThanOrEqual(10);
  });

  it('is not one when three hops in a row spread packets at random', () => {
    const random = new SeededRandom(11);
    let falseAlarms = 0;
    for (let run = 0; run < 100; run += 1) {
      const pick = (hop: number) => `${'abcd'.charAt(random.uint32() % 4)}${hop}`;
      falseAlarms += feed(Array.from({ length: 300 }, () => ['a1', pick(2), pick(3), pick(4), TARGET])).length;
    }
    expect(falseAlarms).toBeLessThanOrEqual(5);
  });

  it('is told when a router that spreads packets leaves the path', () => {
    const balanced = Array.from({ length: 40 }, (_, round) => ['a1', round % 3 === 0 ? 'b2' : 'a2', 'a3', TARGET]);
    const next = ['a1', 'c2', 'a3', TARGET];
    const changes = feed([...balanced, ...times(10, next)]);
    expect(changes.map(({ round, after }) => [round, after[1]])).toEqual([[41, 'c2']]);
  });

  it('is told late when one of two ways is used no more: after 120 rounds without it', () => {
    const balanced = Array.from({ length: 40 }, (_, round) => ['a1', round % 2 === 0 ? 'a2' : 'b2', 'a3', TARGET]);
    const changes = feed([...balanced, ...times(200, ['a1', 'b2', 'a3', TARGET])]);
    expect(changes).toEqual([{ round: 159, atEpochMs: 38_000, before: OLD, after: ['a1', 'b2', 'a3', TARGET] }]);
  });

  it('takes hops that were silent at first as part of the same change', () => {
    const partly = ['a1', 'b2', 'b3', null, TARGET];
    const next = ['a1', 'b2', 'b3', 'b4', TARGET];
    const before = ['a1', 'a2', 'a3', 'a4', TARGET];
    const changes = feed([...times(10, before), partly, ...times(20, next)]);
    expect(changes.map(({ round }) => round)).toEqual([10]);
  });

  it('waits for the destination’s new place when the path grew', () => {
    const cut = ['a1', 'a2', 'a3', 'x4'];
    const next = ['a1', 'a2', 'a3', 'x4', 'x5', TARGET];
    expect(feed([...times(10, OLD), cut, cut, ...times(10, next)])).toEqual([
      { round: 12, atEpochMs: 10_000, before: OLD, after: next },
    ]);
  });

  it('is told without the destination after five rounds', () => {
    const changes = feed([...times(10, OLD), ...times(20, ['a1', 'b2', 'b3'])]);
    expect(changes.map(({ round }) => round)).toEqual([14]);
    expect(changes[0]?.after.slice(0, 3)).toEqual(['a1', 'b2', 'b3']);
  });

  it('is told when the path became shorter, with the hops it has now', () => {
    const next = ['a1', 'a2', TARGET];
    expect(feed([...times(10, OLD), ...times(10, next)])).toEqual([
      { round: 10, atEpochMs: 10_000, before: OLD, after: next },
    ]);
  });

  it('is not one when the destination’s answer was lost where it stands', () => {
    expect(feed([...times(2, ['a1', 'a2', null, TARGET]), ...times(30, ['a1', 'a2', TARGET])])).toEqual([]);
  });
});
