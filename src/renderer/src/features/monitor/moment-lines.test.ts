import { describe, expect, it } from 'vitest';
import { noRoute, reply, timedOut, unreachable } from '../../live-store/test-samples.ts';
import { momentLines } from './moment-lines.ts';

const at = new Date(2026, 10, 22, 9, 5, 1, 40).getTime();

describe('momentLines', () => {
  it('tells the exact round trip of a probe, from whom it came and with which TTL', () => {
    expect(momentLines({ kind: 'probe', sample: reply(7, at, 12.4371) }, 4)).toEqual({
      when: '09:05:01.040',
      lines: ['12.437 ms', 'from 192.0.2.1, TTL 57', 'probe 7'],
    });
  });

  it('tells silence, a refusal with its author, and a probe that was never sent apart', () => {
    const first = (sample: Parameters<typeof momentLines>[0] & { kind: 'probe' }) =>
      momentLines(sample, 4).lines.slice(0, -1);
    expect(first({ kind: 'probe', sample: timedOut(1, at) })).toEqual(['Lost: no answer in time']);
    expect(first({ kind: 'probe', sample: unreachable(1, at) })).toEqual([
      'Lost: Network unreachable',
      'said 10.71.1.2 after 0.800 ms',
    ]);
    expect(first({ kind: 'probe', sample: noRoute(1, at) })).toEqual(['Not sent (ENETUNREACH)']);
  });

  it('tells the spread and the fates of a column', () => {
    const column = {
      kind: 'column',
      fromEpochMs: at,
      toEpochMs: at + 24_000,
      received: 1,
      lost: 2,
      notSent: 3,
      rttMs: { min: 1, mean: 2, max: 3 },
    } as const;
    expect(momentLines(column, 4)).toEqual({
      when: '09:05:01 – 09:05:25',
      lines: ['mean 2.00 ms', '1.00 ms to 3.00 ms', '1 reply, 2 lost', '3 not sent'],
    });
  });
});
