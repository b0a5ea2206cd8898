import { describe, expect, it } from 'vitest';
import type { PacketField } from '../../../contract/packet-field.ts';
import { SeededRandom } from '../../base/random.ts';
import { fieldsOfMessage, fieldsOfQuote } from './packet-fields.ts';

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(/\s/g, ''), 'hex'));

/** `part name start-end = value`, which reads as the layouts of the RFCs do. */
function told(fields: readonly PacketField[]): string[] {
  return fields.map(({ part, name, startByte, endByte, value }) => {
    const place = `${part} ${name} ${startByte}-${endByte}`;
    return value === null ? place : `${place} = ${value}`;
  });
}

const REQUEST = '0800 1c5d 1234 0007 61626364';
/** Don't fragment, ttl 1, protocol 1, 10.71.1.1 to 10.71.3.2 (RFC 791). */
const IPV4 = '4500 0020 abcd 4000 0101 5678 0a470101 0a470302';
const IPV4_FIELDS = (at: number) => [
  `quoted-ip version ${at}-${at + 1} = 69`,
  `quoted-ip traffic-class ${at + 1}-${at + 2} = 0`,
  `quoted-ip total-length ${at + 2}-${at + 4} = 32`,
  `quoted-ip identification ${at + 4}-${at + 6} = 43981`,
  `quoted-ip fragment ${at + 6}-${at + 8} = 16384`,
  `quoted-ip hop-limit ${at + 8}-${at + 9} = 1`,
  `quoted-ip protocol ${at + 9}-${at + 10} = 1`,
  `quoted-ip header-checksum ${at + 10}-${at + 12} = 22136`,
  `quoted-ip source ${at + 12}-${at + 16} = 10.71.1.1`,
  `quoted-ip destination ${at + 16}-${at + 20} = 10.71.3.2`,
];
const echoFields = (part: string, at: number, type: number, payloadEnd: number) => [
  `${part} type ${at}-${at + 1} = ${type}`,
  `${part} code ${at + 1}-${at + 2} = 0`,
  `${part} checksum ${at + 2}-${at + 4} = 7261`,
  `${part} identifier ${at + 4}-${at + 6} = 4660`,
  `${part} sequence ${at + 6}-${at + 8} = 7`,
  `${part} payload ${at + 8}-${payloadEnd}`,
];

describe('the fields of a message', () => {
  it('are those of an echo (RFC 792), in both directions and both families', () => {
    expect(told(fieldsOfMessage(4, bytes(REQUEST)))).toEqual(echoFields('icmp', 0, 8, 12));
    expect(told(fieldsOfMessage(4, bytes(REQUEST.replace('08', '00'))))).toEqual(echoFields('icmp', 0, 0, 12));
    expect(told(fieldsOfMessage(6, bytes(REQUEST.replace('08', '81'))))).toEqual(echoFields('icmp', 0, 129, 12));
  });

  it('are those of an error and of the packet that it quotes', () => {
    expect(told(fieldsOfMessage(4, bytes(`0b00 f4ff 00000000 ${IPV4} ${REQUEST}`)))).toEqual([
      'icmp type 0-1 = 11',
      'icmp code 1-2 = 0',
      'icmp checksum 2-4 = 62719',
      'icmp unused 4-5',
      'icmp quote-length 5-6 = 0',
      'icmp unused 6-8',
      ...IPV4_FIELDS(8),
      ...echoFields('quoted-icmp', 28, 8, 40),
    ]);
  });

  it('tell the MTU of “fragmentation needed” (RFC 1191) and of “packet too big” (RFC 4443)', () => {
    expect(told(fieldsOfMessage(4, bytes(`0304 0000 0000 0514 ${IPV4} ${REQUEST}`)))).toContain('icmp mtu 6-8 = 1300');
    expect(told(fieldsOfMessage(6, bytes('0200 0000 00000514')))).toContain('icmp mtu 4-8 = 1300');
  });

  it('read a quoted IPv6 header and what stands before its request (RFC 8200)', () => {
    const ipv6 = '60000000 0014 00 01 fd710001000000000000000000000001 fd710003000000000000000000000002';
    const hopByHop = '3a00 0104 00000000';
    const quoted = told(
      fieldsOfMessage(6, bytes(`0300 0000 00000000 ${ipv6} ${hopByHop} ${REQUEST.replace('08', '80')}`)),
    );
    expect(quoted.slice(5)).toEqual([
      'quoted-ip version-class-flow 8-12 = 1610612736',
      'quoted-ip payload-length 12-14 = 20',
      'quoted-ip protocol 14-15 = 0',
      'quoted-ip hop-limit 15-16 = 1',
      'quoted-ip source 16-32 = fd71:1::1',
      'quoted-ip destination 32-48 = fd71:3::2',
      'quoted-ip options 48-56',
      ...echoFields('quoted-icmp', 56, 128, 68),
    ]);
  });

  it('tell padding, extensions and their MPLS labels apart (RFC 4884, RFC 4950)', () => {
    // 32 words of 4 bytes are quoted; a zero checksum of the extensions means that none was computed (RFC 4884 §7).
    const padding = '00'.repeat(128 - 32);
    const extensions = '2000 0000 0008 0101 03e81101';
    const fields = told(fieldsOfMessage(4, bytes(`0b00 0000 00200000 ${IPV4} ${REQUEST} ${padding} ${extensions}`)));
    expect(fields.slice(-6)).toEqual([
      'quoted-icmp padding 40-136',
      'extensions extension-version 136-138 = 8192',
      'extensions checksum 138-140 = 0',
      'extensions object-length 140-142 = 8',
      'extensions object-class 142-144 = 257',
      'extensions mpls-entry 144-148 = 65540353',
    ]);
  });

  it('leave what they do not know as data', () => {
    expect(told(fieldsOfMessage(4, bytes('0d00 1111 22222222 3333')))).toEqual([
      'icmp type 0-1 = 13',
      'icmp code 1-2 = 0',
      'icmp checksum 2-4 = 4369',
      'icmp data 4-10',
    ]);
    expect(told(fieldsOfMessage(4, bytes('0b00')))).toEqual(['icmp data 0-2']);
  });

  it('cover every byte once and in order, whatever the bytes', () => {
    const random = new SeededRandom(11);
    for (let round = 0; round < 4_000; round++) {
      const family = round % 2 === 0 ? 4 : 6;
      const message = Uint8Array.from({ length: random.uint32() % 220 }, () => random.uint32() % 256);
      // Half of them begin as an error about an IP packet, so that more than the first byte is looked at.
      if (round % 4 < 2 && message.length > 9) message.set(family === 4 ? [11, 0] : [3, 0]);
      if (round % 4 < 2 && message.length > 9) message[8] = family === 4 ? 0x45 : 0x60;
      for (const fields of [fieldsOfMessage(family, message), fieldsOfQuote(family, message, null)]) {
        let at = 0;
        for (const { startByte, endByte } of fields) {
          expect([startByte, endByte > startByte]).toEqual([at, true]);
          at = endByte;
        }
        expect(at).toBe(message.length);
      }
    }
  });
});

describe('the fields of what the kernel keeps of an error', () => {
  it('are the quoted request, and the extensions behind it', () => {
    const padding = '00'.repeat(100);
    const quote = bytes(`${REQUEST} ${padding} 2000 0000 0008 0101 03e81101`);
    expect(told(fieldsOfQuote(4, quote, 112))).toEqual([
      ...echoFields('quoted-icmp', 0, 8, 112),
      'extensions extension-version 112-114 = 8192',
      'extensions checksum 114-116 = 0',
      'extensions object-length 116-118 = 8',
      'extensions object-class 118-120 = 257',
      'extensions mpls-entry 120-124 = 65540353',
    ]);
  });
});
