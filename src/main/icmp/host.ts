import { inspect } from 'node:util';
import type { ICMPLibError } from './errors.ts';

/** What `ping` found out about a host. */
export class Host {
  readonly #address: string;
  readonly #packetsSent: number;
  readonly #rtts: readonly number[];
  readonly #errors: readonly ICMPLibError[];

  /**
   * @param packetsSent requests that really left this machine
   * @param rtts round trips in milliseconds, in the order of the requests
   * @param errors everything that went wrong, in order; a missing answer is loss and no error
   */
  constructor(address: string, packetsSent: number, rtts: readonly number[], errors: readonly ICMPLibError[] = []) {
    this.#address = address;
    this.#packetsSent = packetsSent;
    this.#rtts = [...rtts];
    this.#errors = [...errors];
  }

  /** The IP address of the host; the name that was asked for when it could not be resolved. */
  get address(): string {
    return this.#address;
  }

  /** Round trips in milliseconds, in the order of the requests, not rounded. */
  get rtts(): readonly number[] {
    return this.#rtts;
  }

  /** Shortest round trip in milliseconds, to three decimals; 0 without any. */
  get minRtt(): number {
    return this.isAlive ? toThreeDecimals(this.#rtts.reduce((least, rtt) => Math.min(least, rtt))) : 0;
  }

  /** Mean round trip in milliseconds, to three decimals; 0 without any. */
  get avgRtt(): number {
    return this.isAlive ? toThreeDecimals(mean(this.#rtts)) : 0;
  }

  /** Longest round trip in milliseconds, to three decimals; 0 without any. */
  get maxRtt(): number {
    return this.isAlive ? toThreeDecimals(this.#rtts.reduce((most, rtt) => Math.max(most, rtt))) : 0;
  }

  /** Requests that left this machine. */
  get packetsSent(): number {
    return this.#packetsSent;
  }

  /** Requests that were answered. */
  get packetsReceived(): number {
    return this.#rtts.length;
  }

  /**
   * Share of the requests sent that were not answered, 0 to 1, to two decimals. Unlike in the seed it is 1 when
   * nothing could be sent (`errors` say why), so that "no route" does not look like no loss; 0 when nothing was tried.
   */
  get packetLoss(): number {
    if (this.#packetsSent === 0) return this.#errors.length > 0 ? 1 : 0;
    return Math.round((1 - this.packetsReceived / this.#packetsSent) * 100) / 100;
  }

  /** Mean difference between consecutive round trips in milliseconds, to three decimals, lost ones skipped; 0 with fewer than two. Not RFC 3550's. */
  get jitter(): number {
    const differences = this.#rtts.slice(1).map((rtt, index) => Math.abs(rtt - (this.#rtts[index] as number)));
    return differences.length === 0 ? 0 : toThreeDecimals(mean(differences));
  }

  /** Whether the host answered at least once. */
  get isAlive(): boolean {
    return this.#rtts.length > 0;
  }

  /** Everything that went wrong, in order: failed sends and ICMP errors. The seed keeps none of it. */
  get errors(): readonly ICMPLibError[] {
    return this.#errors;
  }

  /** A box of eight lines. */
  toString(): string {
    const line = `  ${'-'.repeat(60)}`;
    return [
      `  ${this.#address}`,
      line,
      `    Packets sent:      ${this.#packetsSent}`,
      `    Packets received:  ${this.packetsReceived}`,
      `    Packet loss:       ${Math.round(this.packetLoss * 100)}%`,
      `    Round trips:       ${this.minRtt} / ${this.avgRtt} / ${this.maxRtt} ms (min / avg / max)`,
      `    Jitter:            ${this.jitter} ms`,
      line,
    ].join('\n');
  }

  /** What `console.log` shows: one line, as `<Host [192.0.2.1]>`. */
  [inspect.custom](): string {
    return `<Host [${this.#address}]>`;
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function toThreeDecimals(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
