import type { Failure } from '../../contract/failure.ts';
import type { ExchangeArgs, ExchangeEvent, ExchangeReply, ToldMessage } from '../../contract/sockets.ts';
import {
  ICMPLibError,
  ICMPSocketError,
  SocketAddressError,
  SocketBroadcastError,
  SocketPermissionError,
} from '../icmp/errors.ts';
import type { ICMPReply } from '../icmp/icmp-reply.ts';
import type { ICMPRequest } from '../icmp/icmp-request.ts';
import { encodeEchoRequest } from '../icmp/packet/echo.ts';
import { fieldsOfMessage, fieldsOfQuote } from '../icmp/packet/packet-fields.ts';
import { sendFailureReason } from '../icmp/send-failure.ts';

/** Where the library's objects and errors become values of the contract. */

/** An error of the library as a value. @throws anything else again: it is a bug. */
export function toRaised(error: unknown): { name: string; message: string } {
  if (error instanceof ICMPLibError) return { name: error.name, message: error.message };
  throw error;
}

/** What `raiseForStatus` throws, or null. */
function raisedBy(reply: ICMPReply): ExchangeReply['raised'] {
  try {
    reply.raiseForStatus();
    return null;
  } catch (error) {
    return toRaised(error);
  }
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
}

/** The bytes of a request that has left. */
export function toSentMessage(family: 4 | 6, request: ICMPRequest): ToldMessage {
  const bytes = encodeEchoRequest(family, request.id, request.sequence, request.payload);
  if (family === 4) return { hex: hexOf(bytes), isQuoteOnly: false, fields: fieldsOfMessage(family, bytes) };
  // Over ICMPv6 the kernel computes the checksum, which covers the addresses too.
  bytes.fill(0, 2, 4);
  const fields = fieldsOfMessage(family, bytes).map((field) =>
    field.name === 'checksum' ? { ...field, value: null } : field,
  );
  return { hex: hexOf(bytes), isQuoteOnly: false, fields };
}

/** The bytes of a reply; null when a reply has none. */
export function toReceivedMessage({ family, message, isQuoteOnly, extensionsAt }: ICMPReply): ToldMessage | null {
  if (message === null) return null;
  const fields = isQuoteOnly ? fieldsOfQuote(family, message, extensionsAt) : fieldsOfMessage(family, message);
  return { hex: hexOf(message), isQuoteOnly, fields };
}

/** A reply without its bytes. */
export function toToldReply(
  reply: ICMPReply,
  requestIndex: number | null,
  fromThisMachine: boolean,
): Omit<ExchangeReply, 'message'> {
  return {
    kind: 'reply',
    requestIndex,
    source: reply.source,
    family: reply.family,
    fromThisMachine,
    id: reply.id,
    sequence: reply.sequence,
    icmpType: reply.type,
    icmpCode: reply.code,
    bytesReceived: reply.bytesReceived,
    arrivedAtEpochMs: reply.time * 1_000,
    rttMs: reply.rtt,
    timestampSource: reply.timestampSource,
    ttl: reply.ttl,
    trafficClass: reply.trafficClass,
    mtuBytes: reply.mtu,
    localAddress: reply.localAddress,
    isDuplicate: reply.isDuplicate,
    raised: raisedBy(reply),
  };
}

/** Why a request did not leave. @throws what is no error of a socket: it is a bug. */
export function toSendFailure(
  error: unknown,
  requestIndex: number,
  sequence: number,
): Extract<ExchangeEvent, { kind: 'send-failed' }> {
  if (!(error instanceof ICMPSocketError)) throw error;
  const osCode = error.code ?? '';
  // A zone that names no interface is refused before the system is asked.
  const reason =
    osCode === 'EAI_NONAME' ? 'invalid-destination' : sendFailureReason(osCode, error instanceof SocketBroadcastError);
  return { kind: 'send-failed', requestIndex, sequence, reason, osCode, raised: toRaised(error) };
}

/** Why a socket could not be opened. The set of the system's names is open: the rest keeps its name and its call. @throws what is no error of a socket. */
export function toOpenFailure(
  error: unknown,
  family: 4 | 6,
  { source, interfaceName, privileged }: Pick<ExchangeArgs, 'source' | 'interfaceName' | 'privileged'>,
): Failure {
  if (error instanceof SocketPermissionError) {
    const transport = privileged ? 'raw' : 'dgram';
    return {
      code: 'icmp-not-permitted',
      attempts: [{ transport, osCode: error.code ?? '', pingGroupRange: error.groupRange }],
    };
  }
  if (error instanceof SocketAddressError) return { code: 'address-not-local', address: error.address };
  if (!(error instanceof ICMPSocketError)) throw error;
  switch (error.code) {
    case 'ENODEV':
    case 'ENXIO':
      return { code: 'interface-not-found', interfaceName: interfaceName ?? source ?? '' };
    case 'EAFNOSUPPORT':
      return { code: 'family-not-supported', family };
    case 'ENOTSUP':
      return { code: 'platform-not-supported', platform: process.platform };
    default:
      return { code: 'system-error', osCode: error.code ?? '', syscall: error.syscall ?? '' };
  }
}
