import { formatIpAddress } from '../../contract/ip-address.ts';
import type { ReceivedRecord } from './received-record.ts';
import type { ReceiveStamp } from './round-trip.ts';

/** One ICMP message that arrived, copied out of the batch it came in, so that it can wait for somebody to ask for it. */
export interface ReceivedDatagram extends ReceiveStamp {
  readonly family: 4 | 6;
  /** `other` answers no echo request: it has neither identifier nor sequence. */
  readonly kind: 'echo-reply' | 'error' | 'other';
  readonly type: number;
  readonly code: number;
  readonly identifier: number;
  readonly sequence: number;
  readonly bytesReceived: number;
  /** Who sent it, with zone where one is needed. */
  readonly source: string;
  /** The same without zone, to compare by. */
  readonly canonicalSource: string;
  /** Destination of the packet that an error quotes, without zone; null when not known. */
  readonly quotedDestination: string | null;
  readonly localAddress: string | null;
  readonly hopLimit: number | null;
  readonly trafficClass: number | null;
  readonly mtu: number | null;
  /** The ICMP message; of an error from the error queue what the kernel keeps of it, the quoted request and extensions. */
  readonly message: Uint8Array;
  /** Whether `message` is only that. */
  readonly isQuoteOnly: boolean;
  /** Where extensions start in `message`, or null; there may turn out to be none. */
  readonly extensionsAt: number | null;
  /** The part of `message` that is the payload. */
  readonly payload: Uint8Array;
}

/** Copies a record; null when it is no valid ICMP message. */
export function copyDatagram(record: ReceivedRecord): ReceivedDatagram | null {
  const { message, family, bytes } = record;
  if (record.kind !== 'message' && record.kind !== 'icmp-error') return null;
  if (message.kind === 'malformed') return null;
  const { quotedDestinationAt } = record;
  const { icmpAt, payloadStart, payloadEnd, extensionsAt } = message;
  const copy = bytes.slice(icmpAt, icmpAt + message.icmpBytes);
  return {
    family,
    kind: message.kind,
    type: message.type,
    code: message.code,
    identifier: message.identifier,
    sequence: message.sequence,
    bytesReceived: message.icmpBytes,
    source: record.sourceText(),
    canonicalSource: formatIpAddress(family, bytes, record.sourceAt),
    quotedDestination: quotedDestinationAt < 0 ? null : formatIpAddress(family, bytes, quotedDestinationAt),
    localAddress: record.localText(),
    hopLimit: record.hopLimit < 0 ? null : record.hopLimit,
    trafficClass: record.trafficClass < 0 ? null : record.trafficClass,
    mtu: record.mtu === 0 ? null : record.mtu,
    message: copy,
    isQuoteOnly: record.kind === 'icmp-error',
    extensionsAt: extensionsAt < 0 ? null : extensionsAt - icmpAt,
    payload: payloadEnd === 0 ? new Uint8Array() : copy.subarray(payloadStart - icmpAt, payloadEnd - icmpAt),
    hasKernelStamp: record.hasKernelStamp,
    realtimeSeconds: record.realtimeSeconds,
    realtimeNanoseconds: record.realtimeNanoseconds,
    readRealtimeSeconds: record.readRealtimeSeconds,
    readRealtimeNanoseconds: record.readRealtimeNanoseconds,
    readMonotonicMs: record.readMonotonicMs,
    roundTripMs: record.roundTripMs,
  };
}

/**
 * When a message arrived, on the monotonic clock in ms: when it was read, less the time it had waited for that by the
 * kernel's stamp. A clock step during that wait can only move it between the arrival and the read.
 */
export function arrivalMonotonicMs(stamp: ReceiveStamp): number {
  if (!stamp.hasKernelStamp) return stamp.readMonotonicMs;
  const waitedMs =
    (stamp.readRealtimeSeconds - stamp.realtimeSeconds) * 1_000 +
    (stamp.readRealtimeNanoseconds - stamp.realtimeNanoseconds) / 1e6;
  return stamp.readMonotonicMs - Math.max(0, waitedMs);
}
