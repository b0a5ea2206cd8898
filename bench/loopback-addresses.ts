import { formatAddress } from '../src/contract/address-ranges.ts';

/** 127.0.0.1; every address of 127.0.0.0/8 is this machine (RFC 1122 §3.2.1.3). */
export const FIRST_LOOPBACK_ADDRESS = 0x7f000001n;

/** The text of `count` addresses from there on. */
export function loopbackAddresses(count: number): string[] {
  return Array.from({ length: count }, (_, index) => formatAddress(4, FIRST_LOOPBACK_ADDRESS + BigInt(index), null));
}
