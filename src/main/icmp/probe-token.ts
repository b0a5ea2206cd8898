import { onesSum } from './packet/checksum.ts';
import { ICMPV4_ECHO_REQUEST, ICMPV6_ECHO_REQUEST } from './packet/echo.ts';
import { FLOW_PAYLOAD_BYTES } from './probe-transport.ts';

/**
 * The first bytes of a probe's payload, by which an answer is known to be to our probe: 4 bytes of a secret drawn
 * when the transport opened, then 4 of the probe's serial number, most significant byte first. Who cannot see the
 * request cannot forge them. A shorter payload carries as many of them as fit.
 */
export const PROBE_TOKEN_BYTES = 8;

/** What the counting pattern has where a flow's balance goes. */
const BALANCE_PATTERN = 0x0809;

/** Different checksums: in one's complement ffff is 0000 again, and sums are equal that differ by a multiple of it. */
const CHECKSUMS = 0xffff;

/** Writes the payloads of one transport's probes, and knows the sums of their messages. */
export class ProbePayload {
  readonly #secret: number;
  readonly #headerSum: number;
  #pattern: Uint8Array = new Uint8Array();
  #patternSum = 0;

  /** @param identifier ICMP identifier of every probe, also where the kernel writes it */
  constructor(family: 4 | 6, identifier: number, secret: number) {
    this.#secret = secret;
    this.#headerSum = ((family === 4 ? ICMPV4_ECHO_REQUEST : ICMPV6_ECHO_REQUEST) << 8) + identifier;
  }

  /**
   * Writes `payloadBytes` bytes at `into[at]`: the token, then a counting pattern, as ping's, so that captures look
   * familiar. With a flow, two bytes behind the token make up for whatever differs from probe to probe.
   */
  write(into: Uint8Array, at: number, payloadBytes: number, serial: number, flow: number | null): void {
    // One copy of a ready pattern: a loop over the bytes would be most of what a probe costs before it is compiled.
    this.#fitPattern(payloadBytes);
    into.set(this.#pattern, at);
    const secret = this.#secret;
    if (payloadBytes < PROBE_TOKEN_BYTES) {
      for (let index = 0; index < payloadBytes; index++) into[at + index] = tokenByte(index, secret, serial);
      return;
    }
    into[at] = secret >>> 24;
    into[at + 1] = secret >>> 16;
    into[at + 2] = secret >>> 8;
    into[at + 3] = secret;
    into[at + 4] = serial >>> 24;
    into[at + 5] = serial >>> 16;
    into[at + 6] = serial >>> 8;
    into[at + 7] = serial;
    if (flow === null) return;
    const sum = this.requestSum(payloadBytes, serial, null) - BALANCE_PATTERN;
    const balance = complementOf(sum + checksumOfFlow(flow));
    into[at + PROBE_TOKEN_BYTES] = balance >>> 8;
    into[at + PROBE_TOKEN_BYTES + 1] = balance;
  }

  /**
   * One's complement sum (RFC 1071), not folded, of the whole request of this serial with its checksum zero. In ICMPv6
   * the pseudo-header comes on top of it.
   */
  requestSum(payloadBytes: number, serial: number, flow: number | null): number {
    if (flow !== null) return complementOf(checksumOfFlow(flow));
    this.#fitPattern(payloadBytes);
    const sequence = serial & 0xffff;
    const sum = this.#headerSum + sequence + this.#patternSum;
    const secret = this.#secret;
    if (payloadBytes >= PROBE_TOKEN_BYTES)
      return sum + (secret >>> 16) + (secret & 0xffff) + (serial >>> 16) + sequence;
    const token = Uint8Array.from({ length: payloadBytes }, (_, index) => tokenByte(index, secret, serial));
    return sum + onesSum(token, 0, payloadBytes);
  }

  /** Whether as much of the token as lies in `bytes[start, end)` is the one of the probe with this serial. */
  matches(bytes: Uint8Array, start: number, end: number, serial: number): boolean {
    const present = Math.min(end - start, PROBE_TOKEN_BYTES);
    for (let index = 0; index < present; index++) {
      if (bytes[start + index] !== tokenByte(index, this.#secret, serial)) return false;
    }
    return true;
  }

  #fitPattern(payloadBytes: number): void {
    if (this.#pattern.length === payloadBytes) return;
    this.#pattern = countingPattern(payloadBytes);
    this.#patternSum = onesSum(this.#pattern, PROBE_TOKEN_BYTES, payloadBytes);
  }
}

/** Whether the flow is one, and a payload of this size has room to keep it. */
export function canCarryFlow(flow: number, payloadBytes: number): boolean {
  return Number.isInteger(flow) && flow >= 0 && flow < CHECKSUMS && payloadBytes >= FLOW_PAYLOAD_BYTES;
}

/**
 * The checksum that every probe of a flow carries; in ICMPv6 what it would be without the pseudo-header. Zero, which
 * some middlebox may take for none, is that of the last flow.
 */
function checksumOfFlow(flow: number): number {
  return (flow + 1) % CHECKSUMS;
}

/** The 16-bit number that makes a sum zero in one's complement. */
function complementOf(sum: number): number {
  return (CHECKSUMS - (sum % CHECKSUMS)) % CHECKSUMS;
}

function countingPattern(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => index);
}

function tokenByte(index: number, secret: number, serial: number): number {
  return index < 4 ? (secret >>> (24 - 8 * index)) & 0xff : (serial >>> (56 - 8 * index)) & 0xff;
}
