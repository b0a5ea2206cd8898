import { constants } from 'node:os';
import { describe, expect, it } from 'vitest';
import {
  FLAG_EXTENSION_CHECKSUM_BAD,
  FLAG_EXTENSIONS,
  FLAG_HOP_LIMIT,
  FLAG_IP_HEADER,
  FLAG_KERNEL_TIMESTAMP,
  RECORD_DATAGRAM,
  RECORD_ICMP_ERROR,
} from '../../src/main/icmp/native-record.ts';
import { addresses } from '../lab/addresses.ts';
import { icmpMessage, ipv4Packet, ipv6Packet, sealed4 } from './icmp-packets.ts';
import { SocketUnderTest, sendFrom } from './native-socket.ts';

const { EACCES, EHOSTUNREACH, EMSGSIZE, ENETUNREACH } = constants.errno;
const { client, firstRouter, target, noRouteAtFirstRouter, prohibitedAtFirstRouter, targetLinkMtu } = addresses;
const FAMILIES = [
  { family: 4, version: 'v4' },
  { family: 6, version: 'v6' },
] as const;

/** ICMP type, code and errno of each error; RFC 792 and 4443, and the kernel's own table of errnos. */
const EXPECTED = {
  v4: {
    timeExceeded: [11, 0, EHOSTUNREACH],
    noRoute: [3, 0, ENETUNREACH],
    prohibited: [3, 13, EHOSTUNREACH],
    tooBig: [3, 4, EMSGSIZE],
  },
  v6: {
    timeExceeded: [3, 0, EHOSTUNREACH],
    noRoute: [1, 0, ENETUNREACH],
    prohibited: [1, 1, EACCES],
    tooBig: [2, 0, EMSGSIZE],
  },
} as const;

function error([icmpType, icmpCode, errno]: readonly [number, number, number]) {
  return { kind: RECORD_ICMP_ERROR, icmpType, icmpCode, errno };
}

describe.each(FAMILIES)('the error queue of an unprivileged $version socket', ({ family, version }) => {
  it('tells of an error its type, code, offender, destination, hop limit and the quoted request', () => {
    using socket = new SocketUnderTest({ family, kind: 'dgram' });
    socket.send({ destination: target[version], hopLimit: 1, sequence: 0x0102, payloadBytes: 32 });
    const [record] = socket.receive(1);
    expect(record).toMatchObject({
      ...error(EXPECTED[version].timeExceeded),
      source: firstRouter[version],
      local: target[version],
      hopLimit: 64,
    });
    expect((record?.flags ?? 0) & (FLAG_HOP_LIMIT | FLAG_KERNEL_TIMESTAMP)).toBe(
      FLAG_HOP_LIMIT | FLAG_KERNEL_TIMESTAMP,
    );
    const data = record?.data ?? Buffer.alloc(0);
    expect([data.length, data[0], data.readUInt16BE(4), data.readUInt16BE(6)]).toEqual([
      ...[40, family === 4 ? 8 : 128, socket.native.properties.identifier, 0x0102],
    ]);
  });

  it('tells why a router did not forward, and which MTU it has', () => {
    using socket = new SocketUnderTest({ family, kind: 'dgram', dontFragment: 'set' });
    socket.send({ destination: noRouteAtFirstRouter[version] });
    expect(socket.receive(1)).toMatchObject([error(EXPECTED[version].noRoute)]);
    socket.send({ destination: prohibitedAtFirstRouter[version] });
    expect(socket.receive(1)).toMatchObject([error(EXPECTED[version].prohibited)]);
    // Twice: the second one must not be held back because the kernel has learned the MTU.
    for (const sequence of [1, 2]) {
      socket.send({ destination: target[version], payloadBytes: 1_400, sequence });
      expect(socket.receive(1)).toMatchObject([{ ...error(EXPECTED[version].tooBig), info: targetLinkMtu }]);
    }
  });

  it('gives errors and replies that come together, all of them', () => {
    using socket = new SocketUnderTest({ family, kind: 'dgram' });
    const requests = Array.from({ length: 100 }, (_, index) => ({
      destination: target[version],
      sequence: index,
      hopLimit: index % 2 === 0 ? 1 : 64,
    }));
    socket.send(...requests);
    const records = socket.receive(100);
    const sequencesOf = (kind: number) =>
      records.filter((record) => record.kind === kind).map((record) => record.data.readUInt16BE(6));
    expect(sequencesOf(RECORD_ICMP_ERROR)).toEqual(requests.flatMap((_, index) => (index % 2 === 0 ? [index] : [])));
    expect(sequencesOf(RECORD_DATAGRAM)).toEqual(requests.flatMap((_, index) => (index % 2 === 1 ? [index] : [])));
  });
});

describe.each(FAMILIES)('errors on a raw $version socket', ({ family, version }) => {
  it('come once each, as datagrams, although the kernel also queues them as errors', () => {
    using socket = new SocketUnderTest({ family, kind: 'raw' });
    const requests = [1, 2, 3].map((sequence) => ({ destination: target[version], hopLimit: 1, sequence }));
    socket.send(...requests);
    const records = [...socket.receive(3), ...socket.receive(1, 30)];
    const [type] = EXPECTED[version].timeExceeded;
    expect(records.map((record) => [record.kind, record.source, record.data[family === 4 ? 20 : 0]])).toEqual(
      requests.map(() => [RECORD_DATAGRAM, firstRouter[version], type]),
    );
    expect(records.map((record) => record.flags & FLAG_IP_HEADER)).toEqual(
      requests.map(() => (family === 4 ? FLAG_IP_HEADER : 0)),
    );
  });
});

/** RFC 4884 §7 and RFC 4950: one MPLS label stack object; label 24001, bottom of stack, TTL 1. */
function extensions(checksumIsRight: boolean): Buffer {
  const structure = Buffer.from('20000000' + '00080101' + '05dc1101', 'hex');
  const sealed = sealed4(structure);
  if (!checksumIsRight) sealed.writeUInt16BE((sealed.readUInt16BE(2) ^ 0x0101) & 0xffff, 2);
  return sealed;
}

/** A time exceeded that quotes 128 bytes of an echo request and has extensions behind; `words` is the length field. */
function timeExceeded(family: 4 | 6, identifier: number, words: number, behind: Buffer): Buffer {
  const version = family === 4 ? 'v4' : 'v6';
  const addressing = { source: client[version], destination: target[version] };
  const request = icmpMessage(family === 4 ? 8 : 128, 0, identifier, 1, Buffer.alloc(200));
  const packet =
    family === 4 ? ipv4Packet({ ...addressing, payload: request }) : ipv6Packet({ ...addressing, payload: request });
  const message = icmpMessage(family === 4 ? 11 : 3, 0, 0, 0, Buffer.concat([packet.subarray(0, 128), behind]));
  // RFC 4884 §4: the second byte of the second word in ICMPv4, in 32-bit words; the first in ICMPv6, in 64-bit words.
  message.writeUInt8(words, family === 4 ? 5 : 4);
  return family === 4 ? sealed4(message) : message;
}

describe.each(FAMILIES)('RFC 4884 extensions on an unprivileged $version socket', ({ family, version }) => {
  // 128 quoted bytes, less the quoted IP header, which the kernel takes off.
  const offset = 128 - (family === 4 ? 20 : 40);
  const words = 128 / (family === 4 ? 4 : 8);

  it.each([
    {
      title: 'are found where they start in the data',
      checksumIsRight: true,
      length: words,
      flags: FLAG_EXTENSIONS,
      at: offset,
    },
    {
      title: 'are marked when their checksum is wrong',
      ...{ checksumIsRight: false, length: words, flags: FLAG_EXTENSIONS | FLAG_EXTENSION_CHECKSUM_BAD, at: offset },
    },
    { title: 'are left in the data when the router told no length', checksumIsRight: true, length: 0, flags: 0, at: 0 },
  ])('$title', ({ checksumIsRight, length, flags, at }) => {
    using socket = new SocketUnderTest({ family, kind: 'dgram' });
    const behind = extensions(checksumIsRight);
    sendFrom('r1', family, client[version], [
      timeExceeded(family, socket.native.properties.identifier, length, behind),
    ]);
    const [record] = socket.receive(1);
    expect((record?.flags ?? 0) & (FLAG_EXTENSIONS | FLAG_EXTENSION_CHECKSUM_BAD)).toBe(flags);
    expect(record?.extensionOffset).toBe(at);
    expect(record?.data.subarray(offset)).toEqual(behind);
  });
});
