import { expect, it } from 'vitest';
import { succeed } from '../../contract/failure.ts';
import type { PingEvent } from '../../contract/ping.ts';
import { epochMilliseconds, milliseconds } from '../../contract/units.ts';
import { VirtualClock } from '../base/clock.ts';
import { ProbePacer } from '../engine/probe-pacer.ts';
import type { ProbeTransport, RepeatedAnswer } from '../icmp/probe-transport.ts';
import { createPingService } from './ping-service.ts';
import { DEFAULT_OPTIONS } from './test-services.ts';
import { TransportPool } from './transport-pool.ts';

/** Every probe times out after a second; then come these answers. */
function transportWith(repeats: readonly RepeatedAnswer[], clock: VirtualClock): ProbeTransport {
  return {
    properties: {
      kind: 'simulated',
      family: 4,
      timestampSource: 'kernel',
      reportsErrors: true,
      lacks: [],
      localAddress: null,
    },
    send: (_probe, onResult, onRepeat) =>
      void clock.after(milliseconds(1_000), () => {
        onResult({ kind: 'timed-out', sentAt: epochMilliseconds(0) });
        for (const repeat of repeats) onRepeat?.(repeat);
      }),
    counters: () => ({ localDrops: 0, unmatched: 0, malformed: 0, forged: 0 }),
    [Symbol.dispose]: () => {},
  };
}

it('a router that answers after the timeout makes no reply of a lost ping', async () => {
  const clock = new VirtualClock();
  const word = { isEchoReply: false, responder: '198.51.100.1', rtt: milliseconds(1_200) };
  const reply = { kind: 'late', isEchoReply: true, responder: '192.0.2.7', rtt: milliseconds(1_300) } as const;
  const transport = transportWith([{ ...word, kind: 'late' }, { ...word, kind: 'duplicate' }, reply], clock);
  const events: PingEvent[] = [];
  const ping = createPingService({
    clock,
    pool: new TransportPool({ openTransport: async () => succeed(transport) }),
    pacer: new ProbePacer({ clock }),
    lookUp: () => Promise.reject(new Error('a numeric target needs no look-up')),
    onBug: (error) => {
      throw error;
    },
  });
  using _run = ping.run(
    { runId: 'run', targets: ['192.0.2.7'], count: 2, intervalMs: 1_000, options: DEFAULT_OPTIONS },
    { emit: (batch) => events.push(...batch), end: () => {}, isCongested: () => false },
  );
  for (let step = 0; step < 30; step++) {
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    clock.advance(milliseconds(100));
  }
  expect(events.filter(({ kind }) => kind === 'repeat')).toMatchObject([
    { sequence: 0, repeat: 'late', responder: '192.0.2.7' },
  ]);
});
