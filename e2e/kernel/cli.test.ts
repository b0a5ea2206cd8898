import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { addresses } from '../lab/addresses.ts';
import { type Finished, finished, withoutPrivileges } from '../lab/lab.ts';

/** The built program, as it is installed. */
const PROGRAM = join(import.meta.dirname, '../../out/main/cli.js');

const hopscope = (...args: readonly string[]): Promise<Finished> => finished(process.execPath, [PROGRAM, ...args]);

type Line = { readonly type: string; readonly target: string; readonly [key: string]: unknown };
const jsonLines = ({ stdout }: Finished): Line[] =>
  stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);

/** Starts the program and resolves as soon as its output matches; its output goes on being read into `output`. */
async function started(pattern: RegExp, ...args: readonly string[]) {
  const child: ChildProcessByStdio<null, Readable, Readable> = spawn(process.execPath, [PROGRAM, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
    if (pattern.test(output.stdout)) resolve();
  });
  await promise;
  return { child, output, ended: once(child, 'close') };
}

describe('hopscope ping in the lab', () => {
  it.each([
    ['IPv4', addresses.target.v4],
    ['IPv6', addresses.target.v6],
  ])('prints replies and the summary over %s, and ends with 0', async (_, target) => {
    const { code, stdout, stderr } = await hopscope('ping', '--count', '3', '--interval', '0.1', target);
    const escaped = target.replaceAll('.', '\\.');
    expect(stdout.split('\n')).toEqual([
      `PING ${target} (${target}): 56 data bytes`,
      // Two routers take two from 64.
      ...[0, 1, 2].map((sequence) =>
        expect.stringMatching(`^64 bytes from ${escaped}: icmp_seq=${sequence} ttl=62 time=\\d+\\.\\d{3} ms$`),
      ),
      '',
      `--- ${target} ping statistics ---`,
      '3 packets transmitted, 3 received, 0% packet loss',
      expect.stringMatching(/^rtt min\/avg\/max\/stddev = (\d+\.\d{3}\/){3}\d+\.\d{3} ms$/),
      expect.stringMatching(/^rtt p50\/p95\/p99 = (\d+\.\d{3}\/){2}\d+\.\d{3} ms, jitter = \d+\.\d{3} ms$/),
      '',
    ]);
    expect([code, stderr]).toEqual([0, '']);
  });

  it.each(['--privileged', '--unprivileged'])('tells the router where the TTL of 1 ran out, %s', async (choice) => {
    const run = await hopscope('ping', '--json', '--count', '1', '--ttl', '1', choice, addresses.target.v4);
    expect(run.code).toBe(1);
    expect(jsonLines(run)).toMatchObject([
      { type: 'error', sequence: 0, source: addresses.firstRouter.v4, icmpType: 11, icmpCode: 0 },
      { type: 'summary', sent: 1, received: 0, lossRatio: 1 },
    ]);
    const text = await hopscope('ping', '--count', '1', '--ttl', '1', choice, addresses.target.v4);
    expect(text.stdout).toContain(`From ${addresses.firstRouter.v4} icmp_seq=0 `);
  });

  it('prints the documented JSON of every fate, and pings the other targets when one fails', async () => {
    const [target, silent, noRoute] = [addresses.target.v4, addresses.silent.v4, addresses.noRoute.v4];
    const args = [
      '--json',
      '--count',
      '1',
      '--timeout',
      '0.5',
      '--size',
      '100',
      target,
      silent,
      noRoute,
      'nope.invalid',
    ];
    const run = await hopscope('ping', ...args);
    const lines = jsonLines(run);
    const of = (name: string) => lines.filter((line) => line.target === name);
    const message = expect.stringMatching(/\.$/);
    const summary = { type: 'summary', duplicates: 0, sent: 0, received: 0 };
    const noTimes = { jitterMs: null, mdevMs: null, ewmaMs: null };
    const empty = { min: null, mean: null, max: null, stddev: null, p50: null, p95: null, p99: null };
    expect(of(target)).toEqual([
      {
        type: 'reply',
        target,
        source: target,
        family: 4,
        sequence: 0,
        bytesReceived: 108,
        ttl: 62,
        rttMs: expect.any(Number),
        time: expect.any(Number),
        timestampSource: expect.stringMatching(/^kernel/),
      },
      {
        ...summary,
        target,
        destination: target,
        sent: 1,
        received: 1,
        lossRatio: 0,
        rttMs: { ...Object.fromEntries(Object.keys(empty).map((key) => [key, expect.any(Number)])), stddev: null },
        jitterMs: null,
        // Of one round trip: no deviation, and the average is itself.
        mdevMs: 0,
        ewmaMs: of(target)[0]?.rttMs,
      },
    ]);
    expect(of(silent)).toEqual([
      { type: 'timeout', target: silent, sequence: 0 },
      { ...summary, target: silent, destination: silent, sent: 1, lossRatio: 1, rttMs: empty, ...noTimes },
    ]);
    const nothing = { source: null, icmpType: null, icmpCode: null, message };
    expect(of(noRoute)).toEqual([
      { type: 'send-error', target: noRoute, sequence: 0, ...nothing, code: 'ENETUNREACH' },
      { ...summary, target: noRoute, destination: noRoute, lossRatio: null, rttMs: empty, ...noTimes },
    ]);
    expect(of('nope.invalid')).toEqual([
      { type: 'error', target: 'nope.invalid', sequence: null, ...nothing },
      { ...summary, target: 'nope.invalid', destination: null, lossRatio: null, rttMs: empty, ...noTimes },
    ]);
    expect([run.code, run.stderr]).toEqual([1, '']);
    const arrived = Number(of(target)[0]?.time) * 1_000;
    expect(Math.abs(Date.now() - arrived)).toBeLessThan(60_000);
  });

  it('names the unresolved name and its cure to people, and ends with 1', async () => {
    const { code, stdout, stderr } = await hopscope('ping', '--count', '1', 'nope.invalid');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^hopscope ping: .*nope\.invalid/);
  });

  it.each([
    [['--interface', 'nope0'], /no network interface named .nope0/],
    [['--source', '10.9.9.9'], /10\.9\.9\.9/],
    [['--ipv6'], /IPv6/],
  ])('ends with 2 and a sentence when this machine cannot do it: %s', async (options, sentence) => {
    const { code, stdout, stderr } = await hopscope('ping', '--count', '1', ...options, addresses.target.v4);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(sentence);
  });

  it('sends from the address and through the interface asked for', async () => {
    const { interfaceName, v6 } = addresses.client;
    const run = await hopscope(
      'ping',
      '--count',
      '1',
      '--interface',
      interfaceName,
      '--source',
      v6,
      addresses.target.v6,
    );
    expect(run.code).toBe(0);
  });

  it('prints the summary at Ctrl-C and ends with the code that the answers deserve', async () => {
    for (const [target, pattern, code, count] of [
      [addresses.target.v4, /icmp_seq=2 /, 0, /^\d+ packets transmitted, \d+ received, 0% packet loss$/m],
      [addresses.silent.v4, /icmp_seq=0/, 1, /^\d+ packets transmitted, 0 received, .*100% packet loss$/m],
    ] as const) {
      const { child, output, ended } = await started(pattern, 'ping', '--interval', '0.1', '--timeout', '0.3', target);
      child.kill('SIGINT');
      expect(await ended).toEqual([code, null]);
      expect(output.stdout).toMatch(count);
      expect(output.stderr).toBe('');
    }
  });

  it('ends quietly when its reader has gone', async () => {
    const { child, output, ended } = await started(/icmp_seq=0 /, 'ping', '--interval', '0.1', addresses.target.v4);
    child.stdout.destroy();
    expect(await ended).toEqual([0, null]);
    expect(output.stderr).toBe('');
  });

  it('says so and ends with 2 when its output cannot be written', async () => {
    const command = [process.execPath, PROGRAM, 'ping', '--count', '2', addresses.target.v4];
    const { code, stderr } = await finished('sh', ['-c', '"$0" "$@" > /dev/full', ...command]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/ENOSPC/);
  });
});

describe('hopscope doctor in the lab', () => {
  it('finds unprivileged sockets open and raw ones refused without privileges, with the cure', async () => {
    const [command = '', ...words] = withoutPrivileges();
    const run = await finished(command, [...words, process.execPath, PROGRAM, 'doctor', '--json', '--local']);
    expect(run.code).toBe(0);
    const { transports } = JSON.parse(run.stdout) as { transports: Record<string, unknown>[] };
    expect(transports.map(({ transport, family, failure }) => [transport, family, failure === null])).toEqual([
      ['dgram', 4, true],
      ['dgram', 6, true],
      ['raw', 4, false],
      ['raw', 6, false],
    ]);
    for (const { loopbackRttMs, cure } of transports) {
      expect(loopbackRttMs === null ? cure : loopbackRttMs).toEqual(
        loopbackRttMs === null
          ? {
              sentence: expect.stringContaining('CAP_NET_RAW'),
              command: expect.stringContaining('setcap cap_net_raw+ep'),
            }
          : expect.any(Number),
      );
    }
  });
});

describe('wrong usage', () => {
  it.each([[[]], [['ping']], [['ping', '--ttl', '256', '127.0.0.1']], [['pong']]])(
    'ends with 2 and one sentence: %j',
    async (args) => {
      const { code, stdout, stderr } = await hopscope(...args);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(/^hopscope: [^\n]+\n$/);
    },
  );
});
