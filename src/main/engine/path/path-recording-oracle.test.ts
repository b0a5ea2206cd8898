import { describe, expect, it } from 'vitest';
import { epochMilliseconds, milliseconds } from '../../../contract/units.ts';
import { type Random, SeededRandom, unit } from '../../base/random.ts';
import { createPathRecording } from './path-recording.ts';
import type { PathRecording, RecordedPeriod } from './recording.ts';
import { playRandomRounds, SERIES, START } from './test-random-rounds.ts';
import { isLost, type SlowProbe, SlowRecording } from './test-slow-recording.ts';
import { expectStatistics, type Marked } from './test-slow-statistics.ts';

const INTERVAL = milliseconds(1_000);
const MAX_HOPS = 8;

interface Pair {
  readonly recording: PathRecording;
  readonly slow: SlowRecording;
  readonly end: number;
  readonly random: Random;
  readonly marks: ReadonlyMap<number, Marked>;
  /** By hop limit: responders with the probes of each. */
  readonly responders: ReadonlyMap<number, ReadonlyMap<string, Series>>;
}

interface Series {
  readonly probes: readonly SlowProbe[];
  readonly marked: Marked;
}

function recordBoth(seed: number, rounds: number, keptRounds?: number): Pair {
  const random = new SeededRandom(seed);
  const options = { interval: INTERVAL, maxHops: MAX_HOPS };
  const recording = createPathRecording(keptRounds === undefined ? options : { ...options, keptRounds });
  const slow = new SlowRecording(INTERVAL);
  const end = playRandomRounds(random, INTERVAL, rounds, [recording, slow]);
  const marks = new Map(SERIES.map((hopLimit) => [hopLimit, marksOf(slow, hopLimit)]));
  const responders = new Map(
    SERIES.map((hopLimit) => [hopLimit, respondersOf(slow, hopLimit, marks.get(hopLimit)?.reordered ?? new Set())]),
  );
  return { recording, slow, end, random, marks, responders };
}

function marksOf(slow: SlowRecording, hopLimit: number): Marked {
  const probes = slow.probesIn(hopLimit, -Infinity, Infinity);
  return { outliers: slow.outliers(probes), reordered: slow.reordered(probes) };
}

/** Order is that of all the hop's answers; what is ordinary is that of the responder's own. */
function respondersOf(slow: SlowRecording, hopLimit: number, reordered: Marked['reordered']): Map<string, Series> {
  const series = [...slow.responders(hopLimit)];
  return new Map(
    series.map(([name, probes]) => [name, { probes, marked: { outliers: slow.outliers(probes), reordered } }]),
  );
}

/** A random part of the recording, every fourth time all of it. */
function randomPeriod({ random, end }: Pair): readonly [number, number] {
  if (random.uint32() % 4 === 0) return [START - 1, end + 1];
  const ends = [START + (end - START) * unit(random), START + (end - START) * unit(random)];
  return [Math.min(...ends), Math.max(...ends)];
}

function query({ recording }: Pair, [from, to]: readonly [number, number]): RecordedPeriod {
  return recording.query(epochMilliseconds(from), epochMilliseconds(to));
}

function expectSeries(pair: Pair, period: RecordedPeriod): void {
  for (const hopLimit of SERIES) {
    const probes = pair.slow.probesIn(hopLimit, period.from, period.to);
    const marked = pair.marks.get(hopLimit);
    const statistics =
      hopLimit === 0 ? period.roundTrip : period.hops.find((hop) => hop.hopLimit === hopLimit)?.statistics;
    if (statistics === undefined) expect(probes).toEqual([]);
    else if (marked !== undefined) expectStatistics(statistics, pair.slow, probes, marked);
  }
}

/** Compares who answered in the period, and each one's share of the probes. */
function expectResponders(pair: Pair, period: RecordedPeriod): void {
  const isInPeriod = ({ at }: SlowProbe) => at >= period.from && at < period.to;
  for (const hop of period.hops) {
    const actual = new Map(hop.responders.map(({ answer, statistics }) => [answer.responder, statistics]));
    const all = [...(pair.responders.get(hop.hopLimit) ?? [])];
    const expected = all.filter(([, { probes }]) => probes.some((probe) => isInPeriod(probe) && !isLost(probe)));
    expect([...actual.keys()].sort()).toEqual(expected.map(([name]) => name).sort());
    for (const [name, { probes, marked }] of expected) {
      const statistics = actual.get(name);
      if (statistics !== undefined) expectStatistics(statistics, pair.slow, probes.filter(isInPeriod), marked);
    }
  }
}

describe('a path recording beside the definitions, worked out slowly', () => {
  const seeds = Array.from({ length: 24 }, (_, seed) => seed);

  it.each(seeds)('agrees about any period of a short recording (seed %d)', (seed) => {
    const pair = recordBoth(seed, 300);
    for (let turn = 0; turn < 8; turn += 1) {
      const [from, to] = randomPeriod(pair);
      const period = query(pair, [from, to]);
      expect(period.rounds).toBe(pair.slow.roundsIn(from, to));
      expect(pair.slow.roundsIn(period.from, period.to)).toBe(period.rounds);
      expect(period.roundTrip.percentilesAreExact).toBe(true);
      expectSeries(pair, period);
    }
  });

  it.each(seeds)('tells responders apart as their answers do (seed %d)', (seed) => {
    const pair = recordBoth(seed, 300);
    for (let turn = 0; turn < 4; turn += 1) expectResponders(pair, query(pair, randomPeriod(pair)));
  });

  it.each(seeds)('agrees about outages (seed %d)', (seed) => {
    const pair = recordBoth(seed, 300);
    for (let turn = 0; turn < 8; turn += 1) {
      const period = query(pair, randomPeriod(pair));
      expect(period.outages).toEqual(pair.slow.outages(period.from, period.to));
    }
  });

  it.each(seeds.slice(0, 6))('gives the last fates of a series in order (seed %d)', (seed) => {
    const pair = recordBoth(seed, 300);
    for (let turn = 0; turn < 8; turn += 1) {
      const [from, to] = randomPeriod(pair);
      for (const hopLimit of SERIES) {
        const outcomes = pair.recording.outcomes(hopLimit, epochMilliseconds(from), epochMilliseconds(to), 50);
        const settled = pair.slow.probesIn(hopLimit, from, to).filter(({ fate }) => fate !== 'in-flight');
        expect(outcomes).toEqual(
          settled.slice(-50).map((probe) => ({
            round: probe.round,
            at: probe.at,
            fate: probe.fate === 'refused' ? 'lost' : probe.fate,
            rtt: probe.rtt,
            responder: probe.answer?.responder ?? null,
          })),
        );
      }
    }
  });

  it.each([101, 102])('agrees about any period of a long one, rolled up but for its end (seed %d)', (seed) => {
    const pair = recordBoth(seed, 6_000, 600);
    for (let turn = 0; turn < 6; turn += 1) {
      const [from, to] = randomPeriod(pair);
      const period = query(pair, [from, to]);
      expect(period.from).toBeLessThanOrEqual(Math.max(from, pair.recording.firstAt ?? 0));
      expect(period.to).toBeGreaterThanOrEqual(Math.min(to, pair.recording.lastAt ?? 0));
      expect(pair.slow.roundsIn(period.from, period.to)).toBe(period.rounds);
      expectSeries(pair, period);
      expectResponders(pair, period);
    }
    const whole = query(pair, [START - 1, pair.end + 1]);
    expect(whole.hops.some(({ statistics }) => !statistics.percentilesAreExact)).toBe(true);
  });
});
