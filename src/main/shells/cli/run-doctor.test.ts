import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TransportReport } from '../../../contract/system.ts';
import { createTestServices } from '../../service/test-services.ts';
import { runInTest } from './test-terminal.ts';

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
  transport: 'dgram',
  family: 6,
  failure: { code: 'icmp-not-permitted', attempts: [{ transport: 'dgram', osCode: 'EACCES', pingGroupRange: '1 0' }] },
  timestampSource: null,
  reportsErrors: null,
  receiveBufferBytes: null,
  loopbackRttMs: null,
};

const servicesWith = (...transports: TransportReport[]) =>
  createTestServices({}, { reportTransports: async () => transports });

describe('hopscope doctor', () => {
  it('says what works, what does not, and each cure once', async () => {
    const { code, out } = await runInTest(['doctor'], servicesWith(WORKING, REFUSED, { ...REFUSED, family: 4 }));
    expect(code).toBe(0);
    expect(out).toContain('Echo requests can be sent over IPv4.');
    expect(out).toContain(
      "  unprivileged (ICMP datagram socket), IPv4  works: the kernel's send and receive times, hears ICMP errors, receive buffer 8,192 KiB, loopback 0.012 ms",
    );
    expect(out.filter((line) => line.includes('IPv6  does not open: '))).toHaveLength(1);
    expect(out.filter((line) => line.includes('sysctl -w net.ipv4.ping_group_range='))).toHaveLength(1);
  });

  it('has the code 1 when nothing works, also when a socket opens but hears nothing', async () => {
    const deaf = { ...WORKING, loopbackRttMs: null };
    const { code, out } = await runInTest(['doctor'], servicesWith(deaf, REFUSED));
    expect(code).toBe(1);
    expect(out).toContain('Echo requests cannot be sent from here.');
    expect(out.join('\n')).toContain(
      'opens, but does not work: A request to this machine itself over IPv4 was not answered.',
    );
    expect(out).toContain('      sudo nft list ruleset');
  });

  it('lists what this system does not do, and nothing on Linux', async () => {
    const head = 'What this system does not do, or only in part:';
    const facts = { version: '1.2.3', platform: 'win32', osRelease: '10.0.26100', nodeVersion: '24.0.0' } as const;
    const { out } = await runInTest(
      ['doctor'],
      createTestServices({}, { facts, reportTransports: async () => [WORKING] }),
    );
    expect(out).toContain(head);
    expect(out).toContain(
      '  Second copies of answers: Windows reports the first answer to an echo request only. Second copies are never seen.',
    );
    expect((await runInTest(['doctor'], servicesWith(WORKING))).out).not.toContain(head);
  });

  it('says who may send when the group range is empty', async () => {
    const rights = { isRoot: false, hasNetRaw: false, pingGroupRange: '1 0' };
    const { out } = await runInTest(['doctor'], createTestServices({}, { readRights: () => rights }));
    expect(out).toContain('  net.ipv4.ping_group_range: 1 0 (nobody)');
  });

  it('prints one JSON object with the cure in it, every key documented', async () => {
    const { code, out } = await runInTest(['doctor', '--json'], servicesWith(WORKING, REFUSED));
    expect([code, out.length]).toEqual([0, 1]);
    const report = JSON.parse(out[0] ?? '');
    expect(report).toMatchObject({
      version: '1.2.3',
      platform: 'linux',
      isRoot: false,
      pingGroupRange: '0 2147483647',
    });
    expect(report.transports).toEqual([
      { ...WORKING, message: null, cure: null },
      {
        ...REFUSED,
        message: expect.stringContaining('EACCES'),
        cure: { sentence: expect.any(String), command: expect.stringContaining('ping_group_range') },
      },
    ]);
    const documentation = readFileSync(join(import.meta.dirname, '../../../../docs/json.md'), 'utf8');
    const [, section = ''] = documentation.split('## `hopscope doctor --json`\n');
    for (const key of [...Object.keys(report), ...Object.keys(report.transports[0])])
      expect(section).toContain(`\`${key}\``);
  });
});
