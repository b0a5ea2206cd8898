import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CSV_HEADING, pathCsv } from './path-csv.ts';
import { pathJson } from './path-json.ts';
import { pathMarkdown } from './path-markdown.ts';
import { pathText } from './path-text.ts';
import { createStyle } from './style.ts';
import { CLEAN, testHop, testReport, testResponder, testSeries, toldPath } from './test-paths.ts';

beforeEach(() => vi.stubEnv('TZ', 'Asia/Kolkata'));
afterEach(() => vi.unstubAllEnvs());

const plain = createStyle(false);
/** What a name server may answer: a terminal's bell and clear-screen, a formula, table and link syntax. */
const HOSTILE = '=cmd|\u001b[2J"x",<b>[a](b)';

const withName = (name: string) => {
  const all = testSeries(1, 1, 1);
  return toldPath(testReport({ hops: [testHop(1, all, [testResponder('192.0.2.1', all, { name })])] }));
};

describe('a path as text', () => {
  it('has the columns of mtr, silent hops, several responders, labels, and the verdict below', () => {
    expect(pathText(toldPath(), plain, null)).toEqual([
      'host.example (203.0.113.9), IPv4, 10 rounds, one every 1 s',
      'Hop  Address                        Loss%    Snt   Last    Avg   Best   Wrst  StDev   Jttr',
      '  1  gw.example (192.0.2.1)            0%     10   1.25   1.25   1.25   1.25   0.00   0.00',
      '  2  ???                             100%     10      -      -      -      -      -      -',
      '  3  2 responders                   10.0%     10   20.5   20.5   20.5   20.5   0.00   0.00',
      '     - 198.51.100.1 [AS64500 TEST]     0%      5   20.5   20.5   20.5   20.5   0.00   0.00',
      '     MPLS label 24001, class 0, bottom 1, TTL 1',
      '     - 198.51.100.2                 20.0%      5   20.5   20.5   20.5   20.5   0.00   0.00',
      '  4  203.0.113.9                       0%     10  123.5  123.5  123.5  123.5   0.00   0.00',
      '',
      'clean: The path is clean. (good, high confidence)',
      '  - loss: 0% (0% to 4.0%, of 100)',
      '  Next: Nothing to do.',
    ]);
  });

  it('ends one line after the last hop that answered when the destination did not', () => {
    const silent = [3, 4, 5, 30].map((hopLimit) => testHop(hopLimit, testSeries(3, 0, null), []));
    const report = testReport({ hops: [...testReport().hops.slice(0, 2), ...silent], destinationHopLimit: null });
    expect(pathText(toldPath(report), plain, null).filter((line) => line.includes('???'))).toHaveLength(1);
  });

  it('tells once who refuses, not at every higher hop limit', () => {
    const all = testSeries(3, 3, 1);
    const refusing = testResponder('198.51.100.1', all, { icmpType: 3, icmpCode: 13 });
    const report = testReport({
      hops: [
        testHop(1, all, [testResponder('192.0.2.1', all)]),
        testHop(2, all, [testResponder('198.51.100.1', all)]),
        ...[3, 4, 5, 30].map((hopLimit) => testHop(hopLimit, all, [refusing])),
      ],
      destinationHopLimit: null,
      reached: false,
    });
    const hops = pathText(toldPath(report), plain, null).filter((line) => /^ +\d/.test(line));
    expect(hops.map((line) => line.trim().split(/\s+/).slice(0, 2))).toEqual([
      ['1', '192.0.2.1'],
      ['2', '198.51.100.1'],
      ['3', '198.51.100.1'],
    ]);
  });

  it('tells what a router refused, and where something happened', () => {
    const all = testSeries(3, 3, 1);
    const refused = testHop(1, all, [testResponder('192.0.2.1', all, { icmpType: 3, icmpCode: 13, mtuBytes: 1_400 })]);
    const text = pathText(
      toldPath(
        testReport({
          hops: [refused],
          outages: [{ fromEpochMs: 1_700_000_000_000, toEpochMs: 1_700_000_003_000, lostProbes: 3, isOpen: false }],
          gaps: [{ fromEpochMs: 0, toEpochMs: 65_000, cause: 'asleep' }],
          localDrops: 7,
        }),
      ),
      plain,
      null,
    );
    expect(text).toContain('Outage: 2023-11-15 03:43:20 to 2023-11-15 03:43:23, 3 probes lost');
    expect(text.at(-1)).toBe('Times are local, UTC+05:30.');
    expect(text).toContain('Nothing was measured for 1 min 5 s (asleep).');
    expect(text).toContain('This machine dropped 7 datagrams before reading them.');
    expect(text).toContainEqual(expect.stringMatching(/\(type 3, code 13\)$/));
    expect(text).toContain('     next link takes 1400 bytes');
  });

  it('keeps within the columns of a terminal, giving up first what matters least', () => {
    const asn = { number: 64_500, name: 'EXAMPLE-NETWORK' };
    const all = testSeries(1, 1, 1);
    const responder = testResponder('192.0.2.101', all, { name: 'core1.example.net', asn });
    const report = testReport({ hops: [testHop(1, all, [responder])] });
    const whoAt = (columns: number) => {
      const row = pathText(toldPath(report), plain, columns)[2] ?? '';
      expect(row.length).toBeLessThanOrEqual(columns);
      return row.slice(5, row.indexOf('  ', 5));
    };
    expect([130, 105, 80, 70].map(whoAt)).toEqual([
      'core1.example.net (192.0.2.101) [AS64500 EXAMPLE-NETWORK]',
      'core1.example.net (192.0.2.101) [AS64500]',
      '192.0.2.101 [AS64500]',
      'core1.example.net',
    ]);
  });

  it('keeps a name from steering the terminal, and from filling it', () => {
    const [, , row = ''] = pathText(withName(`${HOSTILE}${'x'.repeat(30)}`), plain, null);
    expect(row).toContain('\\u001b');
    expect(row).not.toContain('\u001b');
    const [, , long = ''] = pathText(withName('x'.repeat(250)), plain, null);
    expect(long).toMatch(/^ {2}1 {2}192\.0\.2\.1 /);
  });

  it('says what is known of a path that could not be probed', () => {
    const told = { ...toldPath(), report: null, message: 'No such name.' };
    expect(pathText(told, plain, null)).toEqual([
      'host.example',
      '',
      'clean: The path is clean. (good, high confidence)',
      '  - loss: 0% (0% to 4.0%, of 100)',
      '  Next: Nothing to do.',
    ]);
  });
});

describe('a path as CSV', () => {
  it('has a line for each responder and each silent hop', () => {
    expect([CSV_HEADING, ...pathCsv(toldPath())]).toEqual([
      'target,destination,hop,address,name,asn,sent,received,loss_percent,last_ms,mean_ms,min_ms,max_ms,stddev_ms,p50_ms,p95_ms,p99_ms,jitter_ms,icmp_type,icmp_code,mpls,mtu_bytes,late,duplicates,reordered,branch_flows,branch_next,largest_bytes,told_mtu_bytes,path_mtu_bytes,is_mtu_black_hole',
      'host.example,203.0.113.9,1,192.0.2.1,gw.example,,10,10,0,1.25,1.25,1.25,1.25,0,1.25,1.25,1.25,0,11,0,,,0,0,0,,,,,,',
      'host.example,203.0.113.9,2,,,,10,0,100,,,,,,,,,,,,,,0,0,0,,,,,,',
      'host.example,203.0.113.9,3,198.51.100.1,,64500,5,5,0,20.5,20.5,20.5,20.5,0,20.5,20.5,20.5,0,11,0,24001,,0,0,0,,,,,,',
      'host.example,203.0.113.9,3,198.51.100.2,,,5,4,20,20.5,20.5,20.5,20.5,0,20.5,20.5,20.5,0,11,0,,,0,0,0,,,,,,',
      'host.example,203.0.113.9,4,203.0.113.9,,,10,10,0,123.456,123.456,123.456,123.456,0,123.456,123.456,123.456,0,0,0,,,0,0,0,,,,,,',
    ]);
  });

  it('is quoted as RFC 4180 has it, and no cell is a formula', () => {
    const [line] = pathCsv(withName(HOSTILE));
    expect(line).toContain(`,192.0.2.1,"'=cmd|\\u001b[2J""x"",<b>[a](b)",`);
    for (const start of ['=', '+', '-', '@', ' =', '＝']) {
      expect(pathCsv(withName(`${start}1`))[0]).toContain(`,'${start}1,`);
    }
  });
});

describe('a path in Markdown', () => {
  it('tells the verdict first, then the table', () => {
    expect(pathMarkdown(toldPath())).toEqual([
      '## Path to `host.example`',
      '',
      '203.0.113.9, IPv4, 10 rounds, one every 1 s, from 2023-11-15 03:43:20',
      '',
      '- **clean** (good, high confidence): The path is clean.',
      '  - loss: 0% (0% to 4.0%, of 100)',
      '  - Next: Nothing to do.',
      '',
      '| Hop | Address | Loss | Sent | Last | Avg | Best | Worst | StDev | Jitter |',
      '|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|',
      '| 1 | `gw.example (192.0.2.1)` | 0% | 10 | 1.25 | 1.25 | 1.25 | 1.25 | 0.00 | 0.00 |',
      '| 2 | ??? | 100% | 10 | - | - | - | - | - | - |',
      '| 3 | 2 responders | 10.0% | 10 | 20.5 | 20.5 | 20.5 | 20.5 | 0.00 | 0.00 |',
      '|  | `198.51.100.1 [AS64500 TEST]` | 0% | 5 | 20.5 | 20.5 | 20.5 | 20.5 | 0.00 | 0.00 |',
      '|  | `198.51.100.2` | 20.0% | 5 | 20.5 | 20.5 | 20.5 | 20.5 | 0.00 | 0.00 |',
      '| 4 | `203.0.113.9` | 0% | 10 | 123.5 | 123.5 | 123.5 | 123.5 | 0.00 | 0.00 |',
      '',
      'Times in milliseconds.',
      '',
      '- Hop 3, 198.51.100.1: MPLS label 24001, class 0, bottom 1, TTL 1',
      '',
      'Times are local, UTC+05:30.',
    ]);
  });

  it('shows a name as it is, whatever it holds', () => {
    expect(pathMarkdown(withName(HOSTILE)).find((line) => line.startsWith('| 1 '))).toContain(
      '| `=cmd\\u007c\\u001b[2J"x",<b>[a](b) (192.0.2.1)` |',
    );
  });
});

describe('a path as JSON', () => {
  it('is the documented document', () => {
    const document = pathJson(toldPath()) as Record<string, unknown>;
    expect(document).toMatchObject({ target: 'host.example', destination: '203.0.113.9', family: 4, reached: true });
    expect(document.verdicts).toEqual([CLEAN]);
    const hops = document.hops as { responders: unknown[] }[];
    expect(hops[2]).toMatchObject({ hopLimit: 3, sent: 10, received: 9, lossRatio: 0.1 });
    expect(hops[1]).toMatchObject({ hopLimit: 2, sent: 10, received: 0, responders: [] });
    expect(hops[2]?.responders[0]).toMatchObject({
      address: '198.51.100.1',
      name: null,
      asn: { number: 64_500, name: 'TEST' },
      sent: 5,
      received: 5,
      lossRatio: 0,
      rttMs: { min: 20.5, mean: 20.5, max: 20.5, stddev: 0, p50: 20.5, p95: 20.5, p99: 20.5 },
      jitterMs: 0,
      icmpType: 11,
      icmpCode: 0,
      mpls: [{ label: 24_001, trafficClass: 0, isBottom: true, ttl: 1 }],
      mtu: null,
    });
  });

  it('has the same keys when nothing could be measured', () => {
    const failed = pathJson({ ...toldPath(), report: null, message: 'No such name.' });
    expect(Object.keys(failed)).toEqual(Object.keys(pathJson(toldPath())));
    expect(failed).toMatchObject({
      destination: null,
      family: null,
      reached: false,
      hops: [],
      message: 'No such name.',
    });
  });
});
