import { ICMPLibError } from './errors.ts';
import type { ICMPReply } from './icmp-reply.ts';

/** A host answered with something other than an echo reply. */
export class ICMPError extends ICMPLibError {
  override name = 'ICMPError';
  /** The answer itself. */
  readonly reply: ICMPReply;

  constructor(reply: ICMPReply, message = `Error type: ${reply.type}, code: ${reply.code}`) {
    super(message);
    this.reply = reply;
  }
}

/** The destination cannot be reached, and somebody said why. */
export class DestinationUnreachable extends ICMPError {
  override name = 'DestinationUnreachable';

  constructor(reply: ICMPReply, reason?: string) {
    super(reply, reason ?? `Destination unreachable, bad code: ${reply.code}`);
  }
}

/**
 * Codes 0 to 15 of type 3 (RFC 792, RFC 1122 §3.2.2.1, RFC 1812 §5.2.7.1). Codes 9 and 10 read "prohibited" where the
 * seed's library misspells it.
 */
const ICMPV4_UNREACHABLE_REASONS = [
  'Destination network unreachable',
  'Destination host unreachable',
  'Destination protocol unreachable',
  'Destination port unreachable',
  'Fragmentation needed and DF set',
  'Source route failed',
  'Destination network unknown',
  'Destination host unknown',
  'Source host isolated',
  'Destination network prohibited',
  'Destination host prohibited',
  'Destination network unreachable for ToS',
  'Destination host unreachable for ToS',
  'Packet filtered',
  'Precedence violation',
  'Precedence cutoff',
];

/** ICMPv4 type 3. With code 4 the reply's `mtu` tells the size that fits. */
export class ICMPv4DestinationUnreachable extends DestinationUnreachable {
  override name = 'ICMPv4DestinationUnreachable';

  constructor(reply: ICMPReply) {
    super(reply, ICMPV4_UNREACHABLE_REASONS[reply.code]);
  }
}

/** Codes 0 to 8 of type 1 (RFC 4443 §3.1; 7: RFC 6550, 8: RFC 8883), the last two unknown to the seed's library. */
const ICMPV6_UNREACHABLE_REASONS = [
  'No route to destination',
  'Communication with destination administratively prohibited',
  'Beyond scope of source address',
  'Address unreachable',
  'Port unreachable',
  'Source address failed ingress/egress policy',
  'Reject route to destination',
  'Error in source routing header',
  'Headers too long',
];

/** ICMPv6 type 1. */
export class ICMPv6DestinationUnreachable extends DestinationUnreachable {
  override name = 'ICMPv6DestinationUnreachable';

  constructor(reply: ICMPReply) {
    super(reply, ICMPV6_UNREACHABLE_REASONS[reply.code]);
  }
}

/** The hop limit ran out on the way, or the fragments did not all come in time. */
export class TimeExceeded extends ICMPError {
  override name = 'TimeExceeded';

  constructor(reply: ICMPReply, reason?: string) {
    super(reply, reason ?? `Time exceeded, bad code: ${reply.code}`);
  }
}

/** Codes of type 11 (RFC 792). */
const ICMPV4_TIME_EXCEEDED_REASONS = ['Time to live exceeded', 'Fragment reassembly time exceeded'];

/** ICMPv4 type 11. */
export class ICMPv4TimeExceeded extends TimeExceeded {
  override name = 'ICMPv4TimeExceeded';

  constructor(reply: ICMPReply) {
    super(reply, ICMPV4_TIME_EXCEEDED_REASONS[reply.code]);
  }
}

/** Codes of type 3 (RFC 4443 §3.3). */
const ICMPV6_TIME_EXCEEDED_REASONS = ['Hop limit exceeded', 'Fragment reassembly time exceeded'];

/** ICMPv6 type 3. */
export class ICMPv6TimeExceeded extends TimeExceeded {
  override name = 'ICMPv6TimeExceeded';

  constructor(reply: ICMPReply) {
    super(reply, ICMPV6_TIME_EXCEEDED_REASONS[reply.code]);
  }
}
