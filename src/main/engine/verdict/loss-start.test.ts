import { describe, expect, it } from 'vitest';
import { ratioOf } from './loss-count.ts';
import { carriedLosses } from './loss-start.ts';
import { evidenceOfPath, healthyPath, losing } from './test-evidence.ts';

/** A path of eight hops on which every place from a hop on loses a share of its probes. */
function lossFrom(seed: number, hopLimit: number, ratio: number, others: Parameters<typeof healthyPath>[2] = {}) {
  const places = Array.from({ length: 9 - hopLimit + 1 }, (_, index) => hopLimit + index);
  const lossy = Object.fromEntries(
    places.map((place) => [place, (random: Parameters<typeof losing>[0]) => ({ rtt: losing(random, place, ratio) })]),
  );
  return healthyPath(seed, 8, { ...lossy, ...others });
}

/** A path on which the places, the destination last, lose exactly so many of the probes, at even distances. */
function losingExactly(losses: readonly number[], rounds: number) {
  const place = (lost: number, index: number) => () => ({
    rtt: (round: number) => {
      const upTo = (count: number) => Math.floor(((count + 7 * index) * lost) / rounds);
      return upTo(round + 1) > upTo(round) ? null : 4 * (index + 1);
    },
  });
  const changes = Object.fromEntries(losses.map((lost, index) => [index + 1, place(lost, index)]));
  return { ...healthyPath(1, losses.length - 1, changes), rounds };
}

describe('where loss starts', () => {
  it.each([1, 2, 4, 6, 8, 9])('is hop %i when all places from there on lose alike', (hopLimit) => {
    const found = carriedLosses(evidenceOfPath(lossFrom(hopLimit, hopLimit, 0.06)));
    expect(found.map(({ first }) => first.hopLimit)).toEqual([hopLimit]);
  });

  it('is where the destination and most hops begin to lose, not at a router before that answers seldom', () => {
    const path = lossFrom(5, 6, 0.08, { 3: (random) => ({ rtt: losing(random, 3, 0.3) }) });
    expect(carriedLosses(evidenceOfPath(path)).map(({ first }) => first.hopLimit)).toEqual([6]);
  });

  it('is not moved by a router behind that answers still more seldom', () => {
    const path = lossFrom(6, 3, 0.08, { 7: (random) => ({ rtt: losing(random, 7, 0.6) }) });
    const [carried] = carriedLosses(evidenceOfPath(path));
    expect(carried?.first.hopLimit).toBe(3);
    expect(carried?.bearers.map(({ hopLimit }) => hopLimit)).not.toContain(7);
  });

  it('is told for both of two losses when the second is clear', () => {
    const near = Object.fromEntries(
      [3, 4, 5, 6].map((hop) => [hop, (random: Parameters<typeof losing>[0]) => ({ rtt: losing(random, hop, 0.03) })]),
    );
    const path = { ...lossFrom(7, 7, 0.15, near), rounds: 600 };
    expect(carriedLosses(evidenceOfPath(path)).map(({ first }) => first.hopLimit)).toEqual([3, 7]);
  });

  it.each([
    { losses: [0, 0, 24, 40, 31, 35], rounds: 60, start: 3 },
    { losses: [0, 9, 25], rounds: 300, start: 2 },
    { losses: [38, 20, 23, 21, 28, 21], rounds: 400, start: 1 },
  ])('is the first hop that shows it, though others lose more or less: $losses of $rounds', (path) => {
    const found = carriedLosses(evidenceOfPath(losingExactly(path.losses, path.rounds)));
    expect(found.map(({ first }) => first.hopLimit)).toEqual([path.start]);
  });

  it('is not a hop before it that loses more by itself, though too few probes show it to be told apart', () => {
    // 28 and 39 of 360: z = 3.4, p = 0.0007.
    const found = carriedLosses(evidenceOfPath(losingExactly([0, 0, 28, 12, 14, 13], 120)));
    expect(found.map(({ first }) => first.hopLimit)).toEqual([4]);
  });

  it('is not a hop before it that loses next to nothing', () => {
    const found = carriedLosses(evidenceOfPath(losingExactly([0, 0, 6, 120, 118, 121], 300)));
    expect(found.map(({ first }) => first.hopLimit)).toEqual([4]);
  });

  it('is told of loss that is too little to be felt, and that so', () => {
    const found = carriedLosses(evidenceOfPath(losingExactly([0, 0, 0, 6, 7, 6, 7], 1_500)));
    expect(found.map(({ first, isFelt }) => ({ hop: first.hopLimit, isFelt }))).toEqual([{ hop: 4, isFelt: false }]);
  });

  it('pools the probes of all hops that share it, so that few rounds are enough', () => {
    const [carried] = carriedLosses(evidenceOfPath({ ...lossFrom(8, 3, 0.04), rounds: 60 }));
    expect(carried?.loss.probes).toBe(7 * 60);
    expect(Math.abs(ratioOf(carried?.loss ?? { lost: 0, probes: 1 }) - 0.04)).toBeLessThan(0.025);
  });

  it('is nowhere when only routers lose', () => {
    const path = healthyPath(9, 8, {
      4: (random) => ({ rtt: losing(random, 4, 0.2) }),
      8: (random) => ({ rtt: losing(random, 8, 0.4) }),
    });
    expect(carriedLosses(evidenceOfPath(path))).toEqual([]);
  });

  it('is nowhere after one incident of three rounds, however many hops it touched', () => {
    const hit = (hop: number) => () => ({ rtt: (round: number) => (round >= 100 && round < 103 ? null : 4 * hop) });
    const path = healthyPath(10, 8, Object.fromEntries([4, 5, 6, 7, 8, 9].map((hop) => [hop, hit(hop)])));
    expect(carriedLosses(evidenceOfPath(path))).toEqual([]);
  });

  it('leaves the probes of a long outage out of the ratio', () => {
    const path = lossFrom(11, 5, 0.05);
    const cut = (round: number) => round >= 100 && round < 140;
    const silenced = (place: (typeof path.hops)[number]) => ({
      ...place,
      rtt: (round: number) => (cut(round) ? null : place.rtt(round)),
    });
    const { hops, destination } = path;
    if (destination === null) throw new Error('the path has a destination');
    const evidence = evidenceOfPath({
      hops: hops.map((hop, index) => (index >= 6 ? silenced(hop) : hop)),
      destination: silenced(destination),
    });
    const [carried] = carriedLosses(evidence);
    expect(carried?.first.hopLimit).toBe(5);
    expect(ratioOf(carried?.loss ?? { lost: 1, probes: 1 })).toBeLessThan(0.08);
  });
});
