import { describe, expect, it } from 'vitest';
import { describeIcmpError, type IcmpErrorFacts } from './describe-icmp-error.ts';

const facts = (
  family: 4 | 6,
  icmpType: number,
  icmpCode: number,
  more: Partial<IcmpErrorFacts> = {},
): IcmpErrorFacts => ({
  family,
  icmpType,
  icmpCode,
  responder: family === 6 ? '2001:db8::1' : '10.71.1.2',
  fromThisMachine: false,
  mtuBytes: null,
  ...more,
});

describe('describeIcmpError', () => {
  it('says who said it, what, and the numbers', () => {
    expect(describeIcmpError(facts(4, 3, 1))).toEqual({
      title: 'Host unreachable',
      sentence: '10.71.1.2 says that the destination does not answer on its own network (ICMP type 3, code 1).',
      cure: { sentence: 'Check that the host is switched on and connected.', command: null },
    });
  });

  it('does not put this machine’s own giving up into the network’s mouth', () => {
    const own = { fromThisMachine: true, responder: '10.71.1.1' };
    expect(describeIcmpError(facts(4, 3, 1, own)).sentence).toBe(
      'This machine asked its own network for the way, and nobody answered ARP (ICMP type 3, code 1).',
    );
    expect(describeIcmpError(facts(6, 1, 3, own)).sentence).toBe(
      'This machine asked its own network for the way, and nobody answered neighbour discovery (ICMPv6 type 1, code 3).',
    );
    expect(describeIcmpError(facts(4, 3, 13, own)).sentence).toMatch(/^This machine says that a rule forbids/);
  });

  it('names all sixteen codes of IPv4 destination unreachable by their RFC 792, 1122 and 1812 names', () => {
    const titles = Array.from({ length: 16 }, (_, code) => describeIcmpError(facts(4, 3, code)).title);
    expect(titles).toEqual([
      'Network unreachable',
      'Host unreachable',
      'Protocol unreachable',
      'Port unreachable',
      'Fragmentation needed',
      'Source route failed',
      'Network unknown',
      'Host unknown',
      'Source host isolated',
      'Network prohibited',
      'Host prohibited',
      'Network unreachable for this type of service',
      'Host unreachable for this type of service',
      'Filtered',
      'Precedence violation',
      'Precedence cut-off',
    ]);
  });

  it('reads the same type and code by the family: 1/3 and 3/0 of IPv6 are not those of IPv4', () => {
    expect(describeIcmpError(facts(6, 1, 3)).title).toBe('Address unreachable');
    expect(describeIcmpError(facts(6, 3, 0)).title).toBe('Hop limit exceeded');
    expect(describeIcmpError(facts(4, 3, 0)).title).toBe('Network unreachable');
    expect(describeIcmpError(facts(4, 11, 0)).title).toBe('Time to live exceeded');
  });

  it('names all nine codes of IPv6 destination unreachable', () => {
    const titles = Array.from({ length: 9 }, (_, code) => describeIcmpError(facts(6, 1, code)).title);
    expect(titles).toEqual([
      'No route to the destination',
      'Prohibited',
      'Beyond the scope of the source address',
      'Address unreachable',
      'Port unreachable',
      'Source address refused',
      'Route rejected',
      'Source route refused',
      'Headers too long',
    ]);
  });

  it('turns an MTU into the largest payload that fits: less 28 bytes of IPv4 headers, 48 of IPv6 (RFC 791, 792, 8200, 4443)', () => {
    expect(describeIcmpError(facts(4, 3, 4, { mtuBytes: 1_300 }))).toEqual({
      title: 'Fragmentation needed',
      sentence:
        '10.71.1.2 says that the next link takes packets of at most 1,300 bytes, and this one must not be split (ICMP type 3, code 4).',
      cure: { sentence: 'Use a payload of at most 1,272 bytes.', command: null },
    });
    expect(describeIcmpError(facts(6, 2, 0, { mtuBytes: 1_280 })).cure?.sentence).toBe(
      'Use a payload of at most 1,232 bytes.',
    );
    expect(describeIcmpError(facts(4, 3, 4)).cure?.sentence).toBe('Use a smaller payload.');
  });

  it('tells an unknown code of a known type, and an unknown type, by its numbers', () => {
    expect(describeIcmpError(facts(4, 3, 99))).toEqual({
      title: 'Destination unreachable',
      sentence: '10.71.1.2 says that the destination is unreachable (ICMP type 3, code 99).',
      cure: null,
    });
    expect(describeIcmpError(facts(6, 200, 7))).toEqual({
      title: 'ICMPv6 error',
      sentence: '2001:db8::1 says that the probe failed, in a way that has no name here (ICMPv6 type 200, code 7).',
      cure: null,
    });
  });

  it('has a title and a whole sentence for every type and code there can be', () => {
    for (const family of [4, 6] as const) {
      for (let type = 0; type < 256; type += 1) {
        for (const code of [0, 1, 2, 3, 4, 5, 15, 16, 255]) {
          const told = describeIcmpError(facts(family, type, code));
          expect(told.title).not.toBe('');
          expect(told.sentence).toMatch(/^\S+ says that .+ \(ICMP(v6)? type \d+, code \d+\)\.$/);
        }
      }
    }
  });
});
