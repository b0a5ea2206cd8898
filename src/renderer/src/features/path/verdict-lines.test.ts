import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../../../contract/verdict.ts';
import { verdict } from './test-reports.ts';
import { bySeverity, evidenceLine, inLocalTime, placeOf } from './verdict-lines.ts';

const evidence = (more: Partial<Evidence>): Evidence => ({
  label: 'loss at hop 5',
  value: 0.065,
  unit: 'ratio',
  low: null,
  high: null,
  samples: null,
  ...more,
});

describe('bySeverity', () => {
  it('puts the worst first and keeps the order of the engine among equals', () => {
    const verdicts = [
      verdict({ id: 'clean', severity: 'good' }),
      verdict({ id: 'jitter', severity: 'warning' }),
      verdict({ id: 'reluctant-router', severity: 'info' }),
      verdict({ id: 'latency-step', severity: 'warning' }),
      verdict({ id: 'outage', severity: 'critical' }),
    ];
    expect(bySeverity(verdicts).map(({ id }) => id)).toEqual([
      'outage',
      'jitter',
      'latency-step',
      'reluctant-router',
      'clean',
    ]);
  });
});

describe('evidenceLine', () => {
  it('tells a number with its unit, its interval and how many probes it is of', () => {
    expect(evidenceLine(evidence({ low: 0.039, high: 0.109, samples: 200 }))).toEqual({
      label: 'Loss at hop 5',
      value: '6.5 %',
      note: '95 %: 3.9–10.9 %, of 200 probes',
    });
    expect(evidenceLine(evidence({ label: 'step', value: 41.25, unit: 'ms', low: 38, high: 44.5 }))).toEqual({
      label: 'Step',
      value: '41.3 ms',
      note: '95 %: 38.0 ms – 44.5 ms',
    });
  });

  it.each([
    [{ value: 12, unit: 's' }, '12 s'],
    [{ value: 1_400, unit: 'bytes' }, '1,400 bytes'],
    [{ value: 5, unit: 'hop' }, 'hop 5'],
    [{ value: 12_345, unit: 'count' }, '12,345'],
    [{ value: 0.51234, unit: 'per-second' }, '0.512 per second'],
    [{ value: '10.0.0.5', unit: 'address' }, '10.0.0.5'],
    [{ value: -2.5, unit: 'ms' }, '−2.50 ms'],
  ] as const)('%o is %s', (given, expected) => {
    expect(evidenceLine(evidence(given))).toMatchObject({ value: expected, note: null });
  });
});

describe('placeOf', () => {
  it('says from which hop on and whose part it is, as far as it is known', () => {
    expect(placeOf(verdict({ hopLimit: 5, segment: 'isp' }))).toBe('from hop 5 on, provider');
    expect(placeOf(verdict({ segment: 'destination' }))).toBe('destination');
    expect(placeOf(verdict())).toBeNull();
  });
});

describe('inLocalTime', () => {
  it('has the moments of the sentence and of the advice as the rest of the screen has them', () => {
    const at = new Date(2026, 10, 22, 9, 5, 1);
    const instant = `${at.toISOString().slice(0, 19)}Z`;
    const told = inLocalTime(verdict({ sentence: `Silent since ${instant}.`, advice: `Ask about ${instant}.` }));
    expect([told.sentence, told.advice]).toEqual(['Silent since 09:05:01.', 'Ask about 09:05:01.']);
  });
});
