import { describe, expect, it } from 'vitest';
import type { Gap } from '../../../contract/path.ts';
import { judge } from './judge.ts';
import { evidenceOfPath, healthyPath, START } from './test-evidence.ts';
import { unmeasuredTime } from './unmeasured-time.ts';

function gap(from: number, to: number, cause: Gap['cause'] = 'no-transport'): Gap {
  return { fromEpochMs: START + from * 1_000, toEpochMs: START + to * 1_000, cause };
}

/** A healthy path of 120 rounds one second apart, with these gaps. */
function withGaps(gaps: readonly Gap[], sendFailures = 0) {
  const evidence = evidenceOfPath({ ...healthyPath(1, 4), rounds: 120 });
  const failures = [{ reason: 'interface-gone', osCode: 'ENODEV', count: sendFailures }];
  return {
    ...evidence,
    report: { ...evidence.report, gaps: [...gaps] },
    sendFailures: sendFailures === 0 ? [] : failures,
  };
}

describe('the time in which nothing could be sent', () => {
  it('is one where only moments lie between its pieces, and a part of what was to be measured', () => {
    const pieces = [gap(60, 63), gap(63.004, 66), gap(66.004, 70), gap(70.9, 75)];
    const whole = unmeasuredTime(withGaps([]));
    expect(whole.unsent).toBe(0);
    expect(unmeasuredTime(withGaps(pieces))).toEqual({ unsent: 15_000, wanted: whole.wanted });
  });

  it('leaves out what cost no round, and times in which nobody wanted to measure', () => {
    const { wanted } = unmeasuredTime(withGaps([]));
    expect(unmeasuredTime(withGaps([gap(10, 10.8)]))).toEqual({ unsent: 0, wanted });
    expect(unmeasuredTime(withGaps([gap(10, 40, 'paused'), gap(50, 60)]))).toEqual({
      unsent: 10_000,
      wanted: wanted - 30_000,
    });
  });

  it('makes a warning although hardly a probe failed, in the words of the failure', () => {
    const [first, ...others] = judge(withGaps([gap(60, 75)], 1));
    expect(first).toMatchObject({ id: 'send-failures', severity: 'warning' });
    expect(first?.sentence).toMatch(/^This machine could not send anything for 15 s of (119 s|2 min) \(13 %\): /);
    expect(first?.evidence[0]).toMatchObject({ value: 15, unit: 's' });
    expect(others).toEqual([]);
  });

  it('is critical from half of the period on, and a remark beside a clean path when it is hardly any', () => {
    expect(judge(withGaps([gap(10, 90)]))[0]).toMatchObject({ id: 'send-failures', severity: 'critical' });
    expect(judge(withGaps([gap(50, 51.1)])).map(({ id, severity }) => `${id} ${severity}`)).toEqual([
      'clean good',
      'send-failures info',
    ]);
  });
});
