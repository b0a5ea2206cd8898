import { describe, expect, it } from 'vitest';
import { HOP_COLUMNS } from './hop-columns.ts';
import { hopRows } from './hop-rows.ts';
import { hop, report, responder, silentHop, statistics, times, verdict } from './test-reports.ts';

const COLUMNS = HOP_COLUMNS.filter(({ id }) => ['loss', 'sent', 'mean'].includes(id));
const NONE: ReadonlySet<number> = new Set();

describe('hopRows', () => {
  it('gives every hop in order and last the round trip, with what the report says', () => {
    const rows = hopRows(
      report({
        hops: [
          hop(1),
          hop(2, {
            statistics: statistics(times(30), { lossRatio: 0.5 }),
            responders: [responder('10.0.0.2', { name: 'core.example' })],
          }),
        ],
        roundTrip: statistics(times(40), { sent: 99 }),
      }),
      COLUMNS,
      NONE,
    );
    expect(rows.map(({ kind, number, host, address, cells }) => [kind, number, host, address, ...cells])).toEqual([
      ['hop', '1', '10.0.0.1', null, '0 %', '100', '10.0 ms'],
      ['hop', '2', 'core.example', '10.0.0.2', '50.0 %', '100', '30.0 ms'],
      ['round-trip', '', 'Round trip', 'host.example, 192.0.2.9', '0 %', '99', '40.0 ms'],
    ]);
    expect(rows[1]?.range).toEqual({ minMs: 15, meanMs: 30, p95Ms: 45, maxMs: 60, lastMs: 30 });
    expect(rows[1]?.description).toBe('Hop 2, core.example: mean 30.0 ms, from 15.0 ms to 60.0 ms, 50.0 % lost.');
  });

  it('shows a silent hop as silent, not as one that loses everything', () => {
    const [, silent] = hopRows(report({ hops: [hop(1), silentHop(2), hop(3)] }), COLUMNS, NONE);
    expect(silent).toMatchObject({
      kind: 'silent',
      number: '2',
      host: 'no answer',
      cells: ['', '100', ''],
      lossRatio: 0,
      range: null,
      hopLimit: null,
    });
  });

  it('tells four silent hops in a row in one row, and three in three', () => {
    const numbers = (silent: readonly number[]) =>
      hopRows(report({ hops: [hop(1), ...silent.map(silentHop)] }), COLUMNS, NONE).map(({ number }) => number);
    expect(numbers([2, 3, 4])).toEqual(['1', '2', '3', '4', '']);
    expect(numbers([2, 3, 4, 5])).toEqual(['1', '2–5', '']);
  });

  it('names who answered most at a hop with several, and unfolds the others below it', () => {
    const shared = hop(2, {
      responders: [
        responder('10.0.2.1', { statistics: statistics(times(10), { received: 20 }) }),
        responder('10.0.2.2', { statistics: statistics(times(20), { received: 80 }) }),
      ],
    });
    const folded = hopRows(report({ hops: [shared] }), COLUMNS, NONE);
    expect(folded.map(({ host, others }) => [host, others])).toEqual([
      ['10.0.2.2', 1],
      ['Round trip', 0],
    ]);
    const unfolded = hopRows(report({ hops: [shared] }), COLUMNS, new Set([2]));
    expect(unfolded.map(({ kind, host, cells }) => [kind, host, cells[2]])).toEqual([
      ['hop', '10.0.2.2', '10.0 ms'],
      ['responder', '10.0.2.1', '10.0 ms'],
      ['responder', '10.0.2.2', '20.0 ms'],
      ['round-trip', 'Round trip', '10.0 ms'],
    ]);
  });

  it('tells loss that the destination surely does not share from loss that it may', () => {
    const losing = (lossLow: number) => statistics(times(10), { lossRatio: 0.5, lossLow, lossHigh: 0.9 });
    const rows = hopRows(
      report({
        hops: [hop(1, { statistics: losing(0.21) }), hop(2, { statistics: losing(0.19) })],
        roundTrip: statistics(times(10), { lossRatio: 0.1, lossLow: 0.05, lossHigh: 0.2 }),
      }),
      COLUMNS,
      NONE,
    );
    expect(rows.map(({ isLossCarried }) => isLossCarried)).toEqual([false, true, true]);
  });

  it('marks the hop at which a verdict begins with the worst of those there, but not for good news', () => {
    const rows = hopRows(
      report({
        hops: [hop(1), hop(2), hop(3)],
        verdicts: [
          verdict({ hopLimit: 2, severity: 'info' }),
          verdict({ hopLimit: 2, severity: 'warning' }),
          verdict({ hopLimit: 3, severity: 'good' }),
        ],
      }),
      COLUMNS,
      NONE,
    );
    expect(rows.map(({ severity }) => severity)).toEqual([null, 'warning', null, null]);
  });
});
