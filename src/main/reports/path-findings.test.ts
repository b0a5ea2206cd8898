import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CSV_HEADING, pathCsv } from './path-csv.ts';
import { pathMarkdown } from './path-markdown.ts';
import { pathText } from './path-text.ts';
import { createStyle } from './style.ts';
import { CLEAN, testHop, testReport, testResponder, testSeries, toldPath } from './test-paths.ts';

beforeEach(() => vi.stubEnv('TZ', 'Asia/Kolkata'));
afterEach(() => vi.unstubAllEnvs());

const plain = createStyle(false);

describe('what was searched and what happened', () => {
  const told = toldPath(
    testReport({ routeChanges: [{ atEpochMs: 1_700_000_002_000, before: ['192.0.2.1', null], after: ['192.0.2.2'] }] }),
    {
      verdicts: [{ ...CLEAN, surer: 'A longer look.', advice: 'Do this:\nsudo sysctl -w a="0 1"' }],
      branches: {
        destination: '203.0.113.9',
        hops: [
          { hopLimit: 1, responders: [{ address: '192.0.2.1', flows: [0, 1] }], probes: 6, isComplete: true },
          {
            hopLimit: 3,
            responders: [
              { address: '198.51.100.1', flows: [0, 2, 3, 5] },
              { address: '198.51.100.7', flows: [4] },
              { address: null, flows: [1] },
            ],
            probes: 17,
            isComplete: false,
          },
        ],
        links: [{ hopLimit: 1, from: '192.0.2.1', to: '198.51.100.7' }],
      },
      pathMtu: {
        destination: '203.0.113.9',
        pathMtuBytes: 1_400,
        isBlackHole: true,
        hops: [{ hopLimit: 3, address: '198.51.100.1', largestBytes: 1_400, toldMtuBytes: 1_280 }],
      },
    },
  );
  const change = 'Route change: 2023-11-15 03:43:22, hop 1 from 192.0.2.1 to 192.0.2.2, hop 2 from ??? to -';
  const branches = [
    '192.0.2.1 (2 flows); 6 probes',
    '198.51.100.1 (4 flows: 0, 2, 3, …), 198.51.100.7 (1 flow: 4); no answer to 1 flow; 17 probes, there may be more',
  ];

  it('is in the text', () => {
    const text = pathText(told, plain, null);
    for (const line of [change, `  1  ${branches[0]}`, `  3  ${branches[1]}`]) expect(text).toContain(line);
    expect(text).toContain('Largest packet that came through: 1400 bytes. Larger ones vanished without a word.');
    expect(text).toContain('  3  198.51.100.1: 1400 bytes, told 1280');
  });

  it('is in the Markdown, with what would make a verdict surer and commands as code', () => {
    const text = pathMarkdown(told);
    expect(text.slice(text.indexOf('### Branches') - 2)).toEqual([
      `- ${change}`,
      '',
      '### Branches',
      '',
      `- Hop 1: ${branches[0]}`,
      `- Hop 3: ${branches[1]}`,
      '',
      '### Path MTU',
      '',
      'Largest packet that came through: 1400 bytes. Larger ones vanished without a word.',
      '',
      '- Hop 3: 198.51.100.1: 1400 bytes, told 1280',
      '',
      'Times are local, UTC+05:30.',
    ]);
    expect(text).toContain('  - Surer: A longer look.');
    expect(text).toContain('  - Next: Do this: `sudo sysctl -w a="0 1"`');
  });

  it('is in the CSV, with a line for who answered only the search', () => {
    const [heading, ...lines] = [CSV_HEADING, ...pathCsv(told)].map((line) => line.split(','));
    const from = heading?.indexOf('branch_flows') ?? 0;
    expect(lines.map((cells) => [cells[2], cells[3], ...cells.slice(from)].join(','))).toEqual([
      '1,192.0.2.1,0 1,198.51.100.7,,,1400,true',
      '2,,,,,,1400,true',
      '3,198.51.100.1,0 2 3 5,,1400,1280,1400,true',
      '3,198.51.100.2,,,,,1400,true',
      '3,198.51.100.7,4,,,,1400,true',
      '4,203.0.113.9,,,,,1400,true',
    ]);
    expect(lines.every((cells) => cells.length === heading?.length)).toBe(true);
  });

  it('has every column of the CSV described in docs/json.md', () => {
    const documentation = readFileSync(join(import.meta.dirname, '../../../docs/json.md'), 'utf8');
    expect(CSV_HEADING.split(',').filter((column) => !documentation.includes(`\`${column}\``))).toEqual([]);
  });

  it('tells of answers that came late, twice or out of order', () => {
    const all = { ...testSeries(10, 10, 1), late: 2, duplicates: 3, reordered: 1 };
    const report = testReport({ hops: [testHop(1, all, [testResponder('192.0.2.1', all)])] });
    expect(pathText(toldPath(report), plain, null)).toContain('     answers: 2 late, 3 twice, 1 out of order');
    expect(pathMarkdown(toldPath(report))).toContain('- Hop 1, 192.0.2.1: answers: 2 late, 3 twice, 1 out of order');
    expect(pathCsv(toldPath(report))[0]).toContain(',11,0,,,2,3,1,,');
  });

  it('tells the newest changes of a route that changes all the time', () => {
    const change = { atEpochMs: 1_700_000_002_000, before: ['192.0.2.1'], after: ['192.0.2.2'] };
    const text = pathText(toldPath(testReport({ routeChanges: Array(31).fill(change) })), plain, null);
    expect(text).toContain('Route changes: 31, of which the last 20 follow.');
    expect(text.filter((line) => line.startsWith('Route change: '))).toHaveLength(20);
  });
});
