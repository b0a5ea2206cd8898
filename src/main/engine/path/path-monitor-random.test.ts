import { describe, expect, it } from 'vitest';
import { milliseconds, seconds } from '../../../contract/units.ts';
import { type Random, SeededRandom, unit } from '../../base/random.ts';
import { type Fate, ScriptedPathTransport } from './test-path-transport.ts';
import { SleepyClock, watchPath } from './test-watched-path.ts';

/** A path that changes its length and its mind: every kind of answer, in any order, at any time. */
function mischief(random: Random) {
  let routers = 4;
  return (hopLimit: number): Fate => {
    if (unit(random) < 0.01) routers = 1 + (random.uint32() % 8);
    const rtt = unit(random) < 0.1 ? 4_000 * unit(random) : 1 + 200 * unit(random);
    const chance = unit(random);
    if (chance < 0.15) return { kind: 'lost' };
    if (chance < 0.2) return { kind: 'refused', by: `10.0.${random.uint32() % 3}.${hopLimit}` };
    if (chance < 0.22) return { kind: 'unsent', reason: 'local-queue-full', osCode: 'ENOBUFS' };
    if (hopLimit > routers) return { kind: 'reply', rtt, copies: chance < 0.3 ? 1 : 0 };
    return { kind: 'passed', by: `10.0.${random.uint32() % 3}.${hopLimit}`, rtt };
  };
}

describe('a path monitor on which everything happens', () => {
  it.each([1, 2, 3, 4, 5, 6])(
    'tells every round once and in order, and leaves no probe without a fate (seed %i)',
    (seed) => {
      const random = new SeededRandom(seed);
      const clock = new SleepyClock();
      const watched = watchPath(mischief(random), { interval: milliseconds(200), count: 3_000 }, clock);
      const { monitor, rounds, told, period, events, recording } = watched;
      const deeds = [
        () => monitor.pause(),
        () => monitor.resume(),
        () => monitor.loseTransport(),
        () => monitor.useTransport(new ScriptedPathTransport(clock, mischief(random))),
        () => clock.suspend(20_000),
        () => clock.stall(20_000),
        () => clock.stepWall(seconds(-100)),
      ];
      for (let step = 0; step < 1_500; step += 1) {
        if (unit(random) < 0.05) deeds[random.uint32() % deeds.length]?.();
        clock.advance(milliseconds(1_000 * unit(random)));
      }
      monitor.useTransport(new ScriptedPathTransport(clock, mischief(random)));
      monitor.resume();
      clock.advance(seconds(2_000));
      expect(rounds.map(({ round }) => round)).toEqual(Array.from({ length: 3_000 }, (_, index) => index));
      expect(told.filter((what) => what === 'finished')).toHaveLength(1);
      expect(told.at(-1)).toBe('finished');
      const { hops, roundTrip } = period();
      expect([roundTrip, ...hops.map(({ statistics }) => statistics)].map(({ inFlight }) => inFlight)).toEqual(
        new Array(hops.length + 1).fill(0),
      );
      for (const { hops: outcomes } of rounds) {
        const hopLimits = outcomes.map(({ hopLimit }) => hopLimit);
        expect(hopLimits).toEqual([...new Set(hopLimits)].sort((a, b) => a - b));
      }
      const gaps = events.flatMap((event) => (event.kind === 'gap' ? [event.gap] : []));
      expect(gaps.length).toBeGreaterThan(5);
      for (const [index, gap] of gaps.entries()) {
        expect(gap.toEpochMs).toBeGreaterThan(gap.fromEpochMs);
        expect(gap.fromEpochMs).toBeGreaterThanOrEqual(gaps[index - 1]?.toEpochMs ?? 0);
      }
      const times = rounds.map(({ atEpochMs }) => atEpochMs);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(recording.rounds).toBe(3_000);
    },
  );
});
