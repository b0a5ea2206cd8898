import type { Unreachable } from '../../contract/scenario-properties.ts';
import type { IcmpErrorAnswer, IcmpExtensions } from '../icmp/probe-transport.ts';

type Meaning = Pick<IcmpErrorAnswer, 'kind' | 'icmpType' | 'icmpCode' | 'mtu'>;

const TIME_EXCEEDED: Readonly<Record<4 | 6, Meaning>> = {
  4: { kind: 'time-exceeded', icmpType: 11, icmpCode: 0, mtu: null },
  6: { kind: 'time-exceeded', icmpType: 3, icmpCode: 0, mtu: null },
};

/** Type of a destination unreachable (RFC 792, RFC 4443). */
const UNREACHABLE_TYPE = { 4: 3, 6: 1 } as const;

/** What the ICMP error of a place says. */
export function errorOf(error: {
  readonly family: 4 | 6;
  readonly fate: 'time-exceeded' | 'unreachable' | 'packet-too-big';
  readonly unreachable: Unreachable | null;
  readonly mtu: number;
}): Meaning {
  const { family, fate, unreachable, mtu } = error;
  switch (fate) {
    case 'time-exceeded':
      return TIME_EXCEEDED[family];
    case 'packet-too-big':
      // RFC 1191 §3 and RFC 4443 §3.2.
      return { kind: 'packet-too-big', icmpType: family === 4 ? 3 : 2, icmpCode: family === 4 ? 4 : 0, mtu };
    case 'unreachable': {
      const icmpType = unreachable?.icmpType ?? UNREACHABLE_TYPE[family];
      const kind = icmpType === UNREACHABLE_TYPE[family] ? 'destination-unreachable' : 'other-error';
      return { kind, icmpType, icmpCode: unreachable?.icmpCode ?? 0, mtu: null };
    }
  }
}

/** Bytes of an IPv4 error: its header, the quoted IP header and 8 bytes more (RFC 792). */
const IPV4_ERROR_BYTES = 8 + 20 + 8;
/** An IPv6 error quotes as much as fits the least MTU of 1,280 (RFC 4443 §2.4): 40 of IPv6 and 8 of its own are not quote. */
const IPV6_HEADER_BYTES = 8;
const IPV6_QUOTE_LIMIT = 1_280 - 40 - IPV6_HEADER_BYTES;
/** With extensions the quote has 128 bytes at least, and the structure has a header of 4 bytes (RFC 4884). */
const EXTENDED_QUOTE_BYTES = 128;
const OBJECT_HEADER_BYTES = 4;

/** ICMP bytes of an error about a packet of `bytes`. */
export function errorBytes(family: 4 | 6, bytes: number, extensions: IcmpExtensions | null): number {
  const plain = family === 4 ? IPV4_ERROR_BYTES : IPV6_HEADER_BYTES + Math.min(bytes, IPV6_QUOTE_LIMIT);
  if (extensions === null) return plain;
  const labels = extensions.mpls.length === 0 ? 0 : OBJECT_HEADER_BYTES + 4 * extensions.mpls.length;
  return Math.max(plain, 8 + EXTENDED_QUOTE_BYTES) + OBJECT_HEADER_BYTES + labels;
}
