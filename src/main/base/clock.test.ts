import { expect, it, vi } from 'vitest';
import { milliseconds } from '../../contract/units.ts';
import { SystemClock, VirtualClock } from './clock.ts';
import { SeededRandom } from './random.ts';

it('fires timers at their due time, in order of due time and then of making', () => {
  const clock = new VirtualClock();
  const fired: string[] = [];
  const after = (ms: number, name: string) => clock.after(milliseconds(ms), () => fired.push(`${name}@${clock.now()}`));
  after(20, 'b');
  after(10, 'a');
  after(20, 'c');
  clock.advance(milliseconds(20));
  expect(fired).toEqual(['a@10', 'b@20', 'c@20']);
});

it('fires a timer that another timer makes on the way, and none that was disposed', () => {
  const clock = new VirtualClock();
  const fired: number[] = [];
  const unwanted = clock.after(milliseconds(15), () => fired.push(-1));
  clock.after(milliseconds(10), () => {
    unwanted[Symbol.dispose]();
    clock.after(milliseconds(5), () => fired.push(clock.now()));
  });
  clock.advance(milliseconds(100));
  expect([fired, clock.now()]).toEqual([[15], 100]);
});

it('steps the wall clock alone', () => {
  const clock = new VirtualClock();
  const wall = clock.wallNow();
  clock.stepWall(milliseconds(-3_600_000));
  expect([clock.now(), clock.wallNow() - wall]).toEqual([0, -3_600_000]);
});

it('keeps order among ten thousand timers, a third of them disposed', () => {
  const clock = new VirtualClock();
  const random = new SeededRandom(3);
  const fired: number[] = [];
  const wanted: number[] = [];
  for (let count = 0; count < 10_000; count++) {
    const due = random.uint32() % 5_000;
    const timer = clock.after(milliseconds(due), () => fired.push(due));
    if (count % 3 === 0) timer[Symbol.dispose]();
    else wanted.push(due);
  }
  clock.advance(milliseconds(5_000));
  expect(fired).toEqual(wanted.sort((a, b) => a - b));
});

it('waits on the machine for as long as it is told, though no timeout lasts longer than 2^31 − 1 ms', () => {
  vi.useFakeTimers();
  try {
    const day = 86_400_000;
    const fired: string[] = [];
    const clock = new SystemClock();
    clock.after(milliseconds(365 * day), () => fired.push('a year'));
    const unwanted = clock.after(milliseconds(365 * day), () => fired.push('never'));
    clock.after(milliseconds(Number.POSITIVE_INFINITY), () => fired.push('at the end of time'));
    vi.advanceTimersByTime(100 * day);
    unwanted[Symbol.dispose]();
    vi.advanceTimersByTime(265 * day - 1);
    expect(fired).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(fired).toEqual(['a year']);
  } finally {
    vi.useRealTimers();
  }
});
