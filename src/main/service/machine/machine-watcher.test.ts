import { expect, it } from 'vitest';
import { milliseconds, seconds } from '../../../contract/units.ts';
import { VirtualClock } from '../../base/clock.ts';
import type { MachineNetwork } from './machine-network.ts';
import { MachineWatcher } from './machine-watcher.ts';

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A machine that has one DNS server, and takes some time to say so. */
function watchedMachine(readTakesMs = 0) {
  const clock = new VirtualClock();
  const looks: number[] = [];
  const told: string[] = [];
  const bugs: unknown[] = [];
  const machine = { server: '192.0.2.1', failure: null as Error | null };
  const watcher = new MachineWatcher({
    clock,
    onBug: (error) => {
      if (error !== machine.failure) throw error;
      bugs.push(error);
      return 'reference';
    },
    read: async (): Promise<MachineNetwork> => {
      looks.push(clock.now());
      if (readTakesMs > 0) {
        await new Promise<void>((resolve) => void clock.after(milliseconds(readTakesMs), resolve));
      }
      if (machine.failure !== null) throw machine.failure;
      return { interfaces: [], defaultRoutes: null, nameServers: [machine.server] };
    },
  });
  const watch = (who: string) =>
    watcher.watch(({ change }) => {
      if (change.kind === 'name-servers') told.push(`${who} at ${clock.now()}: ${change.after}`);
    });
  const pass = async (s: number) => {
    for (let at = 0; at < s; at += 1) {
      await settled();
      clock.advance(seconds(1));
    }
    await settled();
  };
  return { watcher, machine, bugs, looks, told, watch, pass };
}

it('looks every two seconds, once for all who listen', async () => {
  const { looks, told, machine, watch, pass } = watchedMachine();
  watch('a');
  watch('b');
  await pass(3);
  machine.server = '192.0.2.2';
  await pass(3);
  expect(looks).toEqual([0, 2_000, 4_000, 6_000]);
  expect(told).toEqual(['a at 4000: 192.0.2.2', 'b at 4000: 192.0.2.2']);
});

it('does not look while nobody listens, and tells nothing of that time', async () => {
  const { looks, told, machine, watch, pass } = watchedMachine();
  await pass(5);
  expect(looks).toEqual([]);
  const first = watch('a');
  await pass(3);
  first[Symbol.dispose]();
  machine.server = '192.0.2.2';
  await pass(10);
  watch('b');
  await pass(3);
  expect(looks).toEqual([5_000, 7_000, 18_000, 20_000]);
  expect(told).toEqual([]);
});

it('looks less often where looking takes long, at most a fiftieth of the time', async () => {
  const { looks, watch, pass } = watchedMachine(1_000);
  watch('a');
  await pass(103);
  expect(looks).toEqual([0, 51_000, 102_000]);
});

it('looks on after a look that failed, and tells what changed meanwhile', async () => {
  const { looks, bugs, told, machine, watch, pass } = watchedMachine();
  watch('a');
  await pass(1);
  machine.failure = new Error('EMFILE');
  machine.server = '192.0.2.2';
  await pass(4);
  expect(bugs).toEqual([machine.failure, machine.failure]);
  machine.failure = null;
  await pass(3);
  expect(looks).toEqual([0, 2_000, 4_000, 6_000, 8_000]);
  expect(told).toEqual(['a at 6000: 192.0.2.2']);
});

it('looks on after the very first look failed', async () => {
  const { looks, told, machine, watch, pass } = watchedMachine();
  machine.failure = new Error('EMFILE');
  watch('a');
  await pass(1);
  machine.failure = null;
  await pass(3);
  machine.server = '192.0.2.2';
  await pass(2);
  expect(looks).toEqual([0, 2_000, 4_000, 6_000]);
  expect(told).toEqual(['a at 6000: 192.0.2.2']);
});

it('tells nothing once disposed, not even what was being read', async () => {
  const { watcher, told, machine, watch, pass } = watchedMachine(1_000);
  watch('a');
  await pass(51);
  machine.server = '192.0.2.2';
  watcher[Symbol.dispose]();
  await pass(100);
  expect(told).toEqual([]);
});
