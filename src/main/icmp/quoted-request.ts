import { formatIpAddress } from '../../contract/ip-address.ts';
import type { LocalAddresses } from './local-addresses.ts';
import { onesSum } from './packet/checksum.ts';
import type { ReceivedRecord } from './received-record.ts';

/** Next header of ICMPv6, which its pseudo-header names (RFC 8200 §8.1). */
const PROTOCOL_ICMPV6 = 58;
const IPV6_ADDRESS_BYTES = 16;

/**
 * Whether the request that a verified error quotes differs from the one sent: its source is none of this machine's
 * addresses, or its checksum is not the one that it left with. Something between here and the responder has rewritten
 * it then, and on the way back only in part.
 *
 * The kernel hands the errors of a dgram socket over without the quoted IP header, so there only the checksum tells.
 * In ICMPv6 that covers the source address, which may be any of this machine's.
 *
 * @param requestSum one's complement sum of the request with its checksum zero
 * @param icmpBytes length of the request
 */
export function isQuoteAltered(
  record: ReceivedRecord,
  requestSum: number,
  icmpBytes: number,
  local: LocalAddresses,
): boolean {
  const { bytes, family, quotedDestinationAt } = record;
  const { quotedSourceAt, quotedChecksum } = record.message;
  if (quotedSourceAt >= 0 && !local.isOwn(formatIpAddress(family, bytes, quotedSourceAt))) return true;
  // A message is whole when its sum, checksum included, is zero: in one's complement a multiple of ffff.
  let sum = requestSum + quotedChecksum;
  if (family === 4) return sum % 0xffff !== 0;
  sum += onesSum(bytes, quotedDestinationAt, quotedDestinationAt + IPV6_ADDRESS_BYTES) + icmpBytes + PROTOCOL_ICMPV6;
  if (quotedSourceAt >= 0)
    return (sum + onesSum(bytes, quotedSourceAt, quotedSourceAt + IPV6_ADDRESS_BYTES)) % 0xffff !== 0;
  return !local.ipv6Sums().some((sourceSum) => (sum + sourceSum) % 0xffff === 0);
}
