import type { MonotonicMilliseconds } from '../../../contract/units.ts';
import type { Clock } from '../../base/clock.ts';
import type { ProbeTransport } from '../../icmp/probe-transport.ts';

/** Watches what this machine drops unread of the answers to one sweep. */
export class LocalDropWatch {
  readonly #clock: Clock;
  readonly #transports: readonly ProbeTransport[];
  readonly #before: number;
  #seen = 0;
  #hasGrown = false;
  #lookedAt: MonotonicMilliseconds | null = null;

  constructor(clock: Clock, transports: readonly ProbeTransport[]) {
    this.#clock = clock;
    this.#transports = transports;
    this.#before = this.#sum();
  }

  /** Datagrams dropped since the watch began, as of the last look. */
  get seen(): number {
    return this.#seen;
  }

  /** Datagrams dropped since the watch began, as of now. */
  count(): number {
    return this.#sum() - this.#before;
  }

  /** Whether more were dropped since this was last asked. */
  takeGrowth(): boolean {
    this.#look();
    const hasGrown = this.#hasGrown;
    this.#hasGrown = false;
    return hasGrown;
  }

  /** Whether more were dropped than these. Of many who ask at one moment only the first makes it look. */
  hasMoreThan(drops: number): boolean {
    if (this.#clock.now() !== this.#lookedAt) this.#look();
    return this.#seen > drops;
  }

  #look(): void {
    const drops = this.count();
    if (drops > this.#seen) this.#hasGrown = true;
    this.#seen = drops;
    this.#lookedAt = this.#clock.now();
  }

  #sum(): number {
    return this.#transports.reduce((sum, transport) => sum + transport.counters().localDrops, 0);
  }
}
