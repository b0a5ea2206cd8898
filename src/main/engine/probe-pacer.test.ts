import { describe, expect, it } from 'vitest';
import { milliseconds } from '../../contract/units.ts';
import { VirtualClock } from '../base/clock.ts';
import { ProbePacer } from './probe-pacer.ts';

describe('the probe pacer', () => {
  it('places starts that come together one millisecond apart', () => {
    const clock = new VirtualClock();
    const pacer = new ProbePacer({ clock });
    expect([pacer.claimStart(), pacer.claimStart(), pacer.claimStart()]).toEqual([0, 1, 2]);
    clock.advance(milliseconds(10));
    expect(pacer.claimStart()).toBe(0);
  });

  it('never lets more than the budget and one burst go in any period', () => {
    const clock = new VirtualClock();
    const pacer = new ProbePacer({ clock }, 1_000);
    clock.advance(milliseconds(60_000));
    const waits = Array.from({ length: 600 }, () => pacer.reserve());
    expect(waits.filter((wait) => wait === 0)).toHaveLength(100);
    expect([waits[100], waits[101], waits[599]]).toEqual([1, 2, 500]);
  });

  it('makes nobody wait who stays below the budget', () => {
    const clock = new VirtualClock();
    const pacer = new ProbePacer({ clock }, 1_000);
    for (let probe = 0; probe < 5_000; probe += 1) {
      expect(pacer.reserve()).toBe(0);
      clock.advance(milliseconds(1));
    }
  });

  it('lets probes that belong together wait until all of them fit the budget', () => {
    const clock = new VirtualClock();
    const pacer = new ProbePacer({ clock }, 1_000);
    // 100 may leave at once: three rounds of 30, and the fourth when 20 more have been earned.
    expect([pacer.reserve(30), pacer.reserve(30), pacer.reserve(30), pacer.reserve(30)]).toEqual([0, 0, 0, 20]);
    clock.advance(milliseconds(20));
    expect(pacer.reserve()).toBe(1);
    expect(pacer.reserve(64)).toBe(65);
  });
});
