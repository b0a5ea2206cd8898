import { describe, expect, it } from 'vitest';
import { readPackets } from './capture.ts';

/**
 * A file as draft-ietf-opsawg-pcap lays it out: header with the nanosecond magic number, version 2.4, snapshot length
 * 262144, Ethernet; then one packet of 14 + 4 bytes at 1,790,000,000.123456789 s.
 */
const HEADER = '4d3cb2a1 0200 0400 00000000 00000000 00000400 01000000';
const PACKET = '803bb16a 15cd5b07 12000000 12000000 ffffffffffff 020000000001 0800 45c0ffee';

function file(...hexadecimal: string[]): Buffer {
  return Buffer.from(hexadecimal.join('').replaceAll(' ', ''), 'hex');
}

describe('readPackets', () => {
  it('gives each packet from its IP header on, with its time in nanoseconds', () => {
    expect(readPackets(file(HEADER, PACKET))).toEqual([
      { atEpochNs: 1_790_000_000_123_456_789n, bytes: Buffer.from('45c0ffee', 'hex') },
    ]);
  });

  it('leaves out a packet that was cut off when the capture ended', () => {
    expect(readPackets(file(HEADER, PACKET, PACKET.slice(0, -4)))).toHaveLength(1);
  });

  it('refuses a capture in microseconds, whose times it would misread', () => {
    expect(() => readPackets(file(HEADER.replace('4d3cb2a1', 'd4c3b2a1')))).toThrow(RangeError);
  });
});
