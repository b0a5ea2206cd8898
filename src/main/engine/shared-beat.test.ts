import { expect, it } from 'vitest';
import { type MonotonicMilliseconds, milliseconds, seconds } from '../../contract/units.ts';
import { VirtualClock } from '../base/clock.ts';
import { SharedBeat } from './shared-beat.ts';

const moment = (value: number) => value as MonotonicMilliseconds;

it.each([
  { interval: 100, woken: [12, 19.5, 20, 20.5, 45] },
  { interval: 200, woken: [20, 20, 20, 30, 50] },
  { interval: 999, woken: [20, 20, 20, 30, 50] },
  { interval: 1_000, woken: [50, 50, 50, 50, 50] },
  { interval: 3_600_000, woken: [50, 50, 50, 50, 50] },
])(
  'wakes whoever has an interval of $interval ms at most a twentieth of it late, never early',
  ({ interval, woken }) => {
    const clock = new VirtualClock();
    const beat = new SharedBeat({ clock });
    const seen: number[] = [];
    for (const due of [12, 19.5, 20, 20.5, 45]) {
      beat.at(moment(due), milliseconds(interval), () => seen.push(clock.now()));
    }
    clock.advance(milliseconds(100));
    expect(seen).toEqual(woken);
  },
);

it('wakes those of one beat in the order in which they asked', () => {
  const clock = new VirtualClock();
  const beat = new SharedBeat({ clock });
  const seen: string[] = [];
  beat.at(moment(44), seconds(1), () => seen.push('a'));
  beat.at(moment(50), milliseconds(500), () => seen.push('b'));
  beat.at(moment(3), seconds(60), () => seen.push('c'));
  clock.advance(milliseconds(100));
  expect(seen).toEqual(['a', 'b', 'c']);
});

it('arms one timer for all of a beat', () => {
  const clock = new VirtualClock();
  let timers = 0;
  const counting = {
    now: () => clock.now(),
    wallNow: () => clock.wallNow(),
    after: (...args: Parameters<VirtualClock['after']>) => {
      timers += 1;
      return clock.after(...args);
    },
  };
  const beat = new SharedBeat({ clock: counting });
  let woken = 0;
  for (let due = 0; due < 1_000; due++) beat.at(moment(due + 0.5), seconds(1), () => woken++);
  clock.advance(milliseconds(1_000));
  expect([woken, timers]).toEqual([1_000, 20]);
});

it('calls nobody who was disposed, not even by another of the same beat, and keeps no timer for nobody', () => {
  const clock = new VirtualClock();
  const beat = new SharedBeat({ clock });
  const woken: string[] = [];
  const late = { current: null as Disposable | null };
  beat.at(moment(3), seconds(1), () => {
    woken.push('first');
    late.current?.[Symbol.dispose]();
  });
  late.current = beat.at(moment(4), seconds(1), () => woken.push('second'));
  beat.at(moment(70), seconds(1), () => woken.push('third'))[Symbol.dispose]();
  clock.advance(milliseconds(60));
  expect([woken, clock.untilNextTimer()]).toEqual([['first'], null]);
});

it('wakes at once, but not within the call, whoever is overdue', () => {
  const clock = new VirtualClock();
  clock.advance(milliseconds(95));
  const beat = new SharedBeat({ clock });
  const woken: number[] = [];
  beat.at(moment(40), seconds(1), () => woken.push(clock.now()));
  expect(woken).toEqual([]);
  clock.advance(milliseconds(0));
  expect(woken).toEqual([95]);
});

it('wakes a seat once for each time it is taken, at the last moment asked for, and not after it was left', () => {
  const clock = new VirtualClock();
  const beat = new SharedBeat({ clock });
  const woken: number[] = [];
  const seat = beat.seat(() => {
    woken.push(clock.now());
    if (woken.length === 1) seat.wakeAt(moment(1_040), seconds(1));
  });
  seat.wakeAt(moment(40), seconds(1));
  seat.wakeAt(moment(140), seconds(1));
  clock.advance(seconds(2));
  expect(woken).toEqual([150, 1_050]);
  seat.wakeAt(moment(2_040), seconds(1));
  seat[Symbol.dispose]();
  seat[Symbol.dispose]();
  expect(clock.untilNextTimer()).toBe(null);
  seat.wakeAt(moment(3_040), seconds(1));
  clock.advance(seconds(2));
  expect(woken).toEqual([150, 1_050, 3_050]);
});
