import type { Ability } from '../../contract/abilities.ts';
import type { EpochMilliseconds, HopLimit, Milliseconds } from '../../contract/units.ts';

/**
 * The seam between the engine and the network. Implementations: the native socket (`socket-transport.ts`) and the
 * simulated network; one conformance suite runs against all of them.
 */
export interface ProbeTransport extends Disposable {
  readonly properties: TransportProperties;
  /**
   * Queues one echo request; it leaves at the end of the current task or as soon as a batch is full, whichever is
   * first. `onResult` is called exactly once, never from within `send`; not at all after dispose.
   * `onRepeat` is called for each answer that comes after the result: a second copy, or one after the timeout.
   */
  send(probe: ProbeRequest, onResult: (result: ProbeResult) => void, onRepeat?: (repeat: RepeatedAnswer) => void): void;
  /** What went wrong on this machine or did not belong to any probe, since opening. */
  counters(): TransportCounters;
}

/** What a transport is and can do. */
export interface TransportProperties {
  readonly kind: 'dgram' | 'raw' | 'echo-api' | 'simulated';
  readonly family: 4 | 6;
  /** Most exact source of its round trips; each result says its own. */
  readonly timestampSource: TimestampSource;
  /** Whether an ICMP error of a router arrives (without it a hop limit that runs out is silence). */
  readonly reportsErrors: boolean;
  /** The local address it is bound to, or null. */
  readonly localAddress: string | null;
  /** What it cannot do: a request that needs it is not to be made. */
  readonly lacks: readonly Ability[];
}

/** One echo request. */
export interface ProbeRequest {
  /** Numeric address of the transport's family; an IPv6 link-local one with `%zone`. */
  readonly destination: string;
  readonly hopLimit: HopLimit;
  /** Bytes after the ICMP header, 0 to 65,507 (IPv4) or 65,527 (IPv6). */
  readonly payloadBytes: number;
  /** DS field and ECN, 0 to 255 (RFC 2474). */
  readonly trafficClass: number;
  /** Longest wait for an answer, from the send. */
  readonly timeout: Milliseconds;
  /**
   * Flow, 0 to 65,534: probes of one flow to one destination with one payload size carry the same identifier and the
   * same ICMP checksum on the wire, because two payload bytes make up for what differs (Augustin and others, "Avoiding
   * traceroute anomalies with Paris traceroute", 2006), so that a load balancer that hashes them sends them one way.
   * Absent: the checksum is as it comes. Needs `payloadBytes` of at least FLOW_PAYLOAD_BYTES; with less the probe
   * comes back as `send-failed` with EINVAL.
   */
  readonly flow?: number;
}

/** Least payload of a probe with a flow: the token and the two bytes that keep the checksum. */
export const FLOW_PAYLOAD_BYTES = 10;

/**
 * Where a round trip's two moments come from: both from the kernel; the arrival from the kernel and the departure
 * read just before the system call; both read by the program; likewise, by the performance counter of Windows and
 * never above what the system's own whole milliseconds allow; or those, rounded up, when the program was woken late.
 */
export type TimestampSource = 'kernel-transmit' | 'kernel' | 'user' | 'performance-counter' | 'milliseconds';

/** The one fate of a probe. */
export type ProbeResult = EchoReply | IcmpErrorAnswer | TimedOut | SendFailed;

interface Sent {
  /** Wall time of the send, for showing only. */
  readonly sentAt: EpochMilliseconds;
}

interface Answered extends Sent {
  /** Who answered, zone included when link-local. */
  readonly responder: string;
  readonly rtt: Milliseconds;
  readonly timestampSource: TimestampSource;
  /** Hop limit left in the answer's IP header, or null where the platform does not tell. */
  readonly replyHopLimit: number | null;
  /** ICMP bytes received, header included; of an error on a dgram socket, what it quoted and any extensions; 0 where the system hands nothing of it over. */
  readonly bytesReceived: number;
}

export interface EchoReply extends Answered {
  readonly kind: 'echo-reply';
}

/** An ICMP error is an answer: a router or the destination said why the probe did not become a reply. */
export interface IcmpErrorAnswer extends Answered {
  readonly kind: 'time-exceeded' | 'destination-unreachable' | 'packet-too-big' | 'other-error';
  /** Null where the system does not tell it; so is the code. */
  readonly icmpType: number | null;
  readonly icmpCode: number | null;
  /** Next-hop MTU in bytes (RFC 1191, RFC 4443 §3.2), null when not told. */
  readonly mtu: number | null;
  /** Whether this very machine is the one that said it: no neighbour answered, or a local firewall rejected. */
  readonly fromThisMachine: boolean;
  /**
   * Hop limit left in the quoted IP header, usually 1 (0 of some routers); more of it hints at hops hidden by label
   * switching. Null where the platform does not hand over the quoted header, as on Linux to dgram sockets.
   */
  readonly quotedHopLimit: number | null;
  /**
   * Whether what was quoted differs from what was sent (its ICMP checksum or its source address): address translation
   * between here and the responder. Null when it cannot be told. Without the quoted header, as on Linux to dgram
   * sockets, only the checksum tells, which in IPv4 does not cover the source.
   */
  readonly isQuoteAltered: boolean | null;
  /**
   * Objects of the RFC 4884 extension structure, or null when there was none or its checksum or a length in it was
   * wrong. At most 64 labels and 64 other objects are read.
   */
  readonly extensions: IcmpExtensions | null;
}

/** What a router adds to an ICMP error behind the quoted packet (RFC 4884). */
export interface IcmpExtensions {
  /** Label stack that the probe carried when it arrived, top first (RFC 4950). */
  readonly mpls: readonly MplsLabel[];
  /** Interfaces that the router names (RFC 5837). */
  readonly interfaces: readonly InterfaceInformation[];
  /** Objects of other classes, told apart but not understood. */
  readonly others: ReadonlyArray<{
    readonly classNumber: number;
    readonly classType: number;
    readonly payloadBytes: number;
  }>;
}

/** One entry of a label stack (RFC 3032 §2.1). */
export interface MplsLabel {
  /** 0 to 1,048,575. */
  readonly label: number;
  /** 0 to 7 (RFC 5462). */
  readonly trafficClass: number;
  /** Whether it is the last of its stack. */
  readonly isBottom: boolean;
  /** 0 to 255. */
  readonly ttl: number;
}

/** One interface of a router, as far as it tells (RFC 5837 §4). */
export interface InterfaceInformation {
  /** What the packet had to do with it: came in there, came in on a part of it, was to leave there, or was to go to it next. */
  readonly role: 'incoming' | 'sub-ip-incoming' | 'outgoing' | 'next-hop';
  /** The router's own number of the interface (ifIndex of RFC 2863); null when not told. */
  readonly index: number | null;
  /** Its IP address; null when not told. */
  readonly address: string | null;
  /** The router's own name of the interface; null when not told. */
  readonly name: string | null;
  /** Largest packet that it takes, in bytes; null when not told. */
  readonly mtu: number | null;
}

export interface TimedOut extends Sent {
  readonly kind: 'timed-out';
}

/** The packet did not leave: a fault of this machine, never loss of the network. */
export interface SendFailed extends Sent {
  readonly kind: 'send-failed';
  readonly reason: SendFailureReason;
  /** The operating system's own name of the error, e.g. ENETUNREACH. */
  readonly code: string;
}

export type SendFailureReason =
  | 'no-route'
  | 'not-permitted'
  | 'broadcast-not-enabled'
  | 'too-big'
  | 'local-queue-full'
  | 'invalid-destination'
  | 'interface-gone'
  | 'local-network-denied'
  | 'not-on-this-system'
  | 'other';

/**
 * An answer to a probe that already had its result, which it does not change. Of a probe that timed out, the first echo
 * reply is late, and so is the first ICMP error unless a reply came before it; whatever else comes is a duplicate.
 */
export interface RepeatedAnswer {
  readonly kind: 'duplicate' | 'late';
  /** Whether it is an echo reply; otherwise an ICMP error, which shows that a router answers, not that the target does. */
  readonly isEchoReply: boolean;
  readonly responder: string;
  readonly rtt: Milliseconds;
}

export interface TransportCounters {
  /** Datagrams dropped on this machine before they were read: kernel buffer and our own queue together. */
  readonly localDrops: number;
  /** Valid ICMP messages that belonged to no probe of ours. */
  readonly unmatched: number;
  /** Datagrams that were not valid ICMP: short, wrong checksum, impossible lengths. */
  readonly malformed: number;
  /** Answers that named a probe of ours but came from the wrong address or without its token. */
  readonly forged: number;
}
