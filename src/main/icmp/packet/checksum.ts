/**
 * The Internet checksum (RFC 1071) of `bytes[start, end)`: the 16-bit one's complement of the one's complement sum,
 * an odd last byte padded with zero. Over data that already holds its own valid checksum the result is 0.
 */
export function internetChecksum(bytes: Uint8Array, start = 0, end = bytes.length): number {
  // 65,535 bytes add at most 2^31, so one fold of the upper half and one of its carry suffice.
  let sum = onesSum(bytes, start, end);
  sum = (sum & 0xffff) + (sum >>> 16);
  sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}

/** The sum of the 16-bit words of `bytes[start, end)`, an odd last byte padded with zero, not folded; up to 65,535 bytes. */
export function onesSum(bytes: Uint8Array, start = 0, end = bytes.length): number {
  let sum = 0;
  let index = start;
  for (; index + 1 < end; index += 2) sum += ((bytes[index] as number) << 8) | (bytes[index + 1] as number);
  if (index < end) sum += (bytes[index] as number) << 8;
  return sum;
}
