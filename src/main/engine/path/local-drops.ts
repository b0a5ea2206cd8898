import type { ProbeTransport } from '../../icmp/probe-transport.ts';

/** Datagrams dropped on this machine since a monitor began, over all the transports it has had. */
export class LocalDrops {
  #transport: ProbeTransport | null;
  /** What the transport had counted before it was ours. */
  #before: number;
  /** What former transports counted for us. */
  #kept = 0;

  constructor(transport: ProbeTransport) {
    this.#transport = transport;
    this.#before = transport.counters().localDrops;
  }

  get count(): number {
    // A transport that its owner has closed counts nothing any more.
    const counted = this.#transport === null ? 0 : this.#transport.counters().localDrops - this.#before;
    return this.#kept + Math.max(0, counted);
  }

  /** Counts at another transport from now on, or at none. */
  follow(transport: ProbeTransport | null): void {
    this.#kept = this.count;
    this.#transport = transport;
    this.#before = transport?.counters().localDrops ?? 0;
  }
}
