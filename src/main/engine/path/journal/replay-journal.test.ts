import { describe, expect, it } from 'vitest';
import { epochMilliseconds, milliseconds } from '../../../../contract/units.ts';
import { SeededRandom, unit } from '../../../base/random.ts';
import { createPathRecording } from '../path-recording.ts';
import type { PathRecording } from '../recording.ts';
import { playRandomRounds, SERIES, START } from '../test-random-rounds.ts';
import { answerOf, HOP, INTERVAL, timeOf } from '../test-recorded-rounds.ts';
import { MalformedBytesError } from './byte-reader.ts';
import { JournalledRecording } from './journalled-recording.ts';
import { replayJournal } from './replay-journal.ts';

const OPTIONS = { interval: INTERVAL, maxHops: 8, keptRounds: 512 };

function journalled(): JournalledRecording {
  return new JournalledRecording(createPathRecording(OPTIONS));
}

function replayed(batches: readonly Uint8Array[]): PathRecording {
  const recording = createPathRecording(OPTIONS);
  for (const batch of batches) replayJournal(batch, recording);
  return recording;
}

/** Everything that a recording tells of a period. */
function toldOf(recording: PathRecording, from: number, to: number): unknown {
  const period = [epochMilliseconds(from), epochMilliseconds(to)] as const;
  return [
    recording.rounds,
    recording.query(...period),
    SERIES.map((hopLimit) => recording.columns(hopLimit, ...period, 60)),
    SERIES.map((hopLimit) => recording.outcomes(hopLimit, ...period, 600)),
    recording.sendFailures(...period),
  ];
}

describe('a journal', () => {
  it('makes another recording tell the same of any period, in whatever batches it is taken', () => {
    for (const seed of [1, 2]) {
      const recording = journalled();
      const batches: Uint8Array[] = [];
      const take = () => batches.push(recording.take() ?? new Uint8Array());
      const random = new SeededRandom(seed);
      // Takes a batch after about every hundredth call, also within a round.
      const cutting = new Proxy(recording, {
        get: (target, name) => {
          const method: unknown = Reflect.get(target, name, target);
          if (typeof method !== 'function') return method;
          if (unit(random) < 0.01) take();
          return method.bind(target);
        },
      });
      const end = playRandomRounds(new SeededRandom(seed), INTERVAL, 1_500, [cutting]);
      take();
      expect(batches.length).toBeGreaterThan(30);
      const other = replayed(batches);
      for (let turn = 0; turn < 5; turn += 1) {
        const ends = [START + (end - START) * unit(random), START + (end - START) * unit(random)];
        const [from, to] = [Math.min(...ends), Math.max(...ends)];
        expect(toldOf(other, from, to)).toEqual(toldOf(recording, from, to));
      }
    }
  });

  it('carries ends, route changes, gaps and the causes of failed sends', () => {
    const recording = journalled();
    for (const at of [0, 1, 2]) {
      const round = recording.openRound(timeOf(at));
      for (const hopLimit of [HOP, HOP + 1]) recording.recordSent(round, hopLimit);
    }
    recording.recordEnd(0, 2, HOP);
    recording.recordRouteChange({ atEpochMs: timeOf(1), before: ['192.0.2.1', null], after: ['192.0.2.2'] });
    recording.recordGap({ fromEpochMs: timeOf(3), toEpochMs: timeOf(9), cause: 'asleep' });
    recording.recordFailureCause(timeOf(2), 'no-route', 'ENETUNREACH');
    const other = replayed([recording.take() ?? new Uint8Array()]);
    expect(toldOf(other, START, timeOf(20))).toEqual(toldOf(recording, START, timeOf(20)));
    expect(other.query(timeOf(0), timeOf(20)).hops.map(({ statistics }) => statistics.inFlight)).toEqual([3, 1]);
    expect(other.sendFailures(timeOf(0), timeOf(20))).toEqual([
      { reason: 'no-route', osCode: 'ENETUNREACH', count: 1 },
    ]);
  });

  it('carries that what is in flight is of no meaning, which leaves all else as it is', () => {
    const recording = journalled();
    for (const [at, fate] of [...'ax?a'].entries()) {
      const round = recording.openRound(timeOf(at));
      recording.recordSent(round, HOP);
      if (fate === 'a') recording.recordAnswer(round, HOP, answerOf('192.0.2.1'), milliseconds(3));
      if (fate === 'x') recording.recordTimeout(round, HOP);
    }
    recording.recordAbandoned();
    const other = replayed([recording.take() ?? new Uint8Array()]);
    for (const each of [recording, other]) {
      const [hop] = each.query(timeOf(0), timeOf(9)).hops;
      expect(hop?.statistics).toMatchObject({ sent: 3, received: 2, timedOut: 1, inFlight: 0 });
    }
  });

  it('keeps round trips to 100 ns and begins of rounds to an eighth of a millisecond, on both sides', () => {
    const recording = journalled();
    const round = recording.openRound(epochMilliseconds(START + 0.3));
    recording.recordSent(round, HOP);
    recording.recordAnswer(round, HOP, answerOf('2001:db8::1', 3), milliseconds(12.345678));
    const other = replayed([recording.take() ?? new Uint8Array()]);
    for (const each of [recording, other]) {
      const [outcome] = each.outcomes(HOP, epochMilliseconds(START), timeOf(9), 1);
      expect(outcome).toMatchObject({ at: START + 0.25, rtt: 12.3457, responder: '2001:db8::1' });
    }
  });

  it('takes few bytes: seven for an answered probe besides who answered', () => {
    const recording = journalled();
    const answer = answerOf('192.0.2.1');
    const round = recording.openRound(timeOf(0));
    for (let hopLimit = 0; hopLimit < 5; hopLimit += 1) {
      recording.recordSent(round, hopLimit);
      recording.recordAnswer(round, hopLimit, answer, milliseconds(1.5));
    }
    // A round is 9, who answered 2 and its text, a sent probe 3, an answer 3, its number 1 and 15,000 in 2.
    const text = '["192.0.2.1",11,0,60,null,1,false,null]';
    expect(recording.take()?.length).toBe(9 + 2 + text.length + 5 * (3 + 3 + 1 + 2));
    expect(recording.take()).toBeNull();
  });

  it('says so when bytes are no journal', () => {
    const recording = journalled();
    const round = recording.openRound(timeOf(0));
    recording.recordSent(round, HOP);
    recording.recordAnswer(round, HOP, answerOf('192.0.2.1'), milliseconds(1.5));
    const bytes = recording.take() ?? new Uint8Array();
    expect(() => replayed([bytes.subarray(0, bytes.length - 1)])).toThrow(MalformedBytesError);
    expect(() => replayed([new Uint8Array([99, 0, 0])])).toThrow(MalformedBytesError);
    expect(() => replayed([new Uint8Array([3, 0, 1, 7, 1])])).toThrow(MalformedBytesError);
    expect(() => replayed([new Uint8Array([14, 2, 0x7b, 0x7b])])).toThrow(MalformedBytesError);
  });
});
