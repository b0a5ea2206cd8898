import { describe, expect, it } from 'vitest';
import type { TimelineColumn } from '../../../contract/timeline.ts';
import { epochMilliseconds, milliseconds } from '../../../contract/units.ts';
import { SeededRandom, unit } from '../../base/random.ts';
import { createPathRecording } from './path-recording.ts';
import type { PathRecording } from './recording.ts';
import { playRandomRounds, type Recorder, SERIES, START } from './test-random-rounds.ts';
import { answerOf } from './test-recorded-rounds.ts';
import { isLost, quantile, type SlowProbe, SlowRecording } from './test-slow-recording.ts';

const INTERVAL = milliseconds(1_000);
const EVERYTHING = [-Infinity, Infinity] as const;

function recordBoth(seed: number, rounds: number, keptRounds?: number) {
  const random = new SeededRandom(seed);
  const options = { interval: INTERVAL, maxHops: 8 };
  const recording = createPathRecording(keptRounds === undefined ? options : { ...options, keptRounds });
  const slow = new SlowRecording(INTERVAL);
  const end = playRandomRounds(random, INTERVAL, rounds, [recording, slow]);
  return { recording, slow, end, random };
}

function columnsOf(recording: PathRecording, hopLimit: number, from: number, to: number, most: number) {
  return recording.columns(hopLimit, epochMilliseconds(from), epochMilliseconds(to), most);
}

/** The pair of each answered probe with the answered one before it, by the later one's time. */
function differencesIn(slow: SlowRecording, all: readonly SlowProbe[], from: number, to: number): number[] {
  const answered = all.filter(({ fate }) => fate === 'answered');
  return answered.flatMap((probe, index) => {
    const before = answered[index - 1];
    return before !== undefined && probe.at >= from && probe.at < to ? slow.differences([before, probe]) : [];
  });
}

function slowColumn(slow: SlowRecording, hopLimit: number, { fromEpochMs, toEpochMs }: TimelineColumn): TimelineColumn {
  const all = slow.probesIn(hopLimit, ...EVERYTHING);
  const probes = all.filter(({ at }) => at >= fromEpochMs && at < toEpochMs);
  const count = (...fates: SlowProbe['fate'][]) => probes.filter(({ fate }) => fates.includes(fate)).length;
  const rtts = probes.flatMap(({ fate, rtt }) => (fate === 'answered' && rtt !== null ? [rtt] : []));
  const lost = probes.filter(isLost).length;
  const settled = count('answered', 'late') + lost;
  const at = (q: number) => (rtts.length === 0 ? null : expect.closeTo(quantile(rtts, q), 9));
  const differences = differencesIn(slow, all, fromEpochMs, toEpochMs);
  const jitter = differences.reduce((sum, difference) => sum + difference, 0) / differences.length;
  return {
    fromEpochMs,
    toEpochMs,
    rounds: slow.roundsIn(fromEpochMs, toEpochMs),
    sent: settled + count('in-flight'),
    received: count('answered', 'late'),
    lossRatio: settled === 0 ? null : lost / settled,
    minMs: at(0),
    p10Ms: at(0.1),
    p25Ms: at(0.25),
    p50Ms: at(0.5),
    p75Ms: at(0.75),
    p90Ms: at(0.9),
    maxMs: at(1),
    jitterMs: differences.length === 0 ? null : expect.closeTo(jitter, 9),
  };
}

function expectWithoutHoles(columns: readonly TimelineColumn[]): void {
  expect(columns.slice(1).map(({ fromEpochMs }) => fromEpochMs)).toEqual(
    columns.slice(0, -1).map(({ toEpochMs }) => toEpochMs),
  );
}

describe('columns of a recording', () => {
  it.each([
    ['one for each round', 150, 250],
    ['some rounds in each', 900, 200],
    ['more rounds in each than are sorted', 3_000, 3],
  ])('say the same as the definitions, with %s', (_, rounds, most) => {
    for (const seed of [1, 2, 3]) {
      const { recording, slow, end } = recordBoth(seed, rounds);
      for (const hopLimit of SERIES) {
        const columns = columnsOf(recording, hopLimit, START, end, most);
        expect(columns.length).toBeGreaterThan(most / 3);
        expect(columns.length).toBeLessThanOrEqual(most + 1);
        expectWithoutHoles(columns);
        const expected = columns.map((column) => slowColumn(slow, hopLimit, column));
        if (rounds < 3_000) expect(columns).toEqual(expected);
        else expect(columns.map(countsOf)).toEqual(expected.map(countsOf));
      }
    }
  });

  it('say the same of any part, also asked for before', () => {
    const { recording, slow, end, random } = recordBoth(4, 700);
    for (let turn = 0; turn < 40; turn += 1) {
      const ends = [START + (end - START) * unit(random), START + (end - START) * unit(random)];
      const [from, to] = [Math.min(...ends), Math.max(...ends)];
      const hopLimit = turn % 4;
      const columns = columnsOf(recording, hopLimit, from, to, 2 + (random.uint32() % 100));
      expectWithoutHoles(columns);
      expect(columns[0]?.rounds === 0 || (columns[0]?.toEpochMs ?? 0) > from).toBe(true);
      expect(columns).toEqual(columns.map((column) => slowColumn(slow, hopLimit, column)));
    }
  });

  it('heed what changes after they were made: answers in time and late ones, refusals, and gaps', () => {
    const recording = createPathRecording({ interval: INTERVAL, maxHops: 8 });
    const slow = new SlowRecording(INTERVAL);
    let looks = 0;
    const look = (now: number) => {
      looks += 1;
      for (const hopLimit of SERIES) {
        const columns = columnsOf(recording, hopLimit, now - 90_000, now, looks % 2 === 0 ? 30 : 200);
        expect(columns).toEqual(columns.map((column) => slowColumn(slow, hopLimit, column)));
      }
    };
    playRandomRounds(new SeededRandom(5), INTERVAL, 300, [together(recording, slow, look)]);
    expect(looks).toBe(300);
  });

  it('stay where they are while time goes on', () => {
    const { recording, end } = evenly(900);
    const from = Math.floor((end - 300_000) / 60_000) * 60_000 + 1_000;
    const before = columnsOf(recording, 0, from, from + 240_000, 60);
    const after = columnsOf(recording, 0, from + 1_000, from + 241_000, 60);
    const bounds = (columns: readonly TimelineColumn[]) => columns.map(({ fromEpochMs }) => fromEpochMs);
    expect(before.length).toBeGreaterThan(30);
    expect(bounds(after).slice(0, 30)).toEqual(bounds(before).slice(0, 30));
    expect(after.slice(0, 30)).toEqual(before.slice(0, 30));
  });

  it('of old rounds, kept in roll-ups only, count every probe once and are within one per cent', () => {
    const { recording, slow, end } = recordBoth(7, 3_000, 256);
    for (const most of [2, 7, 40, 299]) {
      for (const hopLimit of SERIES) {
        const columns = columnsOf(recording, hopLimit, START, end, most);
        expectWithoutHoles(columns);
        const all = slow.probesIn(hopLimit, ...EVERYTHING);
        const sum = (of: (column: TimelineColumn) => number) =>
          columns.reduce((total, column) => total + of(column), 0);
        expect(sum(({ rounds }) => rounds)).toBe(3_000);
        expect(sum(({ sent }) => sent)).toBe(all.filter(({ fate }) => fate !== 'send-failed').length);
        expect(sum(({ received }) => received)).toBe(
          all.filter(({ fate }) => fate === 'answered' || fate === 'late').length,
        );
        const rtts = all.flatMap(({ rtt }) => (rtt === null ? [] : [rtt]));
        const greatest = columns.flatMap(({ maxMs }) => (maxMs === null ? [] : [maxMs]));
        expect(Math.max(...greatest)).toBe(Math.max(...rtts));
      }
    }
  });

  it('are one for each round also of as many intervals as columns are asked for, wherever the period begins', () => {
    const { recording, end } = evenly(200);
    for (const shift of [0, 1, 499, 999]) {
      const columns = columnsOf(recording, 1, end - 61_000 + shift, end - 1_000 + shift + 1, 60);
      expect(new Set(columns.map(({ rounds }) => rounds))).toEqual(new Set([1]));
      expect([60, 61]).toContain(columns.length);
    }
  });

  it('that are narrower than a roll-up are as wide as it takes', () => {
    const { recording, end } = evenly(1_000, 256);
    const columns = columnsOf(recording, 1, START, START + 300_000, 300);
    expect(columns.map(({ rounds, sent }) => [rounds, sent])).toEqual([
      [128, 128],
      [128, 128],
      [128, 128],
    ]);
    expect(columnsOf(recording, 1, end - 20_000, end, 30).map(({ rounds }) => rounds)).toEqual(Array(20).fill(1));
  });

  it('are none where nothing is recorded, and empty in a hole', () => {
    const empty = createPathRecording({ interval: INTERVAL, maxHops: 8 });
    expect(columnsOf(empty, 0, START, START + 1_000, 10)).toEqual([]);
    const { recording, end } = evenly(10);
    expect(columnsOf(recording, 0, START - 9_000, START, 10)).toEqual([]);
    expect(columnsOf(recording, 0, end + 5_000, end + 9_000, 10)).toEqual([]);
    expect(columnsOf(recording, 5, START, end, 100).map(({ rounds, sent }) => [rounds, sent])).toEqual(
      Array(10).fill([1, 0]),
    );
    recording.openRound(epochMilliseconds(end + 8_000));
    expect(columnsOf(recording, 0, end - 1_000, end + 9_000, 100)).toMatchObject([
      { fromEpochMs: end - 1_000, toEpochMs: end, rounds: 1 },
      { fromEpochMs: end, toEpochMs: end + 8_000, rounds: 0, sent: 0, lossRatio: null, p50Ms: null },
      { fromEpochMs: end + 8_000, toEpochMs: end + 9_000, rounds: 1 },
    ]);
  });
});

function countsOf({ fromEpochMs, rounds, sent, received, lossRatio }: TimelineColumn) {
  return { fromEpochMs, rounds, sent, received, lossRatio };
}

/** Tells both, and calls back before each round. */
function together(one: Recorder, other: Recorder, look: (now: number) => void): Recorder {
  const both =
    <A extends unknown[]>(tell: (recorder: Recorder, ...args: A) => void) =>
    (...args: A) => {
      tell(one, ...args);
      tell(other, ...args);
    };
  return {
    openRound: (at) => {
      look(at);
      one.openRound(at);
      return other.openRound(at);
    },
    recordSent: both((recorder, ...args: Parameters<Recorder['recordSent']>) => recorder.recordSent(...args)),
    recordAnswer: both((recorder, ...args: Parameters<Recorder['recordAnswer']>) => recorder.recordAnswer(...args)),
    recordRefusal: both((recorder, ...args: Parameters<Recorder['recordRefusal']>) => recorder.recordRefusal(...args)),
    recordTimeout: both((recorder, ...args: Parameters<Recorder['recordTimeout']>) => recorder.recordTimeout(...args)),
    recordSendFailure: both((recorder, ...args: Parameters<Recorder['recordSendFailure']>) =>
      recorder.recordSendFailure(...args),
    ),
    recordWithdrawn: both((recorder, ...args: Parameters<Recorder['recordWithdrawn']>) =>
      recorder.recordWithdrawn(...args),
    ),
    recordLate: both((recorder, ...args: Parameters<Recorder['recordLate']>) => recorder.recordLate(...args)),
    recordDuplicate: both((recorder, ...args: Parameters<Recorder['recordDuplicate']>) =>
      recorder.recordDuplicate(...args),
    ),
    recordGap: both((recorder, ...args: Parameters<Recorder['recordGap']>) => recorder.recordGap(...args)),
  };
}

/** A round each second with hop 1 answering in 5 ms. `end` is when the next one would begin. */
function evenly(rounds: number, keptRounds?: number) {
  const options = { interval: INTERVAL, maxHops: 8 };
  const recording = createPathRecording(keptRounds === undefined ? options : { ...options, keptRounds });
  for (let index = 0; index < rounds; index += 1) {
    const round = recording.openRound(epochMilliseconds(START + index * INTERVAL));
    recording.recordSent(round, 1);
    recording.recordAnswer(round, 1, answerOf('192.0.2.1'), milliseconds(5));
  }
  return { recording, end: START + rounds * INTERVAL };
}
