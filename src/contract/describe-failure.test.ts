import { describe, expect, it } from 'vitest';
import { describeFailure, describeSendFailure, describeSilence, type SendFailureReason } from './describe-failure.ts';
import type { Failure } from './failure.ts';
import type { Platform } from './system.ts';

const PLATFORMS: readonly Platform[] = ['linux', 'darwin', 'win32', 'other'];

const ONE_OF_EACH: { readonly [Code in Failure['code']]: Extract<Failure, { code: Code }> } = {
  'name-not-resolved': { code: 'name-not-resolved', name: 'no.such.host', reason: 'not-found' },
  'icmp-not-permitted': { code: 'icmp-not-permitted', attempts: [] },
  'address-not-local': { code: 'address-not-local', address: '192.0.2.9' },
  'interface-not-found': { code: 'interface-not-found', interfaceName: 'eth9' },
  'address-family-mismatch': { code: 'address-family-mismatch', address: '::1', family: 4 },
  'family-not-supported': { code: 'family-not-supported', family: 6 },
  'family-not-simulated': { code: 'family-not-simulated', family: 6 },
  'platform-not-supported': { code: 'platform-not-supported', platform: 'sunos' },
  'ability-missing': { code: 'ability-missing', ability: 'interface' },
  'needs-real-network': { code: 'needs-real-network' },
  'not-found': { code: 'not-found', what: 'monitor', id: 'm-7' },
  'invalid-arguments': { code: 'invalid-arguments', issue: 'intervalMs: Expected >=50' },
  'limit-reached': { code: 'limit-reached', what: 'monitors', limit: 1_000 },
  'file-not-read': {
    code: 'file-not-read',
    holds: 'settings',
    path: '/home/ann/.config/hopscope/settings.json',
    osCode: 'EACCES',
    keptAs: null,
  },
  'file-not-written': {
    code: 'file-not-written',
    holds: 'targets',
    path: '/etc/hopscope/targets.json',
    osCode: 'EROFS',
  },
  'file-refused': { code: 'file-refused', place: 'line 7', reason: 'is no JSON' },
  'programs-not-allowed': { code: 'programs-not-allowed' },
  'connection-lost': { code: 'connection-lost' },
  'system-error': { code: 'system-error', osCode: 'EMFILE', syscall: 'socket' },
  internal: { code: 'internal', reference: 'a1b2' },
};

describe('describeFailure', () => {
  it('puts what the failure is about into the sentence, for every code that has a detail', () => {
    const told = Object.values(ONE_OF_EACH).map((failure) => describeFailure(failure, 'linux').sentence);
    const details = [
      'no.such.host',
      'account',
      '192.0.2.9',
      'eth9',
      '::1',
      'IPv6',
      'IPv6',
      'sunos',
      'Choice of the interface',
      'simulated internet',
      'm-7',
      'Expected >=50.',
      '1,000 monitors',
      'settings.json (EACCES)',
      '/etc/hopscope/targets.json could not be written (EROFS)',
      'line 7 is no JSON.',
      'may not run programs',
      'engine',
      'EMFILE to socket',
      'a1b2',
    ];
    expect(told.map((sentence, place) => sentence.includes(details[place] as string))).toEqual(details.map(() => true));
  });

  it('gives titles without a full stop and whole sentences, on every platform', () => {
    for (const platform of PLATFORMS) {
      for (const failure of Object.values(ONE_OF_EACH)) {
        const { title, sentence, cure } = describeFailure(failure, platform);
        expect(title).toMatch(/^[A-Z][^.]+$/);
        expect(sentence).toMatch(/^[^a-z\s].*\.$/);
        if (cure !== null) expect(cure.sentence).toMatch(cure.command === null ? /\.$/ : /[.:]$/);
      }
    }
  });

  it('tells the four ways in which a name does not resolve apart', () => {
    const reasons = ['not-found', 'no-address-of-family', 'resolver-unreachable', 'other'] as const;
    const titles = reasons.map(
      (reason) => describeFailure({ code: 'name-not-resolved', name: 'x.test', reason }, 'linux').title,
    );
    expect(new Set(titles).size).toBe(4);
  });
});

describe('the cure for icmp-not-permitted', () => {
  const closed: Failure = {
    code: 'icmp-not-permitted',
    attempts: [
      { transport: 'dgram', osCode: 'EACCES', pingGroupRange: '1\t0' },
      { transport: 'raw', osCode: 'EPERM', pingGroupRange: null },
    ],
  };

  it('is on Linux the exact command that opens the group range, now and after a restart', () => {
    // net.ipv4.ping_group_range and the value systemd ships: icmp(7), systemd 50-default.conf.
    expect(describeFailure(closed, 'linux').cure?.command).toBe(
      'sudo sysctl -w net.ipv4.ping_group_range="0 2147483647"\n' +
        "echo 'net.ipv4.ping_group_range = 0 2147483647' | sudo tee /etc/sysctl.d/90-hopscope.conf",
    );
  });

  it('names every rung that was tried with the system’s own word', () => {
    expect(describeFailure(closed, 'linux').sentence).toBe(
      'This account may not send echo requests. The system refused an unprivileged ICMP socket (EACCES) and a raw socket (EPERM).',
    );
  });

  it('does not ask for an open range to be opened again, but points at the sandbox', () => {
    const open: Failure = {
      code: 'icmp-not-permitted',
      attempts: [{ transport: 'dgram', osCode: 'EPERM', pingGroupRange: '0\t2147483647\n' }],
    };
    const cure = describeFailure(open, 'linux').cure;
    expect(cure?.command).toBeNull();
    expect(cure?.sentence).toContain('container');
  });

  it('offers raw sockets alone where only those were refused, and says for whom else the command opens them', () => {
    const rawOnly: Failure = {
      code: 'icmp-not-permitted',
      attempts: [{ transport: 'raw', osCode: 'EPERM', pingGroupRange: null }],
    };
    expect(describeFailure(rawOnly, 'linux').cure).toEqual({
      sentence:
        'Raw sockets need root or CAP_NET_RAW. Start Hopscope with sudo, or let the Node.js of this terminal open them with the line below; it then holds for every program which that Node.js runs.',
      command: 'sudo setcap cap_net_raw+ep "$(readlink -f "$(command -v node)")"',
    });
  });

  it('offers no Linux command on another platform', () => {
    for (const platform of ['darwin', 'win32', 'other'] as const) {
      expect(describeFailure(closed, platform).cure?.command).toBeNull();
    }
  });
});

describe('describeSendFailure', () => {
  const REASONS: { readonly [Reason in SendFailureReason]: string } = {
    'no-route': 'No route',
    'not-permitted': 'Refused by this machine',
    'broadcast-not-enabled': 'A broadcast address',
    'too-big': 'Too big to send',
    'local-queue-full': 'This machine is too busy to send',
    'invalid-destination': 'Cannot be sent to',
    'interface-gone': 'Interface gone',
    'local-network-denied': 'Local network closed',
    'not-on-this-system': 'Not on this system',
    other: 'Could not send',
  };

  it('has its own title for every reason and keeps the system’s own error name', () => {
    for (const [reason, title] of Object.entries(REASONS)) {
      const told = describeSendFailure(reason as SendFailureReason, 'EXAMPLE', 4, 'linux');
      expect(told.title).toBe(title);
      expect(told.sentence).toContain('(EXAMPLE)');
    }
  });

  it('shows the routes of the family that has none, in the words of the platform', () => {
    const command = (family: 4 | 6, platform: Platform) =>
      describeSendFailure('no-route', 'ENETUNREACH', family, platform).cure?.command;
    expect([
      command(4, 'linux'),
      command(6, 'linux'),
      command(6, 'darwin'),
      command(4, 'win32'),
      command(4, 'other'),
    ]).toEqual(['ip route', 'ip -6 route', 'netstat -rn -f inet6', 'route print -4', null]);
  });

  it('promises no command where it has none', () => {
    for (const reason of Object.keys(REASONS)) {
      const cure = describeSendFailure(reason as SendFailureReason, 'E', 4, 'other').cure;
      if (cure !== null) expect(cure.sentence).toMatch(/\.$/);
    }
  });

  it('says how to write a link-local address only where such addresses need it', () => {
    expect(describeSendFailure('invalid-destination', 'EINVAL', 6, 'linux').cure?.sentence).toContain('fe80::1%eth0');
    expect(describeSendFailure('invalid-destination', 'EINVAL', 4, 'linux').cure?.sentence).not.toContain('fe80');
  });
});

describe('describeSilence', () => {
  it('counts the probes and blames nobody', () => {
    expect(describeSilence('192.0.2.1', 1, false).sentence).toBe(
      '192.0.2.1 has not answered the first probe, and no router has said why.',
    );
    expect(describeSilence('192.0.2.1', 1_200, false).sentence).toBe(
      '192.0.2.1 has not answered any of 1,200 probes, and no router has said why.',
    );
  });

  it('tells a destination that never answered from one that has stopped', () => {
    expect(describeSilence('192.0.2.1', 12, true)).toMatchObject({
      title: 'Stopped answering',
      sentence: '192.0.2.1 answered before, but not the last 12 probes, and no router has said why.',
    });
  });
});
