import { expect, it } from 'vitest';
import { typedRanges } from './typed-ranges.ts';

it('finds ranges among what was typed, and counts their addresses', () => {
  expect(typedRanges('192.0.2.0/24')).toEqual({ ranges: '192.0.2.0/24', total: 256 });
  expect(typedRanges(' 192.0.2.1-9, host.example\n198.51.100.7 ')).toEqual({
    ranges: '192.0.2.1-9 host.example 198.51.100.7',
    total: 11,
  });
});

it('finds none in single hosts, in addresses of web pages, and in what means nothing', () => {
  for (const typed of [
    '',
    '192.0.2.1 host.example',
    'https://host.example/page',
    '192.0.2.0/99',
    '192.0.2.0/24 10.0.0.300/8',
  ]) {
    expect(typedRanges(typed)).toBeNull();
  }
});
