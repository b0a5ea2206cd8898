import { describe, expect, it } from 'vitest';
import type { ComparedHop, Comparison } from '../../../../contract/comparison.ts';
import { NO_STATISTICS } from '../../live-store/test-path-reports.ts';
import { chanceWords, compareRows } from './compare-rows.ts';

const series = (lossRatio: number, p50: number) => ({
  ...NO_STATISTICS,
  lossRatio,
  rttMs: { ...NO_STATISTICS.rttMs, p50 },
});

const HOP: ComparedHop = {
  beforeHopLimit: 3,
  afterHopLimit: 4,
  beforeAddresses: ['10.0.0.3'],
  afterAddresses: ['10.0.0.4', '10.0.0.5'],
  before: series(0.05, 20),
  after: series(0.01, 18.25),
  loss: { value: -0.04, low: -0.062, high: -0.018, pValue: 0.0004 },
  rtt: { value: 0.42, low: -0.08, high: 0.92, pValue: 0.21 },
};

const SIDE = { sessionId: 's', target: 't', destination: 'd', fromEpochMs: 0, toEpochMs: 1, rounds: 1 };

function rowsOf(hop: Partial<ComparedHop>, names: Comparison['names'] = []) {
  const comparison: Comparison = {
    before: SIDE,
    after: SIDE,
    hops: [{ ...HOP, ...hop }],
    roundTrip: HOP,
    names,
    outcome: 'better',
    sentence: '',
  };
  return compareRows(comparison);
}

describe('a row of the comparison', () => {
  it('has both numbers, their difference with its interval, and whether it may be chance', () => {
    const [row] = rowsOf({});
    expect(row).toEqual({
      key: 'hop 0',
      hop: '3 → 4',
      host: '10.0.0.3 → 10.0.0.4, 10.0.0.5',
      addresses: '',
      isHostChanged: true,
      loss: {
        before: '5.0 %',
        after: '1.0 %',
        difference: '−4.0 points',
        interval: '−6.2 to −1.8',
        chance: 'not chance (p < 0.001)',
        change: 'better',
      },
      rtt: {
        before: '20.0 ms',
        after: '18.3 ms',
        difference: '+0.42 ms',
        interval: '−0.08 to +0.92',
        chance: 'may well be chance (p = 0.21)',
        change: null,
      },
    });
  });

  it('tells who answered by name where one is known, and by which addresses', () => {
    const [row] = rowsOf({}, [
      { address: '10.0.0.3', name: 'core.example' },
      { address: '10.0.0.5', name: 'edge.example' },
    ]);
    expect(row).toMatchObject({
      host: 'core.example → 10.0.0.4, edge.example',
      addresses: '10.0.0.3 → 10.0.0.4, 10.0.0.5',
      isHostChanged: true,
    });
  });

  it('says where a hop is silent, and where there is none', () => {
    const [gone] = rowsOf({
      afterHopLimit: null,
      after: null,
      loss: { value: null, low: null, high: null, pValue: null },
    });
    expect(gone).toMatchObject({ hop: '3 → –', host: '10.0.0.3 → no such hop' });
    expect(gone?.loss).toMatchObject({ after: '–', difference: '–', interval: '', chance: 'too few probes to tell' });
    const [same] = rowsOf({ afterHopLimit: 3, beforeAddresses: [], afterAddresses: [] });
    expect(same).toMatchObject({ hop: '3', host: 'silent', isHostChanged: false });
  });

  it('ends with the round trip', () => {
    expect(rowsOf({}).at(-1)).toMatchObject({ hop: '', host: 'Round trip', isHostChanged: false });
  });
});

describe('the chance of a difference', () => {
  it('is told in words with the number that they rest on', () => {
    expect([0.0009, 0.004, 0.01, 0.03, 0.5].map(chanceWords)).toEqual([
      'not chance (p < 0.001)',
      'hardly chance (p = 0.004)',
      'hardly chance (p = 0.01)',
      'perhaps chance (p = 0.03)',
      'may well be chance (p = 0.50)',
    ]);
  });
});
