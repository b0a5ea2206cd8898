import type { Sample } from '../../contract/probe.ts';
import type { ProbeResult } from '../icmp/probe-transport.ts';

/** A probe's fate as it crosses borders: units in the names, the kinds of ICMP error told by type and code. */
export function toSample(sequence: number, result: ProbeResult): Sample {
  const sentAtEpochMs = result.sentAt;
  switch (result.kind) {
    case 'echo-reply':
      return {
        fate: 'echo-reply',
        sequence,
        sentAtEpochMs,
        rttMs: result.rtt,
        responder: result.responder,
        replyHopLimit: result.replyHopLimit,
        bytesReceived: result.bytesReceived,
        timestampSource: result.timestampSource,
      };
    case 'time-exceeded':
    case 'destination-unreachable':
    case 'packet-too-big':
    case 'other-error':
      return {
        fate: 'icmp-error',
        sequence,
        sentAtEpochMs,
        rttMs: result.rtt,
        responder: result.responder,
        icmpType: result.icmpType,
        icmpCode: result.icmpCode,
        mtuBytes: result.mtu,
        fromThisMachine: result.fromThisMachine,
      };
    case 'timed-out':
      return { fate: 'timed-out', sequence, sentAtEpochMs };
    case 'send-failed':
      return { fate: 'send-failed', sequence, sentAtEpochMs, reason: result.reason, osCode: result.code };
  }
}
