import { describe, expect, it } from 'vitest';
import { HOP_COLUMNS } from './hop-columns.ts';
import { responder, statistics, times } from './test-reports.ts';

describe('the numbers of a hop', () => {
  it('are told with their units, and a dash where there is none', () => {
    const series = statistics(times(10), { lossRatio: 0.04, lossLow: 0.016, lossHigh: 0.098, jitterMs: 0.25 });
    const who = responder('192.0.2.1', { asn: { number: 64_500, name: null } });
    const subject = { statistics: series, segment: 'isp', responder: who } as const;
    const texts = Object.fromEntries(HOP_COLUMNS.map(({ id, text }) => [id, text(subject)]));
    expect(texts).toMatchObject({
      loss: '4.0 %',
      interval: '1.6–9.8 %',
      sent: '100',
      last: '10.0 ms',
      mean: '10.0 ms',
      best: '5.00 ms',
      worst: '20.0 ms',
      p95: '15.0 ms',
      jitter: '0.250 ms',
      mos: '–',
      'longest-loss': '–',
      asn: 'AS64500',
      part: 'provider',
    });
  });

  it('each have a column of their own, with a meaning', () => {
    expect(new Set(HOP_COLUMNS.map(({ id }) => id)).size).toBe(HOP_COLUMNS.length);
    expect(HOP_COLUMNS.every(({ meaning }) => meaning.length > 5)).toBe(true);
  });
});
