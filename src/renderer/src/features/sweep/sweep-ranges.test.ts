import { describe, expect, it } from 'vitest';
import { cellGroups, readTypedRanges } from './sweep-ranges.ts';

describe('ranges as typed', () => {
  it('are told apart by commas, spaces and lines, and counted', () => {
    expect(readTypedRanges('10.71.3.0/29, 192.0.2.1-99\nhost.example')).toEqual({
      kind: 'ranges',
      ranges: ['10.71.3.0/29', '192.0.2.1-99', 'host.example'],
      // 8 addresses, 99, and a name.
      total: 108,
    });
  });

  it('may have spaces around the hyphen of a span', () => {
    expect(readTypedRanges('192.0.2.1 - 192.0.2.4')).toMatchObject({ ranges: ['192.0.2.1-192.0.2.4'], total: 4 });
  });

  it('count once when they were typed twice', () => {
    expect(readTypedRanges('192.0.2.1 192.0.2.1')).toMatchObject({ total: 1 });
  });

  it('are none where nothing was typed', () => {
    expect(readTypedRanges(' , \n')).toEqual({ kind: 'none' });
  });

  it('are refused in a sentence that names the one that is wrong', () => {
    expect(readTypedRanges('192.0.2.1 10.0.0.0/33')).toEqual({
      kind: 'wrong',
      sentence: 'The prefix of an IPv4 range must be from /0 to /32, not “/33” as in “10.0.0.0/33”.',
    });
    expect(readTypedRanges('10.0.0.0/8 192.0.2.1')).toEqual({
      kind: 'wrong',
      sentence: 'A sweep may have at most 16,777,216 addresses; these are 16,777,217.',
    });
  });
});

describe('the cells of the grid', () => {
  it('stand in groups of addresses that differ in their last part, numbered through', () => {
    const groups = cellGroups(['10.71.3.254-10.71.4.1', '2001:db8::ff', 'host.example']);
    expect(groups?.map(({ common, cells }) => [common, cells])).toEqual([
      [
        '10.71.3.',
        [
          { index: 0, address: '10.71.3.254', short: '254' },
          { index: 1, address: '10.71.3.255', short: '255' },
        ],
      ],
      [
        '10.71.4.',
        [
          { index: 2, address: '10.71.4.0', short: '0' },
          { index: 3, address: '10.71.4.1', short: '1' },
        ],
      ],
      ['2001:db8::', [{ index: 4, address: '2001:db8::ff', short: 'ff' }]],
      ['', [{ index: 5, address: 'host.example', short: 'host.example' }]],
    ]);
  });

  it('are all of a /22, and none of more', () => {
    expect(cellGroups(['10.71.0.0/22'])?.flatMap(({ cells }) => cells)).toHaveLength(1_024);
    expect(cellGroups(['10.71.0.0/22', '192.0.2.1'])).toBeNull();
  });
});
