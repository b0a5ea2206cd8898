import type { InFlightEntry } from './in-flight-table.ts';
import type { LocalAddresses } from './local-addresses.ts';
import {
  ECHO_HEADER_BYTES,
  ICMPV4_DESTINATION_UNREACHABLE,
  ICMPV4_FRAGMENTATION_NEEDED,
  ICMPV4_TIME_EXCEEDED,
  ICMPV6_DESTINATION_UNREACHABLE,
  ICMPV6_PACKET_TOO_BIG,
  ICMPV6_TIME_EXCEEDED,
} from './packet/echo.ts';
import { readExtensions } from './packet/icmp-extensions.ts';
import type { ProbePayload } from './probe-token.ts';
import type { IcmpErrorAnswer, ProbeResult } from './probe-transport.ts';
import { isQuoteAltered } from './quoted-request.ts';
import type { ReceivedRecord } from './received-record.ts';
import type { RoundTrip } from './round-trip.ts';

/** What kind of answer an ICMP error is (RFC 792; RFC 1191 for code 4; RFC 4443). The sets are open: the rest is `other-error`. */
function answerKind(family: 4 | 6, type: number, code: number): IcmpErrorAnswer['kind'] {
  // Type −1, which the system does not tell, is none of them.
  if (family === 4) {
    if (type === ICMPV4_TIME_EXCEEDED) return 'time-exceeded';
    if (type !== ICMPV4_DESTINATION_UNREACHABLE) return 'other-error';
    return code === ICMPV4_FRAGMENTATION_NEEDED ? 'packet-too-big' : 'destination-unreachable';
  }
  switch (type) {
    case ICMPV6_DESTINATION_UNREACHABLE:
      return 'destination-unreachable';
    case ICMPV6_PACKET_TOO_BIG:
      return 'packet-too-big';
    case ICMPV6_TIME_EXCEEDED:
      return 'time-exceeded';
    default:
      return 'other-error';
  }
}

/** The result of a probe whose verified answer is `record`. */
export function answerOf(
  entry: InFlightEntry,
  record: ReceivedRecord,
  trip: RoundTrip,
  local: LocalAddresses,
  payload: ProbePayload,
): ProbeResult {
  const message = record.message;
  const isReply = message.kind === 'echo-reply';
  // The text of the destination is at hand, and a verified reply came from there.
  const responder = isReply && !entry.anyResponder ? entry.destination : record.sourceText();
  const replyHopLimit = record.hopLimit < 0 ? null : record.hopLimit;
  const { sentAt } = entry;
  const { rtt, timestampSource } = trip;
  const bytesReceived = message.icmpBytes;
  // Written out: the usual answer is one object, not two and a copy.
  if (isReply) return { kind: 'echo-reply', sentAt, responder, rtt, timestampSource, replyHopLimit, bytesReceived };
  const { payloadBytes, serial, flow } = entry;
  const requestSum = payload.requestSum(payloadBytes, serial, flow);
  return {
    kind: answerKind(record.family, message.type, message.code),
    sentAt,
    responder,
    rtt,
    timestampSource,
    replyHopLimit,
    bytesReceived,
    icmpType: message.type < 0 ? null : message.type,
    icmpCode: message.code < 0 ? null : message.code,
    mtu: record.mtu === 0 ? null : record.mtu,
    fromThisMachine: local.isOwn(responder),
    quotedHopLimit: message.quotedHopLimit < 0 ? null : message.quotedHopLimit,
    isQuoteAltered:
      message.quotedChecksum < 0 ? null : isQuoteAltered(record, requestSum, ECHO_HEADER_BYTES + payloadBytes, local),
    extensions:
      message.extensionsAt < 0 ? null : readExtensions(record.bytes, message.extensionsAt, message.extensionsEnd),
  };
}
