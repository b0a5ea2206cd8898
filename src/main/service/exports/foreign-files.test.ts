import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { epochMilliseconds } from '../../../contract/units.ts';
import { VirtualClock } from '../../base/clock.ts';
import { SeededRandom } from '../../base/random.ts';
import { SessionKeeper } from '../sessions/session-keeper.ts';
import { readPingLog } from './ping-log.ts';

/** Logs as ping(8) of iputils and fping(8) describe them, written for these tests. */

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopscope-foreign-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function keeper(): SessionKeeper {
  return new SessionKeeper(
    { clock: new VirtualClock(epochMilliseconds(1_800_000_000_000)), random: new SeededRandom(1) },
    folder,
  );
}

function refusal(text: string): string {
  using own = keeper();
  const told = own.importPiece({ importId: null, text, isLast: true });
  if (told.ok || told.failure.code !== 'file-refused') throw new Error('not refused');
  return `${told.failure.place} ${told.failure.reason}`;
}

const IPUTILS = `PING www.example.net (192.0.2.1) 56(84) bytes of data.
[1700000000.012000] 64 bytes from 192.0.2.1: icmp_seq=1 ttl=57 time=12.0 ms
[1700000001.013000] 64 bytes from 192.0.2.1: icmp_seq=2 ttl=57 time=13.0 ms
[1700000001.113000] 64 bytes from 192.0.2.1: icmp_seq=2 ttl=57 time=113 ms (DUP!)
[1700000003.900000] no answer yet for icmp_seq=3
[1700000004.011000] 64 bytes from www.example.net (192.0.2.1): icmp_seq=5 ttl=56 time=11.0 ms

--- www.example.net ping statistics ---
6 packets transmitted, 3 received, +1 duplicates, 50% packet loss, time 5005ms
rtt min/avg/max/mdev = 11.000/12.000/13.000/0.816 ms
`;

describe('a log of ping', () => {
  it('becomes a session of its round trips: what has no answer is lost, when its neighbours say that it was sent', () => {
    using own = keeper();
    const told = own.importPiece({ importId: null, text: IPUTILS, isLast: true });
    if (!told.ok || told.value.session === null) throw new Error(JSON.stringify(told));
    const { session } = told.value;
    expect(session).toMatchObject({
      target: 'www.example.net',
      destination: '192.0.2.1',
      family: 4,
      origin: 'imported',
      rounds: 6,
      samples: 6,
      lossRatio: 0.5,
      intervalMs: 1_000,
      fromEpochMs: 1_700_000_000_000,
      toEpochMs: 1_700_000_005_000,
    });
    const report = own.report({ sessionId: session.sessionId, fromEpochMs: null, toEpochMs: null, lastMs: null });
    if (!report.ok) throw new Error('no report');
    const { roundTrip, hops, reached } = report.value;
    expect(hops).toEqual([]);
    expect(reached).toBe(true);
    expect(roundTrip).toMatchObject({ sent: 6, received: 3, timedOut: 3, duplicates: 1 });
    expect(roundTrip.rttMs).toMatchObject({ min: 11, mean: 12, max: 13, last: 11 });
  });

  it('goes on when its sequence numbers begin anew after 65,535', () => {
    const line = (sequence: number, at: number) =>
      `[${1_700_000_000 + at}.010000] 64 bytes from 192.0.2.1: icmp_seq=${sequence} ttl=57 time=10 ms`;
    const log = readPingLog(
      [
        'PING a (192.0.2.1) 56(84) bytes of data.',
        line(1, 0),
        line(65_535, 65_534),
        line(0, 65_535),
        line(2, 65_537),
      ].join('\n'),
    );
    expect(log?.count).toBe(65_538);
    const last = log?.requests(65_534, 65_538) ?? [];
    expect(last.map(({ rttMs }) => rttMs)).toEqual([10, 10, null, 10]);
    expect(last.at(-2)?.sentAtEpochMs).toBe(1_700_065_536_000);
  });

  it('is refused when it has no times, only sums, or is of several runs', () => {
    const bsd = 'PING a (192.0.2.1): 56 data bytes\n64 bytes from 192.0.2.1: icmp_seq=0 ttl=57 time=12.345 ms\n';
    expect(refusal(bsd)).toBe('the log has no times, which ping and fping write with -D');
    expect(refusal('PING a (192.0.2.1) 56(84) bytes of data.\n5 packets transmitted, 5 received\n')).toContain(
      'sums cannot',
    );
    expect(refusal(IPUTILS + IPUTILS)).toContain('several runs');
  });
});

describe('a hostile log of ping', () => {
  it('has lines of a megabyte that nearly fit, and is read to its end nevertheless', () => {
    for (const part of ['icmp_seq=1 ', ' time=1', 'icmp_seq=1 time=1', ' : [1], ', '(a']) {
      const long = `64 bytes from ${part.repeat(1_000_000 / part.length)}`;
      const log = readPingLog(`${IPUTILS}${long}\n`);
      expect(log?.count).toBe(6);
    }
  });

  it('has nothing but two million ends of lines, and is refused', () => {
    expect(readPingLog('\n'.repeat(2_000_000))).toBeNull();
  });

  it('claims millions of requests in one line, of which only those asked for are made', () => {
    const claiming = (total: number | string) => IPUTILS.replace('6 packets', `${total} packets`);
    const log = readPingLog(claiming(3_000_000));
    expect([log?.count, log?.requests(2_999_998, 3_000_010).length]).toEqual([3_000_000, 2]);
    for (const total of [4_000_002, 32_000_000, 4e9, '9'.repeat(400)]) {
      expect(() => readPingLog(claiming(total))).toThrow('too far apart');
    }
  });
});

describe('a log of fping', () => {
  it('becomes a session when it has times and an address', () => {
    const log = readPingLog(
      [
        '[1700000000.01200] 192.0.2.1 : [0], 64 bytes, 12.0 ms (12.0 avg, 0% loss)',
        '[1700000002.50000] 192.0.2.1 : [1], timed out (12.0 avg, 50% loss)',
        '[1700000002.01400] 192.0.2.1 : [2], 64 bytes, 14.0 ms (13.0 avg, 33% loss)',
        '',
        '192.0.2.1 : xmt/rcv/%loss = 3/2/33%, min/avg/max = 12.0/13.0/14.0',
      ].join('\n'),
    );
    expect(log).toMatchObject({ target: '192.0.2.1', destination: '192.0.2.1' });
    expect(log?.requests(0, 10).map(({ sentAtEpochMs, rttMs }) => [sentAtEpochMs, rttMs])).toEqual([
      [1_700_000_000_000, 12],
      [1_700_000_001_000, null],
      [1_700_000_002_000, 14],
    ]);
  });

  it('is refused with names only, several targets, or nothing but the summary of -C', () => {
    const line = (target: string, sequence: number) =>
      `[1700000000.01200] ${target} : [${sequence}], 64 bytes, 12.0 ms (12.0 avg, 0% loss)`;
    expect(refusal(`${line('www.example.net', 0)}\n`)).toContain('fping writes with -A');
    expect(refusal(`${line('192.0.2.1', 0)}\n${line('192.0.2.2', 0)}\n`)).toContain('line 2 is of another target');
    expect(refusal('192.0.2.1 : 91.7 37.0 - 36.8\n')).toContain('sums cannot');
    expect(readPingLog(`${line('www.example.net (192.0.2.1)', 0)}\n`)?.destination).toBe('192.0.2.1');
  });
});

describe('a report of another program', () => {
  it('is refused with the reason that sums are no samples', () => {
    const mtr = {
      report: { mtr: { src: 'a', dst: 'b', tests: 10 }, hubs: [{ count: 1, host: '192.0.2.1', 'Loss%': 0, Snt: 10 }] },
    };
    expect(refusal(JSON.stringify(mtr))).toMatch(
      /^the file is a report of mtr, which tells sums of each hop and no single probe/,
    );
    const trippy = {
      info: { target: { ip: '192.0.2.1', hostname: 'a' } },
      hops: [{ ttl: 1, hosts: [], loss_pct: '0.0', sent: 10 }],
    };
    expect(refusal(JSON.stringify(trippy, null, 2))).toContain('is a report of Trippy');
    const allowed = 'sessions that Hopscope exported as JSON can be imported, and logs of “ping -D” and “fping -D -A”';
    expect(refusal('{"a":1}')).toBe(`the file is JSON, but not of a session; ${allowed}`);
    expect(refusal('hello\n')).toBe(`the file is in no form that can be imported; ${allowed}`);
  });
});
