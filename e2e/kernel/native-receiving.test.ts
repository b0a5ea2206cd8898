import { once } from 'node:events';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { nativeAddon } from '../../src/main/icmp/native-addon.ts';
import { FLAG_LOCAL_ADDRESS, FLAG_TRAFFIC_CLASS, RECORD_DATAGRAM } from '../../src/main/icmp/native-record.ts';
import { addresses } from '../lab/addresses.ts';
import { icmpMessage, ipv4Packet, ipv6Packet, sealed4 } from './icmp-packets.ts';
import { block, IDENTIFIER, type Received, SocketUnderTest, sendFrom } from './native-socket.ts';

const { client, firstRouter, target } = addresses;
const CASES = ([4, 6] as const).flatMap((family) =>
  (['raw', 'dgram'] as const).map((kind) => ({
    family,
    kind,
    version: family === 4 ? ('v4' as const) : ('v6' as const),
  })),
);
const RAW = CASES.filter(({ kind }) => kind === 'raw');
const LOOPBACK = { v4: '127.0.0.1', v6: '::1' } as const;

async function until(condition: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 1_000 && !condition(); attempt++) await setTimeout(1);
  expect(condition()).toBe(true);
}

/** Identifier of an echo message, whether an IPv4 header is before it or not. */
function identifierOf(record: Received, family: 4 | 6): number {
  return record.data.readUInt16BE(family === 4 ? 24 : 4);
}

describe.each(CASES)('receiving on a $kind $version socket', ({ family, kind, version }) => {
  it('tells of a reply its sender, hop limit, traffic class, local address and interface', () => {
    using socket = new SocketUnderTest({ family, kind });
    socket.send({ destination: target[version], trafficClass: 0xb8 });
    const [record] = socket.receive(1);
    expect(record).toMatchObject({
      ...{ kind: RECORD_DATAGRAM, source: target[version], local: client[version], hopLimit: 62 },
      interfaceIndex: nativeAddon.interfaceIndex(client.interfaceName),
    });
    expect(nativeAddon.interfaceName(record?.interfaceIndex ?? 0)).toBe(client.interfaceName);
    const flags = FLAG_LOCAL_ADDRESS | FLAG_TRAFFIC_CLASS;
    expect((record?.flags ?? 0) & flags).toBe(flags);
    // Linux answers with the class of the request.
    expect(record?.trafficClass).toBe(0xb8);
  });

  it('counts what the kernel dropped because the buffer was full', () => {
    using socket = new SocketUnderTest({ family, kind, receiveBufferBytes: 0 });
    const destination = firstRouter[version];
    socket.send(...Array.from({ length: 500 }, (_, sequence) => ({ destination, sequence })));
    // All answers are there before the first is read.
    block(50);
    const received = socket.drain().length;
    const { kernelDrops } = socket.native.counters();
    expect(kernelDrops).toBeGreaterThan(0);
    expect(received + kernelDrops).toBe(500);
  });

  it('wakes JavaScript once for all that came while it was busy', async () => {
    using socket = new SocketUnderTest({ family, kind });
    const records: Received[] = [];
    socket.native.startReceiving(() => records.push(...socket.drain()));
    for (let batch = 0; batch < 5; batch++) {
      socket.send(...Array.from({ length: 40 }, (_, sequence) => ({ destination: LOOPBACK[version], sequence })));
      block(5);
    }
    expect(socket.native.counters()).toMatchObject({ received: 200, wakes: 0 });
    await until(() => records.length === 200);
    expect(socket.native.counters().wakes).toBe(1);
  });

  it('drops and counts what does not fit into the queue, and keeps what came first', async () => {
    // A record of 56 bytes of payload takes 184 bytes with an IPv4 header and 160 without; so there is room for five.
    const recordBytes = family === 4 && kind === 'raw' ? 184 : 160;
    using socket = new SocketUnderTest({ family, kind, queueBytes: 5 * recordBytes });
    socket.native.startReceiving(() => {});
    socket.send(...Array.from({ length: 20 }, (_, sequence) => ({ destination: LOOPBACK[version], sequence })));
    await until(() => socket.native.counters().queueDrops === 15);
    const sequences = socket.drain().map((record) => record.data.readUInt16BE(family === 4 && kind === 'raw' ? 26 : 6));
    expect(sequences).toEqual([0, 1, 2, 3, 4]);
  });

  it('does not call back after stopping or closing, and keeps what was queued', async () => {
    using socket = new SocketUnderTest({ family, kind });
    let calls = 0;
    socket.native.startReceiving(() => {
      calls++;
    });
    expect(() => socket.native.startReceiving(() => {})).toThrow(expect.objectContaining({ code: 'EBUSY' }));
    expect(() => socket.receive(1)).toThrow(expect.objectContaining({ code: 'EBUSY', syscall: 'drainBlocking' }));
    socket.send({ destination: LOOPBACK[version] });
    // The receive thread has queued it and asked for the wake, which JavaScript has not come round to.
    block(20);
    socket.native.stopReceiving();
    await setTimeout(5);
    expect([calls, socket.drain().length]).toEqual([0, 1]);
    socket.native.startReceiving(() => {
      calls++;
    });
    socket.send({ destination: LOOPBACK[version] });
    block(20);
    socket.native.close();
    await setTimeout(5);
    expect(calls).toBe(0);
  });

  it('says EBADF of everything but closing once it is closed', () => {
    const { native } = new SocketUnderTest({ family, kind });
    native.close();
    native.close();
    const buffer = Buffer.alloc(64);
    const calls: Record<string, () => unknown> = {
      send: () => native.send(buffer, 0),
      drain: () => native.drain(buffer),
      drainBlocking: () => native.drainBlocking(buffer, 0),
      startReceiving: () => native.startReceiving(() => {}),
      stopReceiving: () => native.stopReceiving(),
      setBroadcast: () => native.setBroadcast(true),
      getBroadcast: () => native.getBroadcast(),
      counters: () => native.counters(),
    };
    for (const [syscall, call] of Object.entries(calls)) {
      expect(call).toThrow(expect.objectContaining({ errno: 9, code: 'EBADF', syscall }));
    }
  });
});

it('makes an exception in the callback an uncaught exception, not a lost one', async () => {
  using socket = new SocketUnderTest({ family: 4, kind: 'dgram' });
  const before = process.rawListeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  const caught = once(process, 'uncaughtException');
  try {
    socket.native.startReceiving(() => {
      throw new RangeError('thrown by the callback');
    });
    socket.send({ destination: LOOPBACK.v4 });
    expect((await caught)[0]).toEqual(new RangeError('thrown by the callback'));
  } finally {
    for (const listener of before) process.on('uncaughtException', listener as NodeJS.UncaughtExceptionListener);
  }
  await setImmediate();
});

describe.each(RAW)('a raw $version socket', ({ family, version }) => {
  it('does not receive its own requests on loopback', () => {
    using socket = new SocketUnderTest({ family, kind: 'raw' });
    socket.send({ destination: LOOPBACK[version] });
    const types = socket.receive(2, 30).map((record) => record.data[family === 4 ? 20 : 0]);
    expect(types).toEqual([family === 4 ? 0 : 129]);
  });

  it('keeps replies of other identifiers out in the kernel when it was told its own', () => {
    using mine = new SocketUnderTest({ family, kind: 'raw', onlyIdentifier: IDENTIFIER });
    using everybody = new SocketUnderTest({ family, kind: 'raw' });
    const destination = firstRouter[version];
    everybody.send({ destination, identifier: 7 }, { destination }, { destination, identifier: IDENTIFIER ^ 0x0100 });
    expect(everybody.receive(3)).toHaveLength(3);
    expect(mine.drain().map((record) => identifierOf(record, family))).toEqual([IDENTIFIER]);
  });

  it('then lets through errors that quote an echo request of its identifier, behind any headers, and no other', () => {
    using mine = new SocketUnderTest({ family, kind: 'raw', onlyIdentifier: IDENTIFIER });
    sendFrom('r1', family, client[version], family === 4 ? quoting4() : quoting6());
    const sequences = mine.receive(3, 300).map((record) => record.data.at(-1));
    expect(sequences).toEqual(family === 4 ? [1, 2] : [1, 2, 3]);
  });
});

/** An echo request with its number as the last byte, so that it is seen which error came through. */
function echo(family: 4 | 6, identifier: number, number: number, type = family === 4 ? 8 : 128): Buffer {
  return icmpMessage(type, 0, identifier, number, Buffer.from([0, 0, 0, number]));
}

function quoting4(): Buffer[] {
  const packet = { source: client.v4, destination: target.v4 };
  return [
    ipv4Packet({ ...packet, payload: echo(4, IDENTIFIER, 1) }),
    // Record route, seven bytes and an end of options: RFC 791.
    ipv4Packet({ ...packet, payload: echo(4, IDENTIFIER, 2), options: Buffer.from('0707040000000000', 'hex') }),
    ipv4Packet({ ...packet, payload: echo(4, 7, 3) }),
    ipv4Packet({ ...packet, payload: echo(4, IDENTIFIER, 4, 0) }),
    ipv4Packet({ ...packet, payload: echo(4, IDENTIFIER, 5), protocol: 6 }),
  ].map((quoted) => sealed4(icmpMessage(11, 0, 0, 0, quoted)));
}

function quoting6(): Buffer[] {
  const packet = { source: client.v6, destination: target.v6 };
  // RFC 8200 §4.3 and §4.5: next header 58; the first with padding, the second a first fragment.
  const hopByHop = Buffer.from('3a00010400000000', 'hex');
  const fragment = Buffer.from('3a00000100000007', 'hex');
  return [
    ipv6Packet({ ...packet, payload: echo(6, IDENTIFIER, 1) }),
    ipv6Packet({ ...packet, payload: Buffer.concat([hopByHop, echo(6, IDENTIFIER, 2)]), nextHeader: 0 }),
    ipv6Packet({ ...packet, payload: Buffer.concat([fragment, echo(6, IDENTIFIER, 3)]), nextHeader: 44 }),
    ipv6Packet({ ...packet, payload: echo(6, 7, 4) }),
    ipv6Packet({ ...packet, payload: echo(6, IDENTIFIER, 5, 129) }),
    ipv6Packet({ ...packet, payload: echo(6, IDENTIFIER, 6), nextHeader: 6 }),
  ].map((quoted) => icmpMessage(3, 0, 0, 0, quoted));
}
