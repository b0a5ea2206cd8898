import type { Cure, Explanation } from './explanation.ts';

/** An ICMP error as it was received, without the probe that it answers. */
export interface IcmpErrorFacts {
  readonly family: 4 | 6;
  /** The type field, 0 to 255; its meaning depends on the family. Null where the system does not tell it. */
  readonly icmpType: number | null;
  /** The code field, 0 to 255, or null likewise. */
  readonly icmpCode: number | null;
  /** The address that sent the error. */
  readonly responder: string;
  /** Whether this machine itself gave up, which is no word from the network. */
  readonly fromThisMachine: boolean;
  /** The largest packet that goes through, where the error says so. */
  readonly mtuBytes: number | null;
}

/** `says` goes on from “10.0.0.1 says that …”. */
interface Entry {
  readonly title: string;
  readonly says: string;
  readonly cure: string | null;
}

/** By code; code 4 of type 3 is told with its MTU and stands apart. */
type Entries = Readonly<Record<number, Entry>>;

const ASK_OPERATOR = 'Only whoever runs that device, or the network behind it, can change this.';
const FILTERED = 'A firewall does this on purpose. Ask whoever runs it to let echo requests through.';
const CHECK_ADDRESS = 'Check the address. If it is right, the fault is in the routing there.';
const CHECK_HOST = 'Check that the host is switched on and connected.';

/** RFC 792 codes 0 to 5, RFC 1122 section 3.2.2.1 codes 6 to 12, RFC 1812 section 5.2.7.1 codes 13 to 15. */
const V4_UNREACHABLE: Entries = {
  0: { title: 'Network unreachable', says: 'it has no way to the network of the destination', cure: CHECK_ADDRESS },
  1: { title: 'Host unreachable', says: 'the destination does not answer on its own network', cure: CHECK_HOST },
  2: { title: 'Protocol unreachable', says: 'it does not take ICMP packets', cure: null },
  3: { title: 'Port unreachable', says: 'nothing listens there', cure: null },
  5: { title: 'Source route failed', says: 'the route that the packet prescribes does not work', cure: null },
  6: { title: 'Network unknown', says: 'the network of the destination does not exist', cure: CHECK_ADDRESS },
  7: { title: 'Host unknown', says: 'the destination does not exist', cure: CHECK_ADDRESS },
  8: { title: 'Source host isolated', says: 'this machine is cut off', cure: ASK_OPERATOR },
  9: { title: 'Network prohibited', says: 'access to the network of the destination is forbidden', cure: FILTERED },
  10: { title: 'Host prohibited', says: 'access to the destination is forbidden', cure: FILTERED },
  11: {
    title: 'Network unreachable for this type of service',
    says: 'it has no way to that network for the traffic class of the packet',
    cure: 'Use traffic class 0.',
  },
  12: {
    title: 'Host unreachable for this type of service',
    says: 'it has no way to the destination for the traffic class of the packet',
    cure: 'Use traffic class 0.',
  },
  13: { title: 'Filtered', says: 'a rule forbids passing the packet on', cure: FILTERED },
  14: {
    title: 'Precedence violation',
    says: 'the precedence of the packet is not allowed',
    cure: 'Use traffic class 0.',
  },
  15: { title: 'Precedence cut-off', says: 'the precedence of the packet is below the minimum', cure: ASK_OPERATOR },
};

/** RFC 4443 section 3.1; code 7 is from RFC 6550, code 8 from RFC 8883. */
const V6_UNREACHABLE: Entries = {
  0: { title: 'No route to the destination', says: 'it has no way to the destination', cure: CHECK_ADDRESS },
  1: { title: 'Prohibited', says: 'a rule forbids passing the packet on', cure: FILTERED },
  2: {
    title: 'Beyond the scope of the source address',
    says: 'the source address of the packet is not valid that far away',
    cure: 'Send from a global address of this machine.',
  },
  3: { title: 'Address unreachable', says: 'the destination does not answer on its own network', cure: CHECK_HOST },
  4: { title: 'Port unreachable', says: 'nothing listens there', cure: null },
  5: {
    title: 'Source address refused',
    says: 'its rules do not accept the source address of the packet',
    cure: FILTERED,
  },
  6: { title: 'Route rejected', says: 'its routing table refuses packets to the destination', cure: ASK_OPERATOR },
  7: { title: 'Source route refused', says: 'there is an error in the routing header of the packet', cure: null },
  8: { title: 'Headers too long', says: 'the headers of the packet are longer than it can handle', cure: null },
};

const HOP_LIMIT_CURE =
  'Raise the hop limit. If it is high already, packets go round in a circle between routers (a routing loop).';
const REASSEMBLY_CURE = 'Use a payload that fits into one packet.';

/** RFC 792. */
const V4_TIME_EXCEEDED: Entries = {
  0: { title: 'Time to live exceeded', says: 'the packet had used up its hops there', cure: HOP_LIMIT_CURE },
  1: {
    title: 'Reassembly time exceeded',
    says: 'not every fragment of the packet arrived in time',
    cure: REASSEMBLY_CURE,
  },
};

/** RFC 4443 section 3.3. */
const V6_TIME_EXCEEDED: Entries = {
  0: { title: 'Hop limit exceeded', says: 'the packet had used up its hops there', cure: HOP_LIMIT_CURE },
  1: {
    title: 'Reassembly time exceeded',
    says: 'not every fragment of the packet arrived in time',
    cure: REASSEMBLY_CURE,
  },
};

/** RFC 792; only the code differs by what the better way is for. */
const V4_REDIRECT: Entries = {
  0: { title: 'Redirect', says: 'another router is a better way to that network', cure: null },
  1: { title: 'Redirect', says: 'another router is a better way to that host', cure: null },
  2: { title: 'Redirect', says: 'another router is a better way to that network for this traffic class', cure: null },
  3: { title: 'Redirect', says: 'another router is a better way to that host for this traffic class', cure: null },
};

/** RFC 792 code 0, RFC 1108 code 1; code 2 as the IANA registry of ICMP parameters names it. */
const V4_PARAMETER_PROBLEM: Entries = {
  0: { title: 'Header error', says: 'a field of the packet’s header is wrong', cure: null },
  1: { title: 'Option missing', says: 'the packet lacks an option that is required there', cure: null },
  2: { title: 'Bad length', says: 'a length in the packet is wrong', cure: null },
};

/** RFC 4443 section 3.4; code 3 is from RFC 7112. */
const V6_PARAMETER_PROBLEM: Entries = {
  0: { title: 'Header error', says: 'a field of the packet’s header is wrong', cure: null },
  1: { title: 'Unknown next header', says: 'it does not know the kind of header that follows', cure: null },
  2: { title: 'Unknown option', says: 'it does not know an option of the packet', cure: null },
  3: { title: 'Incomplete headers', says: 'the first fragment does not hold all headers of the packet', cure: null },
};

/**
 * The words for an ICMP error: its name in the RFCs, who said what, and what to do. The set of types and codes is
 * open, so an unknown pair is told by its numbers.
 */
export function describeIcmpError(facts: IcmpErrorFacts): Explanation {
  const { family, responder, fromThisMachine } = facts;
  const numbers = `(${family === 6 ? 'ICMPv6' : 'ICMP'} ${numbersOf(facts)})`;
  if (fromThisMachine && isHostUnreachable(facts)) {
    return {
      title: family === 6 ? 'Address unreachable' : 'Host unreachable',
      sentence: `This machine asked its own network for the way, and nobody answered ${family === 6 ? 'neighbour discovery' : 'ARP'} ${numbers}.`,
      cure: cureOf('Check that the device is switched on and in the same network, or that the gateway is.'),
    };
  }
  const entry = family === 6 ? v6Entry(facts) : v4Entry(facts);
  const who = fromThisMachine ? 'This machine' : responder;
  return { title: entry.title, sentence: `${who} says that ${entry.says} ${numbers}.`, cure: cureOf(entry.cure) };
}

/** Type and code, as far as the system tells them. */
function numbersOf({ icmpType, icmpCode }: IcmpErrorFacts): string {
  if (icmpType === null) return 'error whose type this system does not tell';
  return icmpCode === null
    ? `type ${icmpType}; this system does not tell the code`
    : `type ${icmpType}, code ${icmpCode}`;
}

/** The entry of a code; none for one that is unknown, or was not told. */
function entryOf(entries: Entries, code: number | null): Entry | undefined {
  return code === null ? undefined : entries[code];
}

function isHostUnreachable({ family, icmpType, icmpCode }: IcmpErrorFacts): boolean {
  return family === 6 ? icmpType === 1 && icmpCode === 3 : icmpType === 3 && icmpCode === 1;
}

function v4Entry(facts: IcmpErrorFacts): Entry {
  const { icmpType, icmpCode } = facts;
  switch (icmpType) {
    case 3:
      if (icmpCode === 4) return tooBig('Fragmentation needed', 'this one must not be split', facts);
      return (
        entryOf(V4_UNREACHABLE, icmpCode) ?? unknownCode('Destination unreachable', 'the destination is unreachable')
      );
    case 4:
      return { title: 'Source quench', says: 'packets come faster than it can pass them on', cure: 'Send less often.' };
    case 5:
      return entryOf(V4_REDIRECT, icmpCode) ?? unknownCode('Redirect', 'another router is a better way');
    case 11:
      return entryOf(V4_TIME_EXCEEDED, icmpCode) ?? unknownCode('Time exceeded', 'the packet took too long');
    case 12:
      return (
        entryOf(V4_PARAMETER_PROBLEM, icmpCode) ?? unknownCode('Parameter problem', 'something in the packet is wrong')
      );
    default:
      return unknownCode('ICMP error', 'the probe failed, in a way that has no name here');
  }
}

function v6Entry(facts: IcmpErrorFacts): Entry {
  const { icmpType, icmpCode } = facts;
  switch (icmpType) {
    case 1:
      return (
        entryOf(V6_UNREACHABLE, icmpCode) ?? unknownCode('Destination unreachable', 'the destination is unreachable')
      );
    case 2:
      return tooBig('Packet too big', 'IPv6 routers do not split any', facts);
    case 3:
      return entryOf(V6_TIME_EXCEEDED, icmpCode) ?? unknownCode('Time exceeded', 'the packet took too long');
    case 4:
      return (
        entryOf(V6_PARAMETER_PROBLEM, icmpCode) ?? unknownCode('Parameter problem', 'something in the packet is wrong')
      );
    default:
      return unknownCode('ICMPv6 error', 'the probe failed, in a way that has no name here');
  }
}

/** Bytes of IP and ICMP header before the payload: 20 + 8 (RFC 791 without options) and 40 + 8 (RFC 8200). */
const HEADER_BYTES = { 4: 28, 6: 48 } as const;

function tooBig(title: string, unsplit: string, { family, mtuBytes }: IcmpErrorFacts): Entry {
  if (mtuBytes === null) {
    return { title, says: `the packet is too big for the next link, and ${unsplit}`, cure: 'Use a smaller payload.' };
  }
  const largestPayload = Math.max(0, mtuBytes - HEADER_BYTES[family]);
  return {
    title,
    says: `the next link takes packets of at most ${mtuBytes.toLocaleString('en')} bytes, and ${unsplit}`,
    cure: `Use a payload of at most ${largestPayload.toLocaleString('en')} bytes.`,
  };
}

function unknownCode(title: string, says: string): Entry {
  return { title, says, cure: null };
}

function cureOf(sentence: string | null): Cure | null {
  return sentence === null ? null : { sentence, command: null };
}
