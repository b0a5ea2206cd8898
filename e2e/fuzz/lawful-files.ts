import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExportCursor } from '../../src/contract/exports.ts';
import type { Happening } from '../../src/contract/happening.ts';
import { epochMilliseconds, milliseconds } from '../../src/contract/units.ts';
import { VirtualClock } from '../../src/main/base/clock.ts';
import { SeededRandom } from '../../src/main/base/random.ts';
import { JournalledRecording } from '../../src/main/engine/path/journal/journalled-recording.ts';
import { createPathRecording } from '../../src/main/engine/path/path-recording.ts';
import { playRandomRounds, START } from '../../src/main/engine/path/test-random-rounds.ts';
import { SessionKeeper } from '../../src/main/service/sessions/session-keeper.ts';

/** Files that can be imported, which the hostile ones are spoilt copies of. */

const INTERVAL = milliseconds(1_000);

const HAPPENINGS: readonly Happening[] = [
  { kind: 'clock-stepped', atEpochMs: START + 3_000, byMs: -61_000 },
  {
    kind: 'machine-changed',
    atEpochMs: START + 4_000,
    change: { kind: 'name-servers', before: ['192.0.2.53'], after: ['192.0.2.54'] },
    untold: 1,
  },
];

/** Sessions of random rounds as the program exports them: an empty one, a short one, and one of several chunks. */
export function exportedSessions(): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'hopscope-fuzz-files-'));
  try {
    using keeper = new SessionKeeper(
      { clock: new VirtualClock(epochMilliseconds(START)), random: new SeededRandom(1) },
      folder,
    );
    return [0, 3, 60, 1_100].map((rounds, index) => exported(keeper, recorded(keeper, index, rounds)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function recorded(keeper: SessionKeeper, seed: number, rounds: number): string {
  const pathId = `path-${seed}`;
  const journal = new JournalledRecording(createPathRecording({ interval: INTERVAL, maxHops: 8 }));
  keeper.begin({
    pathId,
    target: 'host.example',
    destination: '198.51.100.1',
    family: 4,
    intervalMs: INTERVAL,
    maxHops: 8,
    isSimulated: false,
    closeIntervalMs: null,
    atEpochMs: START,
  });
  if (rounds > 0) playRandomRounds(new SeededRandom(seed), INTERVAL, rounds, [journal]);
  journal.recordRouteChange({ atEpochMs: START + 5_000, before: ['192.0.2.1', null], after: ['192.0.2.1'] });
  journal.recordFailureCause(epochMilliseconds(START + 7_000), 'no-route', 'ENETUNREACH');
  const destination = '198.51.100.1';
  const facts = {
    simulated: null,
    destinationHopLimit: 3,
    localDrops: 2,
    gateways: ['192.0.2.1'],
    pathMtu: { isBlackHole: false, pathMtuBytes: 1_492, hops: [], destination },
    branches: {
      destination,
      hops: [{ hopLimit: 1, responders: [{ address: '192.0.2.1', flows: [1] }], probes: 6, isComplete: true }],
      links: [],
    },
  };
  const names = [{ address: '192.0.2.1', name: 'router.example', asn: { number: 64_500, name: 'EXAMPLE' } }];
  keeper.append([{ pathId, bytes: journal.take(), facts, names, happenings: HAPPENINGS }]);
  // Pages are written one chunk at a time.
  for (let turn = 0; turn < 8; turn += 1) keeper.append([]);
  keeper.end({ pathId, isOver: true });
  const session = keeper.list(null).sessions.find((each) => each.rounds === rounds);
  if (session === undefined) throw new Error('The session was not kept.');
  keeper.addComment({ sessionId: session.sessionId, atEpochMs: START + 60_000, text: 'unplugged' });
  return session.sessionId;
}

function exported(keeper: SessionKeeper, sessionId: string): string {
  const texts: string[] = [];
  let cursor: ExportCursor | null = null;
  do {
    const piece = keeper.exportPiece({
      sessionId,
      fromEpochMs: null,
      toEpochMs: null,
      lastMs: null,
      format: 'json',
      cursor,
      mask: null,
      by: { version: '1.2.3', ownAddresses: [] },
    });
    if (!piece.ok) throw new Error(piece.failure.code);
    texts.push(piece.value.text);
    cursor = piece.value.next;
  } while (cursor !== null);
  return texts.join('');
}

/** Logs as ping(8) of iputils and fping(8) write them. */
export function loggedRuns(): string[] {
  const begun = 1_700_000_000;
  const pings = Array.from({ length: 40 }, (_, index) => index)
    .filter((index) => index % 7 !== 3)
    .map(
      (index) =>
        `[${begun + index}.012000] 64 bytes from 192.0.2.1: icmp_seq=${index + 1} ttl=57 time=${10 + (index % 5)}.1 ms`,
    );
  const fpings = Array.from({ length: 40 }, (_, index) =>
    index % 7 === 3
      ? `[${begun + index}.50000] 192.0.2.1 : [${index}], timed out (12.0 avg, 5% loss)`
      : `[${begun + index}.01200] 192.0.2.1 : [${index}], 64 bytes, ${10 + (index % 5)}.0 ms (12.0 avg, 5% loss)`,
  );
  return [
    [
      'PING www.example.net (192.0.2.1) 56(84) bytes of data.',
      ...pings,
      '',
      '--- www.example.net ping statistics ---',
      '40 packets transmitted, 34 received, 15% packet loss, time 39005ms',
      '',
    ].join('\n'),
    ['PING6(56=40+8+8 bytes) 2001:db8::9 --> 2001:db8::1', ...pings, ''].join('\n'),
    [...fpings, '', '192.0.2.1 : xmt/rcv/%loss = 40/34/15%, min/avg/max = 10.0/12.0/14.0', ''].join('\n'),
  ];
}
