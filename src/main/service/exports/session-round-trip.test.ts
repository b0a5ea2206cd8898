import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExportCursor, ExportFormat } from '../../../contract/exports.ts';
import type { Anomaly } from '../../../contract/flight.ts';
import type { Happening } from '../../../contract/happening.ts';
import type { Session } from '../../../contract/sessions.ts';
import { epochMilliseconds, milliseconds } from '../../../contract/units.ts';
import { VirtualClock } from '../../base/clock.ts';
import { SeededRandom } from '../../base/random.ts';
import { JournalledRecording } from '../../engine/path/journal/journalled-recording.ts';
import { createPathRecording } from '../../engine/path/path-recording.ts';
import { playRandomRounds, START } from '../../engine/path/test-random-rounds.ts';
import { SessionKeeper } from '../sessions/session-keeper.ts';

const WHOLE = { fromEpochMs: null, toEpochMs: null, lastMs: null };
const INTERVAL = milliseconds(1_000);

const HAPPENINGS: readonly Happening[] = [
  { kind: 'clock-stepped', atEpochMs: START + 3_000.5, byMs: -61_000 },
  {
    kind: 'machine-changed',
    atEpochMs: START + 250_000,
    change: {
      kind: 'default-route',
      family: 4,
      before: { gateway: '192.0.2.1', interfaceName: 'eth0', tunnel: null },
      after: { gateway: null, interfaceName: 'tun0', tunnel: 'vpn' },
    },
    untold: 2,
  },
];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopscope-exports-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function keeperIn(name: string): SessionKeeper {
  const clock = new VirtualClock(epochMilliseconds(START));
  return new SessionKeeper({ clock, random: new SeededRandom(name.length) }, join(folder, name));
}

/** Random rounds of a path, with everything that is kept beside them. */
function record(
  keeper: SessionKeeper,
  seed: number,
  rounds: number,
  incident?: { readonly fromEpochMs: number; readonly seen: Anomaly },
): string {
  const journal = new JournalledRecording(createPathRecording({ interval: INTERVAL, maxHops: 8 }));
  keeper.begin({
    pathId: 'p',
    target: '=cmd()|“ü”.example',
    destination: '198.51.100.1',
    family: 4,
    intervalMs: incident === undefined ? INTERVAL : 10_000,
    maxHops: 8,
    isSimulated: false,
    closeIntervalMs: incident === undefined ? null : INTERVAL,
    atEpochMs: START,
  });
  if (incident !== undefined) keeper.openIncident({ pathId: 'p', ...incident });
  playRandomRounds(new SeededRandom(seed), INTERVAL, rounds, [journal]);
  journal.recordRouteChange({
    atEpochMs: START + 5_000,
    before: ['192.0.2.1', null],
    after: ['192.0.2.1', '192.0.2.21'],
  });
  journal.recordFailureCause(epochMilliseconds(START + 7_000), 'no-route', 'ENETUNREACH');
  const facts = {
    simulated: null,
    destinationHopLimit: 3,
    localDrops: 2,
    gateways: ['192.0.2.1'],
    pathMtu: { isBlackHole: false, pathMtuBytes: 1_492, hops: [], destination: '198.51.100.1' },
    branches: null,
  };
  const names = [{ address: '192.0.2.1', name: '\u001b[31m<b>.example', asn: { number: 64_500, name: null } }];
  keeper.append([{ pathId: 'p', bytes: journal.take(), facts, names, happenings: HAPPENINGS }]);
  // Pages are written one chunk at a time.
  for (let turn = 0; turn < 8; turn += 1) keeper.append([]);
  if (incident !== undefined) {
    keeper.closeIncident({ pathId: 'p', toEpochMs: incident.fromEpochMs + 100_000, end: 'calm' });
  }
  keeper.end({ pathId: 'p', isOver: true });
  const isWanted = (session: Session) => incident === undefined || session.incident !== null;
  const [session] = keeper.list(null).sessions.filter(isWanted);
  if (session === undefined) throw new Error('no session');
  keeper.change({ sessionId: session.sessionId, name: 'Before the router', comment: 'a\nb' });
  keeper.addComment({ sessionId: session.sessionId, atEpochMs: START + 60_000, text: 'unplugged' });
  return session.sessionId;
}

function exported(
  keeper: SessionKeeper,
  sessionId: string,
  format: Extract<ExportFormat, 'json' | 'csv' | 'html'> = 'json',
  period: { fromEpochMs: number | null; toEpochMs: number | null; lastMs: null } = WHOLE,
): string {
  const texts: string[] = [];
  let cursor: ExportCursor | null = null;
  do {
    const piece = keeper.exportPiece({
      sessionId,
      ...period,
      format,
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

/** Imports a text in pieces of such a length. */
function imported(keeper: SessionKeeper, text: string, length = 65_536): Session {
  let importId: string | null = null;
  for (let at = 0; at < text.length; at += length) {
    const piece = keeper.importPiece({ importId, text: text.slice(at, at + length), isLast: false });
    if (!piece.ok) throw new Error(JSON.stringify(piece.failure));
    ({ importId } = piece.value);
  }
  const last = keeper.importPiece({ importId, text: '', isLast: true });
  if (!last.ok) throw new Error(JSON.stringify(last.failure));
  if (last.value.session === null) throw new Error('nothing was imported');
  return last.value.session;
}

describe('a session that is exported and imported', () => {
  it('is exported again to the same bytes, by whatever pieces and into whatever store it was imported', () => {
    for (const [seed, rounds, length] of [
      [1, 2_500, 65_536],
      [2, 1_024, 7_777],
      [3, 100, 1_000],
    ] as const) {
      using first = keeperIn(`first-${seed}`);
      const id = record(first, seed, rounds);
      const text = exported(first, id);
      using second = keeperIn(`second-${seed}`);
      const copy = imported(second, text, length);
      expect(exported(second, copy.sessionId)).toBe(text);
      const again = imported(first, text);
      expect(again.sessionId).not.toBe(id);
      expect(exported(first, again.sessionId)).toBe(text);
    }
  });

  it('is reported as the one that was measured is, and is marked as imported', () => {
    using first = keeperIn('first');
    const id = record(first, 5, 2_300);
    using second = keeperIn('second');
    const copy = imported(second, exported(first, id));
    const [original] = first.list(null).sessions;
    expect({ ...copy, bytes: 0 }).toEqual({ ...original, sessionId: copy.sessionId, origin: 'imported', bytes: 0 });
    expect(second.list(null).sessions).toEqual([copy]);
    for (const period of [WHOLE, { fromEpochMs: START + 300_000, toEpochMs: START + 900_000, lastMs: null }]) {
      expect(second.report({ sessionId: copy.sessionId, ...period })).toEqual(
        first.report({ sessionId: id, ...period }),
      );
    }
    const comments = second.comments({ sessionId: copy.sessionId });
    expect(comments.ok && comments.value.comments).toEqual([
      { commentId: expect.any(String), atEpochMs: START + 60_000, text: 'unplugged' },
    ]);
  });

  it('is the same after its store was closed and opened again', () => {
    const first = keeperIn('first');
    const text = exported(first, record(first, 6, 2_100));
    first[Symbol.dispose]();
    const second = keeperIn('second');
    const { sessionId } = imported(second, text);
    second[Symbol.dispose]();
    using third = keeperIn('second');
    expect(exported(third, sessionId)).toBe(text);
  });

  it('is read when it was formatted anew, and is valid JSON as it is', () => {
    using first = keeperIn('first');
    const text = exported(first, record(first, 7, 1_300));
    using second = keeperIn('second');
    const copy = imported(second, JSON.stringify(JSON.parse(text), null, 2));
    expect(exported(second, copy.sessionId)).toBe(text);
  });

  it('brings with it what happened to the machine, of a period what happened then', () => {
    using first = keeperIn('first');
    const id = record(first, 10, 300);
    using second = keeperIn('second');
    const { sessionId } = imported(second, exported(first, id));
    expect(second.happenings({ sessionId })).toEqual({ ok: true, value: { happenings: HAPPENINGS } });
    const headOf = (text: string) => JSON.parse(text) as { version: number; happenings?: unknown };
    expect(headOf(exported(first, id))).toMatchObject({ version: 2, happenings: HAPPENINGS });
    const later = { fromEpochMs: START + 200_000, toEpochMs: null, lastMs: null };
    expect(headOf(exported(first, id, 'json', later)).happenings).toEqual([HAPPENINGS[1]]);
    const between = { fromEpochMs: START + 100_000, toEpochMs: START + 200_000, lastMs: null };
    const without = headOf(exported(first, id, 'json', between));
    expect([without.version, 'happenings' in without]).toEqual([1, false]);
  });

  it('brings with it the incident that it is of and the closer rate, and is no part of the flight recorder there', () => {
    const seen = { kind: 'route-changed', before: ['192.0.2.1', null], after: ['192.0.2.1', '192.0.2.21'] } as const;
    using first = keeperIn('first');
    const id = record(first, 11, 300, {
      fromEpochMs: START + 100_000,
      seen: { ...seen, before: [...seen.before], after: [...seen.after] },
    });
    const text = exported(first, id);
    const incident = { fromEpochMs: START + 100_000, toEpochMs: START + 200_000, seen, end: 'calm' };
    expect(JSON.parse(text)).toMatchObject({ version: 3, intervalMs: 10_000, closeIntervalMs: 1_000, incident });
    const second = keeperIn('second');
    const copy = imported(second, text);
    expect(copy).toMatchObject({ flight: null, closeIntervalMs: 1_000, incident });
    second[Symbol.dispose]();
    using again = keeperIn('second');
    expect(again.list(null).sessions).toEqual([copy]);
    expect(exported(again, copy.sessionId)).toBe(text);
    const [original] = first.list(null).sessions.filter(({ sessionId }) => sessionId === id);
    expect([copy.lossRatio, copy.verdict]).toEqual([original?.lossRatio, original?.verdict]);
    const after = { fromEpochMs: START + 200_000, toEpochMs: null, lastMs: null };
    expect('incident' in JSON.parse(exported(first, id, 'json', after))).toBe(false);
    expect(exported(again, copy.sessionId, 'html')).toContain('<dt>Incident</dt><dd>First seen: The route changed.');
    expect(exported(first, id, 'html', after)).not.toContain('<dt>Incident</dt>');
  });

  it('holds the rounds of a period when only that is asked for', () => {
    using first = keeperIn('first');
    const id = record(first, 8, 1_500);
    const period = { fromEpochMs: START + 200_000, toEpochMs: START + 500_000, lastMs: null };
    const text = exported(first, id, 'json', period);
    const { rounds, chunks, begunAtEpochMs } = JSON.parse(text) as {
      rounds: number;
      begunAtEpochMs: number;
      chunks: { beganAtEpochMs: number[] }[];
    };
    const began = chunks.flatMap((chunk) => chunk.beganAtEpochMs);
    const whole = (JSON.parse(exported(first, id)) as { chunks: { beganAtEpochMs: number[] }[] }).chunks;
    const within = whole
      .flatMap((chunk) => chunk.beganAtEpochMs)
      .filter((at) => at >= START + 200_000 && at < START + 500_000);
    expect([began, rounds, begunAtEpochMs]).toEqual([within, within.length, within[0]]);
    using second = keeperIn('second');
    expect(exported(second, imported(second, text).sessionId)).toBe(text);
  });
});

describe('the table of probes', () => {
  it('has a line for each probe with a fate, and no cell that a spreadsheet would run', () => {
    using keeper = keeperIn('first');
    const id = record(keeper, 9, 1_200);
    const [heading, ...lines] = exported(keeper, id, 'csv').trimEnd().split('\r\n');
    expect(heading).toBe('time_utc,time_ms,target,destination,hop,fate,rtt_ms,address,name,duplicates');
    const { chunks } = JSON.parse(exported(keeper, id)) as { chunks: { hops: { fates: string }[] }[] };
    const letters = chunks.flatMap(({ hops }) => hops.map(({ fates }) => fates.replaceAll('-', ''))).join('');
    expect(lines).toHaveLength(letters.length);
    expect(lines.every((line) => line.includes(",'=cmd()|“ü”.example,"))).toBe(true);
    const lost = lines.filter((line) => line.includes(',timed-out,,,,')).length;
    expect(lost).toBe(letters.replace(/[^t]/g, '').length);
  });
});
