import { expect, it } from 'vitest';
import { SeededRandom } from '../../base/random.ts';
import { decodeIcmp, decodeIpv4Packet, IcmpMessage } from './icmp-message.ts';

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(/\s/g, ''), 'hex'));

function decode(family: 4 | 6, hex: string): Partial<IcmpMessage> {
  const data = bytes(hex);
  const message = new IcmpMessage();
  decodeIcmp(family, data, 0, data.length, false, message);
  const { kind, type, code, identifier, sequence, mtu, quotedHopLimit } = message;
  return { kind, type, code, identifier, sequence, mtu, quotedHopLimit };
}

const REQUEST_V4 = '0800 0000 1234 0007 61626364';
const REQUEST_V6 = '8000 0000 1234 0007 61626364';
/** IPv4 header without options: ttl 1, protocol 1, 10.71.1.1 to 10.71.3.2. */
const IPV4 = '4500 0020 0000 4000 0101 0000 0a470101 0a470302';
/** IPv6 header with the given next header: hop limit 1, fd71:1::1 to fd71:3::2. */
const ipv6 = (next: string) =>
  `60000000 0014 ${next} 01 fd710001000000000000000000000001 fd710003000000000000000000000002`;

it('reads an echo reply', () => {
  expect(decode(4, '0000 0000 1234 0007 6162')).toMatchObject({
    kind: 'echo-reply',
    type: 0,
    identifier: 0x1234,
    sequence: 7,
  });
  expect(decode(6, '8100 0000 1234 0007 6162')).toMatchObject({
    kind: 'echo-reply',
    type: 129,
    identifier: 0x1234,
    sequence: 7,
  });
});

it('reads who an error is about from the quoted request', () => {
  const expected = { kind: 'error', code: 0, identifier: 0x1234, sequence: 7, mtu: 0, quotedHopLimit: 1 };
  expect(decode(4, `0b00 0000 00000000 ${IPV4} ${REQUEST_V4}`)).toEqual({ ...expected, type: 11 });
  expect(decode(6, `0300 0000 00000000 ${ipv6('3a')} ${REQUEST_V6}`)).toEqual({ ...expected, type: 3 });
});

it('reads the MTU of fragmentation needed (RFC 1191) and of packet too big (RFC 4443)', () => {
  expect(decode(4, `0304 0000 0000 0514 ${IPV4} ${REQUEST_V4}`)).toMatchObject({ kind: 'error', mtu: 1_300 });
  expect(decode(6, `0200 0000 0000 0514 ${ipv6('3a')} ${REQUEST_V6}`)).toMatchObject({ kind: 'error', mtu: 1_300 });
});

it('finds the quoted request behind IPv4 options and IPv6 extension headers', () => {
  const withOptions = '4600 0024 0000 4000 0101 0000 0a470101 0a470302 94040000';
  expect(decode(4, `0b00 0000 00000000 ${withOptions} ${REQUEST_V4}`)).toMatchObject({ kind: 'error', sequence: 7 });
  const hopByHop = '3c00 0104 00000000';
  const destinationOptions = '3a01 010c 00000000 00000000 00000000';
  expect(decode(6, `0300 0000 00000000 ${ipv6('00')} ${hopByHop} ${destinationOptions} ${REQUEST_V6}`)).toMatchObject({
    kind: 'error',
    sequence: 7,
  });
});

it('ends the quoted payload where a multi-part message says, before padding and extensions (RFC 4884)', () => {
  const payloadOf = (family: 4 | 6, hex: string) => {
    const data = bytes(hex);
    const message = new IcmpMessage();
    decodeIcmp(family, data, 0, data.length, false, message);
    return Buffer.from(data.subarray(message.payloadStart, message.payloadEnd)).toString();
  };
  const mpls = '2000 0000 0008 0101 05dc1101';
  // Length 32 words of 4 bytes (ICMPv4) and 16 of 8 (ICMPv6) are both 128 bytes: the quote and its padding.
  const v4 = `0b00 0000 0020 0000 ${IPV4} ${REQUEST_V4} ${'00'.repeat(96)} ${mpls}`;
  const v6 = `0300 0000 10000000 ${ipv6('3a').replace('0014', '000c')} ${REQUEST_V6} ${'00'.repeat(76)} ${mpls}`;
  expect([payloadOf(4, v4), payloadOf(6, v6)]).toEqual(['abcd', 'abcd']);
  // A quote that fills its 128 bytes with payload ends there; the extensions are none of it.
  const long = `4500 00e4 0000 4000 0101 0000 0a470101 0a470302`;
  expect(payloadOf(4, `0b00 0000 0020 0000 ${long} 0800 0000 1234 0007 ${'61'.repeat(100)} ${mpls}`)).toBe(
    'a'.repeat(100),
  );
});

it('finds the extensions behind a quote whose length is told, and behind 128 bytes where an old router tells none', () => {
  const extensionsOf = (family: 4 | 6, hex: string) => {
    const data = bytes(hex);
    const message = new IcmpMessage();
    decodeIcmp(family, data, 0, data.length, false, message);
    return Buffer.from(data.subarray(message.extensionsAt, message.extensionsEnd)).toString('hex');
  };
  // 2000 + 0008 + 0101 + 05dc + 1101 = 37e6; its complement is c819.
  const mpls = '2000c819 00080101 05dc1101';
  const bare = mpls.replaceAll(' ', '');
  const v4 = `0b00 0000 0020 0000 ${IPV4} ${REQUEST_V4} ${'00'.repeat(96)} ${mpls}`;
  const v6 = `0300 0000 10000000 ${ipv6('3a')} ${REQUEST_V6} ${'00'.repeat(76)} ${mpls}`;
  expect([extensionsOf(4, v4), extensionsOf(6, v6)]).toEqual([bare, bare]);
  expect(extensionsOf(4, v4.replace('0020 0000', '0000 0000'))).toBe(bare);
  expect(extensionsOf(6, v6.replace('10000000', '00000000'))).toBe(bare);
  // Without a length a checksum must prove them; an error that cannot be multi-part has none (RFC 4884 section 4).
  expect(extensionsOf(4, v4.replace('0020 0000', '0000 0000').replace('c819', '0000'))).toBe('');
  expect(extensionsOf(4, v4.replace('0b00', '0400'))).toBe('');
  expect(extensionsOf(6, v6.replace('0300', '0200'))).toBe('');
  // A length of less than 128 bytes, and one beyond the end.
  expect(extensionsOf(4, v4.replace('0020 0000', '001f 0000'))).toBe('');
  expect(extensionsOf(4, v4.replace('0020 0000', '00ff 0000'))).toBe('');
});

it('calls an error about something else other, and leaves identifier and sequence at 0', () => {
  const other = { kind: 'other', identifier: 0, sequence: 0 };
  const udp = '4500 0020 0000 4000 0111 0000 0a470101 0a470302';
  const laterFragment = '4500 0020 0000 0010 0101 0000 0a470101 0a470302';
  const laterFragmentV6 = '3a00 0008 00000001';
  const quotedReply = REQUEST_V4.replace('0800', '0000');
  for (const [family, hex] of [
    [4, `0303 0000 00000000 ${udp} 1234 0007 1234 0007`],
    [4, `0b00 0000 00000000 ${laterFragment} ${REQUEST_V4}`],
    [4, `0b00 0000 00000000 ${IPV4} ${quotedReply}`],
    [4, `0b00 0000 00000000 ${IPV4} 0800 0000 1234 00`],
    [6, `0300 0000 00000000 ${ipv6('11')} ${REQUEST_V6}`],
    [6, `0300 0000 00000000 ${ipv6('2c')} ${laterFragmentV6} ${REQUEST_V6}`],
  ] as const) {
    expect([hex, decode(family, hex)]).toMatchObject([hex, other]);
  }
});

it('calls an echo request, our own on loopback say, other, whatever its payload imitates', () => {
  const imitation = `0800 0000 9999 0001 ${'00'.repeat(16)} ${IPV4} ${REQUEST_V4}`;
  expect(decode(4, imitation)).toMatchObject({ kind: 'other', type: 8 });
});

it('reads a raw IPv4 packet behind its header and options, and refuses a wrong checksum', () => {
  const message = new IcmpMessage();
  const packet = bytes(`4601 0024 0000 0000 3901 0000 0a470302 0a470101 94040000 0000 2968 1234 0001 616263 00`);
  // The total length says 0x24 = 36 bytes: the last byte, padding of the link, is not part of the packet.
  packet[3] = 0x23;
  decodeIpv4Packet(packet, 0, packet.length, message);
  expect(message).toMatchObject({
    kind: 'echo-reply',
    identifier: 0x1234,
    sequence: 1,
    icmpBytes: 11,
    hopLimit: 0x39,
    trafficClass: 1,
  });
  packet[34] = (packet[34] as number) ^ 1;
  decodeIpv4Packet(packet, 0, packet.length, message);
  expect(message.kind).toBe('malformed');
});

it('calls runts and impossible lengths malformed', () => {
  const message = new IcmpMessage();
  for (const hex of [
    '',
    '00',
    '00000000000000',
    '4500',
    `${IPV4}`,
    `4500 ffff 0000 0000 0101 0000 0a470101 0a470302 ${REQUEST_V4}`,
    `4f00 0020 0000 0000 0101 0000 0a470101 0a470302 ${REQUEST_V4}`,
  ]) {
    const data = bytes(hex);
    decodeIpv4Packet(data, 0, data.length, message);
    expect([hex, message.kind]).toEqual([hex, 'malformed']);
  }
});

it('never reads outside the datagram, whatever 300,000 IPv6 messages claim', () => {
  const random = new SeededRandom(5);
  const message = new IcmpMessage();
  const model = bytes(
    `0300 0000 00000000 ${ipv6('00')} 3c00 0104 00000000 3a01 010c 00000000 00000000 00000000 ${REQUEST_V6}`,
  );
  for (let count = 0; count < 300_000; count++) {
    const length = random.uint32() % (model.length + 1);
    const datagram = model.slice(0, length);
    for (let change = random.uint32() % 6; change > 0 && length > 0; change--)
      datagram[random.uint32() % length] = random.uint32();
    decodeIcmp(6, datagram, 0, length, false, message);
    if (message.kind === 'malformed') expect(length).toBeLessThan(8);
    if (message.kind !== 'error') continue;
    const head = Buffer.from(datagram.subarray(message.payloadStart - 8, message.payloadStart));
    expect([head[0], head[1], head.readUInt16BE(4), head.readUInt16BE(6)]).toEqual([
      128,
      0,
      message.identifier,
      message.sequence,
    ]);
    expect(message.payloadEnd).toBeGreaterThanOrEqual(message.payloadStart);
    expect(message.payloadEnd).toBeLessThanOrEqual(length);
  }
});
