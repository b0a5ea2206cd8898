import { describe, expect, it } from 'vitest';
import { conditionOf, type RecentRoundTrips } from './path-condition.ts';

const WELL: RecentRoundTrips = { lastFate: 'answered', lost: 0, lossRatio: 0, newest: Array(20).fill(10) };
const running = (recent: Partial<RecentRoundTrips>) => conditionOf('running', { ...WELL, ...recent });

describe('the condition of a path', () => {
  it('is its phase while it is not measured', () => {
    expect((['resolving', 'paused', 'failed'] as const).map((phase) => conditionOf(phase, WELL))).toEqual([
      'resolving',
      'paused',
      'failed',
    ]);
  });

  it('is unknown before the first round trip, and silent while none was ever answered', () => {
    expect(running({ lastFate: null, lossRatio: null, newest: [] })).toBe('waiting');
    expect(running({ lastFate: 'lost', lost: 2, lossRatio: 1, newest: [null, null] })).toBe('silent');
    expect(running({ lastFate: 'refused', lost: 1, lossRatio: 0.5, newest: [10, null] })).toBe('refused');
  });

  it('has stopped after three in a row without an answer, and not after two', () => {
    const lost = { lastFate: 'lost', lost: 2, lossRatio: 0.01 } as const;
    expect(running({ ...lost, newest: [10, null, null] })).toBe('lost-some');
    expect(running({ ...lost, newest: [10, null, null, null] })).toBe('stopped');
  });

  it('is losing from three lost and two in a hundred on; less is everyday', () => {
    expect(running({ lost: 2, lossRatio: 0.5 })).toBe('lost-some');
    expect(running({ lost: 5, lossRatio: 0.0199 })).toBe('lost-some');
    expect(running({ lost: 3, lossRatio: 0.02 })).toBe('losing');
  });

  it('is slow when more than half of the last ten answers took over 300 ms', () => {
    const withLong = (count: number) => [
      ...Array(10).fill(10),
      ...Array(10 - count).fill(300),
      ...Array(count).fill(301),
    ];
    expect(running({ newest: withLong(5) })).toBe('answering');
    expect(running({ newest: withLong(6) })).toBe('slow');
    expect(running({ newest: Array(9).fill(400) })).toBe('answering');
    expect(running({ newest: Array(10).fill(400), lost: 3, lossRatio: 0.3 })).toBe('losing');
  });

  it('is slow and losing by the limits that a person has set', () => {
    const limits = { warnUntilMs: 50, warnLossPercent: 10 };
    const by = (recent: Partial<RecentRoundTrips>) => conditionOf('running', { ...WELL, ...recent }, limits);
    expect(by({ newest: Array(10).fill(50) })).toBe('answering');
    expect(by({ newest: Array(10).fill(51) })).toBe('slow');
    expect(by({ lost: 10, lossRatio: 0.1 })).toBe('lost-some');
    expect(by({ lost: 11, lossRatio: 0.11 })).toBe('losing');
  });
});
