import { describe, expect, it } from 'vitest';
import { fail, succeed } from '../../contract/failure.ts';
import type { PingEvent } from '../../contract/ping.ts';
import { milliseconds } from '../../contract/units.ts';
import { VirtualClock } from '../base/clock.ts';
import { SeededRandom } from '../base/random.ts';
import { ProbePacer } from '../engine/probe-pacer.ts';
import { createSimulatedTransport } from '../simulated/simulated-transport.ts';
import { createPingService } from './ping-service.ts';
import { DEFAULT_OPTIONS } from './test-services.ts';
import { TransportPool } from './transport-pool.ts';

const QUICK = { kind: 'answers', delay: milliseconds(10) } as const;
const GONE = { kind: 'send-fails', reason: 'interface-gone', code: 'ENODEV' } as const;
const NO_ROUTE = { kind: 'send-fails', reason: 'no-route', code: 'ENETUNREACH' } as const;

/** A machine with one interface, `eth9`, and a run of pings through it; a socket of before it went stays dead. */
function createMachine(targets: readonly string[], whileDown: typeof GONE | typeof NO_ROUTE = GONE) {
  const clock = new VirtualClock();
  const random = new SeededRandom(3);
  let generation = 1;
  let isPresent = true;
  let openCount = 0;
  const openedAt: number[] = [];
  const pool = new TransportPool({
    openTransport: async ({ family }) => {
      openedAt.push(clock.now());
      if (!isPresent) return fail({ code: 'interface-not-found', interfaceName: 'eth9' });
      const own = generation;
      openCount += 1;
      const behaviour = () => (own === generation && isPresent ? QUICK : whileDown);
      const destinations = Object.fromEntries(targets.map((target) => [target, behaviour]));
      const transport = createSimulatedTransport({ clock, random }, { family, destinations });
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
  const events: PingEvent[] = [];
  const ping = createPingService({
    clock,
    pool,
    pacer: new ProbePacer({ clock }),
    lookUp: () => Promise.reject(new Error('no name is looked up here')),
    onBug: (error) => {
      bugs.push(error);
      return 'b1';
    },
  });
  const running = ping.run(
    { runId: 'run', targets: [...targets], count: null, intervalMs: 500, options: DEFAULT_OPTIONS },
    { emit: (batch) => events.push(...batch), end: () => {}, isCongested: () => false },
  );
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    openedAt,
    bugs,
    openCount: () => openCount,
    end: () => {
      ping.stop({ runId: 'run' });
      running[Symbol.dispose]();
    },
    take: () => {
      isPresent = false;
    },
    bring: () => {
      isPresent = true;
      generation += 1;
    },
    pass: async (ms: number) => {
      for (let passed = 0; passed < ms; passed += 50) {
        await settled();
        clock.advance(milliseconds(50));
      }
      await settled();
    },
    fatesOf: (target: string) =>
      events.flatMap((event) => (event.kind === 'sample' && event.target === target ? [event.sample.fate] : [])),
  };
}

describe('a run of pings whose interface goes', () => {
  it('says of each ping that it was not sent, looks for the interface once a second, and goes on when it is back', async () => {
    const machine = createMachine(['192.0.2.1']);
    await machine.pass(1_400);
    machine.take();
    await machine.pass(3_000);
    // Gone since the probe at 1.5 s.
    expect(machine.openedAt.map((at) => Math.round(at / 100) / 10)).toEqual([0, 1.5, 2.5, 3.5]);
    machine.bring();
    await machine.pass(2_000);
    expect(machine.fatesOf('192.0.2.1')).toEqual([
      ...Array(3).fill('echo-reply'),
      ...Array(7).fill('send-failed'),
      ...Array(3).fill('echo-reply'),
    ]);
    // The dead transport is closed as soon as nothing can be in flight over it: two seconds after the new one came.
    await machine.pass(1_000);
    expect(machine.openCount()).toBe(1);
    machine.end();
    expect([machine.openCount(), machine.bugs]).toEqual([0, []]);
  });

  it('opens one transport for all targets that share it', async () => {
    const machine = createMachine(['192.0.2.1', '192.0.2.2']);
    await machine.pass(900);
    machine.take();
    await machine.pass(300);
    machine.bring();
    await machine.pass(3_000);
    for (const target of ['192.0.2.1', '192.0.2.2']) expect(machine.fatesOf(target).at(-1)).toBe('echo-reply');
    expect(machine.openCount()).toBe(1);
    machine.end();
    expect(machine.openCount()).toBe(0);
  });

  it('leaves nothing open when it ends while another transport is being opened', async () => {
    const machine = createMachine(['192.0.2.1']);
    await machine.pass(900);
    machine.take();
    await machine.pass(300);
    machine.bring();
    // The attempt begins with the probe at 2 s; the run ends before it is done.
    await machine.pass(750);
    machine.end();
    await machine.pass(3_000);
    expect(machine.openCount()).toBe(0);
  });

  it('opens nothing for a ping that could not be sent for another reason', async () => {
    const machine = createMachine(['192.0.2.1'], NO_ROUTE);
    await machine.pass(900);
    machine.take();
    await machine.pass(3_000);
    expect([machine.openedAt.length, machine.fatesOf('192.0.2.1').at(-1)]).toEqual([1, 'send-failed']);
    machine.end();
  });
});
