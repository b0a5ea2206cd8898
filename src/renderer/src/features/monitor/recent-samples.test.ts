import { describe, expect, it } from 'vitest';
import { noRoute, reply, timedOut, unreachable } from '../../live-store/test-samples.ts';
import { recentOfSamples } from './recent-samples.ts';

describe('the last round trips of samples', () => {
  it('are none before the first', () => {
    expect(recentOfSamples([])).toEqual({ lastFate: null, lost: 0, lossRatio: null, newest: [] });
    expect(recentOfSamples([noRoute(0, 0)])).toEqual({ lastFate: null, lost: 0, lossRatio: null, newest: [] });
  });

  it('count loss and refusals, and leave out what could not be sent', () => {
    const samples = [reply(0, 0, 5), timedOut(1, 1_000), noRoute(2, 2_000), unreachable(3, 3_000)];
    expect(recentOfSamples(samples)).toEqual({
      lastFate: 'refused',
      lost: 2,
      lossRatio: 2 / 3,
      newest: [5, null, null],
    });
  });

  it('count loss over five minutes and keep the sixty newest, however far apart', () => {
    const everySecond = Array.from({ length: 400 }, (_, place) =>
      place % 100 === 0 ? timedOut(place, place * 1_000) : reply(place, place * 1_000, place),
    );
    const { lost, lossRatio, newest } = recentOfSamples(everySecond);
    // Sent after second 99 and up to second 399: 300 probes, of which those of 100, 200 and 300 were lost.
    expect([lost, lossRatio]).toEqual([3, 3 / 300]);
    expect(newest).toEqual(Array.from({ length: 60 }, (_, place) => 340 + place));
    const everyTenMinutes = everySecond.map((sample) => ({ ...sample, sentAtEpochMs: sample.sentAtEpochMs * 600 }));
    expect(recentOfSamples(everyTenMinutes)).toMatchObject({ lost: 0, lossRatio: 0 });
    expect(recentOfSamples(everyTenMinutes).newest).toHaveLength(60);
  });
});
