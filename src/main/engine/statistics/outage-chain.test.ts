import { describe, expect, it } from 'vitest';
import { SeededRandom, unit } from '../../base/random.ts';
import { OutageChain } from './outage-chain.ts';

const INTERVAL = 1_000;

/** A series, one outcome a second: x is lost, . is answered, | is a gap before what follows. */
function outcomes(series: string): Array<{ isLost: boolean; at: number; segment: number }> {
  let segment = 0;
  return [...series].flatMap((sign, place) => {
    if (sign === '|') {
      segment += 1;
      return [];
    }
    return [{ isLost: sign === 'x', at: place * INTERVAL, segment }];
  });
}

function chainOf(told: ReturnType<typeof outcomes>): OutageChain {
  const chain = new OutageChain();
  for (const { isLost, at, segment } of told) chain.add(isLost, at, segment);
  return chain;
}

/** Begin in seconds, lost probes, and whether it is open, of each outage. */
function found(chain: OutageChain): string[] {
  return chain
    .outages(INTERVAL, Number.POSITIVE_INFINITY)
    .map(({ fromEpochMs, lostProbes, isOpen }) => `${fromEpochMs / INTERVAL}: ${lostProbes}${isOpen ? ' open' : ''}`);
}

/** The same from the series as it is written. */
function worked(series: string): string[] {
  return Array.from(series.matchAll(/x{3,}/g), ({ 0: run, index }) => {
    const isOpen = !/[x.]/.test(series.slice(index + run.length));
    return `${index}: ${run.length}${isOpen ? ' open' : ''}`;
  });
}

describe('outages', () => {
  it.each([
    ['..xx..', []],
    ['..xxx.', ['2: 3']],
    ['xxx.xxxx', ['0: 3', '4: 4 open']],
    ['xxxx', ['0: 4 open']],
    ['xx|xx.xx|x', []],
    ['.xxx|xxx.', ['1: 3', '5: 3']],
    ['.xxx|.', ['1: 3']],
    ['.xxx|', ['1: 3 open']],
    ['', []],
  ])('of %j are %j', (series, expected) => {
    expect(found(chainOf(outcomes(series)))).toEqual(expected);
  });

  it('last from the round of the first lost probe until an interval after the last, but not beyond the end', () => {
    const chain = chainOf(outcomes('.xxx.xxx'));
    expect(chain.outages(INTERVAL, 7_400).map(({ fromEpochMs, toEpochMs }) => [fromEpochMs, toEpochMs])).toEqual([
      [1_000, 4_000],
      [5_000, 7_400],
    ]);
  });

  it('are the same joined from stretches, cut anywhere, in any grouping', () => {
    const random = new SeededRandom(4);
    for (let turn = 0; turn < 300; turn += 1) {
      const bias = unit(random);
      const series = Array.from({ length: 60 }, () => (unit(random) < 0.04 ? '|' : unit(random) < bias ? 'x' : '.'));
      const told = outcomes(series.join(''));
      const cuts = [0, ...Array.from({ length: 6 }, () => Math.floor(61 * unit(random))), told.length];
      const stretches = cuts.sort((a, b) => a - b).map((start, index) => chainOf(told.slice(start, cuts[index + 1])));
      const whole = new OutageChain();
      for (let first = 0; first < stretches.length; first += 2) {
        const pair = new OutageChain();
        for (const stretch of stretches.slice(first, first + 2)) pair.append(stretch);
        whole.append(pair);
      }
      expect(found(whole)).toEqual(worked(series.join('')));
    }
  });

  it('keep the longest when there are very many', () => {
    const chain = chainOf(outcomes(`${'xxx.'.repeat(300)}xxxxx.${'xxx.'.repeat(300)}`));
    const kept = found(chain);
    expect(kept.length).toBeLessThan(300);
    expect(kept).toContain('1200: 5');
  });
});
