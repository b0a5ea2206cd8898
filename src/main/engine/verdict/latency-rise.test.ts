import { describe, expect, it } from 'vitest';
import { type Random, SeededRandom, unit } from '../../base/random.ts';
import { latencyRise } from './latency-rise.ts';
import { evidenceOfPath, healthyPath } from './test-evidence.ts';

/** What a place adds to the round trip in a round. */
type Added = (round: number) => number;

/** A path of six hops on which every place from a hop on takes longer as told. */
function riseFrom(seed: number, hopLimit: number, added: Added, rounds = 300, noise = 2) {
  const slower = (place: number) => (random: Random) => ({
    rtt: (round: number) => 4 * place + noise * unit(random) + added(round),
  });
  const places = Array.from({ length: 7 - hopLimit + 1 }, (_, index) => hopLimit + index);
  return evidenceOfPath({
    ...healthyPath(seed, 6, Object.fromEntries(places.map((place) => [place, slower(place)]))),
    rounds,
  });
}

/** An exponential variable with that mean. */
function exponential(random: Random, mean: number): number {
  return -mean * Math.log(1 - unit(random));
}

describe('a rise of latency', () => {
  it('is a step where it comes at once, and starts at the first hop that shares it', () => {
    const rise = latencyRise(riseFrom(1, 4, (round) => (round >= 170 ? 45 : 0)));
    expect(rise).toMatchObject({ shape: 'step', isOpen: true, first: { hopLimit: 4 }, before: { hopLimit: 3 } });
    expect((rise?.high ?? 0) - (rise?.low ?? 0)).toBeCloseTo(45, 0);
  });

  it('is a step also when it is over again', () => {
    const rise = latencyRise(riseFrom(2, 6, (round) => (round >= 100 && round < 130 ? 60 : 0)));
    expect(rise).toMatchObject({ shape: 'step', isOpen: false, first: { hopLimit: 6 } });
    expect(rise?.stretches).toHaveLength(1);
  });

  it('is a ramp where it climbs over half a minute', () => {
    const filling = (round: number) => Math.max(0, Math.min(1, (round - 100) / 30)) * (round < 200 ? 120 : 0);
    expect(latencyRise(riseFrom(3, 2, filling))).toMatchObject({ shape: 'ramp', first: { hopLimit: 2 } });
  });

  it('is a ramp where it climbs within five probes, time and again', () => {
    const upload = (round: number) => {
      const into = (round - 20) % 60;
      return round < 20 || into > 25 ? 0 : 300 * Math.min(1, into / 5);
    };
    expect(latencyRise(riseFrom(4, 2, upload))).toMatchObject({ shape: 'ramp', first: { hopLimit: 2 } });
  });

  it('is seen in the slices of a period that is too long to be known probe by probe', () => {
    expect(latencyRise(riseFrom(5, 3, (round) => (round >= 1_500 ? 45 : 0), 2_400))).toMatchObject({
      shape: 'step',
      first: { hopLimit: 3 },
    });
  });

  it('is none below 20 ms, nor below a tenth of a long round trip', () => {
    expect(latencyRise(riseFrom(6, 4, (round) => (round >= 150 ? 12 : 0)))).toBeNull();
    expect(latencyRise(riseFrom(7, 1, (round) => 400 + (round >= 150 ? 30 : 0)))).toBeNull();
  });

  it('is not made of jitter, however wild', () => {
    const found = Array.from({ length: 200 }, (_, seed) => {
      const random = new SeededRandom(seed + 1);
      return latencyRise(riseFrom(seed, 4, () => exponential(random, 30), 300, 0));
    }).filter((rise) => rise !== null);
    expect(found.length).toBeLessThanOrEqual(1);
  }, 60_000);

  it('is not made of single slow answers', () => {
    expect(latencyRise(riseFrom(8, 4, (round) => (round % 40 === 7 ? 400 : 0)))).toBeNull();
  });
});
