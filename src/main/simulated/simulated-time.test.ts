import { describe, expect, it } from 'vitest';
import { milliseconds, seconds } from '../../contract/units.ts';
import { VirtualClock } from '../base/clock.ts';
import { SimulatedTime } from './simulated-time.ts';

const LIVE = { lead: seconds(0), speed: 1 };

describe('the time of a simulated internet', () => {
  it('goes as fast as real time, and its timers know only their due time', () => {
    const clock = new VirtualClock();
    using time = new SimulatedTime({ clock }, LIVE);
    const fired: number[] = [];
    for (const due of [7.25, 31.5, 31.75]) time.after(milliseconds(due), () => fired.push(time.now()));
    clock.advance(milliseconds(20));
    expect(fired).toEqual([7.25]);
    clock.advance(milliseconds(20));
    expect(fired).toEqual([7.25, 31.5, 31.75]);
    expect([time.now(), time.wallNow()]).toEqual([40, clock.wallNow()]);
    expect(time.liveFrom).toBeNull();
  });

  it('begins in the past and makes up for it at its speed, then stays with the real clock', () => {
    const clock = new VirtualClock();
    using time = new SimulatedTime({ clock }, { lead: seconds(600), speed: 60 });
    const startedAt = clock.wallNow();
    expect(time.wallNow()).toBe(startedAt - 600_000);
    clock.advance(seconds(1));
    expect(time.wallNow()).toBe(startedAt - 600_000 + 60_000);
    // 600 / 59 s
    expect(time.liveFrom).toBeCloseTo(startedAt + 10_169.5, 0);
    clock.advance(seconds(20));
    expect(time.wallNow()).toBe(clock.wallNow());
  });

  it('goes on when the real wall clock is set back, and catches up when it is set forward', () => {
    const clock = new VirtualClock();
    using time = new SimulatedTime({ clock }, LIVE);
    clock.stepWall(seconds(-3_600));
    clock.advance(seconds(1));
    expect(time.now()).toBe(1_000);
    clock.stepWall(seconds(3_600 + 30));
    clock.advance(seconds(1));
    expect(time.wallNow()).toBe(clock.wallNow());
  });

  it('goes on for the others when one of them has a bug', () => {
    const clock = new VirtualClock();
    using time = new SimulatedTime({ clock }, LIVE);
    let fired = 0;
    time.after(milliseconds(1), () => {
      throw new Error('a bug');
    });
    time.after(milliseconds(2), () => {
      fired += 1;
    });
    expect(() => clock.advance(milliseconds(20))).toThrow('a bug');
    clock.advance(milliseconds(20));
    expect(fired).toBe(1);
  });

  it('stands still once it is disposed', () => {
    const clock = new VirtualClock();
    const time = new SimulatedTime({ clock }, LIVE);
    time[Symbol.dispose]();
    clock.advance(seconds(5));
    expect([time.now(), clock.untilNextTimer()]).toEqual([0, null]);
  });
});
