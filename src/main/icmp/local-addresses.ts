import { networkInterfaces } from 'node:os';
import { needsZone, parseIpAddress } from '../../contract/ip-address.ts';
import { elapsed, type Milliseconds, type MonotonicMilliseconds, milliseconds } from '../../contract/units.ts';
import type { Clock } from '../base/clock.ts';
import { onesSum } from './packet/checksum.ts';

/** Addresses come and go with cables and VPNs; asking the system takes about 0.1 ms, too long for every packet. */
const REFRESH_INTERVAL = milliseconds(1_000);

/** The addresses that begin with the first `bits` of these. */
interface AddressRange {
  readonly family: 4 | 6;
  readonly bytes: Uint8Array;
  readonly bits: number;
}

function holds({ family, bytes, bits }: AddressRange, address: Pick<AddressRange, 'family' | 'bytes'>): boolean {
  if (family !== address.family) return false;
  const whole = bits >> 3;
  for (let index = 0; index < whole; index++) if (bytes[index] !== address.bytes[index]) return false;
  const rest = 8 - (bits & 7);
  return rest === 8 || (bytes[whole] as number) >> rest === (address.bytes[whole] as number) >> rest;
}

/** What addresses this machine has, at most a second old unless told otherwise. */
export class LocalAddresses {
  readonly #clock: Clock;
  readonly #refreshInterval: Milliseconds;
  readonly #own = new Set<string>();
  readonly #broadcast = new Set<string>();
  readonly #ipv6Sums: number[] = [];
  readonly #links: AddressRange[] = [];
  #readAt: MonotonicMilliseconds | null = null;

  constructor(clock: Clock, refreshInterval: Milliseconds = REFRESH_INTERVAL) {
    this.#clock = clock;
    this.#refreshInterval = refreshInterval;
  }

  /** Whether the address (a zone after it is ignored) is one of this machine's. */
  isOwn(address: string): boolean {
    this.#refresh();
    const percent = address.indexOf('%');
    return this.#own.has(percent < 0 ? address : address.slice(0, percent));
  }

  /** Whether the IPv4 address is 255.255.255.255 or the directed broadcast address of one of this machine's networks (RFC 919). */
  isBroadcast(address: string): boolean {
    if (address === '255.255.255.255') return true;
    this.#refresh();
    return this.#broadcast.has(address);
  }

  /** Whether the address is another machine's on a link of this one: no router is on the way there. */
  isOnLink(address: string): boolean {
    const parsed = parseIpAddress(address);
    if (parsed === null || this.isOwn(address)) return false;
    if (parsed.family === 6 && needsZone(parsed.bytes, 0)) return true;
    return this.#links.some((link) => holds(link, parsed));
  }

  /** Of each of this machine's IPv6 addresses the sum of its 16-bit words, as the checksum of a pseudo-header takes it. */
  ipv6Sums(): readonly number[] {
    this.#refresh();
    return this.#ipv6Sums;
  }

  #refresh(): void {
    const now = this.#clock.now();
    if (this.#readAt !== null && elapsed(this.#readAt, now) < this.#refreshInterval) return;
    this.#readAt = now;
    this.#own.clear();
    this.#broadcast.clear();
    this.#ipv6Sums.length = 0;
    this.#links.length = 0;
    for (const addresses of Object.values(networkInterfaces())) {
      for (const { address, family, netmask, cidr } of addresses ?? []) {
        const link = parseIpAddress(address);
        const bits = Number(cidr?.split('/')[1]);
        if (link !== null && bits > 0) this.#links.push({ family: link.family, bytes: link.bytes, bits });
        this.#own.add(address);
        if (family === 'IPv4') this.#broadcast.add(directedBroadcast(address, netmask));
        else this.#ipv6Sums.push(onesSum(parseIpAddress(address)?.bytes ?? new Uint8Array()));
      }
    }
  }
}

/** The address with every host bit set; of a /31 or /32, which has none (RFC 3021), 0.0.0.0. */
function directedBroadcast(address: string, netmask: string): string {
  const mask = netmask.split('.').map(Number);
  if ((mask[3] as number) >= 254) return '0.0.0.0';
  return address
    .split('.')
    .map((part, index) => Number(part) | (~(mask[index] as number) & 0xff))
    .join('.');
}
