import { expect, it } from 'vitest';
import { SeededRandom } from '../../base/random.ts';
import { areSummedExtensions, readExtensions } from './icmp-extensions.ts';

/** The structure of these objects with its checksum: words added, carries folded, complemented (RFC 1071). */
function structure(...objects: string[]): Uint8Array {
  const bytes = Buffer.from(`20000000${objects.join('')}`.replaceAll(/\s/g, ''), 'hex');
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += bytes.readUInt16BE(at);
  while (sum > 0xffff) sum = (sum % 0x1_0000) + Math.floor(sum / 0x1_0000);
  bytes.writeUInt16BE(0xffff - sum, 2);
  return Uint8Array.from(bytes);
}

const read = (bytes: Uint8Array) => readExtensions(bytes, 0, bytes.length);
const NOTHING = { mpls: [], interfaces: [], others: [] };

/** Label 24001, traffic class 5, not the bottom, TTL 1; label 16, class 0, bottom, TTL 255 (RFC 3032 section 2.1). */
const STACK = '000c 0101 05dc1a01 000101ff';
const LABELS = [
  { label: 24_001, trafficClass: 5, isBottom: false, ttl: 1 },
  { label: 16, trafficClass: 0, isBottom: true, ttl: 255 },
];

it('reads a label stack, top first (RFC 4950)', () => {
  expect(read(structure(STACK))).toEqual({ ...NOTHING, mpls: LABELS });
});

it('reads the highest label, whose bits reach the sign of a 32-bit number', () => {
  expect(read(structure('0008 0101 ffffffff'))?.mpls).toEqual([
    { label: 1_048_575, trafficClass: 7, isBottom: true, ttl: 255 },
  ]);
});

it('reads an interface with index, IPv4 address, name and MTU (RFC 5837)', () => {
  // Length 28; class 2, sub-type 0x0f: incoming, everything there. "ge-0/1" takes 7 bytes of 8.
  const object = '001c 020f 0000021a 0001 0000 c0000201 08 67652d302f31 00 000005dc';
  expect(read(structure(object))?.interfaces).toEqual([
    { role: 'incoming', index: 538, address: '192.0.2.1', name: 'ge-0/1', mtu: 1_500 },
  ]);
});

it('reads the other roles, an IPv6 address, and what is left out', () => {
  const outgoing = '001c 0294 00000007 0002 0000 20010db8000000000000000000000001'.replace('0294', '028c');
  const nextHop = '0008 02c1 00002328';
  const subIp = '0004 0240';
  expect(read(structure(outgoing, nextHop, subIp))?.interfaces).toEqual([
    { role: 'outgoing', index: 7, address: '2001:db8::1', name: null, mtu: null },
    { role: 'next-hop', index: null, address: null, name: null, mtu: 9_000 },
    { role: 'sub-ip-incoming', index: null, address: null, name: null, mtu: null },
  ]);
});

it('lets no name of a router command a terminal', () => {
  // ESC [ 2 J and a byte that is no UTF-8.
  const [named] = read(structure('000c 0202 08 1b5b324a ff 0000'))?.interfaces ?? [];
  expect(named?.name).toBe('\ufffd[2J\ufffd');
});

it('keeps what an interface object holds before it is cut short', () => {
  // It claims index, address, name and MTU, and ends within the address; then one whose name is longer than itself.
  expect(read(structure('0010 020f 00000009 0001 0000 c000', '0201', '0008 0203 20 616263'))?.interfaces).toEqual([
    { role: 'incoming', index: 9, address: '192.0.2.1', name: null, mtu: null },
    { role: 'incoming', index: null, address: null, name: null, mtu: null },
  ]);
});

it('tells objects of other classes apart, and another sub-type of the label class', () => {
  expect(read(structure('0008 0301 00000000', STACK, '0004 0102'))).toEqual({
    mpls: LABELS,
    interfaces: [],
    others: [
      { classNumber: 3, classType: 1, payloadBytes: 4 },
      { classNumber: 1, classType: 2, payloadBytes: 0 },
    ],
  });
});

it('takes a checksum of zero for none, but not where only the place says that there is a structure', () => {
  const bytes = structure(STACK);
  expect(areSummedExtensions(bytes, 0, bytes.length)).toBe(true);
  bytes.fill(0, 2, 4);
  expect(read(bytes)?.mpls).toEqual(LABELS);
  expect(areSummedExtensions(bytes, 0, bytes.length)).toBe(false);
});

it('believes nothing of a structure with a wrong checksum, version or length', () => {
  const wrongSum = structure(STACK);
  wrongSum[8] = (wrongSum[8] as number) ^ 1;
  const wrongVersion = structure(STACK);
  wrongVersion.set([0x30, 0, 0, 0]);
  const objects = [
    '0003 0101', // shorter than its own header
    '0000 0101',
    '0010 0101 05dc1101 00010100', // longer than what is there
    '000a 0101 05dc1101 0001 0004', // no whole number of words
    `${STACK} 0004`, // half a header behind it
  ];
  for (const bytes of [wrongSum, wrongVersion, ...objects.map((object) => structure(object))])
    expect([Buffer.from(bytes).toString('hex'), read(bytes)]).toEqual([expect.anything(), null]);
  for (const short of ['', '20', '2000dfff']) expect(read(Uint8Array.from(Buffer.from(short, 'hex')))).toBeNull();
});

it('reads no more than 64 labels and 64 objects, however many there are', () => {
  const extensions = read(structure(`0804 0101 ${'00001001'.repeat(512)}`, '0004 0901'.repeat(500)));
  expect([extensions?.mpls.length, extensions?.others.length]).toEqual([64, 64]);
});

it('never throws nor reads outside, whatever 60,000 structures claim', () => {
  const random = new SeededRandom(3);
  const model = structure(
    STACK,
    '001c 020f 0000021a 0001 0000 c0000201 08 67652d302f31 00 000005dc',
    '0008 0301 00000000',
  );
  let kept = 0;
  for (let count = 0; count < 60_000; count++) {
    const bytes = count % 3 === 0 ? model.slice(0, random.uint32() % (model.length + 1)) : model.slice();
    for (let change = random.uint32() % 4; change > 0 && bytes.length > 4; change--)
      bytes[4 + (random.uint32() % (bytes.length - 4))] = random.uint32();
    bytes.fill(0, 2, 4);
    // What lies behind must not matter.
    const longer = Uint8Array.from([...bytes, ...new Array<number>(40).fill(0xff)]);
    const extensions = read(bytes);
    expect(readExtensions(longer, 0, bytes.length)).toEqual(extensions);
    if (extensions !== null) kept++;
  }
  expect(kept).toBeGreaterThan(10_000);
});
