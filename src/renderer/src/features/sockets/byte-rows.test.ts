import { expect, it } from 'vitest';
import type { ToldMessage } from '../../../../contract/sockets.ts';
import { byteRows } from './byte-rows.ts';

const MESSAGE: ToldMessage = {
  hex: '80000000123400074142000102030405067f42',
  isQuoteOnly: false,
  fields: [
    { part: 'icmp', name: 'type', startByte: 0, endByte: 2, value: 128 },
    { part: 'icmp', name: 'checksum', startByte: 2, endByte: 4, value: null },
    { part: 'icmp', name: 'identifier', startByte: 4, endByte: 8, value: 1 },
    { part: 'icmp', name: 'payload', startByte: 8, endByte: 19, value: null },
  ],
};

it('cuts fields at the ends of rows, and shows bytes that are not known as such', () => {
  expect(byteRows(MESSAGE, 512)).toEqual([
    {
      offset: '0000',
      runs: [
        { field: 0, hex: '80 00', text: '..' },
        { field: 1, hex: '·· ··', text: '··' },
        { field: 2, hex: '12 34 00 07', text: '.4..' },
        { field: 3, hex: '41 42 00 01 02 03 04 05', text: 'AB......' },
      ],
    },
    { offset: '0010', runs: [{ field: 3, hex: '06 7f 42', text: '..B' }] },
  ]);
});

it('shows no more bytes than asked for', () => {
  expect(byteRows(MESSAGE, 5).flatMap(({ runs }) => runs.map(({ hex }) => hex))).toEqual(['80 00', '·· ··', '12']);
});
