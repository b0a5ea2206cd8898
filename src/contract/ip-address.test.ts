import { isIP } from 'node:net';
import { expect, it } from 'vitest';
import { SeededRandom } from '../main/base/random.ts';
import { beginsWith, formatIpAddress, isMulticast, needsZone, parseIpAddress } from './ip-address.ts';

const bytesOf = (text: string) => {
  const address = parseIpAddress(text);
  return address === null ? null : Buffer.from(address.bytes).toString('hex');
};
const rewritten = (text: string) => {
  const address = parseIpAddress(text);
  return address === null ? null : formatIpAddress(address.family, address.bytes);
};

it('reads IPv4 addresses and refuses what only looks like one', () => {
  expect(bytesOf('192.0.2.255')).toBe('c00002ff000000000000000000000000');
  for (const wrong of [
    '',
    '1',
    '1.2.3',
    '1.2.3.4.5',
    '256.1.1.1',
    '01.2.3.4',
    '1.2.3.',
    '.1.2.3',
    '1..2.3',
    '1.2.3.4 ',
    '-1.2.3.4',
    '1.2.3.4\n',
    '1.2.3.4%lo',
  ]) {
    expect([wrong, parseIpAddress(wrong)]).toEqual([wrong, null]);
  }
});

it('reads every form of RFC 4291 section 2.2', () => {
  expect(bytesOf('2001:db8::8:800:200c:417a')).toBe('20010db80000000000080800200c417a');
  expect(bytesOf('::')).toBe('0'.repeat(32));
  expect(bytesOf('::ffff:129.144.52.38')).toBe('00000000000000000000ffff81903426');
  expect(bytesOf('ABCD:EF01:2345:6789:ABCD:EF01:2345:6789')).toBe('abcdef0123456789abcdef0123456789');
  for (const wrong of [
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '12345::',
    'g::',
    '1:2:3:4:5:6:7::8',
    '::1%',
    'fe80::1%a b',
    '1.2.3.4::',
  ]) {
    expect([wrong, parseIpAddress(wrong)]).toEqual([wrong, null]);
  }
});

it('keeps the zone as typed', () => {
  expect(parseIpAddress('fe80::1%eth0')).toMatchObject({ family: 6, zone: 'eth0' });
});

it('writes the recommended text of RFC 5952 section 4', () => {
  expect(
    [
      '2001:0db8:0:0:0:0:2:1',
      '2001:db8:0:1:1:1:1:1',
      '2001:0:0:1:0:0:0:1',
      '2001:DB8::1',
      '::ffff:c000:201',
      '::1',
      '1::',
    ].map(rewritten),
  ).toEqual([
    '2001:db8::2:1',
    '2001:db8:0:1:1:1:1:1',
    '2001:0:0:1::1',
    '2001:db8::1',
    '::ffff:192.0.2.1',
    '::1',
    '1::',
  ]);
});

it('agrees with the platform about a hundred thousand mutated texts', () => {
  const random = new SeededRandom(7);
  const alphabet = '0123456789abcdefF:.::..%';
  const seeds = ['192.168.10.254', '2001:db8::8:800:200c:417a', '::ffff:1.2.3.4', '1:2:3:4:5:6:7:8'];
  for (let round = 0; round < 100_000; round++) {
    const characters = [...(seeds[round % seeds.length] as string)];
    for (let change = random.uint32() % 4; change >= 0; change--) {
      characters.splice(
        random.uint32() % characters.length,
        random.uint32() % 2,
        alphabet[random.uint32() % alphabet.length] as string,
      );
    }
    const text = characters.join('');
    if (text.includes('%')) continue; // the platform accepts zones on any IPv6 address, empty ones too
    expect([text, parseIpAddress(text)?.family ?? 0]).toEqual([text, isIP(text)]);
  }
});

it('knows multicast groups and addresses that need a zone', () => {
  const of = (text: string) => parseIpAddress(text)?.bytes as Uint8Array;
  expect([
    isMulticast(4, of('224.0.0.1')),
    isMulticast(4, of('240.0.0.1')),
    isMulticast(6, of('ff02::1')),
    isMulticast(6, of('fe80::1')),
  ]).toEqual([true, false, true, false]);
  expect(
    ['fe80::1', 'febf::1', 'fec0::1', 'ff02::1', 'ff0e::1', '2001:db8::1'].map((text) => needsZone(of(text))),
  ).toEqual([true, true, false, true, false, false]);
});

it('knows whether an address lies in a block, at any length of its prefix', () => {
  const of = (text: string) => parseIpAddress(text)?.bytes as Uint8Array;
  const cases: ReadonlyArray<readonly [string, readonly number[], number, boolean]> = [
    // RFC 1918: 172.16.0.0/12 ends with 172.31.255.255; RFC 6598: 100.64.0.0/10 with 100.127.255.255.
    ['172.31.255.255', [172, 16], 12, true],
    ['172.32.0.0', [172, 16], 12, false],
    ['100.127.255.255', [100, 64], 10, true],
    ['100.128.0.0', [100, 64], 10, false],
    // RFC 4193: fc00::/7; RFC 4291: fe80::/10.
    ['fdff::1', [0xfc], 7, true],
    ['fe80::1', [0xfc], 7, false],
    ['febf::1', [0xfe, 0x80], 10, true],
    ['fec0::1', [0xfe, 0x80], 10, false],
    ['203.0.113.1', [], 0, true],
    ['203.0.113.1', [203, 0, 113, 1], 32, true],
    ['203.0.113.0', [203, 0, 113, 1], 32, false],
  ];
  for (const [address, first, bits, isIn] of cases) {
    expect([address, bits, beginsWith(of(address), first, bits)]).toEqual([address, bits, isIn]);
  }
});
