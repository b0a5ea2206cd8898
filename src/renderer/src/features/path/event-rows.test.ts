import { describe, expect, it } from 'vitest';
import type { MachineChange } from '../../../../contract/machine-change.ts';
import type { PathEvent } from '../../../../contract/path.ts';
import { eventRows } from './event-rows.ts';
import { NOON, report } from './test-reports.ts';

const failed = (atEpochMs: number, reason = 'no-route'): PathEvent => ({
  kind: 'send-failed',
  atEpochMs,
  reason,
  osCode: 'ENETUNREACH',
});

const told = (...args: Parameters<typeof eventRows>) =>
  eventRows(...args).map(({ when, title, sentence }) => `${when} ${title}: ${sentence}`);

describe('eventRows', () => {
  it('tells everything that happened in the period in words, newest first', () => {
    const rows = told(
      report({
        routeChanges: [
          {
            atEpochMs: NOON - 90_000,
            before: ['10.0.0.1', '10.0.0.2', null],
            after: ['10.0.0.1', '10.0.0.7', '10.0.0.8'],
          },
        ],
        gaps: [{ fromEpochMs: NOON - 60_000, toEpochMs: NOON - 50_000, cause: 'asleep' }],
        outages: [{ fromEpochMs: NOON - 20_000, toEpochMs: NOON - 10_000, lostProbes: 10, isOpen: false }],
      }),
      [{ kind: 'clock-stepped', atEpochMs: NOON - 5_000, byMs: -3_000 }],
    );
    expect(rows).toEqual([
      '11:59:55 Clock stepped: The clock of this machine was set back by 3 s. Round trips are not affected.',
      '11:59:40 – 11:59:50 Outage: The destination left 10 probes in a row unanswered, for 10 s.',
      '11:59:00 – 11:59:10 No data: The machine was asleep. Nothing was measured. It lasted 10 s.',
      '11:58:30 Route changed: Hop 2: 10.0.0.2 → 10.0.0.7, hop 3: silent → 10.0.0.8.',
    ]);
  });

  it('names three hops of a route change and counts the others', () => {
    const [row] = told(
      report({
        routeChanges: [{ atEpochMs: NOON, before: ['a', 'b', 'c', 'd', 'e'], after: ['v', 'w', 'x', 'y', 'z'] }],
      }),
      [],
    );
    expect(row).toBe('12:00:00 Route changed: Hop 1: a → v, hop 2: b → w, hop 3: c → x, and 2 more hops.');
  });

  it('tells failures to send with the same reason in one row', () => {
    const rows = told(report(), [
      failed(NOON - 30_000),
      failed(NOON - 29_000),
      failed(NOON - 28_000),
      failed(NOON - 27_000, 'local-queue-full'),
    ]);
    expect(rows).toEqual([
      '11:59:33 Not sent: This machine could not send 1 probe: its queue is full (ENETUNREACH). They do not count as lost.',
      '11:59:30 – 11:59:32 Not sent: This machine could not send 3 probes: there is no route (ENETUNREACH). They do not count as lost.',
    ]);
  });

  it('tells each thing that changed around the machine in a row of its own, those of one moment too', () => {
    const changed = (change: MachineChange, untold = 0): PathEvent => ({
      kind: 'machine-changed',
      atEpochMs: NOON - 5_000,
      change,
      untold,
    });
    const events = [
      changed({ kind: 'interface-up', interfaceName: 'tun0', tunnel: 'vpn', addresses: ['10.8.0.2/24'] }),
      changed({
        kind: 'default-route',
        family: 4,
        before: { gateway: '192.168.1.1', interfaceName: 'eth0', tunnel: null },
        after: { gateway: '10.8.0.1', interfaceName: 'tun0', tunnel: 'vpn' },
      }),
      changed({ kind: 'name-servers', before: ['192.168.1.1'], after: ['10.8.0.1'] }, 7),
    ];
    expect(told(report(), events)).toEqual([
      '11:59:55 VPN up: Interface tun0 (a VPN) came up with 10.8.0.2/24.',
      '11:59:55 New gateway: The default gateway changed from 192.168.1.1 (through eth0) to 10.8.0.1 (through tun0: a VPN).',
      '11:59:55 New DNS: DNS servers changed from 192.168.1.1 to 10.8.0.1. It keeps changing: 7 changes before this one are not listed.',
    ]);
    expect(new Set(eventRows(report(), events).map(({ key }) => key)).size).toBe(3);
  });

  it('leaves out what lies outside of the period', () => {
    expect(eventRows(report(), [failed(NOON - 200_000), failed(NOON + 1_000)])).toEqual([]);
  });

  it('has a key for each row', () => {
    const rows = eventRows(report({ gaps: [{ fromEpochMs: NOON - 9_000, toEpochMs: NOON, cause: 'paused' }] }), [
      failed(NOON - 9_000),
      { kind: 'clock-stepped', atEpochMs: NOON - 9_000, byMs: 1_500 },
    ]);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(3);
  });
});
