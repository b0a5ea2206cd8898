import { describe, expect, it } from 'vitest';
import { succeed } from '../../contract/failure.ts';
import { milliseconds } from '../../contract/units.ts';
import { VirtualClock } from '../base/clock.ts';
import { SeededRandom } from '../base/random.ts';
import { ProbePacer } from '../engine/probe-pacer.ts';
import { createSimulatedTransport } from '../simulated/simulated-transport.ts';
import { MonitoredTarget } from './monitored-target.ts';
import { DEFAULT_OPTIONS } from './test-services.ts';
import { TransportPool } from './transport-pool.ts';

/** A machine whose interface comes and goes; a socket opened before it went stays dead, as Linux has it. */
function createMachine() {
  const clock = new VirtualClock();
  const random = new SeededRandom(3);
  let generation = 1;
  let isPresent = true;
  const opened: number[] = [];
  let openCount = 0;
  let holdUp = Promise.resolve();
  const pool = new TransportPool({
    openTransport: async ({ family }) => {
      await holdUp;
      opened.push(clock.now());
      if (!isPresent) return { ok: false, failure: { code: 'interface-not-found', interfaceName: 'eth9' } };
      const own = generation;
      openCount += 1;
      const transport = createSimulatedTransport(
        { clock, random },
        {
          family,
          destinations: {
            '192.0.2.1': () =>
              own === generation && isPresent
                ? { kind: 'answers', delay: milliseconds(10) }
                : { kind: 'send-fails', reason: 'interface-gone', code: 'ENODEV' },
          },
        },
      );
      return succeed({
        properties: transport.properties,
        send: (probe, onResult, onRepeat) => transport.send(probe, onResult, onRepeat),
        counters: () => transport.counters(),
        [Symbol.dispose]: () => {
          openCount -= 1;
          transport[Symbol.dispose]();
        },
      });
    },
  });
  const bugs: unknown[] = [];
  const lookUp = () => Promise.reject(new Error('no name is looked up here'));
  const onBug = (error: unknown) => {
    bugs.push(error);
    return 'b1';
  };
  const order = { monitorId: 'm', target: '192.0.2.1', intervalMs: 1_000, options: DEFAULT_OPTIONS };
  const target = new MonitoredTarget({ clock, pacer: new ProbePacer({ clock }), onBug, lookUp, pool }, order);
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    target,
    opened,
    bugs,
    openCount: () => openCount,
    takeInterface: () => {
      isPresent = false;
    },
    bringInterface: () => {
      isPresent = true;
      generation += 1;
    },
    /** From now on opening waits for this. */
    holdUpOpening: (until: Promise<void>) => {
      holdUp = until;
    },
    pass: async (ms: number) => {
      for (let passed = 0; passed < ms; passed += 50) {
        await settled();
        clock.advance(milliseconds(50));
      }
      await settled();
    },
  };
}

describe('a monitored target whose interface goes', () => {
  it('opens a new transport when it is back, waiting longer each time, and goes on counting without loss', async () => {
    const machine = createMachine();
    const { target, opened } = machine;
    await machine.pass(2_500);
    expect(target.statistics).toMatchObject({ sent: 3, received: 3 });
    machine.takeInterface();
    await machine.pass(7_000);
    // Gone at 3 s; then after 1, 2 and 3 s.
    expect(opened.map((at) => Math.round(at / 1_000))).toEqual([0, 4, 6, 9]);
    expect(target.monitor.state).toMatchObject({ phase: 'failed', failure: { code: 'interface-not-found' } });
    machine.bringInterface();
    await machine.pass(6_000);
    expect(target.monitor.state).toEqual({ phase: 'running' });
    const { sent, received, sendFailures, lossRatio } = target.statistics;
    expect({ sendFailures, lossRatio, lost: sent - received }).toEqual({ sendFailures: 1, lossRatio: 0, lost: 0 });
    expect(sent).toBeGreaterThan(4);
    expect(target.samples.from(0).map(({ fate }) => fate)).toEqual([
      ...Array(3).fill('echo-reply'),
      'send-failed',
      ...Array(sent - 3).fill('echo-reply'),
    ]);
    expect(machine.openCount()).toBe(1);
    target[Symbol.dispose]();
    expect(machine.openCount()).toBe(0);
  });

  it('opens nothing while paused, and a new transport as soon as it is resumed', async () => {
    const machine = createMachine();
    const { target, opened } = machine;
    await machine.pass(500);
    machine.takeInterface();
    await machine.pass(1_000);
    target.pause();
    machine.bringInterface();
    await machine.pass(30_000);
    expect([opened.length, target.monitor.state.phase]).toEqual([1, 'paused']);
    target.resume();
    await machine.pass(1_500);
    expect([opened.length, target.monitor.state.phase, target.statistics.lossRatio]).toEqual([2, 'running', 0]);
  });
});

describe('a bug in opening a target', () => {
  it('makes it fail, but not when it was paused meanwhile', async () => {
    for (const isPaused of [false, true]) {
      const machine = createMachine();
      let breakOpening = (_: Error) => {};
      machine.holdUpOpening(
        new Promise((_, reject) => {
          breakOpening = reject;
        }),
      );
      await machine.pass(100);
      if (isPaused) machine.target.pause();
      breakOpening(new Error('a bug'));
      await machine.pass(100);
      expect([machine.target.monitor.state.phase, machine.bugs.length]).toEqual([isPaused ? 'paused' : 'failed', 1]);
    }
  });
});
