import { describe, expect, it } from 'vitest';
import { epochMilliseconds, milliseconds } from '../../../../contract/units.ts';
import { SeededRandom, unit } from '../../../base/random.ts';
import { JournalledRecording } from '../journal/journalled-recording.ts';
import { replayJournal } from '../journal/replay-journal.ts';
import { createPathRecording } from '../path-recording.ts';
import type { PathRecording } from '../recording.ts';
import { playRandomRounds, SERIES, START } from '../test-random-rounds.ts';
import { A, HOP, INTERVAL, record, recordAll, timeOf } from '../test-recorded-rounds.ts';
import type { ArchiveState } from './archive-state.ts';
import { SMALL_ROLL_UPS } from './pages.ts';
import { SessionRecording } from './session-recording.ts';
import { MemoryPages } from './test-memory-pages.ts';

const OPTIONS = { interval: INTERVAL, maxHops: 8 };

/** Archives after every so many calls. @param states what was to be kept each time */
function archiving(recording: SessionRecording, every: number, states: ArchiveState[] = []): SessionRecording {
  let calls = 0;
  return new Proxy(recording, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function' || name === 'archive' || name === 'noteArchived') return member;
      return (...args: unknown[]) => {
        const result: unknown = Reflect.apply(member, target, args);
        calls += 1;
        if (calls % every === 0) states.push(...[archive(target)].filter((state) => state !== null));
        return result;
      };
    },
  });
}

function archive(recording: SessionRecording) {
  const state = recording.archive();
  if (state !== null) recording.noteArchived(state);
  return state;
}

/** Numbers that were added up in another order differ in their last digits. */
function rounded(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, each: unknown) =>
      typeof each === 'number' && !Number.isInteger(each) ? Number(each.toPrecision(9)) : each,
    ),
  );
}

function expectSame(actual: PathRecording, expected: PathRecording, from: number, to: number): void {
  const period = [epochMilliseconds(from), epochMilliseconds(to)] as const;
  expect(rounded(actual.query(...period))).toEqual(rounded(expected.query(...period)));
  for (const hopLimit of SERIES) {
    expect(actual.outcomes(hopLimit, ...period, 100)).toEqual(expected.outcomes(hopLimit, ...period, 100));
  }
}

describe('a recording in pages', () => {
  it('tells of any period what a recording tells that keeps everything in memory', () => {
    const memory = new JournalledRecording(createPathRecording(OPTIONS));
    const end = playRandomRounds(new SeededRandom(3), INTERVAL, 5_000, [memory]);
    const session = new SessionRecording(OPTIONS, new MemoryPages());
    replayJournal(memory.take() ?? new Uint8Array(), archiving(session, 700));
    expect([session.rounds, session.archived]).toEqual([5_000, 4_096]);
    const random = new SeededRandom(4);
    for (let turn = 0; turn < 12; turn += 1) {
      const from = START + (end - START) * unit(random);
      expectSame(session, memory, from, from + (turn % 2 === 0 ? 900_000 : end - START) * unit(random));
    }
    expect(session.columns(HOP, epochMilliseconds(START), epochMilliseconds(START + 200_000), 300)).toEqual(
      memory.columns(HOP, epochMilliseconds(START), epochMilliseconds(START + 200_000), 300),
    );
  });

  it('draws columns of hundreds of rounds from small roll-ups, or where a file has none from the probes', () => {
    const memory = new JournalledRecording(createPathRecording(OPTIONS));
    const end = playRandomRounds(new SeededRandom(5), INTERVAL, 9_000, [memory]);
    const pages = new MemoryPages();
    const period = [epochMilliseconds(START), epochMilliseconds(end)] as const;
    const session = new SessionRecording(OPTIONS, pages);
    const states: ArchiveState[] = [];
    replayJournal(memory.take() ?? new Uint8Array(), archiving(session, 700, states));
    const all = SERIES.map((hopLimit) => session.columns(hopLimit, ...period, 20));
    for (const hopLimit of SERIES) {
      const outcomes = memory.outcomes(hopLimit, ...period, 9_000);
      let first = 0;
      for (const { rounds, received, minMs, maxMs, p50Ms } of all[hopLimit] ?? []) {
        const own = outcomes.filter(({ round }) => round >= first && round < first + rounds);
        const rtts = own.flatMap(({ rtt }) => (rtt === null ? [] : [rtt])).sort((one, other) => one - other);
        expect(received).toBe(own.filter(({ fate }) => fate === 'answered' || fate === 'late').length);
        expect([minMs, maxMs]).toEqual([rtts[0] ?? null, rtts.at(-1) ?? null]);
        const [low, high] = [rtts[Math.floor((rtts.length - 1) / 2)], rtts[Math.ceil((rtts.length - 1) / 2)]];
        if (low === undefined || high === undefined) expect(p50Ms).toBeNull();
        else {
          expect(p50Ms).toBeGreaterThanOrEqual(0.99 * low);
          expect(p50Ms).toBeLessThanOrEqual(1.01 * high);
        }
        first += rounds;
      }
      expect(first).toBe(9_000);
    }
    const reopened = () => {
      const again = new SessionRecording(OPTIONS, pages, states.at(-1));
      pages.probesRead = 0;
      const columns = SERIES.map((hopLimit) => again.columns(hopLimit, ...period, 20));
      return { columns, probesRead: pages.probesRead };
    };
    const rolledUp = reopened();
    pages.forget(SMALL_ROLL_UPS);
    const readOneByOne = reopened();
    expect(readOneByOne.columns).toEqual(rolledUp.columns);
    // All borders of columns lie where small roll-ups end, so that with them no probe has to be looked at.
    expect(rolledUp.probesRead).toBe(0);
    expect(readOneByOne.probesRead).toBeGreaterThan(SERIES.length);
  });

  it('goes on from its pages and what was told since', () => {
    const pages = new MemoryPages();
    const first = new SessionRecording(OPTIONS, pages);
    recordAll(first, 'a'.repeat(700));
    first.recordGap({ fromEpochMs: timeOf(700), toEpochMs: timeOf(700), cause: 'paused' });
    recordAll(first, 'axb'.repeat(500));
    const state = archive(first);
    expect(state?.archived).toBe(1_024);
    const second = new SessionRecording(OPTIONS, pages, JSON.parse(JSON.stringify(state)));
    for (let round = 1_024; round < 2_200; round += 1) record(second, [...'axb'][(round - 700) % 3] ?? '');
    const whole = createPathRecording(OPTIONS);
    recordAll(whole, 'a'.repeat(700));
    whole.recordGap({ fromEpochMs: timeOf(700), toEpochMs: timeOf(700), cause: 'paused' });
    recordAll(whole, 'axb'.repeat(500));
    expectSame(second, whole, timeOf(0), timeOf(2_200));
    expectSame(second, whole, timeOf(900), timeOf(1_100));
    expect(second.gaps).toEqual([{ fromEpochMs: timeOf(700), toEpochMs: timeOf(700), cause: 'paused' }]);
  });

  it('still takes a late answer and a duplicate to a round in pages', () => {
    const session = new SessionRecording(OPTIONS, new MemoryPages());
    recordAll(session, `xa${'a'.repeat(1_600)}`);
    archive(session);
    expect(session.archived).toBe(1_024);
    session.recordLate(0, HOP, A);
    session.recordDuplicate(1, HOP);
    archive(session);
    const [hop] = session.query(timeOf(0), timeOf(1_602)).hops;
    expect(hop?.statistics).toMatchObject({ late: 1, duplicates: 1, timedOut: 0, received: 1_602 });
    expect(session.outcomes(HOP, timeOf(0), timeOf(2), 9).map(({ fate }) => fate)).toEqual(['late', 'answered']);
  });

  it('withdraws what lay beyond the end of the path, however long ago', () => {
    const session = new SessionRecording(OPTIONS, new MemoryPages());
    const memory = createPathRecording(OPTIONS);
    for (const recording of [session, memory]) {
      const told = recording === session ? archiving(session, 1_000) : recording;
      for (let round = 0; round < 11_000; round += 1) {
        told.openRound(timeOf(round));
        for (const hopLimit of [1, 2]) {
          told.recordSent(round, hopLimit);
          told.recordAnswer(round, hopLimit, A, milliseconds(10 + (round % 7)));
        }
      }
    }
    expect(session.archived).toBe(10_240);
    for (const recording of [session, memory]) recording.recordEnd(500, 10_900, 1);
    archive(session);
    for (const [from, to] of [
      [0, 11_000],
      [400, 600],
      [0, 9_000],
      [8_000, 11_000],
    ] as const) {
      expectSame(session, memory, timeOf(from), timeOf(to));
    }
    expect(session.query(timeOf(0), timeOf(11_000)).hops[1]?.statistics.sent).toBe(600);
  });

  it('says so when rounds came to rest that nobody put into pages', () => {
    const session = new SessionRecording(OPTIONS, new MemoryPages());
    recordAll(session, 'a'.repeat(4_000));
    expect(session.isLeaking).toBe(false);
    recordAll(session, 'a'.repeat(400));
    expect(session.isLeaking).toBe(true);
    expect(session.archive()).toBeNull();
  });

  it('reads few pages for a long period', () => {
    const pages = new MemoryPages();
    const session = new SessionRecording(OPTIONS, pages);
    const told = archiving(session, 1_000);
    for (let round = 0; round < 70_000; round += 1) {
      told.openRound(timeOf(round));
      told.recordSent(round, HOP);
      told.recordAnswer(round, HOP, A, milliseconds(10));
    }
    pages.reads = 0;
    const period = session.query(timeOf(1), timeOf(69_990));
    expect(period.rounds).toBe(69_989);
    // Two chunks at the ends with their rounds, and at each end up to seven roll-ups of two levels.
    expect(pages.reads).toBeLessThan(40);
    pages.reads = 0;
    const slices = session.slices(period, 30);
    expect(slices.reduce((sum, { rounds }) => sum + rounds, 0)).toBe(69_989);
    expect(slices.length).toBeGreaterThan(20);
    expect(pages.reads).toBeLessThan(10);
    for (const slice of slices) expect(slice.hops()).toHaveLength(HOP);
    expect(pages.reads).toBeLessThan(80);
    pages.reads = 0;
    // They end where chunks do, so that some are twice as wide as the grid: 2,000 rounds and 4,000.
    const columns = session.columns(HOP, timeOf(0), timeOf(70_000), 60);
    expect(columns.reduce((sum, { received }) => sum + received, 0)).toBe(70_000);
    expect(new Set(columns.map(({ fromEpochMs, toEpochMs }) => toEpochMs - fromEpochMs))).toEqual(
      new Set([2_000_000, 4_000_000]),
    );
    expect(pages.reads).toBeLessThan(120);
  });
});
