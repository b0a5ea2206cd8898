import type { Sample } from '../../../contract/probe.ts';

/** Samples for tests, one fate each. */

export function reply(sequence: number, sentAtEpochMs: number, rttMs: number): Sample {
  return {
    fate: 'echo-reply',
    sequence,
    sentAtEpochMs,
    rttMs,
    responder: '192.0.2.1',
    replyHopLimit: 57,
    bytesReceived: 64,
    timestampSource: 'kernel',
  };
}

export function timedOut(sequence: number, sentAtEpochMs: number): Sample {
  return { fate: 'timed-out', sequence, sentAtEpochMs };
}

export function unreachable(sequence: number, sentAtEpochMs: number): Sample {
  return {
    fate: 'icmp-error',
    sequence,
    sentAtEpochMs,
    rttMs: 0.8,
    responder: '10.71.1.2',
    icmpType: 3,
    icmpCode: 0,
    mtuBytes: null,
    fromThisMachine: false,
  };
}

export function noRoute(sequence: number, sentAtEpochMs: number): Sample {
  return { fate: 'send-failed', sequence, sentAtEpochMs, reason: 'no-route', osCode: 'ENETUNREACH' };
}
