import { isMulticast, isUnspecified, parseIpAddress, parseIpv4 } from '../../contract/ip-address.ts';
import { scopeIdOf } from './echo-channel.ts';

/** Where the next probe goes, as the native record wants it. One instance is read into again and again: no allocation for IPv4. */
export class ProbeDestination {
  readonly bytes = new Uint8Array(16);
  /** The same bytes as four words of the machine's byte order. */
  readonly words = new Int32Array(this.bytes.buffer);
  scopeId = 0;
  /** Whether an answer may come from any address: a multicast group, or 0.0.0.0 and ::, which mean this machine. */
  anyResponder = false;
  readonly #family: 4 | 6;
  #text: string | null = null;

  constructor(family: 4 | 6) {
    this.#family = family;
  }

  /** Takes a numeric address of this family, zone included; false when it is not one. */
  read(text: string): boolean {
    if (text === this.#text) return true;
    this.#text = null;
    if (!(this.#family === 4 ? parseIpv4(text, this.bytes, 0) : this.#readIpv6(text))) return false;
    this.anyResponder = isMulticast(this.#family, this.bytes) || isUnspecified(this.bytes);
    // A zone's index may change with its interface, so a scoped address is looked up each time.
    if (this.scopeId === 0) this.#text = text;
    return true;
  }

  #readIpv6(text: string): boolean {
    const address = parseIpAddress(text);
    if (address?.family !== 6) return false;
    this.bytes.set(address.bytes);
    this.scopeId = scopeIdOf(address.zone);
    return address.zone === null || this.scopeId !== 0;
  }
}
