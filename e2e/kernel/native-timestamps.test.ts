import { describe, expect, it } from 'vitest';
import { FLAG_KERNEL_TIMESTAMP, RECORD_DATAGRAM, RECORD_TRANSMIT_STAMP } from '../../src/main/icmp/native-record.ts';
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

  it('tell when each packet left, under its key, before the reply to it', () => {
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
