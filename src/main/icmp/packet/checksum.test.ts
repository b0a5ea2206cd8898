import { expect, it } from 'vitest';
import { internetChecksum } from './checksum.ts';

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

it('14. sums nothing to ffff, all ones to 0, and pads an odd byte', () => {
  expect([internetChecksum(hex('')), internetChecksum(hex('ffff')), internetChecksum(hex('010203'))]).toEqual([
    0xffff, 0, 0xfbfd,
  ]);
});

it('agrees with the example of RFC 1071 section 3', () => {
  // 0001 f203 f4f5 f6f7: the sum is ddf2, its complement 220d.
  expect(internetChecksum(hex('0001 f203 f4f5 f6f7'))).toBe(0x220d);
});

it('14. gives 0 over a packet that holds its valid checksum', () => {
  expect(internetChecksum(hex('0800 2168 1234 0001 616263'))).toBe(0);
});

it('sums the largest datagram, all ones, without overflow', () => {
  expect(internetChecksum(new Uint8Array(65_534).fill(0xff))).toBe(0);
});
