import { describe, expect, it } from 'vitest';
import { createMask, maskedAddresses, USUAL_MASK } from './privacy-mask.ts';

const hop = (address: string, hopLimit: number | null, name: string | null = null) => ({ address, hopLimit, name });

const SEEN = [
  hop('192.168.1.1', 1, 'fritz.box'),
  hop('198.51.100.9', 2, 'gw.isp.example'),
  hop('2001:db8:1:2::1', 1),
  hop('2001:db8:1:3::1', 2),
  hop('192.168.1.1', 3),
  hop('203.0.113.1', 4),
  hop('100.64.0.9', null),
  hop('fe80::1%eth0', null),
];

describe('maskedAddresses', () => {
  it('finds private ranges, and with IPv6 what shares a network with this machine, each once', () => {
    expect(
      maskedAddresses(SEEN, USUAL_MASK, ['2001:db8:1:2:a::5']).map(({ address, label, why }) => [address, label, why]),
    ).toEqual([
      ['192.168.1.1', 'masked-1', 'private'],
      ['2001:db8:1:2::1', 'masked-2', 'this-machine'],
      ['100.64.0.9', 'masked-3', 'private'],
      ['fe80::1%eth0', 'masked-4', 'private'],
    ]);
  });

  it('masks the first hops and what is chosen, however that is written', () => {
    const options = { ownAddresses: false, firstHops: 1, addresses: ['2001:0DB8:1:3:0::1', 'nonsense'] };
    expect(maskedAddresses(SEEN, options, []).map(({ address, why }) => [address, why])).toEqual([
      ['192.168.1.1', 'first-hop'],
      ['2001:db8:1:2::1', 'first-hop'],
      ['2001:db8:1:3::1', 'chosen'],
    ]);
  });

  it('knows the ends of the ranges (RFC 1918, RFC 6598, RFC 4193)', () => {
    const isMasked = (address: string) => maskedAddresses([hop(address, null)], USUAL_MASK, []).length === 1;
    const inside = [
      '10.255.255.255',
      '172.16.0.0',
      '172.31.255.255',
      '100.127.0.1',
      '169.254.9.9',
      'fdff::1',
      'febf::1',
      '::1',
    ];
    const outside = [
      '11.0.0.0',
      '172.15.255.255',
      '172.32.0.0',
      '100.128.0.0',
      '192.169.0.1',
      'fbff::1',
      'fec0::1',
      '::2',
    ];
    expect([inside.filter(isMasked), outside.filter(isMasked)]).toEqual([inside, []]);
  });
});

describe('a mask', () => {
  it('puts labels in the place of addresses and names within a sentence, and leaves longer ones alone', () => {
    const mask = createMask(maskedAddresses(SEEN, { ...USUAL_MASK, firstHops: 2 }, []));
    expect(
      mask.text(
        'Loss begins at 192.168.1.1 (Fritz.box), not at 192.168.1.11 or my-fritz.box.example. See gw.isp.example.',
      ),
    ).toBe('Loss begins at masked-1 (masked-1), not at 192.168.1.11 or my-fritz.box.example. See masked-2.');
    expect(mask.address('203.0.113.1')).toBe('203.0.113.1');
  });
});
