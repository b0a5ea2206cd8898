/** The first `count` addresses from 127.0.0.1 on; every one of 127.0.0.0/8 is this machine (RFC 1122 §3.2.1.3). */
export function loopbackAddresses(count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const number = index + 1;
    return `127.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;
  });
}
