import { describe, expect, it } from 'vitest';
import { seconds } from '../../../contract/units.ts';
import { pathOf } from './test-path-transport.ts';
import { watchPath } from './test-watched-path.ts';

const SHORT = pathOf('10.0.0.1', '10.0.0.2');

describe('the rate of a path monitor', () => {
  it('is raised at once and lowered again, without a round too many', () => {
    const { clock, monitor, departures } = watchPath(SHORT, { interval: seconds(10) });
    clock.advance(seconds(14));
    monitor.changeInterval(seconds(1));
    clock.advance(seconds(2.5));
    monitor.changeInterval(seconds(10));
    clock.advance(seconds(25));
    // Faster: a round was due at 11 s, so one leaves now. Slower: ten seconds after the last one, that of 16 s.
    expect(departures().map(({ at }) => at)).toEqual([0, 10_000, 14_000, 15_000, 16_000, 26_000, 36_000]);
    monitor.pause();
    monitor.changeInterval(seconds(1));
    clock.advance(seconds(10));
    expect(departures()).toHaveLength(7);
    monitor.resume();
    clock.advance(seconds(2.5));
    expect(departures().length).toBeGreaterThanOrEqual(9);
  });

  it('is changed when a round that is told asks for it', () => {
    const { clock, monitor, departures, rounds } = watchPath(SHORT, { interval: seconds(10) });
    const told = rounds.push.bind(rounds);
    rounds.push = (...more) => {
      monitor.changeInterval(seconds(2));
      return told(...more);
    };
    clock.advance(seconds(7));
    expect(departures().map(({ at }) => at)).toEqual([0, 2_000, 4_000, 6_000]);
  });
});
