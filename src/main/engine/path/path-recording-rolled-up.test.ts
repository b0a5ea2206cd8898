import { describe, expect, it } from 'vitest';
import { milliseconds } from '../../../contract/units.ts';
import type { PathRecording } from './recording.ts';
import {
  A,
  B,
  countsOf,
  HOP,
  INTERVAL,
  query,
  record,
  recordAll,
  recordingOf,
  respondersOf,
  START,
  timeOf,
} from './test-recorded-rounds.ts';

describe('once rolled up, a path recording', () => {
  /** Long enough for roll-ups of two levels, and for periods that are not exact. */
  const ROUNDS = 2_500;

  it('still counts a late answer in every period that holds it', () => {
    const recording = recordingOf();
    recordAll(recording, 'axxxxx'.repeat(5).padEnd(ROUNDS, 'a'), 0);
    for (const period of [query(recording), query(recording, 0, 1_500)]) {
      expect([period.roundTrip.timedOut, period.outages.length, period.outages[0]?.lostProbes]).toEqual([25, 5, 5]);
    }
    recording.recordLate(3, 0, A);
    for (const period of [query(recording), query(recording, 0, 1_500)]) {
      expect(countsOf(period, 0)).toMatchObject({ late: 1, timedOut: 24, received: period.rounds - 24 });
      expect([period.outages.length, period.roundTrip.reordered]).toEqual([4, 1]);
      expect(period.roundTrip.lossRuns).toMatchObject({ count: 6, maxLength: 5 });
    }
  });

  it('still counts a duplicate, and gives a responder that only answers late its part', () => {
    const recording = recordingOf();
    recordAll(recording, `axxa${'a'.repeat(ROUNDS)}`);
    recording.recordDuplicate(0, HOP);
    recording.recordDuplicate(0, HOP);
    recording.recordLate(1, HOP, B);
    const period = query(recording);
    expect(period.hops[0]?.statistics.duplicates).toBe(2);
    expect(respondersOf(period)).toEqual([`192.0.2.1 ${ROUNDS + 2}/${ROUNDS + 2}`, '192.0.2.2 1/2']);
  });

  it('waits for a probe in flight as long as one can be, and takes its fate even later', () => {
    const recording = recordingOf();
    recordAll(recording, `aa?${'a'.repeat(ROUNDS)}`);
    expect(countsOf(query(recording))).toMatchObject({ sent: ROUNDS + 3, inFlight: 1, lossRatio: 0 });
    recording.recordAnswer(2, HOP, B, milliseconds(99));
    const period = query(recording);
    expect(countsOf(period)).toMatchObject({ inFlight: 0, received: ROUNDS + 3 });
    expect([period.hops[0]?.statistics.rttMs.max, period.hops[0]?.statistics.reordered]).toEqual([99, 1]);
  });

  it('says whether percentiles are exact: up to 1,024 rounds, and all of them kept one by one', () => {
    const recording = recordingOf(1_024);
    for (let round = 0; round < ROUNDS; round += 1) record(recording, 'a', 10 + (round % 100) / 7);
    const isExact = (first: number, end: number) =>
      query(recording, first, end).hops[0]?.statistics.percentilesAreExact;
    expect([isExact(1_476, 2_500), isExact(1_475, 2_500), isExact(0, 64)]).toEqual([true, false, false]);
  });
});

describe('with few rounds kept one by one, a path recording', () => {
  const ROUNDS = 20_000;
  const fateOf = (round: number) => (round % 7 === 0 ? 'x' : round % 11 === 0 ? 'f' : 'a');

  function long(): PathRecording {
    const recording = recordingOf(256);
    for (let round = 0; round < ROUNDS; round += 1) record(recording, fateOf(round), 10 + (round % 13));
    return recording;
  }

  it('answers about any period with all that was in it, widened to whole roll-ups where it is old', () => {
    const recording = long();
    for (let first = 0; first < ROUNDS; first += 777) {
      const period = query(recording, first, Math.min(ROUNDS, first + 1_500));
      const [from, to] = [(period.from - START) / INTERVAL, (period.to - START) / INTERVAL];
      expect(from).toBeLessThanOrEqual(first);
      expect(to).toBeGreaterThanOrEqual(Math.min(ROUNDS, first + 1_500));
      const fates = Array.from({ length: to - from }, (_, index) => fateOf(from + index));
      const count = (wanted: string) => fates.filter((fate) => fate === wanted).length;
      expect(period.rounds).toBe(to - from);
      expect(countsOf(period)).toEqual({
        sent: count('a') + count('x'),
        received: count('a'),
        late: 0,
        inFlight: 0,
        timedOut: count('x'),
        lossRatio: expect.closeTo(count('x') / (count('a') + count('x')), 12),
      });
    }
  });

  it('tells outcomes one by one only as far back as they are kept, the last ones first wanted', () => {
    const recording = long();
    const outcomes = recording.outcomes(HOP, timeOf(0), timeOf(ROUNDS), 100_000);
    // Whole roll-ups leave: up to 127 rounds more are there.
    expect(outcomes.length).toBeGreaterThanOrEqual(256);
    expect(outcomes.length).toBeLessThan(256 + 128);
    const last = recording.outcomes(HOP, timeOf(0), timeOf(ROUNDS), 3);
    expect(last.map(({ round, fate }) => [round, fate])).toEqual([
      [19_997, 'answered'],
      [19_998, 'send-failed'],
      [19_999, 'lost'],
    ]);
  });

  it('changes nothing for a probe of a round that is gone', () => {
    const recording = long();
    const before = query(recording);
    recording.recordLate(7, HOP, A);
    recording.recordDuplicate(1, HOP);
    recording.recordWithdrawn(1, HOP);
    recording.recordSent(1, 2);
    expect(query(recording)).toEqual(before);
  });
});
