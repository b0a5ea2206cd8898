import { describe, expect, it } from 'vitest';
import { hopLimit, milliseconds, seconds } from '../../contract/units.ts';
import { VirtualClock } from '../base/clock.ts';
import { SeededRandom } from '../base/random.ts';
import type { ProbeResult, RepeatedAnswer } from '../icmp/probe-transport.ts';
import { createSimulatedTransport, type SimulatedBehaviour, type SimulatedNetwork } from './simulated-transport.ts';

const TARGET = '192.0.2.1';
const PROBE = {
  destination: TARGET,
  hopLimit: hopLimit(64),
  payloadBytes: 100,
  trafficClass: 0,
  timeout: seconds(2),
};

function open(behaviour: SimulatedNetwork['destinations'][string], seed = 1) {
  const clock = new VirtualClock();
  const transport = createSimulatedTransport(
    { clock, random: new SeededRandom(seed) },
    { family: 4, destinations: { [TARGET]: behaviour } },
  );
  const told: (ProbeResult | RepeatedAnswer)[] = [];
  const send = (probe = PROBE) =>
    transport.send(
      probe,
      (result) => told.push(result),
      (repeat) => told.push(repeat),
    );
  return { clock, transport, told, send };
}

/** What one probe hears within ten seconds. */
function hear(behaviour: SimulatedBehaviour) {
  const { clock, told, send } = open(behaviour);
  send();
  clock.advance(seconds(10));
  return told;
}

/** Kinds that many probes hear. */
function kinds(behaviour: SimulatedBehaviour, count: number, seed?: number): string[] {
  const { clock, told, send } = open(behaviour, seed);
  for (let probe = 0; probe < count; probe += 1) {
    send();
    clock.advance(seconds(5));
  }
  return told.map(({ kind }) => kind);
}

describe('the simulated network', () => {
  it('answers after exactly the delay and never from within send', () => {
    const { clock, told, send } = open({ kind: 'answers', delay: milliseconds(20) });
    send();
    clock.advance(milliseconds(19.999));
    expect(told).toEqual([]);
    clock.advance(milliseconds(0.001));
    expect(told).toEqual([
      {
        kind: 'echo-reply',
        sentAt: 1_700_000_000_000,
        rtt: 20,
        responder: TARGET,
        timestampSource: 'kernel-transmit',
        replyHopLimit: 64,
        bytesReceived: 108,
      },
    ]);
  });

  it('calls an answer beyond the timeout late, after the timeout', () => {
    expect(hear({ kind: 'answers', delay: milliseconds(2_001) })).toEqual([
      { kind: 'timed-out', sentAt: 1_700_000_000_000 },
      { kind: 'late', isEchoReply: true, responder: TARGET, rtt: 2_001 },
    ]);
    expect(hear({ kind: 'answers', delay: seconds(2) }).map(({ kind }) => kind)).toEqual(['echo-reply']);
  });

  it('calls the second copy of a late answer a duplicate', () => {
    expect(hear({ kind: 'answers', delay: milliseconds(2_001), duplicateRatio: 1 }).map(({ kind }) => kind)).toEqual([
      'timed-out',
      'late',
      'duplicate',
    ]);
  });

  it('gives a second copy after the first', () => {
    expect(hear({ kind: 'answers', delay: milliseconds(5), duplicateRatio: 1, responder: '192.0.2.7' })).toMatchObject([
      { kind: 'echo-reply', responder: '192.0.2.7' },
      { kind: 'duplicate', responder: '192.0.2.7', rtt: 6 },
    ]);
  });

  it('tells errors, silence and failed sends as they are', () => {
    const error = { icmpType: 3, icmpCode: 4, responder: '198.51.100.1', mtu: 1_400 };
    expect(
      [
        { kind: 'icmp-error', error: 'packet-too-big', delay: milliseconds(3), ...error } as const,
        { kind: 'silent' } as const,
        { kind: 'send-fails', reason: 'no-route', code: 'ENETUNREACH' } as const,
      ].map(hear),
    ).toMatchObject([
      [{ kind: 'packet-too-big', rtt: 3, fromThisMachine: false, ...error }],
      [{ kind: 'timed-out' }],
      [{ kind: 'send-failed', reason: 'no-route', code: 'ENETUNREACH' }],
    ]);
  });

  it('refuses an address of the other family and keeps silent about one it does not know', () => {
    const { clock, told, send } = open({ kind: 'silent' });
    send({ ...PROBE, destination: '2001:db8::1' });
    send({ ...PROBE, destination: '192.0.2.99' });
    clock.advance(seconds(3));
    expect(told).toMatchObject([{ kind: 'send-failed', reason: 'invalid-destination' }, { kind: 'timed-out' }]);
  });

  it('loses its share of probes, the same ones for the same seed', () => {
    const lossy = { kind: 'answers', delay: milliseconds(1), lossRatio: 0.3 } as const;
    const first = kinds(lossy, 1_000);
    const lost = first.filter((kind) => kind === 'timed-out').length;
    // Four standard deviations of a binomial with n = 1,000 and p = 0.3 are 58.
    expect(Math.abs(lost - 300)).toBeLessThan(58);
    expect(kinds(lossy, 1_000)).toEqual(first);
    expect(kinds(lossy, 1_000, 2)).not.toEqual(first);
  });

  it('says nothing after it was closed and leaves no timer behind', () => {
    const { clock, transport, told, send } = open({ kind: 'answers', delay: milliseconds(20), duplicateRatio: 1 });
    send();
    clock.advance(milliseconds(20.5));
    transport[Symbol.dispose]();
    send();
    clock.advance(seconds(10));
    expect(told.map(({ kind }) => kind)).toEqual(['echo-reply']);
    expect(clock.untilNextTimer()).toBeNull();
  });
});
