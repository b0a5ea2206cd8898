import { expect, it } from 'vitest';
import { encodeEchoRequest } from './echo.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

it('12. encodes identifier 0x1234, sequence 1, payload "abc" as the reference does', () => {
  expect(hex(encodeEchoRequest(4, 0x1234, 1, Buffer.from('abc')))).toBe('0800216812340001616263');
});

it('13. encodes identifier 1, sequence 0 and the payload 0..55 with checksum 00ec', () => {
  const payload = Uint8Array.from({ length: 56 }, (_, index) => index);
  expect(hex(encodeEchoRequest(4, 1, 0, payload)).slice(0, 16)).toBe('080000ec00010000');
});

it('6. takes identifier and sequence modulo 65,536', () => {
  expect(hex(encodeEchoRequest(6, 70_000, -1, new Uint8Array())).slice(8)).toBe('1170ffff');
});
