import { epochMilliseconds, type Milliseconds, milliseconds } from '../../../contract/units.ts';
import type { Clock, VirtualClock } from '../../base/clock.ts';
import type { ProbeRequest, ProbeResult, ProbeTransport } from '../../icmp/probe-transport.ts';

/** What happens to a probe: who answers and how, or null when it is lost. The delay is 10 ms unless told. */
export interface ScriptedAnswer {
  readonly kind: 'echo-reply' | 'time-exceeded' | 'destination-unreachable' | 'packet-too-big' | 'too-big-to-send';
  readonly responder: string;
  readonly mtu?: number;
  readonly delay?: Milliseconds;
}

export interface ScriptedTransport extends ProbeTransport {
  /** Every probe that was handed over, in order. */
  readonly sent: readonly ProbeRequest[];
}

/** A transport that answers as a function says; `nth` counts the probes from 0. */
export function createScriptedTransport(
  clock: Clock,
  answer: (probe: ProbeRequest, nth: number) => ScriptedAnswer | null,
): ScriptedTransport {
  const sent: ProbeRequest[] = [];
  return {
    sent,
    properties: {
      kind: 'simulated',
      family: 4,
      timestampSource: 'user',
      reportsErrors: true,
      lacks: [],
      localAddress: null,
    },
    send(probe, onResult) {
      const scripted = answer(probe, sent.length);
      const sentAt = clock.wallNow();
      sent.push(probe);
      const delay = scripted === null ? probe.timeout : (scripted.delay ?? milliseconds(10));
      clock.after(delay, () => onResult(resultOf(scripted, sentAt, delay)));
    },
    counters: () => ({ localDrops: 0, unmatched: 0, malformed: 0, forged: 0 }),
    [Symbol.dispose]() {},
  };
}

function resultOf(scripted: ScriptedAnswer | null, sentAtMs: number, rtt: Milliseconds): ProbeResult {
  const sentAt = epochMilliseconds(sentAtMs);
  if (scripted === null) return { kind: 'timed-out', sentAt };
  if (scripted.kind === 'too-big-to-send') return { kind: 'send-failed', sentAt, reason: 'too-big', code: 'EMSGSIZE' };
  const answered = {
    sentAt,
    responder: scripted.responder,
    rtt,
    timestampSource: 'user',
    replyHopLimit: 60,
    bytesReceived: 64,
  } as const;
  if (scripted.kind === 'echo-reply') return { kind: 'echo-reply', ...answered };
  const [icmpType, icmpCode] = {
    'time-exceeded': [11, 0] as const,
    'destination-unreachable': [3, 1] as const,
    'packet-too-big': [3, 4] as const,
  }[scripted.kind];
  return {
    kind: scripted.kind,
    ...answered,
    icmpType,
    icmpCode,
    mtu: scripted.mtu ?? null,
    fromThisMachine: false,
    quotedHopLimit: 1,
    isQuoteAltered: false,
    extensions: null,
  };
}

/** Moves a virtual clock from timer to timer until a promise has settled, and gives its value. */
export async function settled<T>(clock: VirtualClock, promise: Promise<T>): Promise<T> {
  let isSettled = false;
  const noted = promise.finally(() => {
    isSettled = true;
  });
  noted.catch(() => {});
  for (;;) {
    // A chain of awaits between two timers takes some turns of the microtask queue.
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    const wait = clock.untilNextTimer();
    if (isSettled || wait === null) return await noted;
    clock.advance(wait);
  }
}
