import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ICMPLibError, ICMPSocketError, SocketUnavailableError, TimeoutExceeded } from './errors.ts';
import {
  DestinationUnreachable,
  ICMPError,
  ICMPv4DestinationUnreachable,
  ICMPv4TimeExceeded,
  ICMPv6DestinationUnreachable,
  ICMPv6TimeExceeded,
  TimeExceeded,
} from './icmp-errors.ts';
import { ICMPReply } from './icmp-reply.ts';

function reply(family: 4 | 6, type: number, code: number): ICMPReply {
  const source = family === 4 ? '192.0.2.1' : '2001:db8::1';
  return new ICMPReply({ source, family, id: 1, sequence: 2, type, code, bytesReceived: 92, time: 1.5 });
}

function raisedBy(family: 4 | 6, type: number, code: number): ICMPError {
  const answer = reply(family, type, code);
  try {
    answer.raiseForStatus();
  } catch (error) {
    if (error instanceof ICMPError && error.reply === answer) return error;
    throw error;
  }
  throw new Error('raiseForStatus threw nothing');
}

/** The texts of the reference, codes 9 and 10 with their spelling corrected. */
const V4_UNREACHABLE = [
  'Destination network unreachable',
  'Destination host unreachable',
  'Destination protocol unreachable',
  'Destination port unreachable',
  'Fragmentation needed and DF set',
  'Source route failed',
  'Destination network unknown',
  'Destination host unknown',
  'Source host isolated',
  'Destination network prohibited',
  'Destination host prohibited',
  'Destination network unreachable for ToS',
  'Destination host unreachable for ToS',
  'Packet filtered',
  'Precedence violation',
  'Precedence cutoff',
];
const V6_UNREACHABLE = [
  'No route to destination',
  'Communication with destination administratively prohibited',
  'Beyond scope of source address',
  'Address unreachable',
  'Port unreachable',
  'Source address failed ingress/egress policy',
  'Reject route to destination',
];

describe('raiseForStatus', () => {
  it('72. has a text for every code of "destination unreachable", and one for the codes it does not know', () => {
    const texts = (family: 4 | 6, type: number, count: number) =>
      Array.from({ length: count }, (_, code) => raisedBy(family, type, code).message);
    expect(texts(4, 3, 17)).toEqual([...V4_UNREACHABLE, 'Destination unreachable, bad code: 16']);
    expect(texts(6, 1, 7)).toEqual(V6_UNREACHABLE);
    expect(raisedBy(6, 1, 99).message).toBe('Destination unreachable, bad code: 99');
    expect(raisedBy(4, 3, 1)).toBeInstanceOf(ICMPv4DestinationUnreachable);
    expect(raisedBy(6, 1, 1)).toBeInstanceOf(ICMPv6DestinationUnreachable);
  });

  it('72. has a text for every code of "time exceeded", and one for the codes it does not know', () => {
    expect([0, 1, 7].map((code) => raisedBy(4, 11, code).message)).toEqual([
      'Time to live exceeded',
      'Fragment reassembly time exceeded',
      'Time exceeded, bad code: 7',
    ]);
    expect([0, 1, 7].map((code) => raisedBy(6, 3, code).message)).toEqual([
      'Hop limit exceeded',
      'Fragment reassembly time exceeded',
      'Time exceeded, bad code: 7',
    ]);
    expect(raisedBy(4, 11, 0)).toBeInstanceOf(ICMPv4TimeExceeded);
    expect(raisedBy(6, 3, 0)).toBeInstanceOf(ICMPv6TimeExceeded);
  });

  it('73. every other type is a plain ICMPError', () => {
    for (const [family, type] of [
      [4, 4],
      [4, 5],
      [4, 12],
      [4, 8],
      [6, 2],
      [6, 4],
      [6, 135],
    ] as const) {
      const error = raisedBy(family, type, 1);
      expect([error.constructor, error.message]).toEqual([ICMPError, `Error type: ${type}, code: 1`]);
    }
    // The number of the other family's echo reply is no echo reply.
    expect(raisedBy(4, 129, 0).constructor).toBe(ICMPError);
    expect(raisedBy(6, 0, 0).constructor).toBe(ICMPError);
  });

  it('74. an echo reply raises nothing, whatever its code', () => {
    for (const code of [0, 5]) {
      expect(reply(4, 0, code).raiseForStatus()).toBeUndefined();
      expect(reply(6, 129, code).raiseForStatus()).toBeUndefined();
    }
  });
});

describe('the error hierarchy', () => {
  it('75. is that of the seed, and an ICMPError carries the reply', () => {
    const chain = (value: object): string[] => {
      const names: string[] = [];
      for (let at = Object.getPrototypeOf(value); at !== Object.prototype; at = Object.getPrototypeOf(at)) {
        names.push(at.constructor.name);
      }
      return names;
    };
    expect(chain(raisedBy(4, 11, 0))).toEqual([
      'ICMPv4TimeExceeded',
      'TimeExceeded',
      'ICMPError',
      'ICMPLibError',
      'Error',
    ]);
    expect(chain(new TimeoutExceeded(2))).toEqual(['TimeoutExceeded', 'ICMPSocketError', 'ICMPLibError', 'Error']);
    expect(chain(raisedBy(6, 1, 0))).toEqual([
      'ICMPv6DestinationUnreachable',
      'DestinationUnreachable',
      'ICMPError',
      'ICMPLibError',
      'Error',
    ]);
    expect(raisedBy(4, 5, 0)).not.toBeInstanceOf(ICMPSocketError);
    expect(new SocketUnavailableError()).toBeInstanceOf(ICMPLibError);
    expect([TimeExceeded, DestinationUnreachable].some((kind) => raisedBy(4, 5, 0) instanceof kind)).toBe(false);
  });

  it('47. the text of a timeout has the number as passed', () => {
    expect([2, 0.3, 1].map((timeout) => new TimeoutExceeded(timeout).message)).toEqual([
      'The timeout has been reached (2s)',
      'The timeout has been reached (0.3s)',
      'The timeout has been reached (1s)',
    ]);
  });
});

describe('ICMPReply', () => {
  it('51. has the parameters of the seed as properties, and null for what only a socket knows', () => {
    const { source, family, id, sequence, type, code, bytesReceived, time, ttl, mtu, rtt, localAddress, isDuplicate } =
      reply(4, 3, 1);
    expect({ source, family, id, sequence, type, code, bytesReceived, time }).toEqual({
      source: '192.0.2.1',
      family: 4,
      id: 1,
      sequence: 2,
      type: 3,
      code: 1,
      bytesReceived: 92,
      time: 1.5,
    });
    expect(inspect(reply(4, 3, 1))).toBe('<ICMPReply [192.0.2.1]>');
    expect([ttl, mtu, rtt, localAddress, isDuplicate]).toEqual([null, null, null, null, false]);
  });
});
