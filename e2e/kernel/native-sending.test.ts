import { spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { describe, expect, it } from 'vitest';
import { RECORD_DATAGRAM, RECORD_ICMP_ERROR } from '../../src/main/icmp/native-record.ts';
import { addresses } from '../lab/addresses.ts';
import { capture } from '../lab/capture.ts';
import { withFirewall } from '../lab/lab.ts';
import { block, SocketUnderTest } from './native-socket.ts';

const { EACCES, EHOSTUNREACH, EINVAL, EMSGSIZE, ENETUNREACH, ENOBUFS, EPERM } = constants.errno;
const CASES = ([4, 6] as const).flatMap((family) =>
  (['raw', 'dgram'] as const).map((kind) => ({
    family,
    kind,
    version: family === 4 ? ('v4' as const) : ('v6' as const),
  })),
);

describe.each(CASES)('sending on a $kind $version socket', ({ family, kind, version }) => {
  it('sends every packet although errors of earlier ones are pending on the socket', () => {
    using socket = new SocketUnderTest({ family, kind });
    const errnos: number[] = [];
    for (let sequence = 1; sequence <= 10; sequence++) {
      const request = { destination: addresses.target[version], hopLimit: 1 };
      errnos.push(
        ...socket
          .send({ ...request, sequence: 2 * sequence }, { ...request, sequence: 2 * sequence + 1 })
          .map((fate) => fate.errno),
      );
      // Long enough for the router's errors to be on the socket before the next send.
      block(2);
    }
    expect(errnos).toEqual(new Array(20).fill(0));
    const expected = kind === 'raw' ? RECORD_DATAGRAM : RECORD_ICMP_ERROR;
    expect(socket.receive(20).map((record) => record.kind)).toEqual(new Array(20).fill(expected));
  });

  it('tells the errno of each packet this machine refuses, and sends the others of the batch', () => {
    using socket = new SocketUnderTest({ family, kind });
    const destinations = [
      ...[addresses.firstRouter, addresses.noRoute, addresses.unreachableRoute, addresses.firstRouter],
      ...[addresses.prohibitRoute, addresses.blackholeRoute, addresses.firstRouter],
    ];
    const fates = socket.send(...destinations.map((each, sequence) => ({ destination: each[version], sequence })));
    expect(fates.map((fate) => fate.errno)).toEqual([0, ENETUNREACH, EHOSTUNREACH, 0, EACCES, EINVAL, 0]);
    expect(socket.receive(3)).toHaveLength(3);
    expect(socket.native.counters()).toMatchObject({ sent: 3, sendErrors: 4 });
  });

  it('gives the wire the hop limit and the traffic class of each packet', async () => {
    using socket = new SocketUnderTest({ family, kind });
    await using link = await capture(null, addresses.client.interfaceName, family === 4 ? 'icmp' : 'icmp6');
    const destination = addresses.firstRouter[version];
    socket.send({ destination, hopLimit: 7, trafficClass: 0xb8 }, { destination, hopLimit: 255, trafficClass: 0x03 });
    socket.receive(2);
    const packets = (await link.stop()).map(({ bytes }) => bytes);
    const requests = packets.filter((bytes) => bytes[family === 4 ? 20 : 40] === (family === 4 ? 8 : 128));
    const seen = requests.map((bytes) =>
      family === 4 ? [bytes[8], bytes[1]] : [bytes[7], (bytes.readUInt16BE(0) >> 4) & 0xff],
    );
    expect(seen).toEqual([
      [7, 0xb8],
      [255, 0x03],
    ]);
  });

  it('gives a multicast packet its hop limit too', async () => {
    using socket = new SocketUnderTest({ family, kind, interfaceName: addresses.neighbours.interfaceName });
    await using link = await capture(null, addresses.neighbours.interfaceName, family === 4 ? 'icmp' : 'icmp6');
    const destination = family === 4 ? '224.0.0.1' : addresses.neighbours.allNodes;
    expect(socket.send({ destination, hopLimit: 9 })).toMatchObject([{ errno: 0 }]);
    socket.receive(1);
    const packets = (await link.stop()).map(({ bytes }) => bytes);
    const request = packets.find((bytes) => bytes[family === 4 ? 20 : 40] === (family === 4 ? 8 : 128));
    expect(request?.[family === 4 ? 8 : 7]).toBe(9);
  });

  it('shows by its transmit stamp which packet really left, also where the kernel reports success', async () => {
    using socket = new SocketUnderTest({ family, kind, transmitTimestamps: true });
    const destination = addresses.firstRouter[version];
    const rule = `chain output { type filter hook output priority 0; ${family === 4 ? 'icmp' : 'icmpv6'} type echo-request drop; }`;
    const [dropped] = await withFirewall(null, rule, () => socket.send({ destination, sequence: 1 }));
    const [left] = socket.send({ destination, sequence: 2 });
    // The trap: an unprivileged IPv6 socket is told nothing of the drop.
    expect(dropped?.errno).toBe(family === 6 && kind === 'dgram' ? 0 : EPERM);
    const records = socket.receive(1);
    expect(records.map((record) => record.kind)).toEqual([RECORD_DATAGRAM]);
    expect([dropped?.transmitMs, left?.transmitMs]).toEqual([null, expect.any(Number)]);
    expect(left?.transmitKey).not.toBe(dropped?.transmitKey);
  });

  it('reports a full queue of the device where the kernel does', () => {
    const device = addresses.client.interfaceName;
    // Not even one packet of 200 bytes has room in the queue.
    spawnSync('tc', ['qdisc', 'add', 'dev', device, 'root', 'bfifo', 'limit', '100']);
    try {
      using socket = new SocketUnderTest({ family, kind, transmitTimestamps: true });
      const [fate] = socket.send({ destination: addresses.firstRouter[version], payloadBytes: 200 });
      // The trap: on an unprivileged IPv6 socket the packet is lost without a word, but for its missing stamp.
      expect(fate?.errno).toBe(family === 6 && kind === 'dgram' ? 0 : ENOBUFS);
      expect(fate?.transmitMs).toBe(null);
      expect(socket.receive(1, 30)).toEqual([]);
    } finally {
      spawnSync('tc', ['qdisc', 'del', 'dev', device, 'root']);
    }
  });

  it('refuses a packet larger than the interface when it must not be fragmented, and tells the MTU', () => {
    using socket = new SocketUnderTest({ family, kind, dontFragment: 'set' });
    const [fate] = socket.send({ destination: addresses.firstRouter[version], payloadBytes: 2_000 });
    expect(fate?.errno).toBe(EMSGSIZE);
    // 3 is RECORD_LOCAL_ERROR; a veth link has 1,500 bytes.
    expect(socket.receive(1)[0]).toMatchObject({ kind: 3, errno: EMSGSIZE, info: 1_500 });
  });

  it('refuses a batch that does not hold the records it should, without sending any', () => {
    using socket = new SocketUnderTest({ family, kind });
    const batch = Buffer.alloc(128);
    batch.writeUInt16LE(200, 0);
    expect(() => socket.native.send(batch, 1)).toThrow(expect.objectContaining({ code: 'EINVAL', syscall: 'send' }));
    expect(socket.native.counters()).toMatchObject({ sent: 0, sendErrors: 0 });
  });
});

describe.each(CASES.filter(({ family }) => family === 4))('broadcast on a $kind socket', ({ family, kind }) => {
  it('is refused until it is allowed, and then answered by every host', () => {
    using socket = new SocketUnderTest({ family, kind });
    const destination = addresses.neighbours.broadcast;
    expect(socket.native.getBroadcast()).toBe(false);
    expect(socket.send({ destination })).toMatchObject([{ errno: EACCES }]);
    socket.native.setBroadcast(true);
    expect(socket.native.getBroadcast()).toBe(true);
    expect(socket.send({ destination })).toMatchObject([{ errno: 0 }]);
    const answers = socket.receive(3, 200).map((record) => record.source);
    expect(answers).toEqual(expect.arrayContaining(addresses.neighbours.hosts.map((host) => host.v4)));
  });
});
