/** The library `hopscope/icmp`: ICMP sockets for Node, and what is built on them. */

export { isHostname, isIpv4Address, isIpv6Address } from './icmp/address-kind.ts';
export { AsyncSocket, type ReceiveOptions } from './icmp/async-socket.ts';
export type { EchoOptions } from './icmp/echo-exchange.ts';
export {
  ICMPLibError,
  ICMPSocketError,
  NameLookupError,
  SocketAddressError,
  SocketBroadcastError,
  SocketPermissionError,
  SocketUnavailableError,
  TimeoutExceeded,
} from './icmp/errors.ts';
export { Hop, type HopResponder } from './icmp/hop.ts';
export { Host } from './icmp/host.ts';
export {
  DestinationUnreachable,
  ICMPError,
  ICMPv4DestinationUnreachable,
  ICMPv4TimeExceeded,
  ICMPv6DestinationUnreachable,
  ICMPv6TimeExceeded,
  TimeExceeded,
} from './icmp/icmp-errors.ts';
export { ICMPReply, type ICMPReplyFields } from './icmp/icmp-reply.ts';
export { ICMPRequest, type ICMPRequestOptions } from './icmp/icmp-request.ts';
export { type ICMPSocket, type ICMPSocketOptions, ICMPv4Socket, ICMPv6Socket } from './icmp/icmp-socket.ts';
export { PID } from './icmp/identifier.ts';
export { type MultipingOptions, multiping } from './icmp/multiping.ts';
export { type PingOptions, ping } from './icmp/ping.ts';
export type { IcmpExtensions, InterfaceInformation, MplsLabel, TimestampSource } from './icmp/probe-transport.ts';
export { resolve } from './icmp/resolve.ts';
export { type TracerouteOptions, traceroute } from './icmp/traceroute.ts';
