import { expect, it, vi } from 'vitest';
import { VirtualClock } from '../base/clock.ts';
import { LocalAddresses } from './local-addresses.ts';

vi.mock('node:os', () => ({
  networkInterfaces: () => ({
    en0: [
      { address: '192.168.17.9', family: 'IPv4', netmask: '255.255.240.0', cidr: '192.168.17.9/20' },
      { address: 'fd12:3456::9', family: 'IPv6', netmask: 'ffff:ffff:ffff:ffff::', cidr: 'fd12:3456::9/64' },
    ],
    utun0: [{ address: '10.8.0.2', family: 'IPv4', netmask: '255.255.255.255', cidr: '10.8.0.2/32' }],
  }),
}));

it('knows the addresses that no router is on the way to', () => {
  const local = new LocalAddresses(new VirtualClock());
  const onLink = ['192.168.16.1', '192.168.31.254', 'fd12:3456::1', 'fe80::1%en0'];
  const elsewhere = [
    '192.168.32.1',
    '192.168.15.255',
    '10.8.0.1',
    'fd12:3456:0:1::1',
    '2001:db8::1',
    '::ffff:192.168.16.1',
  ];
  expect([...onLink, ...elsewhere].filter((address) => local.isOnLink(address))).toEqual(onLink);
  // Its own are no other machine's.
  expect(local.isOnLink('192.168.17.9')).toBe(false);
});
