import { describe, expect, it } from 'vitest';
import { isPublicAddress } from './public-address.ts';

describe('whether an address is public', () => {
  it.each([
    // Edges of the blocks of the IANA special-purpose registries.
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '192.167.255.255',
    '198.17.255.255',
    '198.20.0.0',
    '223.255.255.255',
    '8.8.8.8',
    '2001:4860:4860::8888',
    '2a00::1',
    '2001:200::1',
  ])('is so of %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    '0.1.2.3',
    '10.0.0.0',
    '10.255.255.255',
    '100.64.0.0',
    '100.127.255.255',
    '127.0.0.1',
    '169.254.1.1',
    '172.16.0.0',
    '172.31.255.255',
    '192.168.0.1',
    '192.0.2.1',
    '198.18.0.0',
    '198.19.255.255',
    '198.51.100.7',
    '203.0.113.9',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    'fe80::1%eth0',
    'fc00::1',
    'fd12::1',
    '2001:db8::1',
    '3fff::1',
    '2001::1',
    '64:ff9b::1',
    'ff02::1',
    'host.example',
  ])('is not so of %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});
