import { describe, expect, it } from 'vitest';
import type { PathEvent } from '../../../../contract/path.ts';
import { eventRows } from './event-rows.ts';
import { NOON, report } from './test-reports.ts';

const failed = (atEpochMs: number, reason = 'no-route'): PathEvent => ({
  kind: 'send-failed',
  atEpochMs,
  reason,
  osCode: 'ENETUNREACH',
});

const told = (...args: Parameters<typeof eventRows>) =>
  eventRows(...args).map(({ when, title, sentence }) => `${when} ${title}: ${sentence}`);

describe('eventRows', () => {
  it('tells everything that happened in the period in words, newest first', () => {
    const rows = told(
      report({
        routeChanges: [
          {
            atEpochMs: NOON - 90_000,
            before: ['10.0.0.1', '10.0.0.2', null],
            after: ['10.0.0.1', '10.0.0.7', '10.0.0.8'],
          },
        ],
        gaps: [{ fromEpochMs: NOON - 60_000, toEpochMs: NOON - 50_000, cause: 'asleep' }],
        outages: [{ fromEpochMs: NOON - 20_000, toEpochMs: NOON - 10_000, lostProbes: 10, isOpen: false }],
      }),
      [{ kind: 'clock-stepped', atEpochMs: NOON - 5_000, byMs: -3_000 }],
    );
    expect(rows).toEqual([
      '11:59:55 Clock stepped: The clock of this machine was set back by 3 s. Round trips are not affected.',
      '11:59:40 – 11:59:50 Outage: The destination left 10 probes in a row unanswered, for 10 s.',
      '11:59:00 – 11:59:10 No data: The machine was asleep. Nothing was measured. It lasted 10 s.',
      '11:58:30 Route changed: Hop 2: 10.0.0.2 → 10.0.0.7, hop 3: silent → 10.0.0.8.',
    ]);
  });

  it('names three hops of a route change and counts the others', () => {
    const [row] = told(
      report({
        routeChanges: [{ atEpochMs: NOON, before: ['a', 'b', 'c', 'd', 'e'], after: ['v', 'w', 'x', 'y', 'z'] }],
      }),
      [],
    );
    expect(row).toBe('12:00:00 Route changed: Hop 1: a → v, hop 2: b → w, hop 3: c → x, and 2 more hops.');
  });

  it('tells failures to send with the same reason in one row', () => {
    const rows = told(report(), [
      failed(NOON - 30_000),
      failed(NOON - 29_000),
      failed(NOON - 28_000),
      failed(NOON - 27_000, 'local-queue-full'),
    ]);
    expect(rows).toEqual([
      '11:59:33 Not sent: This machine could not send 1 probe: its queue is full (ENETUNREACH). They do not count as lost.',
      '11:59:30 – 11:59:32 Not sent: This machine could not send 3 probes: there is no route (ENETUNREACH). They do not count as lost.',
    ]);
  });

  it('leaves out what lies outside of the period', () => {
    expect(eventRows(report(), [failed(NOON - 200_000), failed(NOON + 1_000)])).toEqual([]);
  });

  it('has a key for each row', () => {
    const rows = eventRows(report({ gaps: [{ fromEpochMs: NOON - 9_000, toEpochMs: NOON, cause: 'paused' }] }), [
      failed(NOON - 9_000),
      { kind: 'clock-stepped', atEpochMs: NOON - 9_000, byMs: 1_500 },
    ]);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(3);
  });
});
