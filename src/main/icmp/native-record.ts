/**
 * The two record layouts in which batches cross between TypeScript and the native addon: byte offsets, in the
 * machine's byte order (little-endian on every platform supported). Addresses are 16 bytes, an IPv4 one in the first 4.
 */

/** Byte offsets of a SEND record; a record is `HEADER + ICMP bytes` rounded up to a multiple of 8. */
export const SEND = {
  /** u16 in: ICMP bytes (header and payload). */
  icmpBytes: 0,
  /** u8 in: hop limit 1–255; 0 means the usual 64. Also set for multicast destinations. */
  hopLimit: 2,
  /** u8 in: traffic class. */
  trafficClass: 3,
  /** u32 in: scope id of an IPv6 destination, else 0. */
  scopeId: 4,
  /** 16 bytes in: destination, IPv4 in the first 4. */
  destination: 8,
  /** i32 out: 0 sent, else the errno. */
  errno: 24,
  /** u32 out: key that the transmit stamp of this packet will carry; 0 when none was asked for. */
  transmitKey: 28,
  /** u32 out, u32 out: CLOCK_REALTIME just before the system call. */
  realtimeSeconds: 32,
  realtimeNanoseconds: 36,
  /** f64 out: CLOCK_MONOTONIC in ms, read together with it. */
  monotonicMs: 40,
  /** u32 out, u32 out: the transmit stamp itself where it was there when the call returned (no record brings it then), else 0. */
  transmitSeconds: 48,
  transmitNanoseconds: 52,
  /** u32 in: longest wait for the answer in ms, 0 the backend's usual; only the echo interface, which keeps time itself, heeds it. */
  waitMs: 56,
  HEADER: 64,
} as const;

/** Kinds of RECEIVE record. */
export const RECORD_DATAGRAM = 1;
/** An ICMP error from the error queue (dgram sockets): `data` is the quoted original ICMP message. */
export const RECORD_ICMP_ERROR = 2;
/** An error of this machine from the error queue, e.g. EMSGSIZE with the MTU in `info`. */
export const RECORD_LOCAL_ERROR = 3;
/** The kernel's transmit stamp of the packet with `transmitKey`, unless `send` gave it; no data. It precedes the reply to that packet. */
export const RECORD_TRANSMIT_STAMP = 4;
/**
 * What the echo interface of Windows tells instead of a packet: a reply, an ICMP error, or that the request was not sent
 * after all (or something came back that it cannot tell), with the errno. `data` is the header that the request was
 * given with, by which its sender knows it, and of a reply what it carried behind that.
 */
export const RECORD_ECHO_REPLY = 5;
export const RECORD_ECHO_ERROR = 6;
export const RECORD_ECHO_FAILURE = 7;

/** Flags of a RECEIVE record. */
export const FLAG_HOP_LIMIT = 0x01;
export const FLAG_TRAFFIC_CLASS = 0x02;
export const FLAG_LOCAL_ADDRESS = 0x04;
/** The realtime stamp is the kernel's; otherwise it was read when the datagram was. */
export const FLAG_KERNEL_TIMESTAMP = 0x08;
export const FLAG_TRUNCATED = 0x10;
/** RECORD_ICMP_ERROR: an RFC 4884 extension structure starts at `extensionOffset` of the data. */
export const FLAG_EXTENSIONS = 0x20;
/** RECORD_ICMP_ERROR: the kernel found the extension structure's checksum wrong. */
export const FLAG_EXTENSION_CHECKSUM_BAD = 0x40;
/** The data starts with an IPv4 header (raw IPv4 sockets). */
export const FLAG_IP_HEADER = 0x80;
/** RECORD_ECHO_ERROR: the system does not tell the ICMP type, or the code. */
export const FLAG_TYPE_UNKNOWN = 0x100;
export const FLAG_CODE_UNKNOWN = 0x200;
/** `roundTripMs` is told. */
export const FLAG_ROUND_TRIP = 0x400;

/** Byte offsets of a RECEIVE record; a record is `HEADER + data` rounded up to a multiple of 8. */
export const RECEIVE = {
  /** u32: bytes of the whole record, padding included. */
  recordBytes: 0,
  /** u8: RECORD_…. */
  kind: 4,
  /** u8: 4 or 6. */
  family: 5,
  /** u8: hop limit of the received packet (on errors: of the error packet). */
  hopLimit: 6,
  /** u8 */
  trafficClass: 7,
  /** u16: FLAG_… */
  flags: 8,
  /** u16: bytes of data. */
  dataBytes: 10,
  /** u32: index of the interface it arrived on, 0 unknown. */
  interfaceIndex: 12,
  /** 16 bytes: who sent the datagram; on errors the offender. IPv4 in the first 4. */
  source: 16,
  /** 16 bytes: local address it was sent to; on errors the destination of the original packet. */
  local: 32,
  /** u32: scope id of `source`. */
  scopeId: 48,
  /** u32: ee_info, e.g. the MTU. */
  info: 52,
  /** u32, u32: CLOCK_REALTIME when the kernel received it (or, without the flag, when it was read). */
  realtimeSeconds: 56,
  realtimeNanoseconds: 60,
  /** u32, u32: CLOCK_REALTIME when it was read. */
  readRealtimeSeconds: 64,
  readRealtimeNanoseconds: 68,
  /** f64: CLOCK_MONOTONIC in ms when it was read. */
  readMonotonicMs: 72,
  /** u32: RECORD_TRANSMIT_STAMP: the key. */
  transmitKey: 80,
  /** u8, u8: ICMP type and code of an error. */
  icmpType: 84,
  icmpCode: 85,
  /** u16: offset of the RFC 4884 extension structure within the data. */
  extensionOffset: 86,
  /** i32: ee_errno of an error. */
  errno: 88,
  /** u32: round trip in whole ms as the system measured it, rounded down. */
  roundTripMs: 92,
  HEADER: 96,
} as const;
