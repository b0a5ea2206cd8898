import { describe, expect, it } from 'vitest';
import { segmentsOf } from './segments.ts';
import { measuredEvidence, scenarioOf } from './test-judged-run.ts';

/** Hops by their addresses; null is silent, and `address asn` has a known autonomous system. */
function segmentsFor(places: readonly (string | null)[], destination: string, gateways: readonly string[] = []) {
  const hops = places.map((place, index) => {
    if (place === null) return { hopLimit: index + 1, responders: [] };
    const [address = '', asn] = place.split(' ');
    return {
      hopLimit: index + 1,
      responders: [{ address, asn: asn === undefined ? null : { number: Number(asn) } }],
    };
  });
  return segmentsOf(hops, destination, gateways);
}

describe('the segments of a path', () => {
  it('are told by autonomous systems where these are known', () => {
    const hops = [
      '192.168.1.1',
      '100.64.0.1',
      '198.51.100.9 64496',
      '198.18.0.1 64496',
      '192.0.2.17 64500',
      '203.0.113.1 64511',
      '203.0.113.80 64511',
    ];
    expect(segmentsFor(hops, '203.0.113.80')).toEqual([
      'local',
      'isp',
      'isp',
      'isp',
      'transit',
      'destination',
      'destination',
    ]);
  });

  it('are told by prefixes where they are not', () => {
    const hops = [
      '10.0.0.138',
      '198.51.100.9',
      '198.51.7.1',
      '192.0.2.17',
      '203.0.112.1',
      '203.0.113.1',
      '203.0.113.80',
    ];
    expect(segmentsFor(hops, '203.0.113.80')).toEqual([
      'local',
      'isp',
      'isp',
      'transit',
      'transit',
      'destination',
      'destination',
    ]);
  });

  it('are told of IPv6 paths', () => {
    const hops = [
      'fd00::1',
      '2001:db8:1::1',
      '2001:db8:2::1',
      '2a00:1450::1',
      '2a00:1450:4001::1',
      '2a00:1450:4001::80',
    ];
    expect(segmentsFor(hops, '2a00:1450:4001::80')).toEqual([
      'local',
      'isp',
      'isp',
      'transit',
      'destination',
      'destination',
    ]);
  });

  it('keep private addresses behind the shared space of the provider with the provider', () => {
    expect(
      segmentsFor(['192.168.0.1', '100.64.0.1', '10.20.0.1', '198.51.100.1', '203.0.113.80'], '203.0.113.80'),
    ).toEqual(['local', 'isp', 'isp', 'isp', 'destination']);
  });

  it('take a silent hop for what both its neighbours are, and for nothing between two segments', () => {
    expect(
      segmentsFor(['192.168.0.1', null, '198.51.100.1', null, '198.51.100.5', '203.0.113.80'], '203.0.113.80'),
    ).toEqual(['local', null, 'isp', 'isp', 'isp', 'destination']);
  });

  it('are local up to a destination in the same network', () => {
    expect(segmentsFor(['192.168.1.1', '192.168.7.9'], '192.168.7.9')).toEqual(['local', 'destination']);
  });

  it('have no destination while that does not answer', () => {
    expect(segmentsFor(['192.168.1.1', '198.51.100.1', '192.0.2.1', null], '203.0.113.80')).toEqual([
      'local',
      'isp',
      'transit',
      null,
    ]);
  });

  it("know the hops of the destination's network also while it does not answer", () => {
    expect(segmentsFor(['192.168.1.1', '198.51.100.1', '192.0.2.1', '203.0.113.1', null], '203.0.113.80')).toEqual([
      'local',
      'isp',
      'transit',
      'destination',
      null,
    ]);
  });

  it('begin with the provider where no hop is private', () => {
    expect(segmentsFor(['198.51.100.1', '192.0.2.1', '203.0.113.80'], '203.0.113.80')).toEqual([
      'isp',
      'transit',
      'destination',
    ]);
  });

  it('begin with the known gateways, whatever their addresses and however they are written', () => {
    const hops = ['2001:db8:23::1', '2001:db8:100::1', '2001:db8:100:2::9', '2001:db8:ffff::80'];
    const known = segmentsFor(hops, '2001:db8:ffff::80', ['2001:0DB8:23:0::1']);
    expect(known).toEqual(['local', 'isp', 'isp', 'destination']);
    expect(segmentsFor(hops, '2001:db8:ffff::80')[0]).toBe('isp');
    // Known by its link-local address only.
    expect(segmentsFor(hops, '2001:db8:ffff::80', ['fe80::1%eth0'])).toEqual(known);
    // A phone as the access point, or a carrier's own box: shared space (RFC 6598), and yet the way out of here.
    expect(segmentsFor(['100.64.0.1', '100.64.0.9'], '203.0.113.80', ['100.64.0.1'])).toEqual(['local', 'isp']);
  });

  it('are told so in a report too, by the gateways that this machine knows', async () => {
    const scenario = scenarioOf({
      seed: 1,
      machine: { address: '2001:db8:23::cafe', gateways: ['2001:db8:23::1'] },
      hops: [{ address: '2001:db8:23::1' }, { address: '2001:db8:100::1' }],
      targets: [{ address: '2001:db8:ffff::80' }],
    });
    const { report, slices } = await measuredEvidence(scenario, { rounds: 20 });
    for (const hops of [report.hops, ...slices.map((slice) => slice.hops())]) {
      expect(hops.map(({ segment }) => segment)).toEqual(['local', 'isp', 'destination']);
    }
  });
});
