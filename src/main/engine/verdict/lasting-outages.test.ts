import { describe, expect, it } from 'vitest';
import { SeededRandom, unit } from '../../base/random.ts';
import { lastingOutages } from './lasting-outages.ts';
import { evidenceOfPath, healthyPath, losing, START } from './test-evidence.ts';

function pathWithLoss(seed: number, isLost: (round: number) => boolean, rounds = 300) {
  const place = () => ({ rtt: (round: number) => (isLost(round) ? null : 20) });
  return evidenceOfPath({ ...healthyPath(seed, 3, { 4: place }), rounds });
}

describe('lasting outages', () => {
  it('are times of five or more lost probes on a path that else loses nothing', () => {
    const cut = pathWithLoss(1, (round) => round >= 100 && round < 106);
    expect(lastingOutages(cut).map(({ fromEpochMs, lostProbes }) => [fromEpochMs, lostProbes])).toEqual([
      [START + 100_000, 6],
    ]);
    expect(lastingOutages(pathWithLoss(1, (round) => round >= 100 && round < 104))).toEqual([]);
  });

  it('are not the long runs that heavy random loss makes by itself', () => {
    const counts = Array.from({ length: 60 }, (_, seed) => {
      const random = new SeededRandom(seed);
      return lastingOutages(pathWithLoss(seed, () => unit(random) < 0.4)).length;
    });
    expect(counts.filter((count) => count > 0).length).toBeLessThanOrEqual(1);
  });

  it('are not the bursts of a link whose losses come in bursts', () => {
    const counts = Array.from({ length: 60 }, (_, seed) => {
      const random = new SeededRandom(seed);
      let isBad = false;
      const isLost = () => {
        isBad = unit(random) < (isBad ? 0.7 : 0.03);
        return isBad;
      };
      return lastingOutages(pathWithLoss(seed, isLost)).length;
    });
    expect(counts.filter((count) => count > 0).length).toBeLessThanOrEqual(2);
  });

  it('stand out of random loss when they are long', () => {
    const random = new SeededRandom(9);
    const evidence = pathWithLoss(2, (round) => (round >= 120 && round < 150) || unit(random) < 0.1);
    expect(lastingOutages(evidence)).toHaveLength(1);
  });

  it('are unknown of a destination that never answered', () => {
    const evidence = evidenceOfPath({ ...healthyPath(3, 3), destination: null });
    expect(evidence.report.roundTrip).toMatchObject({ received: 0, lossRatio: 1 });
    expect(lastingOutages(evidence)).toEqual([]);
  });

  it('last the whole period when a destination that is known did not answer in it', () => {
    // It answered once in the recording, before the period that is judged.
    const { report, ...others } = pathWithLoss(4, (round) => round > 0, 41);
    const evidence = { ...others, report: { ...report, roundTrip: { ...report.roundTrip, received: 0 } } };
    expect(lastingOutages(evidence).map(({ lostProbes, isOpen }) => [lostProbes, isOpen])).toEqual([[40, true]]);
  });
});

describe('losses of single hops', () => {
  it('make no outage while the destination answers', () => {
    const evidence = evidenceOfPath(healthyPath(5, 3, { 2: (random) => ({ rtt: losing(random, 2, 0.9) }) }));
    expect(lastingOutages(evidence)).toEqual([]);
  });
});
