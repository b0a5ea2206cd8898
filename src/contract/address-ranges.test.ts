import { describe, expect, it } from 'vitest';
import { AddressRanges, type AddressSpan, readRange } from './address-ranges.ts';

/** Every address of a range, as the sweep would ask for them. */
function addressesOf(...texts: string[]): string[] {
  const spans = texts.map((text): AddressSpan => {
    const reading = readRange(text);
    if (reading.kind !== 'span') throw new Error(`${text} is ${JSON.stringify(reading)}`);
    return reading.span;
  });
  const ranges = new AddressRanges(spans);
  return Array.from({ length: ranges.total }, (_, index) => ranges.at(index).address);
}

describe('a range', () => {
  it('is one address, a CIDR range with its first and last address, or a span', () => {
    expect({
      one: addressesOf('192.0.2.7'),
      cidr: addressesOf('192.0.2.6/30'),
      host: addressesOf('192.0.2.6/32'),
      span: addressesOf('192.0.2.254-192.0.3.1'),
      short: addressesOf('192.0.2.8-10'),
      six: addressesOf('2001:db8::fffe/127', '2001:db8::ffff-2001:db8::1:1'),
      zone: addressesOf('fe80::1%eth0'),
    }).toEqual({
      one: ['192.0.2.7'],
      cidr: ['192.0.2.4', '192.0.2.5', '192.0.2.6', '192.0.2.7'],
      host: ['192.0.2.6'],
      span: ['192.0.2.254', '192.0.2.255', '192.0.3.0', '192.0.3.1'],
      short: ['192.0.2.8', '192.0.2.9', '192.0.2.10'],
      six: ['2001:db8::fffe', '2001:db8::ffff', '2001:db8::ffff', '2001:db8::1:0', '2001:db8::1:1'],
      zone: ['fe80::1%eth0'],
    });
  });

  it('may be a whole /8 without listing it', () => {
    const reading = readRange('10.0.0.0/8');
    expect(reading).toMatchObject({ kind: 'span', span: { count: 16_777_216 } });
    if (reading.kind !== 'span') return;
    expect(new AddressRanges([reading.span]).at(16_777_215)).toEqual({ family: 4, address: '10.255.255.255' });
  });

  it('is a name when it is no address and could be one', () => {
    expect([readRange('host.example'), readRange('my-host'), readRange('3com.example')]).toEqual([
      { kind: 'name', name: 'host.example' },
      { kind: 'name', name: 'my-host' },
      { kind: 'name', name: '3com.example' },
    ]);
  });

  it.each([
    '',
    '192.0.2.256',
    '192.0.2',
    '192.0.2.0/',
    '192.0.2.0/x',
    'host.example/24',
    '192.0.2.1-',
    '192.0.2.1-300',
    '192.0.2.1-2001:db8::1',
    'no spaces here',
  ])('that is none is refused with what is allowed: %s', (text) => {
    expect(readRange(text)).toEqual({
      kind: 'wrong',
      sentence: `A range must be an address, a CIDR range such as 192.0.2.0/24, a span such as 192.0.2.1-192.0.2.99, or a name, not “${text}”.`,
    });
  });

  it('with an impossible prefix, the wrong way round, or too large says so', () => {
    const sentence = (text: string) => {
      const reading = readRange(text);
      return reading.kind === 'wrong' ? reading.sentence : null;
    };
    expect([sentence('192.0.2.0/33'), sentence('192.0.2.9-192.0.2.1'), sentence('2001:db8::/64')]).toEqual([
      'The prefix of an IPv4 range must be from /0 to /32, not “/33” as in “192.0.2.0/33”.',
      'The span “192.0.2.9-192.0.2.1” ends before it begins: give the lower address first.',
      'A sweep may have at most 16,777,216 addresses, a /8 of IPv4 or a /104 of IPv6; “2001:db8::/64” has more.',
    ]);
  });
});

it('the addresses of several ranges are numbered in one row, in any order of asking', () => {
  const spans = ['192.0.2.0/31', '2001:db8::/127', '198.51.100.9'].map((text) => {
    const reading = readRange(text);
    if (reading.kind !== 'span') throw new Error(text);
    return reading.span;
  });
  const ranges = new AddressRanges(spans);
  expect([4, 0, 3, 1, 2].map((index) => ranges.at(index).address)).toEqual([
    '198.51.100.9',
    '192.0.2.0',
    '2001:db8::1',
    '192.0.2.1',
    '2001:db8::',
  ]);
  expect(ranges.total).toBe(5);
  expect(() => ranges.at(5)).toThrow(RangeError);
});
