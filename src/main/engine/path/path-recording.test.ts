import { describe, expect, it } from 'vitest';
import { milliseconds } from '../../../contract/units.ts';
import {
  A,
  answerOf,
  B,
  countsOf,
  HOP,
  query,
  record,
  recordAll,
  recordingOf,
  respondersOf,
  START,
  timeOf,
} from './test-recorded-rounds.ts';

describe('a path recording', () => {
  it('counts neither probes in flight nor those that were not sent as lost', () => {
    const recording = recordingOf();
    recordAll(recording, 'aax?f?');
    expect(countsOf(query(recording))).toEqual({
      sent: 5,
      received: 2,
      late: 0,
      inFlight: 2,
      timedOut: 1,
      lossRatio: 1 / 3,
    });
    expect(query(recording).hops[0]?.statistics.sendFailures).toBe(1);
  });

  it('counts an ICMP error in place of a reply as lost, of the round trip', () => {
    const recording = recordingOf();
    const refused = recording.openRound(timeOf(0));
    recording.recordSent(refused, 0);
    recording.recordRefusal(refused, A);
    record(recording, 'a', 10, 0);
    const { roundTrip } = query(recording);
    expect([roundTrip.icmpErrors, roundTrip.timedOut, roundTrip.received, roundTrip.lossRatio]).toEqual([1, 0, 1, 0.5]);
    expect(recording.outcomes(0, timeOf(0), timeOf(2), 9)).toEqual([
      { round: 0, at: timeOf(0), fate: 'lost', rtt: null, responder: '192.0.2.1' },
      { round: 1, at: timeOf(1), fate: 'answered', rtt: 10, responder: '192.0.2.1' },
    ]);
  });

  it('knows nothing of a withdrawn probe, whatever had become of it', () => {
    const recording = recordingOf();
    recordAll(recording, 'a?ax');
    for (const round of [1, 2, 3]) recording.recordWithdrawn(round, HOP);
    recording.recordAnswer(1, HOP, A, milliseconds(10));
    recording.recordLate(3, HOP, A);
    expect(countsOf(query(recording))).toMatchObject({ sent: 1, received: 1 });
    expect(recording.outcomes(HOP, timeOf(0), timeOf(9), 9)).toHaveLength(1);
    recording.recordWithdrawn(0, HOP);
    expect(query(recording).hops).toEqual([]);
  });

  it('takes the first fate of a probe, and a late answer only after its timeout', () => {
    const recording = recordingOf();
    recordAll(recording, 'ax?');
    recording.recordTimeout(0, HOP);
    recording.recordLate(0, HOP, A);
    recording.recordAnswer(1, HOP, A, milliseconds(1));
    recording.recordLate(2, HOP, A);
    expect(countsOf(query(recording))).toMatchObject({ received: 1, late: 0, timedOut: 1, inFlight: 1 });
    recording.recordLate(1, HOP, B);
    expect(countsOf(query(recording))).toMatchObject({ received: 2, late: 1, timedOut: 0 });
    expect(query(recording).hops[0]?.statistics.rttMs.max).toBe(10);
  });

  it('leaves no hop limit out, and ends with the highest that had a probe in the period', () => {
    const recording = recordingOf();
    record(recording, 'a', 10, 4);
    record(recording, 'a', 10, 2);
    expect(query(recording).hops.map(({ hopLimit, statistics }) => [hopLimit, statistics.sent])).toEqual([
      [1, 0],
      [2, 1],
      [3, 0],
      [4, 1],
    ]);
    expect(query(recording, 1, 2).hops).toHaveLength(2);
  });

  it('refuses a hop limit beyond the highest', () => {
    const recording = recordingOf();
    const round = recording.openRound(timeOf(0));
    expect(() => recording.recordSent(round, 5)).toThrow(RangeError);
  });
});

describe('across a gap, a path recording', () => {
  const gap = { fromEpochMs: START + 3_100, toEpochMs: START + 3_900, cause: 'paused' as const };

  it.each(['before', 'after'] as const)('compares nothing, told %s the next round is opened', (when) => {
    const recording = recordingOf();
    for (const rtt of [10, 11, 12, 13]) record(recording, 'a', rtt, 0);
    if (when === 'before') recording.recordGap(gap);
    const next = recording.openRound(timeOf(4));
    if (when === 'after') recording.recordGap(gap);
    recording.recordSent(next, 0);
    recording.recordAnswer(next, 0, A, milliseconds(50));
    record(recording, 'a', 52, 0);
    const { roundTrip, gaps } = query(recording);
    expect([roundTrip.jitterMs, roundTrip.maxJitterMs]).toEqual([1.25, 2]);
    expect(gaps).toEqual([gap]);
    expect(query(recording, 4, 6).gaps).toEqual([]);
  });

  it('joins no losses to a run or to an outage', () => {
    const recording = recordingOf();
    recordAll(recording, 'axxx', 0);
    recording.recordGap(gap);
    recordAll(recording, 'xxa', 0);
    const { roundTrip, outages } = query(recording);
    expect(roundTrip.lossRuns).toEqual({ count: 2, meanLength: 2.5, maxLength: 3, meanDistance: 1 });
    expect(outages).toEqual([{ fromEpochMs: timeOf(1), toEpochMs: timeOf(4), lostProbes: 3, isOpen: false }]);
  });

  it('does so in roll-ups too', () => {
    const recording = recordingOf(256);
    recordAll(recording, 'a'.repeat(100));
    recordAll(recording, 'x'.repeat(28));
    recording.recordGap({ fromEpochMs: START + 127_100, toEpochMs: START + 127_900, cause: 'asleep' });
    recordAll(recording, `${'x'.repeat(4)}${'a'.repeat(2_000)}`);
    expect(query(recording).hops[0]?.statistics.lossRuns).toMatchObject({ count: 2, maxLength: 28 });
  });
});

describe('outages of a path recording', () => {
  it('are probes without an answer of any kind: an ICMP error ends one, and is none', () => {
    const recording = recordingOf();
    recordAll(recording, 'axxx', 0);
    for (let round = 0; round < 5; round += 1) {
      const refused = recording.openRound(timeOf(recording.rounds));
      recording.recordSent(refused, 0);
      recording.recordRefusal(refused, A);
    }
    recordAll(recording, 'xx', 0);
    const { outages, roundTrip } = query(recording);
    expect(outages).toEqual([{ fromEpochMs: timeOf(1), toEpochMs: timeOf(4), lostProbes: 3, isOpen: false }]);
    // They are lost all the same.
    expect(roundTrip.lossRuns).toMatchObject({ count: 1, maxLength: 10 });
  });

  it('are none while the destination never answered, and are told as soon as it has, late or outside the period', () => {
    const recording = recordingOf();
    recordAll(recording, 'xxxxx', 0);
    expect(query(recording).outages).toEqual([]);
    recording.recordLate(4, 0, A);
    const outage = { fromEpochMs: timeOf(0), toEpochMs: timeOf(4), lostProbes: 4, isOpen: false };
    expect(query(recording).outages).toEqual([outage]);
    expect(query(recording, 0, 4).outages).toEqual([{ ...outage, isOpen: true }]);
  });
});

describe('responders of a hop', () => {
  it('have their own answers and the losses after them, the first also those before', () => {
    const recording = recordingOf();
    recordAll(recording, 'xxaxbbxxxaf?');
    expect(respondersOf(query(recording))).toEqual(['192.0.2.1 2/5', '192.0.2.2 2/5']);
  });

  it('keep the losses after their answers in a period that begins later', () => {
    const recording = recordingOf();
    recordAll(recording, 'axxbxxa');
    expect(respondersOf(query(recording, 1, 7))).toEqual(['192.0.2.1 1/3', '192.0.2.2 1/3']);
    expect(respondersOf(query(recording, 1, 6))).toEqual(['192.0.2.2 1/3']);
    expect(respondersOf(query(recording, 1, 3))).toEqual([]);
  });

  it('do so across roll-ups, in the order in which they first answered ever', () => {
    const recording = recordingOf(256);
    recordAll(recording, `${'x'.repeat(200)}b${'x'.repeat(299)}a${'x'.repeat(499)}b${'x'.repeat(2_000)}`);
    expect(respondersOf(query(recording))).toEqual(['192.0.2.2 2/2501', '192.0.2.1 1/500']);
  });

  it('compare round trips each with its own', () => {
    const recording = recordingOf();
    for (const [index, fate] of [...'abababab'].entries()) record(recording, fate, fate === 'a' ? 10 + index : 80);
    const [a, b] = query(recording).hops[0]?.responders ?? [];
    expect([a?.statistics.jitterMs, b?.statistics.jitterMs]).toEqual([2, 0]);
    expect(query(recording).hops[0]?.statistics.jitterMs).toBeCloseTo((70 + 68 + 68 + 66 + 66 + 64 + 64) / 7, 12);
  });

  it('are outliers each among its own', () => {
    const recording = recordingOf();
    for (let index = 0; index < 400; index += 1) {
      const isB = index % 4 === 3;
      // 30 ms is far from all that A does and from all that B does, but not from both together.
      const rtt = index === 398 ? 30 : (isB ? 60 : 10) + (index % 7) / 10;
      record(recording, isB ? 'b' : 'a', rtt);
    }
    const [a, b] = query(recording).hops[0]?.responders ?? [];
    expect([a?.statistics.outliers, b?.statistics.outliers]).toEqual([1, 0]);
  });

  it('are one for each address, whatever it answers, with its last answer and its last rejection', () => {
    const recording = recordingOf();
    const unreachable = answerOf('192.0.2.1', 3);
    const answers = [A, unreachable, { ...A, replyHopLimit: 59 }, { ...unreachable, mtu: 1_400 }, { ...A, mtu: 68 }];
    for (const answer of answers) {
      const round = recording.openRound(timeOf(recording.rounds));
      recording.recordSent(round, HOP);
      recording.recordAnswer(round, HOP, answer, milliseconds(10));
    }
    const told = (first: number, end: number) =>
      query(recording, first, end).hops[0]?.responders.map(({ answer, statistics, rejections }) => [
        statistics.received,
        answer,
        rejections,
      ]);
    // Last answers are those of the whole recording, numbers those of the period.
    expect(told(0, 5)).toEqual([[5, answers[4], { count: 2, last: answers[3] }]]);
    expect(told(0, 2)).toEqual([[2, answers[4], { count: 1, last: answers[3] }]]);
    expect(told(2, 3)).toEqual([[1, answers[4], null]]);
  });

  it('are kept apart up to 254; further ones count for the hop alone', () => {
    const recording = recordingOf();
    for (let index = 0; index < 300; index += 1) {
      const round = recording.openRound(timeOf(index));
      recording.recordSent(round, HOP);
      recording.recordAnswer(round, HOP, answerOf(`2001:db8::${index}`), milliseconds(10));
    }
    const [hop] = query(recording).hops;
    expect([hop?.statistics.received, hop?.responders.length]).toEqual([300, 254]);
  });
});

describe('events of a path recording', () => {
  it('are those of the period, and the latest 4,096 of each kind', () => {
    const recording = recordingOf();
    recordAll(recording, 'aaaa');
    for (let index = 0; index < 5_000; index += 1) {
      recording.recordRouteChange({ atEpochMs: START + index, before: ['192.0.2.1'], after: ['192.0.2.2'] });
    }
    const all = query(recording).routeChanges;
    expect([all.length, all[0]?.atEpochMs]).toEqual([3_096, START + 904]);
    expect(query(recording, 1, 2).routeChanges.map(({ atEpochMs }) => atEpochMs)).toEqual(
      Array.from({ length: 1_000 }, (_, index) => START + 1_000 + index),
    );
  });

  it('are of the period asked for even where no round was', () => {
    const recording = recordingOf();
    recordAll(recording, 'aa');
    const gap = { fromEpochMs: START + 5_000, toEpochMs: START + 60_000, cause: 'no-transport' as const };
    recording.recordGap(gap);
    expect(query(recording, 0, 100).gaps).toEqual([gap]);
  });
});
