import { describe, expect, it } from 'vitest';
import { HOP_COLUMNS } from './hop-columns.ts';
import { hopRows } from './hop-rows.ts';
import { rowText, tableCsv, tableMarkdown, tableText } from './table-copy.ts';
import { hop, report, responder, silentHop, statistics, times } from './test-reports.ts';

const columns = HOP_COLUMNS.filter(({ id }) => ['loss', 'sent', 'mean'].includes(id));
/** What a name server may answer: a formula, and the marks of a table and of a link. */
const HOSTILE = '=cmd|"x",[a](b)';

const table = {
  report: report({
    fromEpochMs: 1_700_000_000_000,
    toEpochMs: 1_700_000_100_000,
    hops: [
      hop(1, { responders: [responder('10.0.0.1', { name: HOSTILE })], statistics: statistics({ mean: 1_234.5678 }) }),
      silentHop(2),
    ],
    roundTrip: statistics(times(30), { lossRatio: 0.04, sent: 5_000 }),
  }),
  columns,
  unfolded: new Set<number>(),
};

describe('the table in the clipboard', () => {
  it('is text that lines up, with what it is of', () => {
    expect(tableText(table).split('\n')).toEqual([
      'Path to host.example (192.0.2.9): 100 rounds, 2023-11-14T22:13:20Z to 2023-11-14T22:15:00Z',
      '',
      'Hop  Host                                   Loss   Sent     Mean',
      '  1  =cmd|"x",[a](b) (10.0.0.1)              0 %    100   1.23 s',
      '  2  no answer                                      100',
      '     Round trip (host.example, 192.0.2.9)  4.0 %  5,000  30.0 ms',
      '',
    ]);
  });

  it('is Markdown in which a name is nothing but a name', () => {
    const lines = tableMarkdown(table).split('\n');
    expect(lines.slice(2, 5)).toEqual([
      '| Hop | Host | Loss | Sent | Mean |',
      '| ---: | --- | ---: | ---: | ---: |',
      '| 1 | `=cmd\\u007c"x",[a](b) (10.0.0.1)` | 0 % | 100 | 1.23 s |',
    ]);
  });

  it('is CSV with plain numbers, in which a name is no formula', () => {
    expect(tableCsv(table).split('\r\n')).toEqual([
      'Hop,Host,Address,Loss (%),Sent,Mean (ms)',
      '1,"\'=cmd|""x"",[a](b)",10.0.0.1,0,100,1234.568',
      '2,no answer,,,100,',
      ',Round trip,"host.example, 192.0.2.9",4,5000,30',
      '',
    ]);
  });
});

describe('a row in the clipboard', () => {
  it('is a line with the names of its numbers, as far as there are any', () => {
    const [first, silent] = hopRows(table.report, columns, table.unfolded);
    expect(first && rowText(first, columns)).toBe('1  =cmd|"x",[a](b) (10.0.0.1)  Loss 0 %  Sent 100  Mean 1.23 s');
    expect(silent && rowText(silent, columns)).toBe('2  no answer  Sent 100');
  });
});
