import { describe, expect, it } from 'vitest';
import { type Random, unit } from '../../base/random.ts';
import { judge } from './judge.ts';
import { spreadOf } from './round-trip-spread.ts';
import { evidenceOfPath, healthyPath } from './test-evidence.ts';
import { witnessesOf } from './witnesses.ts';

/** A path whose destination is a long way off, as over satellites; round trips lie evenly between `from` and `swing` more. */
function farAway(rounds: number, from: number, swing: number) {
  const place = (random: Random) => ({ rtt: () => from + swing * unit(random) });
  return evidenceOfPath({ ...healthyPath(1, 3, { 3: place, 4: place }), rounds });
}

function spreadAt(evidence: ReturnType<typeof farAway>) {
  const destination = witnessesOf(evidence.report).at(-1);
  return destination === undefined ? null : spreadOf(evidence, destination);
}

describe('the spread of the round trips', () => {
  it('is the 95th percentile above the median while both are exact', () => {
    const evidence = farAway(300, 600, 40);
    const { p50, p95 } = evidence.report.roundTrip.rttMs;
    expect(spreadAt(evidence)).toEqual({ milliseconds: (p95 ?? 0) - (p50 ?? 0), isAtLeast: false });
  });

  it('is no more than it truly is where the percentiles are of a histogram', () => {
    for (const base of [600, 900, 1_500, 2_900]) {
      const evidence = farAway(2_000, base, 20);
      expect(evidence.report.roundTrip.percentilesAreExact).toBe(false);
      const spread = spreadAt(evidence);
      // Evenly spread over 20 ms: 0.45 × 20, give or take what chance does to 600 of them (0.6 ms is 3 deviations).
      expect(spread?.isAtLeast).toBe(true);
      expect(spread?.milliseconds).toBeGreaterThan(8);
      expect(spread?.milliseconds).toBeLessThan(10);
    }
  });

  it('makes no jitter of the error of a histogram', () => {
    // Round trips of two lengths by turns, 13 ms apart, the shorter one a little oftener: neighbours differ by 12.8 ms in
    // the mean, and the slowest 5 % lie 13 ms above the middle. One far below and one far above hide the ends.
    const told = Array.from({ length: 6 }, (_, index) => {
      const far = new Map([
        [500, 1_300],
        [1_000, 700],
      ]);
      const rtt = (round: number) =>
        far.get(round) ?? 1_000 + 10 * index + (round % 2 === 0 || round % 200 === 1 ? 0 : 13);
      const evidence = evidenceOfPath({ ...healthyPath(1, 3, { 4: () => ({ rtt }) }), rounds: 2_000 });
      const { p50, p95 } = evidence.report.roundTrip.rttMs;
      return { apart: (p95 ?? 0) - (p50 ?? 0), ids: judge(evidence).map(({ id }) => id) };
    });
    // A border of the histogram lies between the two lengths at least once: buckets are 2 % wide, 20 ms.
    expect(Math.max(...told.map(({ apart }) => apart))).toBeGreaterThan(16);
    expect(told.flatMap(({ ids }) => ids)).not.toContain('jitter');
  });

  it('still finds jitter of long round trips, which the histogram alone could not show', () => {
    // Evenly spread over 45 ms: neighbours differ by 15 ms in the mean, the slowest 5 % lie 20 ms above the middle.
    const verdict = judge(farAway(2_000, 2_900, 45)).find(({ id }) => id === 'jitter');
    expect(verdict?.evidence[1]?.label).toBe(
      'how far at least the slowest 5 % of the round trips lie above the median',
    );
  });
});
