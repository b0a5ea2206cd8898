import { describe, expect, it } from 'vitest';
import type { AlertCondition } from '../../../contract/alert-condition.ts';
import type { RouteChange } from '../../../contract/path.ts';
import { milliseconds } from '../../../contract/units.ts';
import { AlertWatch } from './alert-watch.ts';
import { HourBaseline } from './hour-baseline.ts';
import { type Fate, round, START } from './test-rounds.ts';

const SECOND = milliseconds(1_000);

function watch(condition: AlertCondition, enterAfterMs = 0, leaveAfterMs = 0, baseline = new HourBaseline()) {
  return new AlertWatch({ condition, enterAfterMs, leaveAfterMs }, { interval: SECOND, baseline });
}

/** Seconds at which it entered and left, in the order of the rounds: one a second. */
function transitionsOf(alert: AlertWatch, fates: readonly Fate[], fromS = 0): [string, number][] {
  return fates.flatMap((fate, index): [string, number][] => {
    const transition = alert.take(round(fromS + index, fate));
    return transition === null ? [] : [[transition.kind, (transition.atEpochMs - START) / 1_000]];
  });
}

const SLOW = {
  kind: 'threshold',
  measure: 'latency',
  limit: 100,
  figureRounds: 1,
  enough: 3,
  of: 5,
  leaveAt: 1,
} as const;

describe('a rule of k of n rounds', () => {
  it('enters with the k-th round beyond, and leaves when no more than so many are left', () => {
    const rtts = [10, 200, 10, 200, 200, 10, 10, 10, 10];
    // At 4 s the third of five is beyond. At 8 s the five are 200 (4 s), 10, 10, 10, 10.
    expect(transitionsOf(watch(SLOW), rtts)).toEqual([
      ['enter', 4],
      ['leave', 8],
    ]);
  });

  it('waits until it has looked at n rounds before it says that all is well', () => {
    const alert = watch(SLOW);
    transitionsOf(alert, [10, 10, 10, 10]);
    expect(alert.state).toEqual({ kind: 'waiting' });
    transitionsOf(alert, [10], 4);
    expect(alert.state).toEqual({ kind: 'well' });
  });

  it('takes rounds without an answer for neither good nor bad latency', () => {
    expect(transitionsOf(watch(SLOW), [200, 'lost', 200, 'lost', 'lost', 'lost', 200])).toEqual([['enter', 6]]);
    const alert = watch(SLOW);
    transitionsOf(alert, [200, 200, 200, 'lost', 'lost', 'lost', 'lost', 'lost']);
    expect(alert.state.kind).toBe('alert');
  });

  it('says nothing of a round that has no round trip', () => {
    expect(transitionsOf(watch(SLOW), [200, 200, 'none', 'none', 'none', 200])).toEqual([['enter', 5]]);
  });

  it('counts loss over a moving stretch of rounds', () => {
    const lossy = watch({ ...SLOW, measure: 'loss', limit: 25, figureRounds: 4, enough: 2, of: 3, leaveAt: 0 });
    const fates: Fate[] = [1, 1, 1, 'lost', 'lost', 1, 1, 1, 1, 1];
    // Loss of the last four, from 3 s on: 25, 50, 50, 50, 25, 0, 0 %. The last three are at most 25 at 9 s.
    expect(transitionsOf(lossy, fates)).toEqual([
      ['enter', 5],
      ['leave', 9],
    ]);
  });

  it('is beyond a score below it', () => {
    const score = watch({ ...SLOW, measure: 'mos', limit: 3, figureRounds: 2, enough: 1, of: 1, leaveAt: 0 });
    // Two round trips of 20 ms score 4.4; two that were lost, 1.
    expect(transitionsOf(score, [20, 20, 'lost', 'lost', 20, 20])).toEqual([
      ['enter', 3],
      ['leave', 5],
    ]);
  });

  it('tells the figure, the worst one, and the count', () => {
    const alert = watch(SLOW);
    transitionsOf(alert, [10, 150, 300, 120]);
    expect(alert.state).toEqual({
      kind: 'alert',
      sinceEpochMs: START + 3_000,
      finding: { kind: 'threshold', figure: 120, worst: 300, beyond: 3, of: 4 },
    });
  });
});

describe('times to enter and to leave', () => {
  it('let a rule enter only when its condition has held for so long without a break', () => {
    const alert = watch({ ...SLOW, enough: 1, of: 1, leaveAt: 0 }, 3_000);
    expect(transitionsOf(alert, [200, 200, 200, 10, 200, 200, 200, 200])).toEqual([['enter', 7]]);
  });

  it('let it leave only when all has been well for so long', () => {
    const alert = watch({ ...SLOW, enough: 1, of: 1, leaveAt: 0 }, 0, 3_000);
    expect(transitionsOf(alert, [200, 10, 10, 10, 200, 10, 10, 10, 10])).toEqual([
      ['enter', 0],
      ['leave', 8],
    ]);
  });

  it('do not pass in a gap', () => {
    const alert = watch({ ...SLOW, enough: 1, of: 1, leaveAt: 0 }, 10_000);
    transitionsOf(alert, [200, 200, 200]);
    // Asleep from 2.5 s to an hour later: 2 s are held before, and 8 more are needed.
    alert.gap({ fromEpochMs: START + 2_500, toEpochMs: START + 3_602_500, cause: 'asleep' });
    expect(transitionsOf(alert, Array(12).fill(200), 3_603)).toEqual([['enter', 3_610]]);
  });

  it('do not pass while rounds say nothing', () => {
    const alert = watch({ ...SLOW, enough: 1, of: 1, leaveAt: 0 }, 2_000);
    expect(transitionsOf(alert, [200, 'lost', 'lost', 'lost', 'lost', 200, 200, 200])).toEqual([['enter', 7]]);
  });
});

describe('a gap', () => {
  it('leaves what was counted as it was', () => {
    const alert = watch(SLOW);
    transitionsOf(alert, [200, 200]);
    alert.gap({ fromEpochMs: START + 2_000, toEpochMs: START + 90_000, cause: 'paused' });
    expect(transitionsOf(alert, [200], 90)).toEqual([['enter', 90]]);
    alert.gap({ fromEpochMs: START + 91_000, toEpochMs: START + 900_000, cause: 'asleep' });
    expect(alert.state.kind).toBe('alert');
  });
});

describe('a rule of unreachability', () => {
  it('enters with so many rounds in a row without an answer, and leaves with the first answer', () => {
    const fates: Fate[] = ['lost', 'lost', 5, 'lost', 'refused', 'lost', 'lost', 5];
    const alert = watch({ kind: 'unreachable', rounds: 3 });
    expect(transitionsOf(alert, fates)).toEqual([
      ['enter', 5],
      ['leave', 7],
    ]);
  });
});

const CHANGE: RouteChange = { atEpochMs: START + 2_000, before: ['192.0.2.1'], after: ['192.0.2.2'] };

describe('a rule of the route', () => {
  it('enters at the moment the route changed, and leaves when it has been steady for the time to leave', () => {
    const alert = watch({ kind: 'route-changed' }, 60_000, 5_000);
    transitionsOf(alert, [1, 1, 1, 1]);
    expect(alert.change(CHANGE)).toMatchObject({ kind: 'enter', atEpochMs: START + 2_000 });
    expect(transitionsOf(alert, [1, 1], 4)).toEqual([]);
    expect(alert.change({ ...CHANGE, atEpochMs: START + 5_500 })).toBeNull();
    expect(alert.state).toMatchObject({ kind: 'alert', finding: { kind: 'route-changed', changes: 2 } });
    // 5 s of steadiness from the round at 6 s on.
    expect(transitionsOf(alert, Array(8).fill(1), 6)).toEqual([['leave', 11]]);
  });

  it('enters when an address of its range answers at any hop, and leaves when others do', () => {
    const alert = watch({ kind: 'address-in-path', addresses: '198.51.100.0/24' });
    const seen = [
      alert.take(round(0, 1, 0, ['192.0.2.1', '203.0.113.1'])),
      alert.take(round(1, 1, 1, ['192.0.2.1', '198.51.100.77'])),
      // Nobody answers: that says nothing.
      alert.take(round(2, 'lost', 2, [null, null])),
      alert.take(round(3, 1, 3, ['192.0.2.1', '203.0.113.1'])),
    ];
    expect(seen.map((one) => one?.kind ?? null)).toEqual([null, 'enter', null, 'leave']);
    expect(seen[1]?.finding).toEqual({ kind: 'address-in-path', address: '198.51.100.77', hopLimit: 2 });
  });
});

describe('a rule of what is usual', () => {
  it('waits until this hour was measured on another day, then enters above what is usual then', () => {
    const usual = { hour: START / 3_600_000 - 24, medianMs: 20, spreadMs: 5 };
    const condition = { kind: 'baseline', spreads: 4, enough: 2, of: 3, leaveAt: 0 } as const;
    const run = (baseline: HourBaseline, rtts: readonly number[]) => {
      const alert = watch(condition, 0, 0, baseline);
      const transitions = rtts.map((rtt, index) => {
        baseline.take(rtt, START + index * 1_000);
        return alert.take(round(index, rtt))?.kind ?? null;
      });
      return { alert, transitions };
    };
    expect(run(new HourBaseline(), [50, 50, 50]).alert.state).toEqual({ kind: 'waiting' });
    // The limit is 20 + 4 × 5 = 40.
    const { alert, transitions } = run(new HourBaseline([usual]), [39, 41, 20, 55]);
    expect(transitions).toEqual([null, null, null, 'enter']);
    expect(alert.state).toMatchObject({
      finding: { kind: 'baseline', rttMs: 55, worstMs: 55, usualMs: 20, limitMs: 40, beyond: 2, of: 3 },
    });
  });
});
