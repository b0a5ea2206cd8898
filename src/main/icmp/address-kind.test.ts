import { expect, it } from 'vitest';
import { isHostname, isIpv4Address, isIpv6Address } from './address-kind.ts';

it('knows what can be the name of a host', () => {
  const names = [
    'localhost',
    'example.com',
    'a.b-c.example',
    '_dmarc.example.com',
    'host_1',
    'EXAMPLE.com',
    'example.com.',
  ];
  // Names of RFC 3492's kind: the seed refuses these, though they resolve.
  const international = ['bücher.example', 'xn--bcher-kva.example', 'host.xn--p1ai'];
  expect([...names, ...international].filter((name) => !isHostname(name))).toEqual([]);
});

it('knows what cannot', () => {
  const wrong = ['', '.', 'a..b', '-a.example', 'a-.example', 'a b', 'a/b', '1.2.3.4', '1', 'example.1', '::1', 'a\n'];
  const tooLong = [`${'a'.repeat(64)}.example`, `${'a.'.repeat(127)}example`];
  expect([...wrong, ...tooLong].filter(isHostname)).toEqual([]);
});

it('tells the families of addresses', () => {
  expect(['1.2.3.4', '255.255.255.255'].every(isIpv4Address)).toBe(true);
  // All but the last of these pass for IPv4 in the seed.
  expect(['999.999.999.999', '01.2.3.4', '1.2.3.4\n', '1.2.3'].some(isIpv4Address)).toBe(false);
  expect(['::', '2001:db8::1', '::ffff:1.2.3.4', 'fe80::1%eth0'].every(isIpv6Address)).toBe(true);
  // All but the last of these pass for IPv6 in the seed.
  expect([':', 'a:b', '12345::', '1.2.3.4'].some(isIpv6Address)).toBe(false);
});
