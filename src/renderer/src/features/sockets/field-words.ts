import type { PacketField, PacketFieldName, PacketPart } from '../../../../contract/packet-field.ts';
import { formatQuantity } from '../../format/count.ts';

/** The heading over the fields of a part. */
export function partWords(part: PacketPart): string {
  switch (part) {
    case 'icmp':
      return 'ICMP message';
    case 'quoted-ip':
      return 'Quoted IP header';
    case 'quoted-icmp':
      return 'Quoted request';
    case 'extensions':
      return 'Extensions (RFC 4884)';
  }
}

const NAMES: Readonly<Record<PacketFieldName, string>> = {
  type: 'Type',
  code: 'Code',
  checksum: 'Checksum',
  identifier: 'Identifier',
  sequence: 'Sequence',
  payload: 'Payload',
  unused: 'Unused',
  'quote-length': 'Length of the quote',
  mtu: 'MTU of the next hop',
  pointer: 'Pointer',
  gateway: 'Gateway',
  version: 'Version, header',
  'traffic-class': 'Traffic class',
  'version-class-flow': 'Version, class, flow',
  'total-length': 'Total length',
  'payload-length': 'Payload length',
  identification: 'Identification',
  fragment: 'Flags, offset',
  'hop-limit': 'TTL left',
  protocol: 'Protocol',
  'header-checksum': 'Header checksum',
  source: 'Source',
  destination: 'Destination',
  options: 'Options',
  data: 'Data',
  padding: 'Padding',
  'extension-version': 'Version',
  'object-length': 'Object length',
  'object-class': 'Object class, type',
  'mpls-entry': 'MPLS label',
};

export function fieldName({ name }: PacketField): string {
  return NAMES[name];
}

/** Types that an echo, and an error about one, may have (RFC 792, RFC 4443). */
const TYPES = {
  4: { 0: 'echo reply', 3: 'destination unreachable', 5: 'redirect', 8: 'echo request', 11: 'time exceeded' },
  6: { 1: 'destination unreachable', 2: 'packet too big', 3: 'time exceeded', 128: 'echo request', 129: 'echo reply' },
} as const;

/** What a field says, as a person reads it. */
export function fieldValue({ name, value, startByte, endByte }: PacketField, family: 4 | 6): string {
  if (typeof value === 'string') return value;
  if (value === null) {
    if (name === 'checksum') return 'written by the kernel';
    return formatQuantity(endByte - startByte, 'byte');
  }
  switch (name) {
    case 'type': {
      const words = (TYPES[family] as Readonly<Record<number, string>>)[value];
      return words === undefined ? String(value) : `${value} · ${words}`;
    }
    case 'identifier':
      return `${value} · ${hexOf(value, 4)}`;
    case 'checksum':
    case 'header-checksum':
    case 'identification':
      return hexOf(value, 4);
    case 'traffic-class':
      return hexOf(value, 2);
    case 'version':
      return `${value >> 4}, ${(value & 0x0f) * 4} bytes`;
    case 'version-class-flow':
      return `${value >>> 28}, ${hexOf((value >>> 20) & 0xff, 2)}, ${hexOf(value & 0xfffff, 5)}`;
    case 'fragment':
      return `${(value & 0x4000) === 0 ? 'may be fragmented' : "don't fragment"}, ${(value & 0x1fff) * 8}`;
    case 'protocol':
      return value === 1 ? '1 · ICMP' : value === 58 ? '58 · ICMPv6' : String(value);
    case 'mtu':
    case 'total-length':
    case 'payload-length':
    case 'object-length':
      return formatQuantity(value, 'byte');
    case 'quote-length':
      return value === 0 ? '0 · not told' : `${value} words of ${family === 4 ? 4 : 8} bytes`;
    case 'extension-version':
      return String(value >> 12);
    case 'object-class':
      return `${value >> 8}, ${value & 0xff}`;
    case 'mpls-entry':
      return `${value >>> 12} · class ${(value >>> 9) & 7} · TTL ${value & 0xff}${(value & 0x100) === 0 ? '' : ' · bottom'}`;
    case 'code':
    case 'sequence':
    case 'payload':
    case 'unused':
    case 'pointer':
    case 'gateway':
    case 'hop-limit':
    case 'source':
    case 'destination':
    case 'options':
    case 'data':
    case 'padding':
      return String(value);
  }
}

function hexOf(value: number, digits: number): string {
  return `0x${value.toString(16).padStart(digits, '0')}`;
}
