import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ICMPRequest, type ICMPRequestOptions } from './icmp-request.ts';

describe('ICMPRequest', () => {
  it('1. has a payload of 56 bytes, ttl 64, traffic class 0 and time 0 unless told otherwise', () => {
    const { destination, id, sequence, payloadSize, ttl, trafficClass, time, payload } = new ICMPRequest(
      '192.0.2.1',
      3,
      4,
    );
    expect({ destination, id, sequence, payloadSize, ttl, trafficClass, time }).toEqual({
      destination: '192.0.2.1',
      id: 3,
      sequence: 4,
      payloadSize: 56,
      ttl: 64,
      trafficClass: 0,
      time: 0,
    });
    expect(payload.length).toBe(56);
    // The seed's default of the option is None: null asks for the same random payload.
    expect(new ICMPRequest('192.0.2.1', 3, 4, { payload: null }).payload.length).toBe(56);
  });

  it('2. a payload of 3 bytes makes payloadSize 3, whatever was asked for', () => {
    const request = new ICMPRequest('192.0.2.1', 1, 1, { payload: Uint8Array.of(1, 2, 3), payloadSize: 500 });
    expect([request.payloadSize, request.payload]).toEqual([3, Uint8Array.of(1, 2, 3)]);
  });

  it('3. two requests have different payloads', () => {
    const [first, second] = [1, 2].map((sequence) => new ICMPRequest('192.0.2.1', 1, sequence).payload);
    expect(first).not.toEqual(second);
  });

  it('4. the payload of one request stays the same, also when the bytes it was made of change', () => {
    const random = new ICMPRequest('192.0.2.1', 1, 1);
    expect(random.payload).toBe(random.payload);
    const given = Uint8Array.of(1, 2, 3);
    const request = new ICMPRequest('192.0.2.1', 1, 1, { payload: given });
    given[0] = 9;
    expect(request.payload).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('5. an empty payload is a payload', () => {
    expect(new ICMPRequest('192.0.2.1', 1, 1, { payload: new Uint8Array() }).payloadSize).toBe(0);
    expect(new ICMPRequest('192.0.2.1', 1, 1, { payloadSize: 0 }).payload).toEqual(new Uint8Array());
  });

  it('6. takes id and sequence modulo 65,536', () => {
    const { id, sequence } = new ICMPRequest('192.0.2.1', 70_000, -1);
    expect([id, sequence]).toEqual([4_464, 65_535]);
  });

  it('7. nothing of it can be assigned from outside', () => {
    const request = new ICMPRequest('192.0.2.1', 1, 1) as unknown as Record<string, unknown>;
    for (const name of ['destination', 'id', 'sequence', 'payload', 'payloadSize', 'ttl', 'trafficClass', 'time']) {
      const before = request[name];
      expect(() => {
        request[name] = 7;
      }).toThrow(TypeError);
      expect(request[name]).toBe(before);
    }
  });

  it('8. refuses at construction what no packet can carry', () => {
    const make = (id: number, sequence: number, options: ICMPRequestOptions = {}) => {
      return () => new ICMPRequest('192.0.2.1', id, sequence, options);
    };
    for (const wrong of [make(1.5, 1), make(1, Number.NaN), make('1' as unknown as number, 1)]) {
      expect(wrong).toThrow(TypeError);
    }
    expect(make(1, 1, { payload: 'abc' as unknown as Uint8Array })).toThrow(TypeError);
    expect(() => new ICMPRequest(null as unknown as string, 1, 1)).toThrow(TypeError);
    for (const options of [
      { payloadSize: -1 },
      { ttl: 0 },
      { ttl: 256 },
      { trafficClass: -1 },
      { trafficClass: 256 },
    ]) {
      expect(make(1, 1, options)).toThrow(RangeError);
    }
    for (const options of [{ ttl: 1 }, { ttl: 255 }, { trafficClass: 0 }, { trafficClass: 255 }]) {
      expect(make(1, 1, options)).not.toThrow();
    }
  });

  it('8. names the most that a packet carries when payloadSize is more', () => {
    expect(() => new ICMPRequest('2001:db8::1', 1, 1, { payloadSize: 65_528 })).toThrow(
      'payloadSize must be between 0 and 65527, not 65528',
    );
    expect(new ICMPRequest('2001:db8::1', 1, 1, { payloadSize: 65_527 }).payloadSize).toBe(65_527);
  });

  it('shows its destination as text', () => {
    expect(`${new ICMPRequest('fe80::1%eth0', 1, 1)}`).toBe('<ICMPRequest [fe80::1%eth0]>');
    expect(inspect(new ICMPRequest('192.0.2.1', 1, 1))).toBe('<ICMPRequest [192.0.2.1]>');
  });
});
