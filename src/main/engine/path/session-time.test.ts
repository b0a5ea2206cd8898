import { describe, expect, it } from 'vitest';
import { milliseconds, monotonicMilliseconds, seconds } from '../../../contract/units.ts';
import { VirtualClock } from '../../base/clock.ts';
import { SessionTime } from './session-time.ts';

const INTERVAL = seconds(1);

function begin() {
  const clock = new VirtualClock();
  return { clock, time: new SessionTime(clock), startedAt: clock.wallNow() };
}

describe('session time', () => {
  it('is wall time at the beginning plus what has elapsed, whatever becomes of the wall clock', () => {
    const { clock, time, startedAt } = begin();
    clock.advance(seconds(10));
    clock.stepWall(seconds(-3_600));
    clock.advance(seconds(10));
    expect(time.now()).toBe(startedAt + 20_000);
  });

  it('follows a sleep that only the wall clock saw, from the last look before to the first after it', () => {
    const { clock, time, startedAt } = begin();
    clock.advance(seconds(10));
    expect(time.look(null, INTERVAL)).toBeNull();
    clock.advance(seconds(1));
    clock.stepWall(seconds(600));
    expect(time.look(null, INTERVAL)).toEqual({ kind: 'asleep', from: startedAt + 10_000, to: startedAt + 611_000 });
    expect(time.now()).toBe(startedAt + 611_000);
    expect(time.look(null, INTERVAL)).toBeNull();
  });

  it('takes what is late by more than two intervals, and by more than five seconds, for sleep', () => {
    const lateBy = (late: number, interval: number) => {
      const { clock, time } = begin();
      clock.advance(seconds(100));
      return time.look(monotonicMilliseconds(100_000 - late), milliseconds(interval))?.kind ?? null;
    };
    expect([lateBy(5_000, 1_000), lateBy(5_001, 1_000)]).toEqual([null, 'asleep']);
    expect([lateBy(20_000, 10_000), lateBy(20_001, 10_000)]).toEqual([null, 'asleep']);
  });

  it('tells steps of the wall clock of either direction, and neither its rounding nor its being slewed', () => {
    const { clock, time, startedAt } = begin();
    const lookAfter = (step: number) => {
      clock.advance(seconds(1));
      clock.stepWall(milliseconds(step));
      return time.look(null, INTERVAL);
    };
    expect([lookAfter(1), lookAfter(-100), lookAfter(100)]).toEqual([null, null, null]);
    expect([lookAfter(-101), lookAfter(4_000)]).toEqual([
      { kind: 'stepped', by: -101 },
      { kind: 'stepped', by: 4_000 },
    ]);
    // An hour at 500 ppm.
    clock.advance(seconds(3_600));
    clock.stepWall(milliseconds(-1_800));
    expect(time.look(null, seconds(3_600))).toBeNull();
    expect(time.now()).toBe(startedAt + 3_605_000);
  });
});
