import { describe, expect, it } from 'vitest';
import type { DoctorReport, TransportReport } from '../../../../contract/system.ts';
import { findingsOf, isMute, reportText } from './doctor-findings.ts';

const WORKING: TransportReport = {
  transport: 'dgram',
  family: 4,
  failure: null,
  timestampSource: 'kernel-transmit',
  reportsErrors: true,
  receiveBufferBytes: 8_388_608,
  loopbackRttMs: 0.0123,
};
const REFUSED: TransportReport = {
  ...WORKING,
  failure: { code: 'icmp-not-permitted', attempts: [{ transport: 'dgram', osCode: 'EACCES', pingGroupRange: '1 0' }] },
  timestampSource: null,
  reportsErrors: null,
  receiveBufferBytes: null,
  loopbackRttMs: null,
};
const RAW_REFUSED: TransportReport = {
  ...REFUSED,
  transport: 'raw',
  failure: { code: 'icmp-not-permitted', attempts: [{ transport: 'raw', osCode: 'EPERM', pingGroupRange: null }] },
};

function reportWith(...transports: TransportReport[]): DoctorReport {
  return {
    version: '1.2.3',
    platform: 'linux',
    osRelease: '6.8.0',
    nodeVersion: '24.0.0',
    isRoot: false,
    hasNetRaw: false,
    pingGroupRange: '1 0',
    transports,
  };
}

describe('what the doctor finds', () => {
  it('is all well when every family has a way, and what is not needed says so', () => {
    const findings = findingsOf(reportWith(WORKING, { ...WORKING, family: 6 }, RAW_REFUSED));
    expect(findings).toMatchObject({
      canSend: true,
      isWhole: true,
      sentence: 'Echo requests can be sent over IPv4 and IPv6.',
      needed: [],
      optional: [{ cure: { command: expect.stringContaining('setcap') } }],
    });
    expect(findings.ways[0]).toEqual({
      key: 'dgram-4',
      name: 'Unprivileged (ICMP datagram socket)',
      family: 4,
      tone: 'good',
      label: 'Works',
      trouble: null,
      loopback: '0.012 ms',
      times: "the kernel's send and receive",
      errors: 'heard',
      receiveBuffer: '8,192 KiB',
    });
    expect(findings.ways[2]).toMatchObject({ tone: 'resting', label: 'Not open, not needed', loopback: '–' });
  });

  it('needs a cure for a family without any way, each cure once', () => {
    const findings = findingsOf(reportWith(REFUSED, { ...REFUSED, family: 6 }));
    expect(findings).toMatchObject({ canSend: false, isWhole: false, optional: [] });
    expect(findings.needed).toHaveLength(1);
    expect(findings.needed[0]?.cure?.command).toContain('sysctl -w net.ipv4.ping_group_range');
    expect(findings.ways.map(({ tone, label }) => [tone, label])).toEqual(Array(2).fill(['bad', 'Does not open']));
  });

  it('is not whole when only one family can be sent over', () => {
    const findings = findingsOf(reportWith(WORKING, { ...REFUSED, family: 6 }));
    expect(findings).toMatchObject({ canSend: true, isWhole: false, needed: [{ title: expect.any(String) }] });
  });

  it('misses no family that a simulated internet does without', () => {
    const simulated: TransportReport = { ...WORKING, transport: 'simulated', loopbackRttMs: null };
    const absent: TransportReport = {
      ...REFUSED,
      transport: 'simulated',
      family: 6,
      failure: { code: 'family-not-simulated', family: 6 },
    };
    const findings = findingsOf(reportWith(simulated, absent));
    expect(findings).toMatchObject({
      canSend: true,
      isWhole: true,
      sentence: 'In this simulated internet, echo requests can be sent over IPv4.',
      needed: [],
      optional: [],
    });
    expect(findings.ways[1]).toMatchObject({
      tone: 'resting',
      label: 'Not in this scenario',
      trouble: { sentence: 'Every address of its scenario is of IPv4, so there is nothing to send to over IPv6.' },
    });
  });

  it('tells a way that opens but hears nothing from one that does not open', () => {
    const [way] = findingsOf(reportWith({ ...WORKING, loopbackRttMs: null })).ways;
    expect(way).toMatchObject({ tone: 'bad', label: 'Opens, but hears nothing' });
  });

  it('says how it was tried, which a simulated internet cannot be in whole', () => {
    expect(findingsOf(reportWith(WORKING)).trial).toContain('one echo request was sent to this machine itself');
    const simulated: TransportReport = { ...WORKING, transport: 'simulated', loopbackRttMs: null };
    expect(findingsOf(reportWith(simulated)).trial).toContain('has no machine of its own');
  });

  it('says who may send when the group range is empty', () => {
    expect(findingsOf(reportWith(WORKING)).facts).toContainEqual({
      label: 'net.ipv4.ping_group_range',
      value: '1 0 (nobody)',
    });
  });

  it('lists what the system cannot do: much on Windows, nothing on Linux, and none of it in a simulated internet', () => {
    const onWindows = findingsOf({ ...reportWith(WORKING), platform: 'win32' });
    expect(onWindows.gaps).toContainEqual({
      ability: 'error-codes',
      name: 'Types and codes of ICMP errors',
      extent: 'partly',
      sentence:
        'Windows sums up several codes of ICMP errors in one word. A code that it does not tell is shown as not told.',
    });
    expect(findingsOf(reportWith(WORKING)).gaps).toEqual([]);
    expect(findingsOf(reportWith({ ...WORKING, transport: 'simulated' })).gaps).toBeNull();
    expect(reportText({ ...reportWith(WORKING), platform: 'win32' })).toContain('Second copies of answers: no; ');
  });

  it('is mute only when there are ways of sending and none works', () => {
    expect([reportWith(REFUSED), reportWith(REFUSED, { ...WORKING, family: 6 }), reportWith()].map(isMute)).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('can be told as text, every way in a line', () => {
    const text = reportText(reportWith(WORKING, RAW_REFUSED));
    expect(text).toContain('Echo requests can be sent over IPv4.\n');
    expect(text).toContain('System: Linux 6.8.0\n');
    expect(text).toContain('Unprivileged (ICMP datagram socket), IPv4: Works; loopback 0.012 ms; ');
    expect(text).toContain('Privileged (raw socket), IPv4: Not open, not needed; This account may not send');
  });
});
