import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { milliseconds } from '../../../contract/units.ts';
import { createTestServices } from '../../service/test-services.ts';
import { createTestTerminal, runInTest } from './test-terminal.ts';

const QUICK = { kind: 'answers', delay: milliseconds(10) } as const;
const TTL_EXCEEDED = {
  kind: 'icmp-error',
  error: 'time-exceeded',
  icmpType: 11,
  icmpCode: 0,
  responder: '198.51.100.1',
  delay: milliseconds(5),
} as const;
const NO_ROUTE = { kind: 'send-fails', reason: 'no-route', code: 'ENETUNREACH' } as const;

/** Every fate in turn: a reply of 10 ms that comes twice, an error, a timeout, a send error, a reply of 14 ms. */
const FATES = [
  { ...QUICK, duplicateRatio: 1 },
  TTL_EXCEEDED,
  { kind: 'silent' } as const,
  NO_ROUTE,
  { kind: 'answers', delay: milliseconds(14) } as const,
];
const everyFate = () => createTestServices({ '192.0.2.1': (nth) => FATES[nth] ?? QUICK });

describe('hopscope ping for people', () => {
  it('prints what ping prints, and the summary', async () => {
    expect(
      await runInTest(['ping', '--count', '3', 'host.example'], createTestServices({ '192.0.2.1': QUICK })),
    ).toEqual({
      code: 0,
      notices: [],
      out: [
        'PING host.example (192.0.2.1): 56 data bytes',
        '64 bytes from 192.0.2.1: icmp_seq=0 ttl=64 time=10.000 ms',
        '64 bytes from 192.0.2.1: icmp_seq=1 ttl=64 time=10.000 ms',
        '64 bytes from 192.0.2.1: icmp_seq=2 ttl=64 time=10.000 ms',
        '',
        '--- host.example ping statistics ---',
        '3 packets transmitted, 3 received, 0% packet loss',
        'rtt min/avg/max/stddev = 10.000/10.000/10.000/0.000 ms',
        'rtt p50/p95/p99 = 10.000/10.000/10.000 ms, jitter = 0.000 ms',
      ],
    });
  });

  it('tells every other fate, and what to do about it once', async () => {
    const { code, out, notices } = await runInTest(['ping', '--count', '5', '192.0.2.1'], everyFate());
    expect(code).toBe(0);
    expect(out).toEqual([
      'PING 192.0.2.1 (192.0.2.1): 56 data bytes',
      '64 bytes from 192.0.2.1: icmp_seq=0 ttl=64 time=10.000 ms',
      'From 192.0.2.1 icmp_seq=0 time=11.000 ms (DUP!)',
      expect.stringMatching(/^From 198\.51\.100\.1 icmp_seq=1 \S/),
      'Not sent: icmp_seq=3 No route (ENETUNREACH)',
      'Request timeout for icmp_seq=2',
      '64 bytes from 192.0.2.1: icmp_seq=4 ttl=64 time=14.000 ms',
      '',
      '--- 192.0.2.1 ping statistics ---',
      '4 packets transmitted, 2 received, 1 duplicate, 1 error, 1 not sent, 50.0% packet loss',
      'rtt min/avg/max/stddev = 10.000/12.000/14.000/2.828 ms',
      'rtt p50/p95/p99 = 12.000/13.800/13.960 ms, jitter = 4.000 ms',
    ]);
    expect(notices.filter((line) => line.includes('ip route'))).toHaveLength(1);
  });

  it('names the target on each line when there are several, and the unresolved one by its sentence', async () => {
    const services = createTestServices({ '192.0.2.1': QUICK });
    const { code, out, notices } = await runInTest(
      ['ping', '-c1', 'host.example', '192.0.2.2', 'nope.example'],
      services,
    );
    expect(code).toBe(1);
    expect(out).toContain('host.example: 64 bytes from 192.0.2.1: icmp_seq=0 ttl=64 time=10.000 ms');
    expect(out).toContain('192.0.2.2: Request timeout for icmp_seq=0');
    expect(out).toContain('1 packet transmitted, 0 received, 100% packet loss');
    expect(notices[0]).toMatch(/^hopscope ping: .*nope\.example/);
  });

  it('uses colours in a terminal only', async () => {
    const coloured = await runInTest(['ping', '-c1', '192.0.2.9'], createTestServices(), createTestTerminal(true));
    expect(coloured.out[1]).toBe('\u001b[31mRequest timeout for icmp_seq=0\u001b[39m');
    const plain = await runInTest(['ping', '-c1', '192.0.2.9']);
    expect(plain.out.join()).not.toContain('\u001b');
  });
});

describe('hopscope ping --json', () => {
  it('prints the documented shapes with numbers as numbers', async () => {
    const { code, out, notices } = await runInTest(['ping', '--json', '-c5', '192.0.2.1'], everyFate());
    const target = '192.0.2.1';
    const message = expect.stringMatching(/\.$/);
    const reply = {
      type: 'reply',
      target,
      source: target,
      family: 4,
      bytesReceived: 64,
      ttl: 64,
      timestampSource: 'kernel-transmit',
    };
    expect(out.map((line) => JSON.parse(line))).toEqual([
      { ...reply, sequence: 0, rttMs: 10, time: 1_700_000_000.01 },
      { type: 'error', target, sequence: 1, source: '198.51.100.1', icmpType: 11, icmpCode: 0, message },
      {
        type: 'send-error',
        target,
        sequence: 3,
        source: null,
        icmpType: null,
        icmpCode: null,
        message,
        code: 'ENETUNREACH',
      },
      { type: 'timeout', target, sequence: 2 },
      { ...reply, sequence: 4, rttMs: 14, time: 1_700_000_004.014 },
      {
        type: 'summary',
        target,
        destination: target,
        sent: 4,
        received: 2,
        duplicates: 1,
        lossRatio: 0.5,
        rttMs: { min: 10, mean: 12, max: 14, stddev: 2.828427, p50: 12, p95: 13.8, p99: 13.96 },
        jitterMs: 4,
        mdevMs: 2,
        ewmaMs: 10.5,
      },
    ]);
    expect([code, notices]).toEqual([0, []]);
  });

  it('prints an error and an empty summary for a name that does not resolve, and goes on with the others', async () => {
    const services = createTestServices({ '192.0.2.1': QUICK });
    const { code, out } = await runInTest(['ping', '--json', '-c1', 'nope.example', '192.0.2.1'], services);
    const lines = out.map((line) => JSON.parse(line));
    expect(code).toBe(1);
    expect(lines.filter(({ target }) => target === 'nope.example')).toEqual([
      {
        type: 'error',
        target: 'nope.example',
        sequence: null,
        source: null,
        icmpType: null,
        icmpCode: null,
        message: expect.stringContaining('nope.example'),
      },
      {
        type: 'summary',
        target: 'nope.example',
        destination: null,
        sent: 0,
        received: 0,
        duplicates: 0,
        lossRatio: null,
        rttMs: { min: null, mean: null, max: null, stddev: null, p50: null, p95: null, p99: null },
        jitterMs: null,
        mdevMs: null,
        ewmaMs: null,
      },
    ]);
    expect(lines.map(({ type, target }) => `${type} ${target}`)).toContain('reply 192.0.2.1');
  });

  it('has in docs/json.md every type and every key that it prints', async () => {
    const documentation = readFileSync(join(import.meta.dirname, '../../../../docs/json.md'), 'utf8');
    const { out } = await runInTest(['ping', '--json', '-c5', '192.0.2.1'], everyFate());
    for (const line of out.map((text) => JSON.parse(text) as Record<string, unknown>)) {
      const [, section = ''] = documentation.split(`### \`${String(line.type)}\`\n`);
      const described = section.split('\n#')[0] ?? '';
      for (const key of Object.keys(line)) expect(described, `${String(line.type)}.${key}`).toContain(`\`${key}\``);
    }
  });

  it('escapes what could steer a terminal, and stays JSON of the same value', async () => {
    const evil = 'evil\u009b31m\u202e';
    const { out } = await runInTest(['ping', '--json', '-c1', evil]);
    expect(out.join('')).not.toMatch(/[\u0080-\u009f\u202a-\u202e]/);
    expect(out.map((line) => JSON.parse(line).target)).toEqual([evil, evil]);
    const text = await runInTest(['ping', '-c1', evil]);
    expect(text.notices.join('')).toContain('evil\\u009b31m\\u202e');
  });
});

describe('the end of hopscope ping', () => {
  it('comes with the summary after Ctrl-C, and the exit code tells who answered', async () => {
    const terminal = createTestTerminal();
    const services = createTestServices({ '192.0.2.1': QUICK });
    const { code, out, notices } = await runInTest(['ping', '192.0.2.1', 'never'], services, terminal, {
      afterMs: 2_500,
      act: () => terminal.interrupt(),
    });
    expect(out).toContain('3 packets transmitted, 3 received, 0% packet loss');
    expect([code, notices]).toEqual([1, ['hopscope ping: “never” was still being looked up.']]);
    expect(services.clock.untilNextTimer()).toBeNull();
  });

  it('comes with a summary for every target in JSON too', async () => {
    const terminal = createTestTerminal();
    const services = createTestServices({ '192.0.2.1': QUICK });
    const { out } = await runInTest(['ping', '--json', '192.0.2.1', 'never'], services, terminal, {
      afterMs: 500,
      act: () => terminal.interrupt(),
    });
    const summaries = out.map((line) => JSON.parse(line)).filter(({ type }) => type === 'summary');
    expect(summaries.map(({ target, destination, sent }) => [target, destination, sent])).toEqual([
      ['192.0.2.1', '192.0.2.1', 1],
      ['never', null, 0],
    ]);
  });

  it('comes quietly when nobody reads any more', async () => {
    const terminal = createTestTerminal();
    terminal.loseOutputAfter(1, { kind: 'reader-gone' });
    const services = createTestServices({ '192.0.2.1': QUICK });
    const { out, notices } = await runInTest(['ping', '192.0.2.1'], services, terminal);
    expect([out, notices]).toEqual([['PING 192.0.2.1 (192.0.2.1): 56 data bytes'], []]);
    expect(services.openTransportCount()).toBe(0);
  });

  it('is an error when the output cannot be written', async () => {
    const terminal = createTestTerminal();
    terminal.loseOutputAfter(1, { kind: 'refused', osCode: 'ENOSPC' });
    const { code, notices } = await runInTest(
      ['ping', '192.0.2.1'],
      createTestServices({ '192.0.2.1': QUICK }),
      terminal,
    );
    expect([code, notices]).toEqual([
      2,
      ['hopscope: The output could not be written (ENOSPC), so the rest of it is missing.'],
    ]);
  });

  it('has the code 2 when this machine kept the program from asking, with the cure', async () => {
    const services = createTestServices({ '192.0.2.1': QUICK });
    const attempts = [{ transport: 'dgram', osCode: 'EACCES', pingGroupRange: '1 0' } as const];
    services.refuseTransports({ code: 'icmp-not-permitted', attempts });
    const { code, notices } = await runInTest(['ping', '-c1', '192.0.2.1'], services);
    expect(code).toBe(2);
    expect(notices.join('\n')).toContain('sysctl -w net.ipv4.ping_group_range');
  });
});

describe('the rest of hopscope', () => {
  it('refuses wrong usage with the code 2 before anything is opened', async () => {
    const services = createTestServices();
    expect(await runInTest(['ping', '--ttl', '0', '192.0.2.1'], services)).toEqual({
      code: 2,
      out: [],
      notices: ['hopscope: --ttl must be a whole number from 1 to 255, not “0”.'],
    });
    expect(services.opened).toEqual([]);
  });

  it('prints its version and hands serving over', async () => {
    expect(await runInTest(['--version'])).toEqual({ code: 0, out: ['hopscope 1.2.3'], notices: [] });
    expect(await runInTest(['serve', '--port', '8080'])).toEqual({
      code: 0,
      out: ['served at 127.0.0.1 8080'],
      notices: [],
    });
  });
});
