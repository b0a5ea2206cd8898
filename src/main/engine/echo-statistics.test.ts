import { describe, expect, it } from 'vitest';
import { epochMilliseconds, milliseconds, monotonicMilliseconds } from '../../contract/units.ts';
import { SeededRandom, unit } from '../base/random.ts';
import type { ProbeResult } from '../icmp/probe-transport.ts';
import { EchoStatistics } from './echo-statistics.ts';

const INTERVAL = milliseconds(1_000);
const sentAt = epochMilliseconds(1_700_000_000_000);

const reply = (rtt: number): ProbeResult => ({
  kind: 'echo-reply',
  sentAt,
  rtt: milliseconds(rtt),
  responder: '192.0.2.1',
  timestampSource: 'kernel',
  replyHopLimit: 64,
  bytesReceived: 64,
});
const timedOut: ProbeResult = { kind: 'timed-out', sentAt };
const unreachable: ProbeResult = {
  ...reply(3),
  kind: 'destination-unreachable',
  icmpType: 3,
  icmpCode: 1,
  mtu: null,
  fromThisMachine: false,
} as ProbeResult;
const sendFailed: ProbeResult = { kind: 'send-failed', sentAt, reason: 'no-route', code: 'ENETUNREACH' };

/** Statistics of fates in send order, one a second; null leaves the probe in flight. */
function statisticsOf(fates: readonly (ProbeResult | null)[], order: readonly number[] = [...fates.keys()]) {
  const statistics = new EchoStatistics(INTERVAL);
  for (const sequence of fates.keys()) statistics.recordSent(sequence, monotonicMilliseconds(sequence * 1_000));
  for (const sequence of order) {
    const fate = fates[sequence];
    if (fate !== null && fate !== undefined) statistics.recordResult(sequence, fate);
  }
  return statistics;
}

describe('hop statistics', () => {
  it('give ping’s mdev, the population standard deviation, and the moving average of ping -f', () => {
    // Of 1, 2, 3: the variance is 2 / 3; the average goes 1, 1 + 1/8, 1.125 + 1.875/8.
    const { mdevMs, ewmaMs } = statisticsOf([reply(1), timedOut, reply(2), reply(3)]).snapshot(0);
    expect(mdevMs).toBeCloseTo(Math.sqrt(2 / 3), 12);
    expect(ewmaMs).toBeCloseTo(1.359_375, 12);
    const none = statisticsOf([timedOut]).snapshot(0);
    expect([none.mdevMs, none.ewmaMs]).toEqual([null, null]);
    expect(statisticsOf([reply(7)]).snapshot(0)).toMatchObject({ mdevMs: 0, ewmaMs: 7 });
  });

  it('count no loss for probes in flight and none for probes that could not be sent', () => {
    const { sent, received, inFlight, sendFailures, lossRatio } = statisticsOf([
      reply(1),
      timedOut,
      sendFailed,
      sendFailed,
      null,
      null,
      null,
    ]).snapshot(0);
    expect({ sent, received, inFlight, sendFailures, lossRatio }).toEqual({
      sent: 5,
      received: 1,
      inFlight: 3,
      sendFailures: 2,
      lossRatio: 0.5,
    });
  });

  it('count an ICMP error as an answer of its own kind and as loss', () => {
    const { icmpErrors, timedOut: silent, lossRatio, rttMs } = statisticsOf([unreachable, unreachable]).snapshot(0);
    expect({ icmpErrors, silent, lossRatio, min: rttMs.min }).toEqual({
      icmpErrors: 2,
      silent: 0,
      lossRatio: 1,
      min: null,
    });
  });

  it('know nothing before the first outcome', () => {
    const { lossRatio, lossLow, lossHigh, rttMs, jitterMs } = statisticsOf([null, sendFailed]).snapshot(4);
    expect([lossRatio, lossLow, lossHigh, jitterMs, ...Object.values(rttMs)]).toEqual(Array(12).fill(null));
  });

  it('put the Wilson interval of 1 loss in 10 beside the ratio', () => {
    const { lossRatio, lossLow, lossHigh } = statisticsOf([timedOut, ...Array<ProbeResult>(9).fill(reply(1))]).snapshot(
      0,
    );
    expect([lossRatio, lossLow?.toFixed(4), lossHigh?.toFixed(4)]).toEqual([0.1, '0.0179', '0.4042']);
  });

  it('give 1, 2, 3 the standard deviation 1', () => {
    expect(statisticsOf([reply(1), reply(2), reply(3)]).snapshot(0).rttMs).toEqual({
      last: 3,
      min: 1,
      mean: 2,
      max: 3,
      stddev: 1,
      p50: 2,
      p95: expect.closeTo(2.9, 12),
      p99: expect.closeTo(2.98, 12),
    });
    expect(statisticsOf([reply(1)]).snapshot(0).rttMs.stddev).toBeNull();
  });

  it('reckon jitter in send order when answers overtake each other', () => {
    const fates = [136, 184, 115, 148, 125].map(reply);
    expect(statisticsOf(fates, [1, 0, 4, 3, 2]).snapshot(0).jitterMs).toBe(43.25);
  });

  it('skip lost probes in jitter but not an outage', () => {
    expect(statisticsOf([reply(10), timedOut, timedOut, reply(14)]).snapshot(0).jitterMs).toBe(4);
    const outage = Array<ProbeResult>(10).fill(timedOut);
    expect(statisticsOf([reply(10), ...outage, reply(14)]).snapshot(0).jitterMs).toBeNull();
  });

  it('count a late reply as received, so that it is no loss, and leave the round trips alone', () => {
    const statistics = statisticsOf([reply(1), timedOut]);
    statistics.recordRepeat({ kind: 'duplicate', isEchoReply: true, responder: '192.0.2.1', rtt: milliseconds(9) });
    statistics.recordRepeat({ kind: 'late', isEchoReply: true, responder: '192.0.2.1', rtt: milliseconds(2_500) });
    const { duplicates, late, received, timedOut: silent, lossRatio, rttMs, localDrops } = statistics.snapshot(7);
    expect({ duplicates, late, received, silent, lossRatio, mean: rttMs.mean, max: rttMs.max, localDrops }).toEqual({
      duplicates: 1,
      late: 1,
      received: 2,
      silent: 0,
      lossRatio: 0,
      mean: 1,
      max: 1,
      localDrops: 7,
    });
  });

  it('ignore a second fate of the same probe', () => {
    const statistics = statisticsOf([null, reply(1)]);
    statistics.recordResult(1, timedOut);
    expect(statistics.snapshot(0)).toMatchObject({ received: 1, timedOut: 0, inFlight: 1 });
  });

  it('agree with the definitions computed slowly, for random series in random order', () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const random = new SeededRandom(seed);
      const fates = Array.from({ length: 200 }, (): ProbeResult | null => {
        const draw = unit(random);
        if (draw < 0.1) return timedOut;
        if (draw < 0.15) return unreachable;
        if (draw < 0.2) return sendFailed;
        return reply(1 + 100 * unit(random));
      });
      const order = [...fates.keys()].sort(() => unit(random) - 0.5);
      const statistics = statisticsOf(fates, order);
      const snapshot = statistics.snapshot(0);
      const expected = slowly(fates);
      expect(snapshot).toMatchObject(expected.counts);
      expect(snapshot.rttMs.mean).toBeCloseTo(expected.mean, 9);
      expect(snapshot.rttMs.stddev).toBeCloseTo(expected.stddev, 9);
      expect(snapshot.jitterMs).toBeCloseTo(expected.jitter, 9);
      expect(statistics.smoothedJitter).toBeCloseTo(expected.smoothed, 9);
    }
  });
});

/** The definitions once more, with whole arrays and no cleverness. */
function slowly(fates: readonly (ProbeResult | null)[]) {
  const answered = fates.flatMap((fate, sequence) =>
    fate?.kind === 'echo-reply' ? [{ sequence, rtt: fate.rtt as number }] : [],
  );
  const sent = fates.filter((fate) => fate?.kind !== 'send-failed').length;
  const rtts = answered.map(({ rtt }) => rtt);
  const mean = rtts.reduce((sum, rtt) => sum + rtt, 0) / rtts.length;
  const differences = answered.flatMap((current, index) => {
    const before = answered[index - 1];
    return before === undefined || current.sequence - before.sequence > 5 ? [] : [Math.abs(current.rtt - before.rtt)];
  });
  return {
    counts: { sent, received: rtts.length, inFlight: 0, lossRatio: (sent - rtts.length) / sent },
    mean,
    stddev: Math.sqrt(rtts.reduce((sum, rtt) => sum + (rtt - mean) ** 2, 0) / (rtts.length - 1)),
    jitter: differences.reduce((sum, difference) => sum + difference, 0) / differences.length,
    smoothed: differences.reduce((jitter, difference) => (15 * jitter + difference) / 16, 0),
  };
}
