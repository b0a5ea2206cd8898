import { describe, expect, it } from 'vitest';
import {
  describeAbility,
  describeTransportTrouble,
  isBesideScenario,
  isEmptyGroupRange,
  transportWorks,
  workingFamilies,
} from './describe-transport.ts';
import type { TransportReport } from './system.ts';

const WORKING: TransportReport = {
  transport: 'dgram',
  family: 4,
  failure: null,
  timestampSource: 'kernel',
  reportsErrors: true,
  receiveBufferBytes: 212_992,
  loopbackRttMs: 0.05,
};
const DEAF: TransportReport = { ...WORKING, loopbackRttMs: null };
const REFUSED: TransportReport = { ...DEAF, failure: { code: 'icmp-not-permitted', attempts: [] } };

describe('a way of sending', () => {
  it('works when it opens and this machine hears itself, which a simulated internet cannot try', () => {
    const simulated: TransportReport = { ...DEAF, transport: 'simulated' };
    expect([WORKING, DEAF, REFUSED, simulated].map(transportWorks)).toEqual([true, false, false, true]);
  });

  it('says what keeps it from working', () => {
    expect(describeTransportTrouble(WORKING, 'linux')).toBeNull();
    expect(describeTransportTrouble(REFUSED, 'linux')?.title).toBe('Not permitted to send ICMP');
    expect(describeTransportTrouble(DEAF, 'linux')?.title).toBe('Opens, but does not work');
  });
});

describe('the ability to send', () => {
  it('is over the families that have a way which works', () => {
    const reports = [{ ...WORKING, family: 6 } as const, REFUSED, WORKING, DEAF];
    expect(workingFamilies(reports)).toEqual([4, 6]);
    expect(describeAbility(reports)).toBe('Echo requests can be sent over IPv4 and IPv6.');
    expect(describeAbility([DEAF, REFUSED])).toBe('Echo requests cannot be sent from here.');
  });

  it('is told as that of a simulated internet in one', () => {
    const simulated: TransportReport = { ...DEAF, transport: 'simulated' };
    const noIpv6: TransportReport = { ...simulated, failure: { code: 'family-not-simulated', family: 6 }, family: 6 };
    expect(describeAbility([simulated, noIpv6])).toBe(
      'In this simulated internet, echo requests can be sent over IPv4.',
    );
    expect(describeAbility([{ ...REFUSED, transport: 'simulated' }])).toBe(
      'In this simulated internet, echo requests cannot be sent.',
    );
    expect([simulated, noIpv6].map(isBesideScenario)).toEqual([false, true]);
  });
});

describe('net.ipv4.ping_group_range', () => {
  it('lets nobody in when it ends before it begins (icmp(7))', () => {
    expect(['1 0', '1\t0', '0 0', '0 2147483647'].map(isEmptyGroupRange)).toEqual([true, true, false, false]);
  });
});
