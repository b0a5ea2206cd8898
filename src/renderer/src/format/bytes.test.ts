import { describe, expect, it } from 'vitest';
import { formatBytes } from './bytes.ts';

describe('a size', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_000, '1 kB'],
    [45_300, '45 kB'],
    [999_499, '999 kB'],
    [999_500, '1.0 MB'],
    [3_240_000, '3.2 MB'],
    [9_950_000, '10 MB'],
    [1_800_000_000, '1.8 GB'],
    [2_000_000_000_000, '2,000 GB'],
  ])('of %d bytes is %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});
