import { describe, expect, it } from 'vitest';
import {
  FLAG_KERNEL_TIMESTAMP,
  RECORD_DATAGRAM,
  RECORD_ICMP_ERROR,
  RECORD_TRANSMIT_STAMP,
} from '../../src/main/icmp/native-record.ts';
import { addresses } from '../lab/addresses.ts';
import { block, SocketUnderTest } from './native-socket.ts';

const { firstRouter } = addresses;
const CASES = ([4, 6] as const).flatMap((family) =>
  (['raw', 'dgram'] as const).map((kind) => ({
    family,
    kind,
    version: family === 4 ? ('v4' as const) : ('v6' as const),
  })),
);

describe.each(CASES)('stamps on a $kind $version socket', ({ family, kind, version }) => {
  it('tell when a reply arrived, however late it is read', () => {
    using socket = new SocketUnderTest({ family, kind });
    const [fate] = socket.send({ destination: firstRouter[version] });
    block(100);
    const [record] = socket.drain();
    expect((record?.flags ?? 0) & FLAG_KERNEL_TIMESTAMP).toBe(FLAG_KERNEL_TIMESTAMP);
    const roundTripMs = (record?.realtimeMs ?? Number.NaN) - (fate?.realtimeMs ?? Number.NaN);
    expect(roundTripMs).toBeGreaterThan(0);
    expect(roundTripMs).toBeLessThan(50);
  });

  it.each([false, true])('tell when a packet sent alone left, with the send itself (of all packets: %s)', (all) => {
    using socket = new SocketUnderTest({ family, kind, transmitTimestamps: all });
    expect(socket.native.properties.kernelTransmitTimestamps).toBe(true);
    for (let sequence = 1; sequence <= 20; sequence++) {
      const [fate] = socket.send({ destination: firstRouter[version], sequence });
      const [reply, ...more] = socket.receive(1);
      expect(fate?.transmitMs).toBeGreaterThanOrEqual(fate?.realtimeMs ?? Number.NaN);
      expect(fate?.transmitMs).toBeLessThan(reply?.realtimeMs ?? Number.NaN);
      expect([reply?.kind, more]).toEqual([RECORD_DATAGRAM, []]);
    }
  });

  it('give no stamp to a batch that did not ask, and to a lone packet behind it its own', () => {
    using socket = new SocketUnderTest({ family, kind });
    const requests = Array.from({ length: 9 }, (_, sequence) => ({ destination: firstRouter[version], sequence }));
    const fates = socket.send(...requests);
    const [lone] = socket.send({ destination: firstRouter[version], sequence: 9 });
    expect(fates.map(({ transmitKey, transmitMs }) => [transmitKey, transmitMs])).toEqual(Array(9).fill([0, null]));
    expect(lone?.transmitMs).toBeGreaterThanOrEqual(lone?.realtimeMs ?? Number.NaN);
    expect(socket.receive(10).map(({ kind: of }) => of)).toEqual(Array(10).fill(RECORD_DATAGRAM));
  });

  it('of packets sent alone leave the errors of earlier ones to be read', () => {
    using socket = new SocketUnderTest({ family, kind });
    socket.send({ destination: addresses.target[version], hopLimit: 1, sequence: 1 });
    block(50);
    const [fate] = socket.send({ destination: firstRouter[version], sequence: 2 });
    expect([fate?.errno, fate?.transmitMs]).toEqual([0, expect.any(Number)]);
    const kinds = socket.receive(2).map((record) => record.kind);
    expect(kinds).toEqual([kind === 'raw' ? RECORD_DATAGRAM : RECORD_ICMP_ERROR, RECORD_DATAGRAM]);
  });

  it('tell when each packet of a batch left, under its key, before the reply to it', () => {
    using socket = new SocketUnderTest({ family, kind, transmitTimestamps: true });
    expect(socket.native.properties.kernelTransmitTimestamps).toBe(true);
    const requests = Array.from({ length: 30 }, (_, sequence) => ({ destination: firstRouter[version], sequence }));
    const fates = socket.send(...requests);
    const leftAt = new Map<number, number>();
    let replies = 0;
    for (const record of socket.receive(60)) {
      if (record.kind === RECORD_TRANSMIT_STAMP) {
        leftAt.set(record.transmitKey, record.realtimeMs);
        continue;
      }
      expect(record.kind).toBe(RECORD_DATAGRAM);
      const fate = fates[record.data.readUInt16BE(family === 4 && kind === 'raw' ? 26 : 6)];
      const left = leftAt.get(fate?.transmitKey ?? -1) ?? Number.NaN;
      expect(left).toBeGreaterThanOrEqual(fate?.realtimeMs ?? Number.NaN);
      expect(left).toBeLessThan(record.realtimeMs);
      replies++;
    }
    expect([replies, leftAt.size]).toEqual([30, 30]);
  });
});
