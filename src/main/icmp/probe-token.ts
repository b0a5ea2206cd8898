/**
 * The first bytes of a probe's payload, by which an answer is known to be to our probe: 4 bytes of a secret drawn
 * when the transport opened, then 4 of the probe's serial number, most significant byte first. Who cannot see the
 * request cannot forge them. A shorter payload carries as many of them as fit.
 */
export const PROBE_TOKEN_BYTES = 8;

/** Writes the payloads of one transport's probes. */
export class ProbePayload {
  readonly #secret: number;
  #pattern: Uint8Array = new Uint8Array();

  constructor(secret: number) {
    this.#secret = secret;
  }

  /** Writes `payloadBytes` bytes at `into[at]`: the token, then a counting pattern, as ping's, so that captures look familiar. */
  write(into: Uint8Array, at: number, payloadBytes: number, serial: number): void {
    // One copy of a ready pattern: a loop over the bytes would be most of what a probe costs before it is compiled.
    if (this.#pattern.length !== payloadBytes) this.#pattern = countingPattern(payloadBytes);
    into.set(this.#pattern, at);
    const secret = this.#secret;
    if (payloadBytes >= PROBE_TOKEN_BYTES) {
      into[at] = secret >>> 24;
      into[at + 1] = secret >>> 16;
      into[at + 2] = secret >>> 8;
      into[at + 3] = secret;
      into[at + 4] = serial >>> 24;
      into[at + 5] = serial >>> 16;
      into[at + 6] = serial >>> 8;
      into[at + 7] = serial;
      return;
    }
    for (let index = 0; index < payloadBytes; index++) into[at + index] = tokenByte(index, secret, serial);
  }

  /** Whether as much of the token as lies in `bytes[start, end)` is the one of the probe with this serial. */
  matches(bytes: Uint8Array, start: number, end: number, serial: number): boolean {
    const present = Math.min(end - start, PROBE_TOKEN_BYTES);
    for (let index = 0; index < present; index++) {
      if (bytes[start + index] !== tokenByte(index, this.#secret, serial)) return false;
    }
    return true;
  }
}

function countingPattern(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => index);
}

function tokenByte(index: number, secret: number, serial: number): number {
  return index < 4 ? (secret >>> (24 - 8 * index)) & 0xff : (serial >>> (56 - 8 * index)) & 0xff;
}
