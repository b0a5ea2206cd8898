import { describe, expect, it } from 'vitest';
import { SeededRandom, unit } from '../../base/random.ts';
import { selectRanks } from './order-statistics.ts';

describe('values at ranks', () => {
  it('are those of the sorted values, whatever the order and however many are equal', () => {
    const random = new SeededRandom(1);
    for (let turn = 0; turn < 300; turn += 1) {
      const grain = turn % 3 === 0 ? 4 : 1e9;
      const values = Float64Array.from({ length: 1 + (turn % 70) }, () => Math.floor(grain * unit(random)));
      if (turn % 5 === 0) values.sort();
      const ranks = Array.from({ length: 6 }, () => Math.floor(values.length * unit(random))).sort((a, b) => a - b);
      const sorted = [...values].sort((a, b) => a - b);
      expect(selectRanks(values, ranks)).toEqual(ranks.map((rank) => sorted[rank]));
    }
  });

  it('do not exist without ranks, and take no time that grows with equal values', () => {
    expect(selectRanks(new Float64Array(0), [])).toEqual([]);
    expect(selectRanks(new Float64Array(100_000).fill(7), [0, 50_000, 50_000, 99_999])).toEqual([7, 7, 7, 7]);
  });
});
